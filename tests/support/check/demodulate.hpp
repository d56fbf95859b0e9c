// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

namespace gacsong::test {

/// `count` samples of a waveform at `rate_hz` from t = 0.
inline std::vector<std::complex<double>> read(const Waveform& waveform, double rate_hz, std::size_t count,
                                              double t0_s = 0.0)
{
    std::vector<std::complex<double>> out(count);
    waveform.sample(t0_s, 1.0 / rate_hz, out);
    return out;
}

/// Instantaneous frequency between neighbouring samples.
inline std::vector<double> discriminate(const std::vector<std::complex<double>>& x, double rate_hz)
{
    std::vector<double> out;
    for (std::size_t i = 1; i < x.size(); ++i)
        out.push_back(std::arg(x[i] * std::conj(x[i - 1])) * rate_hz / (2.0 * std::numbers::pi));
    return out;
}

inline double mean_power(const std::vector<std::complex<double>>& x)
{
    double sum = 0.0;
    for (const auto& value : x)
        sum += std::norm(value);
    return sum / static_cast<double>(x.size());
}

} // namespace gacsong::test
