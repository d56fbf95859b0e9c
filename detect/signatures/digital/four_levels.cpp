// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/digital/four_levels.hpp"

#include "dsp/demod/slicer.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 4e3;
constexpr double widest_hz = 16e3;
constexpr double symbol_rate_bd = 4800.0;
constexpr std::size_t phases = 8;

} // namespace

bool may_be_four_levels(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.end_s - e.start_s > 0.02 &&
           (name == "FSK4" || name == "FSK2" || name == "GFSK" || name == "GMSK" || name == "NFM" || name == "unknown");
}

std::vector<std::vector<FourLevels>> four_level_readings(const Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 6.5e3;
    wanted.rate_hz = 24e3;
    wanted.most_s = 2.5;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.join_s = 0.1;
    wanted.margin_s = 2e-3;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    std::vector<std::vector<FourLevels>> readings;
    for (const auto filter : {dsp::SymbolFilter::root_raised_cosine, dsp::SymbolFilter::mean}) {
        const std::size_t first = readings.size();
        readings.resize(first + phases);
        for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
            if (clip.piece(p).size() < sync_symbols)
                continue;
            const auto frequency = dsp::instantaneous_frequency(clip.piece(p), clip.rate_hz);
            const auto smooth = dsp::symbol_filtered(frequency, clip.rate_hz, symbol_rate_bd, filter);
            for (std::size_t phase = 0; phase < phases; ++phase)
                readings[first + phase].push_back(dsp::symbols_at(
                    smooth, clip.rate_hz, symbol_rate_bd, static_cast<double>(phase) / static_cast<double>(phases)));
        }
    }
    return readings;
}

SyncFit fit_of(std::span<const float> symbols, std::uint64_t word)
{
    double high = 0.0;
    double low = 0.0;
    double count_high = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < sync_symbols; ++i) {
        const auto value = static_cast<double>(symbols[i]);
        const bool up = (word >> (47U - 2U * i) & 1U) == 0;
        (up ? high : low) += value;
        count_high += up ? 1.0 : 0.0;
        sum += value;
        squares += value * value;
    }
    constexpr auto all = static_cast<double>(sync_symbols);
    const double count_low = all - count_high;
    const double variance = squares / all - (sum / all) * (sum / all);
    high /= count_high;
    low /= count_low;
    SyncFit fit;
    fit.middle = static_cast<float>(0.5 * (high + low));
    fit.outer = static_cast<float>(0.5 * (high - low));
    if (variance > 0.0)
        fit.likeness = (high - low) * std::sqrt(count_high * count_low) / all / std::sqrt(variance);
    return fit;
}

std::optional<std::uint64_t> bits_at(const FourLevels& symbols, std::ptrdiff_t first, std::size_t count,
                                     const SyncFit& levels)
{
    if (first < 0 || static_cast<std::size_t>(first) + count > symbols.size())
        return std::nullopt;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const float value = symbols[static_cast<std::size_t>(first) + i] - levels.middle;
        const bool outer = std::abs(value) > 2.0F / 3.0F * levels.outer;
        bits = bits << 2U | (value > 0.0F ? 0U : 2U) | (outer ? 1U : 0U);
    }
    return bits;
}

} // namespace gacsong::detect
