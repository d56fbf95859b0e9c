// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/gsm.hpp"

#include "tests/support/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>

extern "C" {
#include <osmocom/coding/gsm0503_coding.h>
}

namespace gacsong::test {

namespace {

constexpr double bit_rate_hz = 13e6 / 48.0;
constexpr double bt = 0.3;
constexpr int pulse_symbols = 5;
constexpr std::size_t fractions = 4096;
constexpr std::size_t patterns = std::size_t{1} << pulse_symbols;
constexpr std::size_t frame_bits = 1250;
constexpr std::array<std::size_t, 8> slot_begin{0, 157, 313, 469, 625, 782, 938, 1094};

constexpr std::string_view sync_training = "1011100101100010000001000000111100101101010001010111011000011011";
constexpr std::array<std::string_view, 8> training{"00100101110000100010010111", "00101101110111100010110111",
                                                   "01000011101110100100001110", "01000111101101000100011110",
                                                   "00011010111001000001101011", "01001110101100000100111010",
                                                   "10100111110110001010011111", "11101111000100101110111100"};
/// 3GPP TS 45.002 §5.2.6
constexpr std::string_view dummy =
    "000111110110111011000001010010011100000100100010000000111110001110001011100010111000"
    "1010111010010100011001100111001111010011111000100101111101010000";

using Bits = std::vector<std::uint8_t>;

void put(Bits& frame, std::size_t at, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i)
        frame[at + i] = text[i] == '1' ? 1 : 0;
}

void put_normal(Bits& frame, std::size_t at, const std::uint8_t* data, std::string_view sequence)
{
    std::fill_n(frame.begin() + static_cast<std::ptrdiff_t>(at), 148, std::uint8_t{0});
    std::copy_n(data, 58, frame.begin() + static_cast<std::ptrdiff_t>(at + 3));
    put(frame, at + 61, sequence);
    std::copy_n(data + 58, 58, frame.begin() + static_cast<std::ptrdiff_t>(at + 87));
}

void put_sync(Bits& frame, std::size_t at, unsigned bsic, std::uint32_t fn)
{
    const std::uint32_t t1 = fn / 1326;
    const std::uint32_t t2 = fn % 26;
    const std::uint32_t t3 = fn % 51 / 10;
    const std::uint8_t info[4] = {static_cast<std::uint8_t>(bsic << 2U | t1 >> 9U), static_cast<std::uint8_t>(t1 >> 1U),
                                  static_cast<std::uint8_t>(t1 << 7U | t2 << 2U | t3 >> 1U),
                                  static_cast<std::uint8_t>(t3 & 1U)};
    std::uint8_t coded[78];
    gsm0503_sch_encode(coded, info);
    std::fill_n(frame.begin() + static_cast<std::ptrdiff_t>(at), 148, std::uint8_t{0});
    std::copy_n(coded, 39, frame.begin() + static_cast<std::ptrdiff_t>(at + 3));
    put(frame, at + 42, sync_training);
    std::copy_n(coded + 39, 39, frame.begin() + static_cast<std::ptrdiff_t>(at + 106));
}

/// First frame of 51 of the block that a frame is part of; 51 where it is none.
unsigned block_of(unsigned t3)
{
    if (t3 == 50 || t3 % 10 < 2)
        return 51;
    return t3 / 10 * 10 + (t3 % 10 < 6 ? 2 : 6);
}

class BlockSource {
public:
    explicit BlockSource(const GsmSettings& settings) : settings_(settings), random_(settings.seed ^ 0x67736DULL) {}

    /// Coded bits of the block that begins with frame `fn`.
    std::array<std::uint8_t, 464> coded(std::uint32_t fn)
    {
        const unsigned first = fn % 51;
        GsmBlock block{};
        if (first == 2)
            block = settings_.bcch.at(fn / 51 % 8);
        else if (settings_.combined && first > 19)
            block = turn(settings_.dedicated, dedicated_);
        else
            block = turn(settings_.ccch, common_);
        if (std::ranges::all_of(block, [](std::uint8_t octet) { return octet == 0; }))
            for (std::uint8_t& octet : block)
                octet = static_cast<std::uint8_t>(random_.below(256));
        std::array<std::uint8_t, 464> bits{};
        gsm0503_xcch_encode(bits.data(), block.data());
        return bits;
    }

private:
    static GsmBlock turn(const std::vector<GsmBlock>& blocks, std::size_t& next)
    {
        return blocks.empty() ? GsmBlock{} : blocks[next++ % blocks.size()];
    }

