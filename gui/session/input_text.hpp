// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recording.hpp"

#include <QString>
#include <optional>
#include <string>

namespace gacsong::gui {

/// A receiver and how it was set, as one line of text for the settings file.
struct ReceiverChoice {
    std::string address; ///< `soapy:driver=…`
    sdr::ReceiverSettings settings;
    std::optional<double> ppm = {}; ///< its clock error as stated; nothing: as it was measured, if it was
};
[[nodiscard]] QString receiver_text(const ReceiverChoice& choice);
/// Reads it again; nothing where it is no such text.
[[nodiscard]] std::optional<ReceiverChoice> read_receiver(const QString& text);

/// What was stated of a recording.
struct RecordingChoice {
    std::string path;
    sdr::InputFlags flags;
    std::optional<double> ppm = {}; ///< clock error of the receiver that made it
};
[[nodiscard]] QString recording_text(const RecordingChoice& choice);
/// Reads it again; what is no such text states nothing.
[[nodiscard]] RecordingChoice read_recording(const std::string& path, const QString& text);

} // namespace gacsong::gui
