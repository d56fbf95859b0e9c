// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/hdlc.hpp"

#include "dsp/coding/cyclic.hpp"

namespace gacsong::detect {

namespace {

constexpr std::size_t octet_bits = 8;
constexpr std::size_t check_octets = 2;
constexpr std::size_t most_octets = 400;
constexpr std::size_t flag_rest = 7; ///< bits of the closing flag that stand in the frame when its last one comes
constexpr std::uint32_t good = 0x1D0F;

} // namespace

std::vector<HdlcFrame> hdlc_frames(std::span<const std::uint8_t> levels, std::size_t least)
{
    std::vector<HdlcFrame> frames;
    std::vector<std::uint8_t> bits;
    unsigned ones = 0;
    bool open = false;
    for (std::size_t i = 1; i < levels.size(); ++i) {
        const bool one = levels[i] == levels[i - 1];
        if (one) {
            ++ones;
            open = open && ones < 7 && bits.size() < octet_bits * (most_octets + check_octets) + flag_rest;
            if (open)
                bits.push_back(1);
            continue;
        }
        const unsigned run = ones;
        ones = 0;
        if (run == 6) { // a flag: its zero and six ones stand at the end
            const std::size_t size = bits.size() >= flag_rest ? bits.size() - flag_rest : 0;
            bits.resize(size);
            if (open && size % octet_bits == 0 && size >= octet_bits * (least + check_octets) &&
                dsp::cyclic_remainder(bits, 0x1021, 16, 0xFFFF) == good) {
                HdlcFrame frame(size / octet_bits - check_octets);
                for (std::size_t k = 0; k < frame.size() * octet_bits; ++k)
                    frame[k / octet_bits] |= static_cast<std::uint8_t>(bits[k] << (k % octet_bits));
                frames.push_back(std::move(frame));
            }
            bits.clear();
            open = true;
        } else if (run != 5 && open) {
            bits.push_back(0);
        }
    }
    return frames;
}

} // namespace gacsong::detect
