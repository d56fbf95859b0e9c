// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/wideband/dji_frame.hpp"

#include "detect/cells/lte/coding/turbo.hpp"
#include "detect/cells/lte/phy/sequences.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;
using Samples = std::span<const Complex>;

constexpr unsigned first_root = 600;
constexpr unsigned second_root = 147;
constexpr std::size_t roots = 601; ///< length of the sequences
constexpr std::uint32_t scrambling_seed = 0x12345678;
constexpr std::size_t step = dji_symbol + dji_prefix; ///< from symbol to symbol
constexpr std::size_t apart = 2 * step;               ///< from the first known symbol to the second
constexpr double spacing_hz = 15e3;
constexpr int most_spacings = 30; ///< that the carrier may be off
constexpr double least_likeness = 0.35;
/// Where the data symbols stand from the first known one; the last one's prefix is 8 samples longer.
constexpr std::array<int, 6> data_symbols{-2, -1, 1, 3, 4, 5};
constexpr std::size_t last_extra = 8;
constexpr double pi = std::numbers::pi;

/// Place of a carrier among the 1024 of a transform.
constexpr std::size_t bin_of(std::size_t carrier)
{
    constexpr std::size_t half = dji_carriers / 2;
    return carrier < half ? dji_symbol - half + carrier : carrier - half + 1;
}

/// A known symbol in time, power 1.
std::vector<Complex> known_symbol(unsigned root)
{
    const dsp::AlignedArray<Complex> bins(dji_symbol);
    const dsp::AlignedArray<Complex> out(dji_symbol);
    const auto& values = dji_sync(root);
    for (std::size_t c = 0; c < dji_carriers; ++c)
        bins[bin_of(c)] = values[c];
    dsp::FftPlan(dji_symbol, dsp::Direction::inverse, dsp::Planning::quick).execute(bins.data(), out.data());
    std::vector<Complex> symbol(out.span().begin(), out.span().end());
    const float scale = 1.0F / std::sqrt(static_cast<float>(dji_carriers));
    for (Complex& value : symbol)
        value *= scale;
    return symbol;
}

const std::vector<Complex>& first_symbol()
{
    static const auto symbol = known_symbol(first_root);
    return symbol;
}

const std::vector<Complex>& second_symbol()
{
    static const auto symbol = known_symbol(second_root);
    return symbol;
}

double power_of(Samples x)
{
    double sum = 0.0;
    for (const Complex value : x)
        sum += static_cast<double>(std::norm(value));
    return sum;
}

/// Share of x's amplitude that is the symbol's, 0 … 1.
double likeness(Samples x, const std::vector<Complex>& symbol)
{
    Complex sum{};
    for (std::size_t n = 0; n < symbol.size(); ++n)
        sum += x[n] * std::conj(symbol[n]);
    const double all = power_of(x) * static_cast<double>(dji_symbol);
    return all > 0.0 ? static_cast<double>(std::abs(sum)) / std::sqrt(all) : 0.0;
}

std::vector<Complex> turned(Samples x, double offset_hz)
{
    std::vector<Complex> out(x.size());
    const std::complex<double> turn = std::polar(1.0, -2.0 * pi * offset_hz / dji_rate_hz);
    std::complex<double> phase{1.0, 0.0};
    for (std::size_t i = 0; i < x.size(); ++i, phase *= turn)
        out[i] = x[i] * Complex(phase);
    return out;
}

/// Likeness of the first known symbol at each place, its carrier off by `offset_hz` or any whole number of spacings
/// more: those only move the place, by 1.7 samples each.
std::vector<float> likeness_at_each(Samples x, double offset_hz)
{
    constexpr std::size_t block = 8192;
    const dsp::FftPlan forward(block, dsp::Direction::forward, dsp::Planning::quick);
    const dsp::FftPlan inverse(block, dsp::Direction::inverse, dsp::Planning::quick);
    const std::vector<Complex> symbol = turned(first_symbol(), -offset_hz);
    const dsp::AlignedArray<Complex> in(block);
    const dsp::AlignedArray<Complex> spectrum(block);
    const dsp::AlignedArray<Complex> pattern(block);
    std::copy(symbol.begin(), symbol.end(), in.data());
    forward.execute(in.data(), pattern.data());
    const std::size_t places = x.size() - dji_symbol + 1;
    std::vector<float> out(places);
    const std::size_t fresh = block - dji_symbol + 1;
    for (std::size_t first = 0; first < places; first += fresh) {
        const std::size_t have = std::min(block, x.size() - first);
        std::fill_n(in.data(), block, Complex{});
        std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(first), have, in.data());
        forward.execute(in.data(), spectrum.data());
        for (std::size_t k = 0; k < block; ++k)
            spectrum[k] *= std::conj(pattern[k]);
        inverse.execute(spectrum.data(), in.data());
        for (std::size_t i = 0; i < std::min(fresh, places - first); ++i)
            out[first + i] = std::abs(in[i]) / static_cast<float>(block);
    }
    // Silence before a frame makes anything alike: its power is held up by that of all.
    const double floor = 1e-2 * power_of(x) / static_cast<double>(x.size()) * static_cast<double>(dji_symbol);
    double power = power_of(x.first(dji_symbol));
    for (std::size_t n = 0; n < places; ++n) {
        out[n] /= static_cast<float>(std::sqrt(std::max(power, floor + 1e-30) * static_cast<double>(dji_symbol)));
        if (n + 1 < places)
            power += static_cast<double>(std::norm(x[n + dji_symbol])) - static_cast<double>(std::norm(x[n]));
    }
    return out;
}

