// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string_view>

namespace gacsong {

/// Codes that no public network may broadcast: test (001-01, 001-001), private (999), digits that are none, and 452-00,
/// which was never assigned (fake-base-stations.md §2.1, R08).
[[nodiscard]] inline bool is_test_network(std::string_view plmn)
{
    const bool digits =
        std::all_of(plmn.begin(), plmn.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
    return plmn == "001-01" || plmn == "001-001" || plmn.starts_with("999-") || plmn == "452-00" || !digits;
}

} // namespace gacsong
