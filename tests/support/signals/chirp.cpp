// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/chirp.hpp"

#include "tests/support/random.hpp"
#include "tests/support/signals/loop.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>

namespace gacsong::test {

namespace {

class Chirp final : public Waveform {
public:
    Chirp(const ChirpSettings& settings, Description description)
        : Waveform(std::move(description)), settings_(settings)
    {
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double u = (t0_s + static_cast<double>(i) * dt_s) / settings_.period_s;
            const double x = u - std::floor(u);
            // The integral of a sweep from −½ to ½ is x(x − 1)/2: 0 at both ends, so the phase is continuous.
            const bool down = settings_.triangle && wrap(std::floor(u), 2.0) > 0.5;
            out[i] = unit_phasor((down ? -0.5 : 0.5) * x * (x - 1.0) * settings_.width_hz * settings_.period_s);
        }
    }

private:
    ChirpSettings settings_;
};

std::vector<unsigned> data_of(const CssSettings& settings)
{
    if (!settings.data.empty())
        return settings.data;
    Random random(settings.seed ^ 0x6C6F7261ULL);
    std::vector<unsigned> data(20);
    for (unsigned& symbol : data)
        symbol = random.below(1U << settings.spreading_factor);
    return data;
}

double symbol_s(const CssSettings& settings)
{
    return std::ldexp(1.0, static_cast<int>(settings.spreading_factor)) / settings.bandwidth_hz;
}

class Lora final : public Waveform {
public:
    Lora(const CssSettings& settings, Description description)
        : Waveform(std::move(description)), settings_(settings), symbol_s_(symbol_s(settings)),
          period_s_(lora_frame_s(settings) + settings.gap_s), symbols_(settings.preamble, 0U)
    {
        symbols_.push_back((settings.sync_word >> 4U & 15U) * 8U);
        symbols_.push_back((settings.sync_word & 15U) * 8U);
        down_from_ = static_cast<double>(symbols_.size());
        for (const unsigned symbol : data_of(settings))
            symbols_.push_back(symbol);
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = unit_phasor(cycles_at(wrap(t0_s + static_cast<double>(i) * dt_s, period_s_) / symbol_s_));
    }

private:
    /// \param u  symbols since the start of the frame
    [[nodiscard]] double cycles_at(double u) const
    {
        const double chips = std::ldexp(1.0, static_cast<int>(settings_.spreading_factor));
        if (u >= down_from_ && u < down_from_ + 2.25) {
            const double x = u - std::floor(u);
            return -0.5 * chips * x * (x - 1.0);
        }
        const double place = u < down_from_ ? u : u - 2.25;
        const auto index = static_cast<std::size_t>(place);
        const double x = place - std::floor(place);
        const double shift = index < symbols_.size() ? static_cast<double>(symbols_[index]) / chips : 0.0;
        // Starts `shift` of the band higher and falls back by the whole band where it reaches the top. After a
        // quarter down-chirp the phase is that of x = ¼.
        const double begun = u < down_from_ ? 0.0 : 0.09375 * chips;
        const double folded = x + shift < 1.0 ? 0.0 : x - (1.0 - shift);
        return begun + chips * (0.5 * x * (x - 1.0) + shift * x - folded);
    }

    CssSettings settings_;
    double symbol_s_;
    double period_s_;
    double down_from_ = 0.0;
    std::vector<unsigned> symbols_;
};

} // namespace

WaveformPtr chirp(const ChirpSettings& settings)
{
    Description d;
    d.modulation = "chirp";
    d.span_hz = 1.5 * settings.width_hz + 20.0 / settings.period_s;
    return std::make_shared<Chirp>(settings, std::move(d));
}

double lora_frame_s(const CssSettings& settings)
{
    const auto symbols = static_cast<double>(settings.preamble + 2 + data_of(settings).size());
    return (symbols + 2.25) * symbol_s(settings);
}

WaveformPtr lora(const CssSettings& settings)
{
    Description d;
    d.modulation = "CSS";
    d.system = "LoRa";
    d.identity["spreading_factor"] = std::to_string(settings.spreading_factor);
    d.identity["bandwidth_hz"] = std::to_string(static_cast<long>(settings.bandwidth_hz));
    char text[8];
    std::snprintf(text, sizeof text, "0x%02X", settings.sync_word & 0xFFU);
    d.identity["sync_word"] = text;
    d.symbol_rate_hz = 1.0 / symbol_s(settings);
    d.span_hz = 1.6 * settings.bandwidth_hz;
    const double frame_s = lora_frame_s(settings);
    if (settings.gap_s > 0.0)
        d.keying = Keying::periodic(frame_s + settings.gap_s, frame_s, 0.1 * symbol_s(settings));
    return std::make_shared<Lora>(settings, std::move(d));
}

} // namespace gacsong::test
