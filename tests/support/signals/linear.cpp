// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/linear.hpp"

#include "tests/support/random.hpp"
#include "tests/support/signals/pulse.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr std::int64_t reach = 12;  ///< symbols on either side of a pulse
constexpr std::size_t points = 128; ///< of the pulse table, a symbol

class Linear final : public Waveform {
public:
    Linear(const LinearSettings& settings, Description description)
        : Waveform(std::move(description)), rate_hz_(settings.symbol_rate_hz),
          symbols_(settings.symbols.empty() ? random_symbols(settings.constellation, 8192, settings.seed)
                                            : settings.symbols)
    {
        const std::size_t size = 2 * static_cast<std::size_t>(reach) * points;
        for (std::size_t i = 0; i <= size; ++i) {
            const double x = static_cast<double>(i) / static_cast<double>(points) - static_cast<double>(reach);
            const double fade = std::clamp((std::abs(x) - 8.0) / 4.0, 0.0, 1.0); // the outer four symbols
            pulse_.push_back(root_raised_cosine(x, settings.roll_off) *
                             (0.5 + 0.5 * std::cos(std::numbers::pi * fade)));
        }
        pulse_.push_back(pulse_.back());
        scale_ = 1.0 / std::sqrt(mean_power());
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = scale_ * at((t0_s + static_cast<double>(i) * dt_s) * rate_hz_ - 0.5);
    }

private:
    /// \param u  time in symbols, 0 at the middle of symbol 0
    [[nodiscard]] std::complex<double> at(double u) const
    {
        const auto size = static_cast<std::int64_t>(symbols_.size());
        const auto newest = static_cast<std::int64_t>(std::floor(u)) + reach;
        const double position = (u - std::floor(u)) * static_cast<double>(points);
        auto index = static_cast<std::size_t>(position);
        const double weight = position - static_cast<double>(index);
        std::int64_t k = newest % size;
        k = k < 0 ? k + size : k;
        double re = 0.0;
        double im = 0.0;
        for (std::int64_t i = 0; i < 2 * reach; ++i) { // from the newest symbol, whose pulse has just begun, back
            const double p = pulse_[index] + weight * (pulse_[index + 1] - pulse_[index]);
            const auto& s = symbols_[static_cast<std::size_t>(k)];
            re += p * s.real();
            im += p * s.imag();
            index += points;
            k = k == 0 ? size - 1 : k - 1;
        }
        return {re, im};
    }

    [[nodiscard]] double mean_power() const
    {
        double sum = 0.0;
        const std::size_t count = 4 * symbols_.size();
        for (std::size_t i = 0; i < count; ++i)
            sum += std::norm(at(0.25 * static_cast<double>(i)));
        return sum / static_cast<double>(count);
    }

    double rate_hz_;
    std::vector<std::complex<double>> symbols_;
    std::vector<double> pulse_;
    double scale_ = 1.0;
};

const char* name_of(Constellation constellation)
{
    switch (constellation) {
    case Constellation::bpsk:
        return "BPSK";
    case Constellation::qpsk:
        return "QPSK";
    case Constellation::psk8:
        return "8PSK";
    case Constellation::dqpsk_pi4:
        return "DQPSK";
    case Constellation::qam16:
        return "QAM16";
    case Constellation::qam64:
        return "QAM64";
    }
    return "unknown";
}

std::complex<double> random_point(Constellation constellation, Random& random)
{
    const auto ring = [&](unsigned count, double start) {
        return std::polar(1.0, 2.0 * std::numbers::pi * (start + random.below(count)) / static_cast<double>(count));
    };
    const auto square = [&](unsigned side) {
        const double scale = std::sqrt(1.5 / (static_cast<double>(side) * static_cast<double>(side) - 1.0));
        const auto level = [&] { return scale * (2.0 * random.below(side) - static_cast<double>(side - 1)); };
        const double re = level();
        return std::complex<double>{re, level()};
    };
    switch (constellation) {
    case Constellation::bpsk:
        return ring(2, 0.0);
    case Constellation::psk8:
        return ring(8, 0.0);
    case Constellation::qam16:
        return square(4);
    case Constellation::qam64:
        return square(8);
    default:
        return ring(4, 0.5);
    }
}

} // namespace

WaveformPtr linear(const LinearSettings& settings)
{
    Description d;
    d.modulation = name_of(settings.constellation);
    d.system = settings.system;
    d.symbol_rate_hz = settings.symbol_rate_hz;
    d.span_hz = 1.2 * settings.symbol_rate_hz * (1.0 + settings.roll_off);
    return std::make_shared<Linear>(settings, std::move(d));
}

std::vector<std::complex<double>> random_symbols(Constellation constellation, std::size_t count, std::uint64_t seed)
{
    Random random(seed ^ 0x6C696E656172ULL);
    std::vector<std::complex<double>> out(count);
    double eighths = 0.0;
    for (auto& symbol : out) {
        symbol = random_point(constellation, random);
        if (constellation == Constellation::dqpsk_pi4) {
            eighths = std::fmod(eighths + 2.0 * random.below(4) + 1.0, 8.0);
            symbol = std::polar(1.0, eighths * std::numbers::pi / 4.0);
        }
    }
    return out;
}

double raised_cosine_occupied_hz(double symbol_rate_hz, double roll_off, double share)
{
    // Power outside ±f for (1−α)/2 ≤ f·T ≤ (1+α)/2, z = π(fT − (1−α)/2)/α: twice the tail integral of ½(1 + cos).
    const auto outside = [&](double z) { return roll_off / std::numbers::pi * (std::numbers::pi - z - std::sin(z)); };
    double low = 0.0;
    double high = std::numbers::pi;
    for (int step = 0; step < 60; ++step) {
        const double middle = 0.5 * (low + high);
        (outside(middle) > 1.0 - share ? low : high) = middle;
    }
    return symbol_rate_hz * (1.0 - roll_off + 2.0 * roll_off * low / std::numbers::pi);
}

} // namespace gacsong::test
