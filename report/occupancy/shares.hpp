// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace gacsong {

// Arithmetic of occupancy (ITU-R SM.1880, monitoring.md §1.1).

struct ShareInterval {
    double low = 0.0;
    double high = 1.0;
};

/// Interval of Wilson for a share p of n independent samples, 95 % (z = 1.959964). n need not be whole; without any
/// sample everything is possible.
[[nodiscard]] ShareInterval wilson(double p, double n);

/// Independent samples for a relative error r of a share p at 95 %: (1.96/r)²·(1 − p)/p.
[[nodiscard]] double samples_needed(double p, double r);

/// Share of n samples that count as independent where traffic is on and off for t_on_s and t_off_s in the mean and a
/// sample is taken every revisit_s: (1 − ρ)/(1 + ρ), ρ = exp(−T_R(1/t_on + 1/t_off)).
[[nodiscard]] double independent_share(double revisit_s, double t_on_s, double t_off_s);

/// The same from the samples themselves, in order of time: ρ is the correlation of neighbours, what is negative
/// counting as 0. All alike: nothing can be told, 1.
[[nodiscard]] double independent_share(const std::vector<bool>& samples);

} // namespace gacsong