/// Carrier offset within half a spacing, from what the prefixes repeat.
double fine_offset(Samples x, std::size_t first)
{
    constexpr std::size_t guard = 16; // of the prefix on either side: places are known to some samples
    std::complex<double> sum{};
    for (std::size_t symbol = 0; symbol < 5; ++symbol) {
        const std::size_t begin = first + symbol * step - dji_prefix;
        for (std::size_t n = guard; n + guard < dji_prefix; ++n)
            sum += std::complex<double>(std::conj(x[begin + n]) * x[begin + n + dji_symbol]);
    }
    return std::arg(sum) / (2.0 * pi) * spacing_hz;
}

/// Both known symbols about `place`, over the whole numbers of spacings that the carrier may be off.
DjiFrame aligned(Samples x, std::size_t place)
{
    constexpr std::size_t around = 64;
    constexpr std::ptrdiff_t near = 4;
    constexpr double samples_per_spacing = static_cast<double>(dji_symbol) / static_cast<double>(roots);
    DjiFrame best;
    if (place < around + dji_prefix || place + around + 5 * step > x.size())
        return best;
    const double fine = fine_offset(x, place);
    const Samples stretch = x.subspan(place - around, apart + dji_symbol + 2 * around);
    for (int spacings = -most_spacings; spacings <= most_spacings; ++spacings) {
        const double offset_hz = fine + spacing_hz * spacings;
        const auto upright = turned(stretch, offset_hz);
        const auto middle =
            static_cast<std::ptrdiff_t>(around) - std::lround(samples_per_spacing * offset_hz / spacing_hz);
        for (std::ptrdiff_t at = middle - near; at <= middle + near; ++at) {
            const auto i = static_cast<std::size_t>(at);
            const double one = likeness(Samples(upright).subspan(i, dji_symbol), first_symbol());
            if (one <= best.likeness)
                continue;
            const double other = likeness(Samples(upright).subspan(i + apart, dji_symbol), second_symbol());
            if (std::min(one, other) > best.likeness)
                best = {place - around + i, offset_hz, std::min(one, other), std::nullopt};
        }
    }
    if (best.likeness > 0.0) // prefixes say it better where they are known to be
        best.offset_hz += std::remainder(fine_offset(x, best.first) - best.offset_hz, spacing_hz);
    return best;
}

class Carriers {
public:
    /// Of the symbol at `first`; a few samples early, so that what comes late by another path stays inside the prefix.
    [[nodiscard]] std::vector<Complex> at(Samples x, std::size_t first)
    {
        constexpr std::size_t early = 8;
        std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(first - early), dji_symbol, in_.data());
        plan_.execute(in_.data(), out_.data());
        std::vector<Complex> carriers(dji_carriers);
        for (std::size_t c = 0; c < dji_carriers; ++c)
            carriers[c] = out_[bin_of(c)];
        return carriers;
    }

private:
    dsp::FftPlan plan_{dji_symbol, dsp::Direction::forward, dsp::Planning::quick};
    dsp::AlignedArray<Complex> in_ = dsp::AlignedArray<Complex>(dji_symbol);
    dsp::AlignedArray<Complex> out_ = dsp::AlignedArray<Complex>(dji_symbol);
};

std::vector<Complex> channel_of(const std::vector<Complex>& received, unsigned root)
{
    const auto& sent = dji_sync(root);
    std::vector<Complex> channel(dji_carriers);
    for (std::size_t c = 0; c < dji_carriers; ++c)
        channel[c] = received[c] * std::conj(sent[c]);
    return channel;
}