    const GsmSettings& settings_;
    Random random_;
    std::size_t common_ = 0;
    std::size_t dedicated_ = 0;
};

/// The frequency pulse of GMSK: a Gaussian over a rectangle of one symbol, cut to pulse_symbols; its integral.
double phase_pulse(double t)
{
    constexpr int steps = 4000;
    static const std::vector<double> table = [] {
        const double sigma = std::sqrt(std::numbers::ln2) / (2.0 * std::numbers::pi * bt);
        const auto gauss = [&](double x) { return 0.5 * std::erf(x / (sigma * std::numbers::sqrt2)); };
        std::vector<double> values(steps + 1, 0.0);
        double sum = 0.0;
        const double step = static_cast<double>(pulse_symbols) / steps;
        for (int i = 1; i <= steps; ++i) {
            const double x = (i - 0.5) * step - pulse_symbols / 2.0;
            sum += (gauss(x + 0.5) - gauss(x - 0.5)) * step;
            values[static_cast<std::size_t>(i)] = sum;
        }
        for (double& value : values)
            value /= sum;
        return values;
    }();
    const double at = std::clamp(t / pulse_symbols, 0.0, 1.0) * steps;
    return table[static_cast<std::size_t>(std::lround(at))];
}

class GsmWaveform final : public Waveform {
public:
    GsmWaveform(std::span<const std::uint8_t> bits, Description description)
        : Waveform(std::move(description)), steps_(bits.size()), turns_(bits.size() + 1)
    {
        for (std::size_t i = 0; i < bits.size(); ++i) {
            const std::uint8_t before = bits[(i + bits.size() - 1) % bits.size()];
            steps_[i] = (bits[i] ^ before) != 0 ? -1 : 1;
            turns_[i + 1] = static_cast<std::uint8_t>((turns_[i] + 4 + steps_[i]) % 4);
        }
        make_table();
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        const auto size = static_cast<std::int64_t>(steps_.size());
        constexpr std::complex<double> quarter[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
        for (std::size_t i = 0; i < out.size(); ++i) {
            // The pulse of a bit is centred on the middle of its interval.
            const double at = (t0_s + static_cast<double>(i) * dt_s) * bit_rate_hz + (pulse_symbols - 1) / 2.0;
            const double whole = std::floor(at);
            const auto n = static_cast<std::int64_t>(whole);
            const auto fraction = std::min<std::size_t>(
                fractions - 1, static_cast<std::size_t>((at - whole) * static_cast<double>(fractions)));
            std::size_t pattern = 0;
            for (std::int64_t j = 0; j < pulse_symbols; ++j)
                pattern |= (steps_[static_cast<std::size_t>(((n - j) % size + size) % size)] > 0 ? std::size_t{1} : 0)
                           << static_cast<unsigned>(j);
            const std::int64_t done = n - pulse_symbols + 1;
            const std::int64_t rounds = done >= 0 ? done / size : -((-done + size - 1) / size);
            const unsigned turned = (turns_[static_cast<std::size_t>(done - rounds * size)] +
                                     static_cast<unsigned>(((rounds % 4 + 4) % 4)) * turns_.back()) %
                                    4U;
            out[i] = table_[pattern * fractions + fraction] * quarter[turned];
        }
    }

private:
    void make_table()
    {
        table_.resize(patterns * fractions);
        for (std::size_t f = 0; f < fractions; ++f) {
            const double fraction = (static_cast<double>(f) + 0.5) / static_cast<double>(fractions);
            std::array<double, pulse_symbols> q{};
            for (int j = 0; j < pulse_symbols; ++j)
                q[static_cast<std::size_t>(j)] = phase_pulse(fraction + j);
            for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
                double phase = 0.0;
                for (std::size_t j = 0; j < pulse_symbols; ++j)
                    phase += ((pattern >> j & 1U) != 0 ? 1.0 : -1.0) * q[j];
                table_[pattern * fractions + f] = std::polar(1.0, phase * std::numbers::pi / 2.0);
            }
        }
    }

