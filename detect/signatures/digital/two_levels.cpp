// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/two_levels.hpp"

#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <cmath>

namespace gacsong::detect {

std::vector<TwoLevels> two_level_readings(std::span<const std::complex<float>> samples, double rate_hz,
                                          double symbol_rate_bd, std::size_t phases)
{
    std::vector<TwoLevels> readings;
    if (static_cast<double>(samples.size()) * symbol_rate_bd < 8.0 * rate_hz)
        return readings;
    const auto frequency = dsp::instantaneous_frequency(samples, rate_hz);
    const auto smooth = dsp::symbol_filtered(frequency, rate_hz, symbol_rate_bd, dsp::SymbolFilter::mean);
    for (std::size_t phase = 0; phase < phases; ++phase)
        readings.push_back(
            dsp::symbols_at(smooth, rate_hz, symbol_rate_bd, static_cast<double>(phase) / static_cast<double>(phases)));
    return readings;
}

WordFit word_fit(std::span<const float> symbols, std::uint64_t word, std::size_t length)
{
    double high = 0.0;
    double low = 0.0;
    double count_high = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < length; ++i) {
        const auto value = static_cast<double>(symbols[i]);
        const bool up = (word >> (length - 1 - i) & 1U) != 0;
        (up ? high : low) += value;
        count_high += up ? 1.0 : 0.0;
        squares += value * value;
    }
    const auto all = static_cast<double>(length);
    const double count_low = all - count_high;
    WordFit fit;
    if (count_high == 0.0 || count_low == 0.0)
        return fit;
    const double mean = (high + low) / all;
    const double variance = squares / all - mean * mean;
    high /= count_high;
    low /= count_low;
    fit.middle = static_cast<float>(0.5 * (high + low));
    fit.swing = static_cast<float>(0.5 * std::abs(high - low));
    if (variance > 0.0)
        fit.likeness = (high - low) * std::sqrt(count_high * count_low) / all / std::sqrt(variance);
    return fit;
}

std::vector<WordPlace> word_places(std::span<const TwoLevels> readings, std::uint64_t word, std::size_t length,
                                   double least)
{
    std::vector<WordPlace> places;
    std::size_t longest = 0;
    for (const TwoLevels& reading : readings)
        longest = std::max(longest, reading.size());
    for (std::size_t first = 0; first + length <= longest; ++first) {
        for (std::size_t r = 0; r < readings.size(); ++r) {
            if (first + length > readings[r].size())
                continue;
            const WordFit fit = word_fit(std::span(readings[r]).subspan(first), word, length);
            if (std::abs(fit.likeness) < least)
                continue;
            const bool near = !places.empty() && first - places.back().first < length;
            if (!near)
                places.push_back({r, first, fit});
            else if (std::abs(fit.likeness) > std::abs(places.back().fit.likeness))
                places.back() = {r, first, fit};
        }
    }
    return places;
}

} // namespace gacsong::detect
