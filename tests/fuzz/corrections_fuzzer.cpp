// SPDX-License-Identifier: GPL-3.0-or-later
// The file of clock errors: whatever stands in it, what is taken from it is sound.
#include "sdr/receivers/corrections.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto all = gacsong::sdr::parse_corrections(text, "fuzz");
    if (!all)
        return 0;
    for (const auto& one : *all)
        if (!std::isfinite(one.ppm) || !std::isfinite(one.u_ppm) || one.u_ppm < 0.0)
            std::abort();
    return 0;
}
