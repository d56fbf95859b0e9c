// SPDX-License-Identifier: GPL-3.0-or-later
// Files of missions: whatever stands in them, a schedule that is taken has starts that come.
#include "apps/gacsong/mission/mission_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const gacsong::Wording words = *gacsong::load_wording(gacsong::Language::en);
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto missions = gacsong::app::parse_missions(text, "fuzz", words);
    if (!missions)
        return 0;
    for (const auto& mission : *missions) {
        const auto start = gacsong::app::next_start(mission.schedule, 1'793'552'400);
        if (start.has_value() == mission.schedule.filler() || mission.schedule.for_s < 1)
            std::abort();
    }
    return 0;
}
