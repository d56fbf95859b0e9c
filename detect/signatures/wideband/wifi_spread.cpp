// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/wifi_spread.hpp"

#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;
using Bits = std::vector<std::uint8_t>;

constexpr std::size_t per_symbol = 20; ///< samples of 20 MS/s in a microsecond
constexpr std::array<int, 11> barker{1, -1, 1, 1, -1, 1, 1, 1, -1, -1, -1};
constexpr std::size_t window = 40;   ///< symbols of the preamble that are looked at, start of frame included
constexpr float least_steady = 0.5F; ///< of their steps doubled, 0 … 1; noise has that with 1e-8
constexpr std::size_t header_bits = 48;
constexpr std::size_t start_bits = 16;
constexpr std::size_t memory = 7; ///< of the scrambler

struct Preamble {
    std::uint32_t start; ///< first sent lowest
    std::uint8_t before; ///< what the preamble is made of
    bool quarter_header; ///< two bits a symbol
};
constexpr Preamble long_preamble{0xF3A0, 1, false};
constexpr Preamble short_preamble{0x05CF, 0, true};

/// What a sample holds of the code, chips taken over its 50 ns.
std::array<float, per_symbol> make_pattern()
{
    constexpr std::size_t parts = 11; // of a sample; a chip has 20
    std::array<float, per_symbol> out{};
    for (std::size_t n = 0; n < per_symbol; ++n)
        for (std::size_t part = 0; part < parts; ++part)
            out.at(n) += static_cast<float>(barker.at((n * parts + part) / per_symbol)) / static_cast<float>(parts);
    return out;
}

/// Steps from symbol to symbol, the code taken off, at one place of the clock.
std::vector<Complex> steps_of(std::span<const Complex> samples, std::size_t phase)
{
    static const auto pattern = make_pattern();
    std::vector<Complex> steps;
    Complex last{};
    for (std::size_t at = phase; at + per_symbol <= samples.size(); at += per_symbol) {
        Complex sum{};
        for (std::size_t n = 0; n < per_symbol; ++n)
            sum += samples[at + n] * pattern.at(n);
        steps.push_back(sum * std::conj(last));
        last = sum;
    }
    return steps;
}

/// Bits of steps, turned so that no change lies on the real axis.
void append_bits(Bits& bits, std::span<const Complex> steps, Complex turn, bool quarters)
{
    for (const Complex step : steps) {
        const Complex upright = step * turn;
        if (!quarters) {
            bits.push_back(upright.real() < 0.0F ? 1 : 0);
            continue;
        }
        // 00: 0°, 01: 90°, 11: 180°, 10: 270° (§15.4.6.5)
        const bool across = std::abs(upright.imag()) > std::abs(upright.real());
        const bool first = across ? upright.imag() < 0.0F : upright.real() < 0.0F;
        const bool second = across ? upright.imag() > 0.0F : upright.real() < 0.0F;
        bits.push_back(first ? 1 : 0);
        bits.push_back(second ? 1 : 0);
    }
}

Bits descrambled(const Bits& bits)
{
    Bits out;
    for (std::size_t i = memory; i < bits.size(); ++i)
        out.push_back(bits[i] ^ bits[i - 4] ^ bits[i - memory]);
    return out;
}

bool header_fits(std::span<const std::uint8_t> bits)
{
    const auto rate = dsp::number_of(bits, 8);
    // 1, 2, 5.5 and 11 Mbit/s, the lowest bit sent first
    if (rate != 0x50 && rate != 0x28 && rate != 0xEC && rate != 0x76)
        return false;
    const auto sent = dsp::number_of(bits.subspan(32), 16);
    return (dsp::cyclic_remainder(bits.first(32), 0x1021, 16, 0xFFFF) ^ 0xFFFFU) == sent;
}

/// Whether `steps` end a preamble with its start of frame at `end`, and a header follows.
bool frame_at(std::span<const Complex> steps, std::size_t end, Complex turn, const Preamble& preamble)
{
    const std::size_t header = preamble.quarter_header ? header_bits / 2 : header_bits;
    if (end + header > steps.size())
        return false;
    for (const Complex upright : {turn, -turn}) { // which of both is no change, the preamble shows
        Bits bits;
        append_bits(bits, steps.subspan(end - window, window), upright, false);
        const Bits plain = descrambled(bits);
        bool fits = true;
        for (std::size_t i = 0; i < plain.size() && fits; ++i) {
            const std::size_t left = plain.size() - i;
            const unsigned wanted = left > start_bits ? preamble.before : preamble.start >> (start_bits - left) & 1U;
            fits = plain[i] == wanted;
        }
        if (!fits)
            continue;
        append_bits(bits, steps.subspan(end, header), upright, preamble.quarter_header);
        const Bits all = descrambled(bits);
        return header_fits(std::span(all).last(header_bits));
    }
    return false;
}

} // namespace

std::size_t wifi_spread_frames(std::span<const Complex> samples)
{
    std::vector<std::size_t> places; // samples at which headers begin
    for (std::size_t phase = 0; phase < per_symbol; ++phase) {
        const auto steps = steps_of(samples, phase);
        Complex doubled{};
        float power = 0.0F;
        for (std::size_t end = 1; end < steps.size(); ++end) {
            const auto add = [&](std::size_t i, float sign) {
                const float norm = std::norm(steps[i]);
                const float size = std::sqrt(std::max(norm, 1e-30F));
                doubled += sign / size * steps[i] * steps[i];
                power += sign * norm / size;
            };
            add(end - 1, 1.0F);
            if (end <= window)
                continue;
            add(end - 1 - window, -1.0F);
            if (std::abs(doubled) < least_steady * power)
                continue;
            const Complex turn = std::conj(std::polar(1.0F, 0.5F * std::arg(doubled)));
            if (frame_at(steps, end, turn, long_preamble) || frame_at(steps, end, turn, short_preamble))
                places.push_back(end * per_symbol + phase);
        }
    }
    std::ranges::sort(places);
    std::size_t frames = 0;
    std::size_t last = 0;
    for (const std::size_t place : places) {
        frames += frames == 0 || place > last + per_symbol ? 1 : 0;
        last = place;
    }
    return frames;
}

} // namespace gacsong::detect
