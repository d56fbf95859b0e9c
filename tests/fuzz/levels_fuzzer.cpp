// SPDX-License-Identifier: GPL-3.0-or-later
// Kept levels, and tables of them: what is taken is in order and finite.
#include "apps/gacsong/level/level_table.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

namespace {

void check(std::span<const gacsong::sdr::LevelPoint> points)
{
    double last_hz = 0.0;
    for (const auto& point : points) {
        if (!(point.frequency_hz >= last_hz) || !std::isfinite(point.offset_db) || !(point.u_db >= 0.0))
            std::abort();
        last_hz = point.frequency_hz;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<gacsong::Message> problems;
    if (const auto table = gacsong::app::parse_level_table(text, "fuzz", 2.0, {}, problems))
        check(*table);
    if (const auto all = gacsong::sdr::parse_levels(text, "fuzz")) {
        for (const auto& one : *all) {
            check(one.points);
            static_cast<void>(gacsong::sdr::level_at(one, 1e8));
        }
    }
    return 0;
}
