// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/modulation/features.hpp"

#include <optional>

namespace gacsong::detect {

// Each answers for its family, or with nothing where it is something else. A test that is sure of its family but not of
// the member answers `unknown`, which ends the search.

/// SSB by the speech in it: asked first, as syllables look keyed.
[[nodiscard]] std::optional<Modulation> is_single_sideband(const Features& features, Look& look);

/// OOK, ASK, pulse: two levels of the envelope, and nothing else.
[[nodiscard]] std::optional<Modulation> is_keyed(const Features& features, Look& look);

/// A line with nothing beside it.
[[nodiscard]] std::optional<Modulation> is_carrier(const Features& features, Look& look);

/// The same in a recording too short for any other test: one that keeps its level and its phase throughout.
[[nodiscard]] std::optional<Modulation> is_steady_line(const Features& features, Look& look);

/// CSS and sweeping chirps.
[[nodiscard]] std::optional<Modulation> is_chirp(const Features& features, Look& look);

/// AM: a carrier with what it carries in phase with it.
[[nodiscard]] std::optional<Modulation> is_amplitude_modulated(const Features& features, Look& look);

/// FSK2, GFSK, GMSK, FSK4: constant envelope, the frequency at levels on a symbol clock.
[[nodiscard]] std::optional<Modulation> is_frequency_keyed(const Features& features, Look& look);

/// FSK4 where noise hides its clock: the rates and the filter of land mobile radio.
[[nodiscard]] std::optional<Modulation> is_four_level(const Features& features, Look& look);

/// GMSK where noise hides its levels: two lines in the square.
[[nodiscard]] std::optional<Modulation> is_minimum_shift(const Features& features, Look& look);

/// NFM, WFM: constant envelope, the frequency moves without a clock.
[[nodiscard]] std::optional<Modulation> is_frequency_modulated(const Features& features, Look& look);

/// OFDM by its cyclic prefix.
[[nodiscard]] std::optional<Modulation> is_multicarrier(const Features& features, Look& look);

/// BPSK, QPSK, DQPSK, 8PSK, QAM16, QAM64.
[[nodiscard]] std::optional<Modulation> is_linear(const Features& features, Look& look);

/// Gaussian noise without any structure; asked last.
[[nodiscard]] std::optional<Modulation> is_noise(const Features& features, Look& look);

} // namespace gacsong::detect
