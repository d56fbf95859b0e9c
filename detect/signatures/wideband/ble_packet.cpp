// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/ble_packet.hpp"

#include "dsp/coding/cyclic.hpp"

#include <vector>

namespace gacsong::detect {

namespace {

constexpr unsigned channels = 40;
constexpr std::size_t header_bits = 16;
constexpr std::size_t check_bits = 24;
constexpr unsigned least_octets = 6; ///< an address

/// The sequence of x^7 + x^4 + 1 (Vol 6 Part B §3.2): position 0 is 1, 1 … 6 the channel, highest bit first.
class Whitening {
public:
    explicit Whitening(unsigned channel)
    {
        for (unsigned bit = 0; bit < 6; ++bit)
            state_ |= (channel >> (5U - bit) & 1U) << (bit + 1);
    }

    unsigned next()
    {
        const unsigned out = state_ >> 6U & 1U;
        state_ = (state_ << 1U & 0x7FU) | out;
        state_ ^= out << 4U;
        return out;
    }

private:
    unsigned state_ = 1;
};

bool fits(std::span<const std::uint8_t> bits, unsigned channel)
{
    Whitening whitening(channel);
    std::vector<std::uint8_t> plain;
    std::size_t wanted = header_bits;
    for (std::size_t i = 0; i < wanted && i < bits.size(); ++i) {
        plain.push_back(static_cast<std::uint8_t>((bits[i] & 1U) ^ whitening.next()));
        if (plain.size() != header_bits)
            continue;
        unsigned octets = 0;
        for (std::size_t bit = header_bits; bit-- > header_bits / 2;)
            octets = octets << 1U | plain[bit];
        if (octets < least_octets)
            return false;
        wanted += 8 * octets + check_bits;
    }
    return plain.size() == wanted && wanted > header_bits &&
           dsp::cyclic_remainder(plain, 0x00065B, check_bits, 0x555555) == 0;
}

} // namespace

bool ble_packet(std::span<const std::uint8_t> bits)
{
    for (unsigned channel = channels; channel-- > 0;) { // advertising channels are the last three
        if (fits(bits, channel))
            return true;
    }
    return false;
}

} // namespace gacsong::detect
