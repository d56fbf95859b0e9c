// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gacsong::test {

// Seen by: rtl_433 22.11 (EV1527: identity and button; Nexus-TH: every field).

/// On and off times of a keyed carrier, seconds, beginning with on.
using PulseTimes = std::vector<double>;

/// Pulse width: a bit is a long or a short pulse at the start of a fixed slot.
[[nodiscard]] PulseTimes pulse_width_bits(std::span<const std::uint8_t> bits, double zero_s, double one_s,
                                          double slot_s);

/// Pulse position: a bit is a pulse followed by a short or a long pause.
[[nodiscard]] PulseTimes pulse_position_bits(std::span<const std::uint8_t> bits, double pulse_s, double zero_gap_s,
                                             double one_gap_s);

/// A carrier keyed by the frame, repeated for ever with `gap_s` of silence after each (OOK).
/// \param ramp_s  rise and fall time of each pulse
[[nodiscard]] WaveformPtr keyed_carrier(const PulseTimes& frame, double gap_s, double ramp_s = 20e-6,
                                        std::string_view system = "ISM device");

/// Remote control with an EV1527 chip: sync (1 unit on, 31 off), 20 bits of identity, 4 of buttons; 0 is 1 unit on
/// and 3 off, 1 the reverse.
[[nodiscard]] WaveformPtr ev1527(std::uint32_t id, unsigned buttons, double unit_s = 350e-6);

/// Thermometer of the Nexus-TH family: pulse 500 µs, gap 1000 (0) or 2000 µs (1), 36 bits: 8 identity, battery, 0,
/// 2 channel, 12 temperature in tenths of °C, 1111, 8 humidity; 4000 µs between repeats.
struct NexusSettings {
    unsigned id = 0x5A;   ///< 0 … 255
    unsigned channel = 1; ///< 1 … 3
    int tenths_celsius = 245;
    unsigned humidity = 60; ///< per cent
};
[[nodiscard]] WaveformPtr nexus_thermometer(const NexusSettings& settings);

} // namespace gacsong::test
