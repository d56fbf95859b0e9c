// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/session.hpp"
#include "detect/line/line.hpp"
#include "sdr/receivers/corrections.hpp"
#include "sdr/receivers/receiver_link.hpp"

#include <optional>
#include <string>

namespace gacsong::app {

/// Where the clock errors of receivers are kept: `gacsong/receivers.json` below the user's configuration.
[[nodiscard]] std::string corrections_file();

/// Keeps a clock error in the place of an older one of the same receiver. Errors: config.broken, output.write.
[[nodiscard]] Status keep_correction(sdr::Correction correction);

/// `Frequency calibrated on … against …`
[[nodiscard]] Message calibration_sentence(const sdr::Correction& correction);

/// `gacsong calibrate soapy:… --carrier HZ`: measures the clock error against a carrier and keeps it.
[[nodiscard]] int calibrate_on_carrier(const Arguments& arguments, Session& session);

/// Takes what was measured of the receiver's clock into the settings, where nobody stated it with --ppm. What to say
/// of it; nothing where nothing is known of this receiver.
[[nodiscard]] std::optional<Message> use_calibration(const sdr::ReceiverFacts& facts, Instant now,
                                                     LineSettings& settings);

} // namespace gacsong::app
