// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/lines.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/window.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gacsong::dsp {

namespace {
constexpr std::size_t most_points = std::size_t{1} << 18U;
}

std::size_t LineSpectrum::cell(double hz) const
{
    const auto n = static_cast<std::ptrdiff_t>(power.size());
    const auto k = static_cast<std::ptrdiff_t>(std::llround(hz / step_hz)) % n;
    return static_cast<std::size_t>(k < 0 ? k + n : k);
}

double LineSpectrum::frequency(std::size_t k) const
{
    const auto n = power.size();
    const double signed_k = k < n / 2 ? static_cast<double>(k) : static_cast<double>(k) - static_cast<double>(n);
    return signed_k * step_hz;
}

LineSpectra::LineSpectra(double rate_hz, std::size_t longest)
    : size_(std::clamp(std::bit_ceil(longest), std::size_t{16}, most_points))
{
    sum_.power.assign(size_, 0.0F);
    sum_.step_hz = rate_hz / static_cast<double>(size_);
}

void LineSpectra::add(std::span<const std::complex<float>> x)
{
    const std::size_t length = std::min(x.size(), size_);
    if (length == 0)
        return;
    AlignedArray<std::complex<float>> in(size_);
    AlignedArray<std::complex<float>> out(size_);
    const auto window = make_window(WindowKind::hann, length);
    const auto scale = static_cast<float>(1.0 / window_sums(window).u1);
    for (std::size_t i = 0; i < length; ++i)
        in[i] = x[i] * (window[i] * scale);
    FftPlan(size_, Direction::forward, Planning::quick).execute(in.data(), out.data());
    for (std::size_t k = 0; k < size_; ++k)
        sum_.power[k] += std::norm(out[k]);
}

void LineSpectra::add(std::span<const float> x)
{
    const std::vector<std::complex<float>> complex(x.begin(), x.end());
    add(complex);
}

std::optional<SpectralLine> strongest_line(const LineSpectrum& spectrum, double low_hz, double high_hz)
{
    const auto first = static_cast<std::ptrdiff_t>(std::ceil(low_hz / spectrum.step_hz));
    const auto last = static_cast<std::ptrdiff_t>(std::floor(high_hz / spectrum.step_hz));
    const auto n = static_cast<std::ptrdiff_t>(spectrum.power.size());
    if (last - first < 8 || last - first >= n)
        return std::nullopt;
    std::vector<float> cells;
    for (std::ptrdiff_t k = first; k <= last; ++k)
        cells.push_back(spectrum.power[static_cast<std::size_t>(((k % n) + n) % n)]);
    const auto top = std::max_element(cells.begin(), cells.end());
    const auto at = top - cells.begin();
    SpectralLine line;
    line.power = static_cast<double>(*top);
    double shift = 0.0;
    if (at > 0 && at + 1 < static_cast<std::ptrdiff_t>(cells.size())) {
        const double a = std::log(std::max(1e-30, static_cast<double>(*(top - 1))));
        const double b = std::log(std::max(1e-30, static_cast<double>(*top)));
        const double c = std::log(std::max(1e-30, static_cast<double>(*(top + 1))));
        const double curve = a - 2.0 * b + c;
        shift = curve < 0.0 ? std::clamp(0.5 * (a - c) / curve, -0.5, 0.5) : 0.0;
    }
    line.frequency_hz = (static_cast<double>(first + at) + shift) * spectrum.step_hz;
    const auto middle = cells.begin() + static_cast<std::ptrdiff_t>(cells.size() / 2);
    std::nth_element(cells.begin(), middle, cells.end());
    line.ratio = *middle > 0.0F ? line.power / static_cast<double>(*middle) : 0.0;
    return line;
}

double power_around(const LineSpectrum& spectrum, double hz, double half_hz)
{
    const auto n = static_cast<std::ptrdiff_t>(spectrum.power.size());
    const auto middle = static_cast<std::ptrdiff_t>(spectrum.cell(hz));
    const auto half = std::min<std::ptrdiff_t>(n / 2 - 1, std::llround(half_hz / spectrum.step_hz));
    double sum = 0.0;
    for (std::ptrdiff_t k = middle - half; k <= middle + half; ++k)
        sum += static_cast<double>(spectrum.power[static_cast<std::size_t>(((k % n) + n) % n)]);
    return sum;
}

} // namespace gacsong::dsp
