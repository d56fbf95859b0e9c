// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of BCCH and CCCH: every message type, rest octets and CSN.1 parts included; and soft bits of blocks and
// synchronisation bursts.
#include "detect/cells/gsm/coding.hpp"
#include "detect/cells/gsm/messages/reading.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::detect::gsm;
    Octets octets{};
    std::copy_n(data, std::min(size, octets.size()), octets.begin());
    const Reading reading = read_message(octets);
    if (reading.broadcast && reading.broadcast->fields.size() > 200)
        std::abort();
    if (reading.imsis > reading.identities)
        std::abort();
    BlockBits soft{};
    for (std::size_t i = 0; i < soft.size(); ++i)
        soft[i] = size > 0 ? static_cast<std::int8_t>(std::max<int>(-127, static_cast<std::int8_t>(data[i % size])))
                           : std::int8_t{0};
    static_cast<void>(decode_block(soft));
    static_cast<void>(decode_sync(std::span(soft).first<sync_soft_bits>()));
    return 0;
}
