// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_url.hpp"

#include "report/wording/data_paths.hpp"

#include <string>

namespace gacsong {

Result<std::filesystem::path> store_file(std::string_view url)
{
    constexpr std::string_view sqlite = "sqlite:";
    if (url.starts_with("postgresql:") || url.starts_with("postgres:"))
        return failure("store.postgresql", {{"store", std::string(url)}}, Fault::usage);
    if (url.starts_with(sqlite))
        url.remove_prefix(sqlite.size());
    else if (url.find("://") != std::string_view::npos)
        return failure("store.url", {{"store", std::string(url)}}, Fault::usage);
    if (!url.empty())
        return std::filesystem::path(url);
    const auto data = user_data_folder();
    if (data.empty())
        return failure("store.url", {{"store", std::string("sqlite:")}}, Fault::usage);
    return data / "gacsong" / "store.sqlite";
}

} // namespace gacsong
