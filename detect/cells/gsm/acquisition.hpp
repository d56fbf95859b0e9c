// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/burst_reader.hpp"

#include <optional>
#include <string_view>

namespace gacsong::detect::gsm {

/// How far a channel got in being read (contract: every channel looked at ends in one of these).
enum class Outcome { no_energy, no_fcch, no_sch, crc_failed, decoded };
[[nodiscard]] std::string_view code(Outcome outcome);

/// A frequency correction burst.
struct ToneBurst {
    double position = 0.0;  ///< of its first symbol, in samples of the channel
    double offset_hz = 0.0; ///< of the carrier from the channel's centre
    double purity = 0.0;    ///< share of the power that is in the tone, 0 … 1
    double power = 0.0;     ///< of all, full scale 1
};

/// Looks for a tone of the length of a burst near `position`, its carrier within ±`reach_hz` of the channel's centre.
[[nodiscard]] std::optional<ToneBurst> find_tone(const Stretch& channel, double rate_hz, double position,
                                                 double reach_hz);

/// A frequency correction burst whose first symbol is known to stand at `position`, the carrier near `offset_hz`;
/// nothing where there is no tone.
[[nodiscard]] std::optional<ToneBurst> measure_tone(const Stretch& channel, double rate_hz, double position,
                                                    double offset_hz);

/// Where a receiver stands on a carrier once it has read a synchronisation burst.
struct Lock {
    SyncInfo sync;
    double position = 0.0;  ///< first tap of the first symbol of the synchronisation burst's frame, in samples
    double offset_hz = 0.0; ///< of the carrier from the channel's centre
    double delay = 0.0;     ///< of the channel's power behind `position`, in symbols
    double fit = 0.0;       ///< share of the burst's power that the training sequence explains
};

struct Acquired {
    Outcome outcome = Outcome::no_fcch;
    std::optional<Lock> lock;
};

/// Reads the synchronisation burst that follows a frequency correction burst.
[[nodiscard]] Acquired acquire(const Stretch& channel, double rate_hz, BurstReader& reader, const ToneBurst& tone);

} // namespace gacsong::detect::gsm
