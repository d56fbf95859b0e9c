// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/zigbee_frame.hpp"

#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double least_likeness = 0.7;  ///< of 63 steps: noise has that with 1e-8
constexpr std::size_t start_steps = 63; ///< of the last symbol of the preamble and the first of the start of frame
constexpr unsigned last_of_preamble = 0;
constexpr unsigned first_of_start = 0x7;
constexpr unsigned second_of_start = 0xA;
constexpr std::size_t least_octets = 5; ///< an acknowledgement
constexpr std::uint32_t check_polynomial = 0x1021;

bool chip(std::uint32_t sequence, std::size_t k) { return (sequence >> (zigbee_chips - 1 - k) & 1U) != 0; }

/// Whether the frequency is above the carrier on the way to chip k from the one before it: even chips lie on the real
/// axis, odd ones on the other.
bool rises(bool before, bool now, std::size_t k) { return (before == now) == (k % 2 == 1); }

/// The steps to chips 1 … 31 of a symbol, +1 or −1.
using Steps = std::array<float, zigbee_chips - 1>;

std::array<Steps, 16> make_steps()
{
    const auto sequences = zigbee_sequences();
    std::array<Steps, 16> out{};
    for (std::size_t symbol = 0; symbol < out.size(); ++symbol)
        for (std::size_t k = 1; k < zigbee_chips; ++k)
            out.at(symbol).at(k - 1) =
                rises(chip(sequences.at(symbol), k - 1), chip(sequences.at(symbol), k), k) ? 1.0F : -1.0F;
    return out;
}

std::uint64_t start_word()
{
    const auto sequences = zigbee_sequences();
    const std::uint32_t before = sequences.at(last_of_preamble);
    const std::uint32_t now = sequences.at(first_of_start);
    std::uint64_t word = 0;
    for (std::size_t k = 1; k < zigbee_chips; ++k)
        word = word << 1U | (rises(chip(before, k - 1), chip(before, k), k) ? 1U : 0U);
    word = word << 1U | (rises(chip(before, zigbee_chips - 1), chip(now, 0), 0) ? 1U : 0U);
    for (std::size_t k = 1; k < zigbee_chips; ++k)
        word = word << 1U | (rises(chip(now, k - 1), chip(now, k), k) ? 1U : 0U);
    return word;
}

/// Reads symbols one after the other, its clock following by an eighth of a chip at most from one to the next.
class Symbols {
public:
    Symbols(std::span<const TwoLevels> readings, std::size_t reading, std::size_t first, float middle)
        : readings_(readings), at_(first * readings.size() + reading), middle_(middle)
    {
    }

    std::optional<unsigned> next()
    {
        static const auto steps = make_steps();
        float best = 0.0F;
        std::optional<unsigned> symbol;
        std::size_t there = at_;
        for (const std::size_t at : {at_ - 1, at_, at_ + 1}) {
            const TwoLevels& reading = readings_[at % readings_.size()];
            const std::size_t first = at / readings_.size() + 1; // the step to chip 0 depends on the symbol before
            if (first + zigbee_chips - 1 > reading.size())
                return std::nullopt;
            for (unsigned candidate = 0; candidate < steps.size(); ++candidate) {
                float sum = 0.0F;
                for (std::size_t k = 0; k + 1 < zigbee_chips; ++k)
                    sum += (reading[first + k] - middle_) * steps.at(candidate).at(k);
                if (sum > best) {
                    best = sum;
                    symbol = candidate;
                    there = at;
                }
            }
        }
        at_ = there + zigbee_chips * readings_.size();
        return symbol;
    }

private:
    std::span<const TwoLevels> readings_;
    std::size_t at_; ///< first chip, in parts of a chip
    float middle_;
};

bool frame_follows(Symbols symbols)
{
    if (symbols.next() != second_of_start)
        return false;
    const auto octet = [&]() -> std::optional<unsigned> {
        const auto low = symbols.next();
        const auto high = low ? symbols.next() : std::nullopt;
        return high ? std::optional(*low | *high << 4U) : std::nullopt;
    };
    const auto length = octet();
    if (!length || (*length & 0x7FU) < least_octets)
        return false;
    std::vector<std::uint8_t> bits;
    for (unsigned i = 0; i < (*length & 0x7FU); ++i) {
        const auto value = octet();
        if (!value)
            return false;
        for (unsigned bit = 0; bit < 8; ++bit)
            bits.push_back(static_cast<std::uint8_t>(*value >> bit & 1U));
    }
    const bool silent = std::ranges::none_of(bits, [](std::uint8_t bit) { return bit != 0; });
    return !silent && dsp::cyclic_remainder(bits, check_polynomial, 16) == 0;
}

} // namespace

std::size_t zigbee_frames(std::span<const TwoLevels> readings)
{
    static const std::uint64_t word = start_word();
    std::size_t frames = 0;
    for (const WordPlace& place : word_places(readings, word, start_steps, least_likeness))
        if (place.fit.likeness > 0.0 &&
            frame_follows({readings, place.reading, place.first + start_steps, place.fit.middle}))
            ++frames;
    return frames;
}

} // namespace gacsong::detect
