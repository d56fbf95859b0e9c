// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/subframe.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double early = 3.0 / 128.0; ///< of a symbol: how far the windows begin inside of the prefixes

} // namespace

Sampling sampling_for(double recorded_rate_hz, unsigned blocks)
{
    constexpr std::array<std::size_t, 7> usual{128, 256, 512, 1024, 1536, 2048, 4096};
    std::size_t points = usual.back();
    for (const std::size_t size : usual)
        if (static_cast<double>(size) >= 12.0 * blocks * 1.12) {
            points = size;
            break;
        }
    // Where the recording's own rate fits, nothing is lost to a filter.
    const double own = recorded_rate_hz / subcarrier_hz;
    const auto whole = static_cast<std::size_t>(std::lround(own));
    if (std::abs(own - static_cast<double>(whole)) < 1e-9 && whole % 128 == 0 && whole > 12 * blocks && whole <= points)
        points = whole;
    return {static_cast<double>(points) * subcarrier_hz, points};
}

SubframeReader::SubframeReader(const Stretch& stretch, Numerology numerology, unsigned blocks)
    : numerology_(numerology), blocks_(blocks), sampling_(sampling_for(stretch.rate_hz, blocks)),
      extractor_(stretch, sampling_.rate_hz), transform_(sampling_.points, dsp::Direction::forward),
      in_(sampling_.points), out_(sampling_.points), samples_(15 * sampling_.points), ramp_(12 * blocks)
{
    for (unsigned i = 0; i < 12 * blocks; ++i) {
        const int k = static_cast<int>(i) - 6 * static_cast<int>(blocks);
        const int subcarrier = k < 0 ? k : k + 1;
        ramp_[i] = Sample(std::polar(1.0 / std::sqrt(static_cast<double>(sampling_.points)),
                                     2.0 * std::numbers::pi * subcarrier * early));
    }
}

bool SubframeReader::read(const Place& place, std::int64_t number, Grid& grid, unsigned symbols)
{
    const double begin = begin_s(place, number);
    const double tolerance = 2e-6; // of the last prefix nothing is needed
    if (begin < -tolerance || begin + 1e-3 * place.lasting > extractor_.stretch().seconds() + tolerance)
        return false;
    grid.blocks = blocks_;
    grid.symbols = std::min(symbols, numerology_.symbols_in_subframe());
    grid.values.resize(std::size_t{grid.symbols} * grid.width());
    const std::size_t points = sampling_.points;
    const std::size_t needed = (std::size_t{numerology_.start(grid.symbols - 1)} + 2048) * points / 2048;
    extractor_.read(begin, place.shift_hz, place.lasting, std::span(samples_).first(std::min(needed, samples_.size())));
    const auto back = static_cast<std::size_t>(std::lround(early * static_cast<double>(points)));
    for (unsigned symbol = 0; symbol < grid.symbols; ++symbol) {
        const std::size_t at = numerology_.start(symbol) * points / 2048 - back;
        std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at), points, in_.data());
        transform_.execute(in_.data(), out_.data());
        const auto row = grid.row(symbol);
        const std::size_t half = std::size_t{6} * blocks_;
        for (std::size_t i = 0; i < half; ++i) {
            row[i] = out_[points - half + i] * ramp_[i];
            row[half + i] = out_[1 + i] * ramp_[half + i];
        }
    }
    return true;
}

void soft_bits(std::span<const Sample> received, std::span<const std::vector<Sample>> response, double noise,
               std::vector<float>& out)
{
    const std::size_t ports = response.size();
    const auto put = [&](Sample x, double scale) {
        const auto factor = static_cast<float>(scale / std::max(noise, 1e-30));
        out.push_back(x.real() * factor);
        out.push_back(x.imag() * factor);
    };
    if (ports == 1) {
        for (std::size_t i = 0; i < received.size(); ++i)
            put(received[i] * std::conj(response[0][i]), 2.0 * std::numbers::sqrt2);
        return;
    }
    for (std::size_t i = 0; i + 1 < received.size(); i += 2) {
        const std::size_t a = ports == 2 ? 0 : i / 2 % 2;
        const std::size_t b = ports == 2 ? 1 : a + 2;
        const Sample h0 = 0.5F * (response[a][i] + response[a][i + 1]);
        const Sample h1 = 0.5F * (response[b][i] + response[b][i + 1]);
        const Sample y0 = received[i];
        const Sample y1 = received[i + 1];
        put(std::conj(h0) * y0 + h1 * std::conj(y1), 2.0);
        put(std::conj(h0) * y1 - h1 * std::conj(y0), 2.0);
    }
}

} // namespace gacsong::detect::lte
