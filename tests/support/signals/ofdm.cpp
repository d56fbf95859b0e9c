// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/ofdm.hpp"

#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/loop.hpp"

#include <cmath>
#include <vector>

namespace gacsong::test {

namespace {

constexpr std::size_t oversampling = 4;

std::complex<double> qam_point(unsigned bits, std::uint64_t word)
{
    if (bits == 1)
        return (word & 1U) != 0 ? 1.0 : -1.0;
    const std::uint64_t side = 1ULL << (bits / 2);
    const auto width = static_cast<double>(side);
    const double scale = std::sqrt(1.5 / (width * width - 1.0));
    const auto level = [&](std::uint64_t value) {
        return scale * (2.0 * static_cast<double>(value % side) - width + 1.0);
    };
    return {level(word >> 8U), level(word >> 32U)};
}

ComplexLoop make_loop(const OfdmSettings& settings)
{
    const std::size_t size = settings.fft_size * oversampling;
    const std::size_t prefix = settings.prefix * oversampling;
    const double scale = 1.0 / std::sqrt(static_cast<double>(ofdm_occupied(settings)));
    const int side = static_cast<int>(settings.carriers_each_side);
    std::vector<std::complex<float>> table;
    for (std::size_t symbol = 0; symbol < settings.symbols; ++symbol) {
        std::vector<std::complex<double>> x(size);
        for (int k = -side; k <= side; ++k) {
            if (k != 0 || !settings.dc_null)
                x[static_cast<std::size_t>(k < 0 ? static_cast<int>(size) + k : k)] =
                    scale * ofdm_data(settings, symbol, k);
        }
        fft(x, true);
        for (std::size_t i = 0; i < prefix + size; ++i)
            table.push_back(static_cast<std::complex<float>>(x[(i + size - prefix) % size]));
    }
    double power = 0.0; // the prefix repeats a part of each symbol, so the mean is 1 only nearly
    for (const auto& x : table)
        power += static_cast<double>(std::norm(x)) / static_cast<double>(table.size());
    for (auto& x : table)
        x *= static_cast<float>(1.0 / std::sqrt(power));
    return {std::move(table), settings.spacing_hz * static_cast<double>(size)};
}

class Ofdm final : public Waveform {
public:
    Ofdm(const OfdmSettings& settings, Description description)
        : Waveform(std::move(description)), loop_(make_loop(settings))
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = loop_.at(t0_s + static_cast<double>(i) * dt_s);
    }

private:
    ComplexLoop loop_;
};

} // namespace

std::complex<double> ofdm_data(const OfdmSettings& settings, std::size_t symbol, int carrier)
{
    const auto place = static_cast<std::uint64_t>(symbol) << 20U ^ static_cast<std::uint64_t>(carrier + 0x80000);
    return qam_point(settings.bits_per_carrier, mix64(mix64(settings.seed ^ 0x6F66646DULL) + place));
}

std::size_t ofdm_occupied(const OfdmSettings& settings)
{
    return 2 * settings.carriers_each_side + (settings.dc_null ? 0U : 1U);
}

WaveformPtr ofdm(const OfdmSettings& settings)
{
    Description d;
    d.modulation = "OFDM";
    d.system = settings.system;
    d.symbol_rate_hz = settings.spacing_hz * static_cast<double>(settings.fft_size) /
                       static_cast<double>(settings.fft_size + settings.prefix);
    d.span_hz = 1.5 * settings.spacing_hz * static_cast<double>(2 * settings.carriers_each_side + 1);
    return std::make_shared<Ofdm>(settings, std::move(d));
}

} // namespace gacsong::test
