// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/kept_file.hpp"

#include "sdr/files/atomic_write.hpp"

#include <filesystem>
#include <fstream>

namespace gacsong::sdr {

using nlohmann::json;

std::optional<std::string> read_kept(const std::string& path, std::size_t most)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    std::string text(most, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

Status write_kept(const std::string& path, const char* member, const json& list)
{
    std::error_code ignored; // writing says what is wrong
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    return write_atomically(path, json{{member, list}}.dump(2) + "\n");
}

Result<json> kept_list(std::string_view text, const std::string& path, const char* member)
{
    json document = json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains(member) || !document[member].is_array())
        return failure("config.broken", {{"file", path}, {"row", std::int64_t{1}}, {"why", std::string("JSON")}},
                       Fault::usage);
    return std::move(document[member]);
}

} // namespace gacsong::sdr
