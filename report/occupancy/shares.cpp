// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/occupancy/shares.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double z95 = 1.959964;

double independent(double correlation)
{
    const double rho = std::clamp(correlation, 0.0, 0.999999);
    return (1.0 - rho) / (1.0 + rho);
}

} // namespace

ShareInterval wilson(double p, double n)
{
    if (n <= 0.0)
        return {};
    const double z2 = z95 * z95;
    const double middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double half = z95 * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

double samples_needed(double p, double r) { return (1.96 / r) * (1.96 / r) * (1.0 - p) / p; }

double independent_share(double revisit_s, double t_on_s, double t_off_s)
{
    return independent(std::exp(-revisit_s * (1.0 / t_on_s + 1.0 / t_off_s)));
}

double independent_share(const std::vector<bool>& samples)
{
    const auto n = static_cast<double>(samples.size());
    const auto on = static_cast<double>(std::ranges::count(samples, true));
    if (samples.size() < 3 || on == 0.0 || on == n)
        return 1.0;
    const double mean = on / n;
    double together = 0.0;
    for (std::size_t i = 0; i + 1 < samples.size(); ++i)
        together += ((samples[i] ? 1.0 : 0.0) - mean) * ((samples[i + 1] ? 1.0 : 0.0) - mean);
    return independent(together / (n * mean * (1.0 - mean)));
}

} // namespace gacsong
