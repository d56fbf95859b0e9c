// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/receiver_link.hpp"
#include "sdr/recording.hpp"

#include <memory>
#include <optional>
#include <stop_token>

namespace gacsong::sdr {

/// Listens to one tuning after the other through a receiver that stays open.
class Stepper {
public:
    explicit Stepper(std::shared_ptr<ReceiverLink> link);
    ~Stepper();
    Stepper(const Stepper&) = delete;
    Stepper& operator=(const Stepper&) = delete;

    /// What one tuning gives.
    struct Step {
        Opened opened;          ///< ends after the dwell; its history lasts as long as the receiver's ring
        double center_hz = 0.0; ///< as the receiver says
        Instant start;          ///< of its first sample
    };

    /// Tunes, leaves out what comes before the receiver has settled, and hands out `dwell_s` of what follows. Waits
    /// for a receiver that is lost; nothing where `stop` was asked for meanwhile. Errors: those of tune();
    /// `receiver.ended` where nothing will follow.
    [[nodiscard]] Result<std::optional<Step>> look(double center_hz, double dwell_s, const std::stop_token& stop);

private:
    std::shared_ptr<ReceiverLink> link_;
    std::optional<std::size_t> hold_; ///< keeps a writer that can wait from running away between two looks
};

} // namespace gacsong::sdr
