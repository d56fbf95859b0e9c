// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/fsk.hpp"

#include "tests/support/random.hpp"
#include "tests/support/signals/loop.hpp"
#include "tests/support/signals/pulse.hpp"

#include <cmath>
#include <cstddef>

namespace gacsong::test {

namespace {

constexpr std::size_t points = 128; ///< of the pulse table, a symbol

/// Integral of a frequency pulse that is `length` symbols long, in symbols: 0 at its start, 1 at its end.
struct PhasePulse {
    std::size_t length = 1;
    std::vector<double> integral; ///< length·points + 1 values

    [[nodiscard]] double at(double x) const
    {
        const double position = x * static_cast<double>(points);
        const auto index = static_cast<std::size_t>(position);
        const double u = position - static_cast<double>(index);
        return integral[index] + u * (integral[index + 1] - integral[index]);
    }
};

double pulse_value(const FskSettings& settings, double x)
{
    switch (settings.pulse) {
    case FskPulse::gauss:
        return gaussian_pulse(x, settings.shape);
    case FskPulse::root_raised_cosine:
        return root_raised_cosine(x, settings.shape);
    case FskPulse::rectangle:
        break;
    }
    return 1.0;
}

PhasePulse make_pulse(const FskSettings& settings)
{
    PhasePulse pulse;
    if (settings.pulse == FskPulse::gauss)
        pulse.length = settings.shape < 0.4 ? 6 : 4;
    else if (settings.pulse == FskPulse::root_raised_cosine)
        pulse.length = 16;
    const double half = 0.5 * static_cast<double>(pulse.length);
    pulse.integral.push_back(0.0);
    const double h = 1.0 / static_cast<double>(points);
    for (std::size_t i = 0; i < pulse.length * points; ++i) { // Simpson's rule
        const double x = static_cast<double>(i) * h - half;
        const double area =
            (pulse_value(settings, x) + 4.0 * pulse_value(settings, x + 0.5 * h) + pulse_value(settings, x + h)) * h /
            6.0;
        pulse.integral.push_back(pulse.integral.back() + area);
    }
    if (settings.pulse != FskPulse::root_raised_cosine) { // a root raised cosine keeps its own unit gain at 0 Hz
        const double total = pulse.integral.back();
        for (double& value : pulse.integral)
            value /= total;
    }
    pulse.integral.push_back(pulse.integral.back());
    return pulse;
}

class Fsk final : public Waveform {
public:
    Fsk(const FskSettings& settings, Description description)
        : Waveform(std::move(description)), rate_hz_(settings.symbol_rate_hz), pulse_(make_pulse(settings)),
          symbols_(settings.symbols)
    {
        const int outer = settings.levels - 1;
        cycles_per_unit_ = settings.deviation_hz / outer / rate_hz_;
        if (symbols_.empty()) {
            Random random(settings.seed ^ 0x66736BULL);
            symbols_.resize(16384);
            for (auto& symbol : symbols_)
                symbol = static_cast<std::int8_t>(
                    2 * static_cast<int>(random.below(static_cast<unsigned>(settings.levels))) - outer);
        }
        sum_.push_back(0);
        for (const std::int8_t symbol : symbols_)
            sum_.push_back(sum_.back() + symbol);
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = unit_phasor(cycles_at((t0_s + static_cast<double>(i) * dt_s) * rate_hz_));
    }

private:
    /// Sum of the symbols before index k, over as many rounds as it takes.
    [[nodiscard]] double sum_before(std::int64_t k) const
    {
        const auto size = static_cast<std::int64_t>(symbols_.size());
        const std::int64_t round = k >= 0 ? k / size : -((size - 1 - k) / size);
        return static_cast<double>(round * sum_.back() + sum_[static_cast<std::size_t>(k - round * size)]);
    }

    [[nodiscard]] double symbol(std::int64_t k) const
    {
        const auto size = static_cast<std::int64_t>(symbols_.size());
        const std::int64_t rest = k % size;
        return static_cast<double>(symbols_[static_cast<std::size_t>(rest < 0 ? rest + size : rest)]);
    }

    [[nodiscard]] double cycles_at(double u) const
    {
        const auto length = static_cast<std::int64_t>(pulse_.length);
        const double reach = 0.5 * static_cast<double>(pulse_.length) - 0.5;
        const auto last = static_cast<std::int64_t>(std::floor(u + reach)); // the newest pulse that has begun
        double sum = sum_before(last - length + 1) * pulse_.integral.back();
        for (std::int64_t k = last - length + 1; k <= last; ++k)
            sum += symbol(k) * pulse_.at(u + reach - static_cast<double>(k));
        return cycles_per_unit_ * sum;
    }

    double rate_hz_;
    double cycles_per_unit_ = 0.0;
    PhasePulse pulse_;
    std::vector<std::int8_t> symbols_;
    std::vector<std::int64_t> sum_;
};

std::string usual_name(const FskSettings& settings)
{
    if (!settings.modulation.empty())
        return settings.modulation;
    if (settings.levels == 4)
        return "FSK4";
    if (settings.pulse != FskPulse::gauss)
        return "FSK2";
    const double index = 2.0 * settings.deviation_hz / settings.symbol_rate_hz;
    return std::abs(index - 0.5) < 0.01 ? "GMSK" : "GFSK";
}

} // namespace

WaveformPtr fsk(const FskSettings& settings, Description description)
{
    description.symbol_rate_hz = settings.symbol_rate_hz;
    description.deviation_hz = settings.deviation_hz;
    if (description.span_hz <= 0.0) {
        const double skirt = settings.pulse == FskPulse::rectangle ? 6.0 : 1.5;
        description.span_hz = 2.0 * (settings.deviation_hz + skirt * settings.symbol_rate_hz);
    }
    return std::make_shared<Fsk>(settings, std::move(description));
}

WaveformPtr fsk(const FskSettings& settings)
{
    Description d;
    d.modulation = usual_name(settings);
    d.system = settings.system;
    return fsk(settings, std::move(d));
}

FskSettings gmsk_settings(double symbol_rate_hz, double bt)
{
    FskSettings settings;
    settings.symbol_rate_hz = symbol_rate_hz;
    settings.deviation_hz = symbol_rate_hz / 4.0;
    settings.pulse = FskPulse::gauss;
    settings.shape = bt;
    return settings;
}

} // namespace gacsong::test
