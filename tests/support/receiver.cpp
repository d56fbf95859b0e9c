// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/receiver.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace gacsong::test {

namespace {

/// g·exp(jφ) of the Q branch relative to the I branch.
std::complex<double> branch(const ReceiverFaults& faults)
{
    return std::polar(std::pow(10.0, faults.iq_gain_db / 20.0), faults.iq_phase_deg * std::numbers::pi / 180.0);
}

} // namespace

std::complex<double> ReceiverFaults::direct() const { return 0.5 * (1.0 + std::conj(branch(*this))); }

std::complex<double> ReceiverFaults::image() const { return 0.5 * (1.0 - branch(*this)); }

double ReceiverFaults::image_rejection() const
{
    const double rest = std::norm(image());
    return rest > 0.0 ? std::norm(direct()) / rest : std::numeric_limits<double>::infinity();
}

void distort(const ReceiverFaults& faults, std::span<std::complex<float>> samples)
{
    if (!faults.ip3_dbfs)
        return;
    const auto inverse = static_cast<float>(std::pow(10.0, -*faults.ip3_dbfs / 10.0));
    for (auto& x : samples)
        x *= 1.0F - inverse * std::norm(x);
}

void convert_down(const ReceiverFaults& faults, std::span<std::complex<float>> samples)
{
    if (faults.iq_gain_db == 0.0 && faults.iq_phase_deg == 0.0 && faults.dc == std::complex<double>{})
        return;
    const auto a = static_cast<std::complex<float>>(faults.direct());
    const auto b = static_cast<std::complex<float>>(faults.image());
    const auto dc = static_cast<std::complex<float>>(faults.dc);
    for (auto& x : samples) {
        const float re = (a.real() + b.real()) * x.real() + (b.imag() - a.imag()) * x.imag();
        const float im = (a.imag() + b.imag()) * x.real() + (a.real() - b.real()) * x.imag();
        x = {re + dc.real(), im + dc.imag()};
    }
}

} // namespace gacsong::test
