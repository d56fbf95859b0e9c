// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/receiver_link.hpp"

#include <QString>
#include <optional>
#include <string>

namespace gacsong::gui {

/// A receiver and how it was set, as one line of text for the settings file.
struct ReceiverChoice {
    std::string address; ///< `soapy:driver=…`
    sdr::ReceiverSettings settings;
};
[[nodiscard]] QString receiver_text(const ReceiverChoice& choice);
/// Reads it again; nothing where it is no such text.
[[nodiscard]] std::optional<ReceiverChoice> read_receiver(const QString& text);

} // namespace gacsong::gui
