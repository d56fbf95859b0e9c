// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double turn = 2.0 * std::numbers::pi;

} // namespace

void Alignment::add(const Grid& grid, ChannelEstimator& estimator, Identity identity, unsigned subframe)
{
    const Numerology numerology = identity.numerology;
    const unsigned in_slot = numerology.symbols_in_slot();
    const std::array<unsigned, rows> symbols{0, numerology.second_reference(), in_slot,
                                             in_slot + numerology.second_reference()};
    auto& ports = subframes_.emplace_back();
    for (unsigned p = 0; p < ports.size(); ++p) {
        Port& port = ports.at(p);
        double power = 1e-30;
        for (unsigned r = 0; r < rows; ++r) {
            const auto pilots = estimator.pilots(grid, subframe, symbols.at(r), p);
            port.at_s.at(r) = numerology.start(symbols.at(r)) * unit_s;
            // Of a wider grid the innermost ones.
            const auto skipped = static_cast<unsigned>(pilots.values.size() - width) / 2;
            for (unsigned m = 0; m < width; ++m) {
                const int k = static_cast<int>(6 * (m + skipped) + pilots.first) - static_cast<int>(grid.width() / 2);
                port.subcarrier.at(r).at(m) = k < 0 ? k : k + 1;
                port.values.at(r).at(m) = pilots.values[m + skipped];
                power += std::norm(pilots.values[m + skipped]);
            }
        }
        const auto scale = static_cast<float>(1.0 / std::sqrt(power / (rows * width)));
        for (auto& row : port.values)
            for (Sample& value : row)
                value *= scale;
    }
}

Alignment::Sums Alignment::sums(const Port& port, double delay_s)
{
    Sums out{};
    for (unsigned r = 0; r < rows; ++r) {
        const auto& at = port.subcarrier.at(r);
        std::complex<double> phase = std::polar(1.0, turn * at[0] * subcarrier_hz * delay_s);
        const std::complex<double> step = std::polar(1.0, turn * 6.0 * subcarrier_hz * delay_s);
        for (unsigned m = 0; m < width; ++m) {
            out.at(m * bands / width).at(r) += std::complex<double>(port.values.at(r).at(m)) * phase;
            phase *= step;
        }
    }
    return out;
}

double Alignment::fit(const Sums& sums, const Port& port, double shift_hz)
{
    double out = 0.0;
    std::array<std::complex<double>, rows> phase;
    for (unsigned r = 0; r < rows; ++r)
        phase.at(r) = std::polar(1.0, -turn * shift_hz * port.at_s.at(r));
    for (const auto& band : sums) {
        std::complex<double> sum;
        for (unsigned r = 0; r < rows; ++r)
            sum += band.at(r) * phase.at(r);
        out += std::norm(sum);
    }
    return out * bands / (rows * width);
}

Alignment::Point Alignment::best(Point middle, double reach_hz, double step_hz, double reach_s, double step_s) const
{
    Point best = middle;
    best.fit = -1.0;
    std::vector<std::array<Sums, 2>> all(subframes_.size());
    for (double delay = middle.delay_s - reach_s; delay <= middle.delay_s + 1.001 * reach_s; delay += step_s) {
        for (std::size_t i = 0; i < all.size(); ++i)
            for (unsigned p = 0; p < 2; ++p)
                all[i].at(p) = sums(subframes_[i].at(p), delay);
        for (double hz = middle.shift_hz - reach_hz; hz <= middle.shift_hz + 1.001 * reach_hz; hz += step_hz) {
            double sum = 0.0;
            for (std::size_t i = 0; i < all.size(); ++i)
                for (unsigned p = 0; p < 2; ++p)
                    sum += fit(all[i].at(p), subframes_[i].at(p), hz);
            if (sum > best.fit)
                best = {hz, delay, sum};
        }
    }
    return best;
}

double Alignment::evidence() const
{
    double best = 0.0;
    for (unsigned p = 0; p < 2; ++p) {
        double sum = 0.0;
        for (const auto& ports : subframes_)
            sum += fit(sums(ports.at(p), 0.0), ports.at(p), 0.0);
        const auto n = static_cast<double>(subframes_.size() * bands);
        const double u = n > 0.0 ? sum / n : 0.0;
        best = std::max(best, u > 1.0 ? n * (u - 1.0 - std::log(u)) : 0.0);
    }
    return best;
}

} // namespace gacsong::detect::lte
