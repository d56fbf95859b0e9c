// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/mac/random_access.hpp"

#include <bitset>
#include <cstddef>

namespace gacsong::detect::lte {

namespace {

constexpr std::size_t octet_bits = 8;
constexpr std::size_t response_octets = 6;
constexpr unsigned preambles = 64;

unsigned preamble_of(std::span<const std::uint8_t> subheader)
{
    unsigned value = 0;
    for (const std::uint8_t bit : subheader.subspan(2, 6))
        value = 2 * value + bit;
    return value;
}

} // namespace

std::optional<ResponseCounts> read_responses(std::span<const std::uint8_t> bits)
{
    ResponseCounts out;
    std::bitset<preambles> answered;
    std::size_t at = 0;
    for (bool more = true; more; at += octet_bits) {
        if (at + octet_bits > bits.size())
            return std::nullopt;
        const auto subheader = bits.subspan(at, octet_bits); // E, T, then a preamble, or R, R and four bits of the wait
        more = subheader[0] != 0;
        if (subheader[1] == 0) {
            if (at != 0 || subheader[2] != 0 || subheader[3] != 0)
                return std::nullopt;
            out.backoff = true;
            continue;
        }
        const unsigned preamble = preamble_of(subheader);
        if (answered.test(preamble))
            return std::nullopt;
        answered.set(preamble);
        ++out.responses;
    }
    for (unsigned i = 0; i < out.responses; ++i, at += octet_bits * response_octets)
        if (at + octet_bits * response_octets > bits.size() || bits[at] != 0)
            return std::nullopt;
    return out;
}

std::optional<unsigned> preamble_subframe(std::uint32_t rnti, bool tdd)
{
    constexpr std::uint32_t in_frame = 10;
    constexpr std::uint32_t frequencies = 6;
    if (rnti == 0 || rnti > (tdd ? frequencies * in_frame : in_frame))
        return std::nullopt;
    return (rnti - 1) % in_frame;
}

} // namespace gacsong::detect::lte
