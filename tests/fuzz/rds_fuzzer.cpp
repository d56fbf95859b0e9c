// SPDX-License-Identifier: GPL-3.0-or-later
// Soft bits of the radio data subcarrier, one octet each: sure ones, weak ones, groups that repeat.
#include "detect/signatures/analogue/rds_station.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::detect;
    std::vector<float> soft(2 * size);
    for (std::size_t i = 0; i < soft.size(); ++i)
        soft[i] = 0.3F * static_cast<float>(static_cast<std::int8_t>(data[i % size]));
    const auto station = read_rds(soft);
    if (station && (station->ps.size() > 24 || station->text.size() > 192))
        std::abort();
    return 0;
}
