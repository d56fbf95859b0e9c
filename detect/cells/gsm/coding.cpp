// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/coding.hpp"

#include <algorithm>

extern "C" {
#include <osmocom/coding/gsm0503_coding.h>
}

namespace gacsong::detect::gsm {

namespace {

std::array<std::uint8_t, 4> sync_octets(unsigned bsic, std::uint32_t frame_number)
{
    const std::uint32_t t1 = frame_number / (26 * 51);
    const std::uint32_t t2 = frame_number % 26;
    const std::uint32_t t3 = frame_number % 51 / 10;
    const auto octet = [](std::uint32_t value) { return static_cast<std::uint8_t>(value & 0xFFU); };
    return {octet(bsic << 2U | t1 >> 9U), octet(t1 >> 1U), octet(t1 << 7U | t2 << 2U | t3 >> 1U), octet(t3 & 1U)};
}

} // namespace

std::array<std::uint8_t, sync_soft_bits> encode_sync(unsigned bsic, std::uint32_t frame_number)
{
    const auto octets = sync_octets(bsic, frame_number);
    std::array<std::uint8_t, sync_soft_bits> bits{};
    gsm0503_sch_encode(bits.data(), octets.data());
    return bits;
}

std::optional<SyncInfo> decode_sync(std::span<const std::int8_t, sync_soft_bits> soft)
{
    std::array<std::uint8_t, 4> octets{};
    if (gsm0503_sch_decode(octets.data(), soft.data()) != 0)
        return std::nullopt;
    SyncInfo info;
    info.bsic = octets[0] >> 2U;
    const std::uint32_t t1 = (octets[0] & 3U) << 9U | static_cast<std::uint32_t>(octets[1]) << 1U |
                             static_cast<std::uint32_t>(octets[2]) >> 7U;
    const std::uint32_t t2 = octets[2] >> 2U & 0x1FU;
    const std::uint32_t t3p = (octets[2] & 3U) << 1U | (octets[3] & 1U);
    if (t2 > 25 || t3p > 4)
        return std::nullopt;
    const std::uint32_t t3 = 10 * t3p + 1;
    info.frame_number = 51 * ((t3 + 26 - t2) % 26) + t3 + 26 * 51 * t1;
    const auto sent = encode_sync(info.bsic, info.frame_number);
    for (std::size_t i = 0; i < sent.size(); ++i)
        info.bit_errors += (soft[i] < 0) != (sent[i] != 0) ? 1U : 0U;
    return info;
}

std::optional<Octets> decode_block(const BlockBits& soft)
{
    Octets octets{};
    int errors = 0;
    int total = 0;
    if (gsm0503_xcch_decode(octets.data(), soft.data(), &errors, &total) != 0)
        return std::nullopt;
    return octets;
}

std::array<std::uint8_t, 4 * normal_soft_bits> encode_block(const Octets& octets)
{
    std::array<std::uint8_t, 4 * normal_soft_bits> bits{};
    gsm0503_xcch_encode(bits.data(), octets.data());
    return bits;
}

} // namespace gacsong::detect::gsm