    std::vector<int> steps_;          ///< ±1 quarter turn of each bit
    std::vector<std::uint8_t> turns_; ///< quarter turns before each bit
    std::vector<std::complex<double>> table_;
};

} // namespace

std::vector<std::uint8_t> gsm_bits(const GsmSettings& settings)
{
    Bits all(frame_bits * settings.frames, 1);
    BlockSource source(settings);
    const std::string_view sequence = training.at(settings.bsic & 7U);
    std::array<std::array<std::uint8_t, 464>, 4> blocks{};
    for (unsigned f = 0; f < settings.frames; ++f) {
        const std::uint32_t fn = settings.first_frame + f;
        const unsigned t3 = fn % 51;
        Bits frame(frame_bits, 1);
        for (unsigned slot = 0; slot < 8; ++slot) {
            const std::size_t at = slot_begin.at(slot);
            const bool control = slot % 2 == 0 && slot / 2 < settings.control_timeslots;
            const unsigned first = block_of(t3);
            if (control && first != 51) {
                auto& block = blocks.at(slot / 2);
                if (t3 == first || f == 0)
                    block = source.coded(fn - (t3 - first));
                put_normal(frame, at, block.data() + static_cast<std::ptrdiff_t>((t3 - first) * 116), sequence);
            } else if (slot == 0 && settings.sync && t3 != 50 && t3 % 10 == 0) {
                std::fill_n(frame.begin(), 148, std::uint8_t{0});
            } else if (slot == 0 && settings.sync && t3 % 10 == 1) {
                put_sync(frame, at, settings.bsic, fn);
            } else {
                put(frame, at, dummy);
            }
        }
        std::ranges::copy(frame, all.begin() + static_cast<std::ptrdiff_t>(f * frame_bits));
    }
    return all;
}

std::vector<std::uint8_t> gsm_bits(std::span<const GsmBurst> timeslot0)
{
    Bits all(frame_bits * timeslot0.size(), 1);
    auto frame = all.begin();
    for (const GsmBurst& burst : timeslot0) {
        std::ranges::copy(burst, frame);
        for (std::size_t slot = 1; slot < slot_begin.size(); ++slot)
            std::ranges::transform(dummy, frame + static_cast<std::ptrdiff_t>(slot_begin.at(slot)),
                                   [](char bit) { return static_cast<std::uint8_t>(bit == '1' ? 1 : 0); });
        frame += static_cast<std::ptrdiff_t>(frame_bits);
    }
    return all;
}

WaveformPtr gsm(std::span<const std::uint8_t> bits)
{
    Description d;
    d.modulation = "GMSK";
    d.system = "GSM";
    d.symbol_rate_hz = bit_rate_hz;
    d.span_hz = 600e3;
    return std::make_shared<GsmWaveform>(bits, std::move(d));
}

WaveformPtr gsm(const GsmSettings& settings) { return gsm(gsm_bits(settings)); }

GsmBlock gsm_block(const char* hex)
{
    const std::string_view text = hex;
    GsmBlock block;
    block.fill(0x2B);
    for (std::size_t i = 0; i + 1 < text.size() && i / 2 < block.size(); i += 2)
        block.at(i / 2) = static_cast<std::uint8_t>(std::stoul(std::string(text.substr(i, 2)), nullptr, 16));
    return block;
}

std::array<GsmBlock, 8> gsm_system_information(bool combined)
{
    const GsmBlock si1 = gsm_block("55061900000000000000002000000000000000b904002b");
    const GsmBlock si2 = gsm_block("59061a000000000000924a0292480000000000ffb90400");
    const GsmBlock si3 = gsm_block(combined ? "49061b75a954f2402ee1c9030a244545b904008100004b"
                                            : "49061b75a954f2402ee1c8030a244545b904008100004b");
    const GsmBlock si4 = gsm_block("31061c54f2402ee14545b904008100432b2b2b2b2b2b2b");
    return {si1, si2, si3, si4, si2, si2, si3, si4};
}

GsmBlock gsm_empty_paging() { return gsm_block("1506210001f0"); }

} // namespace gacsong::test