/// Mean over five carriers: echoes are much shorter than a symbol.
std::vector<Complex> smoothed(const std::vector<Complex>& channel)
{
    constexpr std::size_t half = 2;
    std::vector<Complex> out(channel.size());
    for (std::size_t c = 0; c < channel.size(); ++c) {
        const std::size_t from = c < half ? 0 : c - half;
        const std::size_t to = std::min(channel.size(), c + half + 1);
        Complex sum{};
        for (std::size_t i = from; i < to; ++i)
            sum += channel[i];
        out[c] = sum / static_cast<float>(to - from);
    }
    return out;
}

std::optional<std::vector<std::uint8_t>> block_of(Samples x, const DjiFrame& frame)
{
    const std::size_t before = 2 * step + dji_prefix;
    const std::size_t length = before + 5 * step + last_extra + dji_symbol;
    if (frame.first < before || frame.first - before + length > x.size())
        return std::nullopt;
    const auto upright = turned(x.subspan(frame.first - before, length), frame.offset_hz);
    Carriers carriers;
    auto channel = channel_of(carriers.at(upright, before), first_root);
    const auto second = channel_of(carriers.at(upright, before + apart), second_root);
    // What is left of the offset turns symbol after symbol by the same angle.
    std::complex<double> turn{};
    for (std::size_t c = 0; c < dji_carriers; ++c)
        turn += std::complex<double>(second[c] * std::conj(channel[c]));
    const double angle = 0.5 * std::arg(turn);
    const Complex back(std::polar(1.0, -2.0 * angle));
    for (std::size_t c = 0; c < dji_carriers; ++c)
        channel[c] = 0.5F * (channel[c] + second[c] * back);
    channel = smoothed(channel);
    const auto& scrambling = dji_scrambling();
    std::vector<float> soft;
    soft.reserve(dji_sent_bits);
    for (const int symbol : data_symbols) {
        const auto at = static_cast<std::ptrdiff_t>(before) + symbol * static_cast<std::ptrdiff_t>(step);
        const auto received = carriers.at(upright, static_cast<std::size_t>(at) +
                                                       (symbol == data_symbols.back() ? last_extra : std::size_t{0}));
        const Complex upright_by(std::polar(1.0, -angle * symbol));
        for (std::size_t c = 0; c < dji_carriers; ++c) {
            const Complex value = received[c] * std::conj(channel[c]) * upright_by;
            for (const float bit : {value.real(), value.imag()})
                soft.push_back(scrambling[soft.size()] != 0 ? -bit : bit);
        }
    }
    lte::BlockDecoder decoder(dji_block_bits);
    decoder.add(soft, 0);
    const auto bits = decoder.decode();
    if (!bits)
        return std::nullopt;
    std::vector<std::uint8_t> octets(bits->size() / 8);
    for (std::size_t i = 0; i < bits->size(); ++i)
        octets[i / 8] = static_cast<std::uint8_t>(octets[i / 8] << 1U | (*bits)[i]);
    return octets;
}

} // namespace

const std::vector<Complex>& dji_sync(unsigned root)
{
    const auto make = [](unsigned u) {
        std::vector<Complex> values;
        for (std::size_t k = 0; k < roots; ++k) {
            const auto turns = static_cast<double>(u * k * (k + 1) % (2 * roots));
            if (k != roots / 2)
                values.push_back(Complex(std::polar(1.0, -pi * turns / static_cast<double>(roots))));
        }
        return values;
    };
    static const auto first = make(first_root);
    static const auto second = make(second_root);
    return root == first_root ? first : second;
}

const std::vector<std::uint8_t>& dji_scrambling()
{
    static const auto bits = lte::gold(scrambling_seed, dji_sent_bits);
    return bits;
}

std::vector<DjiFrame> dji_frames(Samples x, std::size_t most)
{
    std::vector<DjiFrame> frames;
    if (x.size() < 6 * step)
        return frames;
    auto fit = likeness_at_each(x, 0.0);
    const auto between = likeness_at_each(x, 0.5 * spacing_hz);
    for (std::size_t n = 0; n < fit.size(); ++n)
        fit[n] = std::max(fit[n], between[n]);
    for (std::size_t n = 0; n < fit.size() && frames.size() < most; ++n) {
        if (static_cast<double>(fit[n]) < least_likeness)
            continue;
        const auto end = fit.begin() + static_cast<std::ptrdiff_t>(std::min(n + dji_prefix, fit.size()));
        const auto top = std::max_element(fit.begin() + static_cast<std::ptrdiff_t>(n), end);
        DjiFrame frame = aligned(x, static_cast<std::size_t>(top - fit.begin()));
        if (frame.likeness < least_likeness)
            continue;
        frame.octets = block_of(x, frame);
        n = frame.first + 4 * step;
        frames.push_back(std::move(frame));
    }
    return frames;
}

} // namespace gacsong::detect
