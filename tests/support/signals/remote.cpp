// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/remote.hpp"

#include <cstddef>

namespace gacsong::test {

namespace {

class KeyedCarrier final : public Waveform {
public:
    explicit KeyedCarrier(Description description) : Waveform(std::move(description)) {}

    void sample(double, double, std::span<std::complex<double>> out) const override
    {
        for (auto& x : out)
            x = {1.0, 0.0};
    }
};

void push_bits(std::vector<std::uint8_t>& bits, std::uint32_t value, unsigned count)
{
    for (unsigned bit = count; bit-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(value >> bit & 1U));
}

WaveformPtr keyed_carrier(const PulseTimes& frame, double gap_s, double ramp_s, Description d)
{
    Keying keying;
    keying.ramp_s = ramp_s;
    double t = 0.0;
    double shortest = 1.0;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        if (i % 2 == 0) {
            keying.spans.push_back({t, t + frame[i]});
            shortest = frame[i] < shortest ? frame[i] : shortest;
        }
        t += frame[i];
    }
    keying.period_s = t + gap_s;
    d.keying = std::move(keying);
    d.modulation = "OOK";
    d.span_hz = 60.0 / shortest;
    return std::make_shared<KeyedCarrier>(std::move(d));
}

} // namespace

PulseTimes pulse_width_bits(std::span<const std::uint8_t> bits, double zero_s, double one_s, double slot_s)
{
    PulseTimes times;
    for (const std::uint8_t bit : bits) {
        const double on_s = bit != 0 ? one_s : zero_s;
        times.push_back(on_s);
        times.push_back(slot_s - on_s);
    }
    return times;
}

PulseTimes pulse_position_bits(std::span<const std::uint8_t> bits, double pulse_s, double zero_gap_s, double one_gap_s)
{
    PulseTimes times;
    for (const std::uint8_t bit : bits) {
        times.push_back(pulse_s);
        times.push_back(bit != 0 ? one_gap_s : zero_gap_s);
    }
    return times;
}

WaveformPtr keyed_carrier(const PulseTimes& frame, double gap_s, double ramp_s, std::string_view system)
{
    Description d;
    d.system = std::string{system};
    return keyed_carrier(frame, gap_s, ramp_s, std::move(d));
}

WaveformPtr ev1527(std::uint32_t id, unsigned buttons, double unit_s)
{
    std::vector<std::uint8_t> bits;
    push_bits(bits, id, 20);
    push_bits(bits, buttons, 4);
    PulseTimes frame = pulse_width_bits(bits, unit_s, 3.0 * unit_s, 4.0 * unit_s);
    frame.push_back(unit_s); // the pulse of the sync mark, whose silence is the gap
    Description d;
    d.system = "ISM device";
    return keyed_carrier(frame, 31.0 * unit_s, 20e-6, std::move(d));
}

WaveformPtr nexus_thermometer(const NexusSettings& settings)
{
    std::vector<std::uint8_t> bits;
    push_bits(bits, settings.id, 8);
    push_bits(bits, 0b10, 2); // battery good
    push_bits(bits, settings.channel - 1, 2);
    push_bits(bits, static_cast<std::uint32_t>(settings.tenths_celsius) & 0xFFFU, 12);
    push_bits(bits, 0b1111, 4);
    push_bits(bits, settings.humidity, 8);
    PulseTimes frame = pulse_position_bits(bits, 500e-6, 1000e-6, 2000e-6);
    frame.push_back(500e-6);
    Description d;
    d.system = "ISM device";
    d.identity["model"] = "Nexus-TH";
    d.identity["id"] = std::to_string(settings.id);
    d.identity["channel"] = std::to_string(settings.channel);
    return keyed_carrier(frame, 4000e-6, 20e-6, std::move(d));
}

} // namespace gacsong::test
