// SPDX-License-Identifier: GPL-3.0-or-later
// Broadcast, paging and random access messages of LTE cells: any bits are read without harm.
#include "detect/cells/lte/mac/random_access.hpp"
#include "detect/cells/lte/phy/assignment.hpp"
#include "detect/cells/lte/phy/broadcast_channel.hpp"
#include "detect/cells/lte/rrc/broadcast.hpp"
#include "detect/cells/lte/rrc/paging.hpp"
#include "detect/cells/lte/rrc/warning_text.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::detect::lte;
    Bits bits;
    for (std::size_t i = 0; i < size && i < 300; ++i)
        for (unsigned b = 8; b-- > 0;)
            bits.push_back(static_cast<std::uint8_t>(data[i] >> b & 1U));
    WarningTexts texts;
    if (const auto broadcast = read_broadcast(bits))
        for (const WarningSegment& segment : broadcast->facts.warnings)
            static_cast<void>(texts.take(segment));
    static_cast<void>(read_paging(bits));
    if (const auto counts = read_responses(bits); counts && 48 * std::size_t{counts->responses} > bits.size())
        __builtin_trap();
    if (size > 1)
        static_cast<void>(warning_text({data + 1, size - 1}, data[0]));
    const std::span<const std::uint8_t> all(bits);
    if (bits.size() >= 24)
        static_cast<void>(read_master_information(all.first(24)));
    for (const unsigned blocks : {6U, 15U, 25U, 50U, 75U, 100U}) {
        for (const bool tdd : {false, true})
            if (const auto length = format_1a_bits(blocks, tdd); bits.size() >= length)
                static_cast<void>(read_format_1a(all.first(length), blocks, tdd));
        if (const auto length = format_1c_bits(blocks); bits.size() >= length)
            static_cast<void>(read_format_1c(all.first(length), blocks));
    }
    return 0;
}
