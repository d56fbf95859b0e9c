// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/symbol_clock.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::dsp {

namespace {

constexpr std::size_t least_places = 12;
constexpr std::size_t most_points = std::size_t{1} << 17U;
constexpr double as_good = 0.8; ///< of the best coherence: a rate of which the best is a multiple

std::complex<double> pointer(std::span<const double> places, double rate_hz)
{
    std::complex<double> sum{};
    for (const double t : places)
        sum += std::polar(1.0, 2.0 * std::numbers::pi * std::fmod(rate_hz * t, 1.0));
    return sum;
}

double coherence_at(std::span<const std::vector<double>> groups, double rate_hz, std::size_t total)
{
    double sum = 0.0;
    for (const auto& group : groups) {
        const double length = std::abs(pointer(group, rate_hz));
        // The length of a random walk of n steps is sqrt(n): taken off, or small groups would always look coherent.
        sum += std::sqrt(std::max(0.0, length * length - static_cast<double>(group.size())));
    }
    return sum / static_cast<double>(total);
}

/// The best rate near one, by golden steps.
double refined(std::span<const std::vector<double>> groups, double rate_hz, double step_hz, std::size_t total)
{
    double best = rate_hz;
    for (double width = step_hz; width > 0.01 * step_hz; width *= 0.5) {
        for (const double candidate : {best - 0.5 * width, best + 0.5 * width})
            if (coherence_at(groups, candidate, total) > coherence_at(groups, best, total))
                best = candidate;
    }
    return best;
}

} // namespace

std::vector<double> crossings(std::span<const float> x, float low, float high)
{
    std::vector<double> out;
    const float middle = 0.5F * (low + high);
    int side = 0;
    double place = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (i > 0 && (x[i] > middle) != (x[i - 1] > middle))
            place = static_cast<double>(i - 1) +
                    static_cast<double>((middle - x[i - 1]) / (x[i] - x[i - 1] == 0.0F ? 1.0F : x[i] - x[i - 1]));
        const int now = x[i] > high ? 1 : x[i] < low ? -1 : side;
        if (side != 0 && now != side)
            out.push_back(place);
        side = now;
    }
    return out;
}

std::optional<Clock> common_clock(std::span<const std::vector<double>> groups, double low_hz, double high_hz)
{
    std::size_t total = 0;
    double longest_s = 0.0;
    for (const auto& group : groups) {
        total += group.size();
        if (group.size() > 1)
            longest_s = std::max(longest_s, group.back() - group.front());
    }
    if (total < least_places || longest_s <= 0.0 || low_hz >= high_hz)
        return std::nullopt;
    // A train of impulses on a grid fine enough for high_hz; the transform tests all rates at once.
    const double grid_hz = 2.5 * high_hz;
    const std::size_t n =
        std::min(most_points, std::bit_ceil(static_cast<std::size_t>(2.0 * longest_s * grid_hz) + 16));
    const double rate = std::min(grid_hz, static_cast<double>(n) / (2.0 * longest_s));
    const double step = rate / static_cast<double>(n);
    std::vector<double> spectrum(n / 2, 0.0);
    AlignedArray<std::complex<float>> in(n);
    AlignedArray<std::complex<float>> out(n);
    const FftPlan plan(n, Direction::forward, Planning::quick);
    for (const auto& group : groups) {
        if (group.size() < 3)
            continue;
        std::fill(in.data(), in.data() + n, std::complex<float>{});
        for (const double t : group) {
            const double place = (t - group.front()) * rate;
            const auto i = static_cast<std::size_t>(place);
            if (i + 1 >= n)
                break;
            const auto share = static_cast<float>(place - static_cast<double>(i));
            in[i] += 1.0F - share;
            in[i + 1] += share;
        }
        plan.execute(in.data(), out.data());
        for (std::size_t k = 0; k < n / 2; ++k) {
            const double power = static_cast<double>(std::norm(out[k]));
            spectrum[k] += std::sqrt(std::max(0.0, power - static_cast<double>(group.size())));
        }
    }
    const auto first = std::max<std::size_t>(2, static_cast<std::size_t>(low_hz / step));
    const auto last = std::min(n / 2 - 1, static_cast<std::size_t>(high_hz / step));
    if (first + 2 >= last)
        return std::nullopt;
    const auto top = std::max_element(spectrum.begin() + static_cast<std::ptrdiff_t>(first),
                                      spectrum.begin() + static_cast<std::ptrdiff_t>(last));
    auto best = static_cast<std::size_t>(top - spectrum.begin());
    for (const std::size_t divisor : {5U, 4U, 3U, 2U}) {
        const auto at = best / divisor;
        if (at < first + 2)
            continue;
        const auto near = std::max_element(spectrum.begin() + static_cast<std::ptrdiff_t>(at - 2),
                                           spectrum.begin() + static_cast<std::ptrdiff_t>(at + 3));
        if (*near > as_good * *top) {
            best = static_cast<std::size_t>(near - spectrum.begin());
            break;
        }
    }
    Clock clock;
    clock.places = total;
    clock.rate_hz = refined(groups, static_cast<double>(best) * step, step, total);
    clock.coherence = coherence_at(groups, clock.rate_hz, total);
    return clock;
}

double clock_phase(std::span<const double> places, double rate_hz)
{
    const double turns = std::arg(pointer(places, rate_hz)) / (2.0 * std::numbers::pi);
    return turns < 0.0 ? turns + 1.0 : turns;
}

} // namespace gacsong::dsp
