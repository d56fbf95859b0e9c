// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/signals/rds.hpp"
#include "tests/support/signals/waveform.hpp"

#include <cstdint>
#include <optional>

namespace gacsong::test {

// Seen by: a decoder in check/rds_test.cpp written from the parity-check matrix of IEC 62106 (57 kHz and RDS), a
// correlation with 19 kHz (pilot). No other stereo or RDS decoder was at hand.

/// FM sound broadcasting (ITU-R BS.450 pilot-tone stereo, 50 µs pre-emphasis). All parts of the multiplex share the
/// peak deviation; what pilot and RDS do not take is left to the programme, which reaches it once a loop.
struct WfmSettings {
    double deviation_hz = 75000.0; ///< peak, of the whole multiplex
    bool stereo = true;            ///< pilot and difference signal; without: mono, no pilot
    double pilot_deviation_hz = 6750.0;
    double rds_deviation_hz = 2000.0;
    std::optional<RdsSettings> rds{};
    std::uint64_t seed = 1; ///< of the programme
};
[[nodiscard]] WaveformPtr wfm(const WfmSettings& settings = {});

} // namespace gacsong::test
