// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// The first `most` bytes of a file of what is kept of receivers; nothing where it is not there.
[[nodiscard]] std::optional<std::string> read_kept(const std::string& path, std::size_t most);

/// Writes a list of entries as the member of an object, its folder made where it is not there. Errors: output.write,
/// output.full.
[[nodiscard]] Status write_kept(const std::string& path, const char* member, const nlohmann::json& list);

/// The array that is such a member. Error: config.broken.
[[nodiscard]] Result<nlohmann::json> kept_list(std::string_view text, const std::string& path, const char* member);

/// The entries of that list; `take` makes one of a JSON value, or nothing, and then it is left out.
template <class One, class Take>
[[nodiscard]] Result<std::vector<One>> kept_entries(std::string_view text, const std::string& path, const char* member,
                                                    Take take)
{
    const auto list = kept_list(text, path, member);
    if (!list)
        return tl::unexpected(list.error());
    std::vector<One> all;
    for (const nlohmann::json& entry : *list)
        if (std::optional<One> one = take(entry))
            all.push_back(std::move(*one));
    return all;
}

} // namespace gacsong::sdr
