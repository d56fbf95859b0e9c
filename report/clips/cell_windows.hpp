// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <complex>
#include <optional>
#include <vector>

namespace gacsong {

/// A stretch of time in which a base station speaks to everybody, seconds from the start of the recording.
struct CellWindow {
    double begin_s = 0.0;
    double end_s = 0.0;
    bool anchor = false; ///< its waveform is known beforehand: cell_anchor()
    bool wide = false;   ///< all of the cell's bandwidth; otherwise the middle of it
};

/// By so many parts per million the cell's clock appears to run fast. `center_hz`: where the receiver was tuned.
[[nodiscard]] double apparent_ppm(const Cell& cell, std::optional<double> center_hz);

/// What may be kept of a base station (contract.md §2) in from … to, in the order of time. GSM: the bursts of FCCH, SCH
/// and BCCH on timeslot 0 (3GPP TS 45.002 §7); LTE: PSS, SSS and PBCH, and subframe 5 of the even frames, which carries
/// SIB1 (3GPP TS 36.211 §6.6, §6.11, 36.331 §5.2.1.2). Windows lie wholly in from … to. Empty where the time of the
/// cell's frames or their numbers are not known.
[[nodiscard]] std::vector<CellWindow> cell_windows(const Cell& cell, double ppm, double from_s, double to_s);

/// Half of the bandwidth that is kept of a cell in hertz, and in windows that are not wide.
struct CellPass {
    double wide_hz = 0.0;
    double narrow_hz = 0.0;
};
[[nodiscard]] CellPass cell_pass(const Cell& cell);

/// The waveform of an anchor from its beginning on: the tone of an FCCH burst, or the PSS without its prefix. `lead_s`
/// is where in the window it begins.
struct CellAnchor {
    std::vector<std::complex<float>> samples;
    double lead_s = 0.0;
    double reach_s = 0.0;     ///< as far off it may be looked for without taking another for it
    double least_share = 0.0; ///< of the energy there that has to be the waveform
};
[[nodiscard]] CellAnchor cell_anchor(const Cell& cell, double rate_hz);

} // namespace gacsong
