// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/carrier.hpp"

#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"
#include "tests/support/signals/loop.hpp"

#include <cmath>
#include <cstddef>

namespace gacsong::test {

namespace {

class Carrier final : public Waveform {
public:
    Carrier() : Waveform(describe()) {}

    void sample(double, double, std::span<std::complex<double>> out) const override
    {
        for (auto& x : out)
            x = {1.0, 0.0};
    }

private:
    static Description describe()
    {
        Description d;
        d.modulation = "carrier";
        d.span_hz = 100.0;
        d.line = true;
        return d;
    }
};

class NoiseBand final : public Waveform {
public:
    NoiseBand(double bandwidth_hz, std::uint64_t seed)
        : Waveform(describe(bandwidth_hz)), loop_(make(bandwidth_hz, seed))
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = loop_.at(t0_s + static_cast<double>(i) * dt_s);
    }

private:
    static Description describe(double bandwidth_hz)
    {
        Description d;
        d.modulation = "noise";
        d.span_hz = 1.2 * bandwidth_hz;
        return d;
    }

    static ComplexLoop make(double bandwidth_hz, std::uint64_t seed)
    {
        constexpr std::size_t size = 1U << 17U;
        Random random(seed ^ 0x62616E64ULL);
        std::vector<std::complex<double>> x(size);
        double power = 0.0;
        for (std::size_t k = 0; k <= size / 8; ++k) {
            x[k] = {random.normal(), random.normal()};
            x[size - 1 - k] = {random.normal(), random.normal()};
            power += std::norm(x[k]) + std::norm(x[size - 1 - k]);
        }
        fft(x, true);
        std::vector<std::complex<float>> table(size);
        for (std::size_t i = 0; i < size; ++i)
            table[i] = static_cast<std::complex<float>>(x[i] / std::sqrt(power));
        return {std::move(table), 4.0 * bandwidth_hz};
    }

    ComplexLoop loop_;
};

} // namespace

WaveformPtr carrier() { return std::make_shared<Carrier>(); }

WaveformPtr noise_band(double bandwidth_hz, std::uint64_t seed)
{
    return std::make_shared<NoiseBand>(bandwidth_hz, seed);
}

} // namespace gacsong::test
