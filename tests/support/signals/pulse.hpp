// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gacsong::test {

/// Root raised cosine pulse of unit gain at 0 Hz, x in symbols from its middle (3GPP TS 25.104 §6.8.1 gives the form).
/// \param roll_off  0 < roll_off ≤ 1
[[nodiscard]] double root_raised_cosine(double x, double roll_off);

/// One-symbol rectangle through a Gaussian low-pass of 3 dB bandwidth bt/T, x in symbols (3GPP TS 45.004 §2.5).
[[nodiscard]] double gaussian_pulse(double x, double bt);

} // namespace gacsong::test
