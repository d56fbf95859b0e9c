// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/subframe.hpp"

#include <array>
#include <complex>
#include <vector>

namespace gacsong::detect::lte {

/// Reference signals of ports 0 and 1 of many subframes, and how well they add up when frequency and delay are changed:
/// coherently within a subframe and half of the 6 innermost resource blocks, by their powers beyond.
class Alignment {
public:
    struct Point {
        double shift_hz = 0.0;
        double delay_s = 0.0;
        double fit = 0.0;
    };

    /// Takes in the reference signals of a subframe 0 … 9.
    void add(const Grid& grid, ChannelEstimator& estimator, Identity identity, unsigned subframe);

    /// Where they add up best around `middle`, looked for within ± the reaches.
    [[nodiscard]] Point best(Point middle, double reach_hz, double step_hz, double reach_s, double step_s) const;

    /// −ln of the chance that noise adds up so well with either port as they are (Chernoff's bound).
    [[nodiscard]] double evidence() const;

private:
    static constexpr unsigned rows = 4; ///< symbols with reference signals in a subframe
    static constexpr unsigned width = 12;
    static constexpr unsigned bands = 2;
    struct Port {
        std::array<double, rows> at_s{};                       ///< from the begin of the subframe
        std::array<std::array<int, width>, rows> subcarrier{}; ///< from the carrier
        std::array<std::array<Sample, width>, rows> values{};  ///< of mean power 1
    };
    using Sums = std::array<std::array<std::complex<double>, rows>, bands>;
    [[nodiscard]] static Sums sums(const Port& port, double delay_s);
    [[nodiscard]] static double fit(const Sums& sums, const Port& port, double shift_hz);

    std::vector<std::array<Port, 2>> subframes_;
};

} // namespace gacsong::detect::lte
