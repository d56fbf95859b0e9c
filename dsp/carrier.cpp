// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/carrier.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/window.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gacsong::dsp {

namespace {

constexpr std::size_t least_cells = 16;

} // namespace

std::optional<Carrier> find_carrier(std::span<const std::complex<float>> samples, double sample_rate_hz, double low_hz,
                                    double high_hz)
{
    const std::size_t n = samples.size();
    const double cell_hz = sample_rate_hz / static_cast<double>(n);
    const auto half = static_cast<double>(n) / 2.0;
    const auto first = static_cast<long>(std::ceil(std::max(low_hz / cell_hz, 1.0 - half)));
    const auto last = static_cast<long>(std::floor(std::min(high_hz / cell_hz, half - 2.0)));
    if (last - first + 1 < static_cast<long>(least_cells))
        return std::nullopt;
    const FftPlan plan(n, Direction::forward);
    const AlignedArray<std::complex<float>> in(n);
    const AlignedArray<std::complex<float>> out(n);
    const auto window = make_window(WindowKind::blackman_harris, n);
    for (std::size_t i = 0; i < n; ++i)
        in.data()[i] = samples[i] * window[i];
    plan.execute(in.data(), out.data());
    const auto power = [&](long cell) {
        const auto at = static_cast<std::size_t>(cell < 0 ? cell + static_cast<long>(n) : cell);
        return std::max(static_cast<double>(std::norm(out.data()[at])), 1e-30);
    };
    std::vector<double> cells;
    long peak = first;
    for (long k = first; k <= last; ++k) {
        cells.push_back(power(k));
        peak = power(k) > power(peak) ? k : peak;
    }
    std::nth_element(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(cells.size() / 2), cells.end());
    const double a = std::log(power(peak - 1));
    const double b = std::log(power(peak));
    const double c = std::log(power(peak + 1));
    const double bend = a - 2.0 * b + c;
    const double shift = bend < 0.0 ? std::clamp(0.5 * (a - c) / bend, -0.5, 0.5) : 0.0;
    return Carrier{(static_cast<double>(peak) + shift) * cell_hz,
                   10.0 * std::log10(power(peak) / cells[cells.size() / 2])};
}

} // namespace gacsong::dsp
