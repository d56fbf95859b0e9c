// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "dsp/sample_source.hpp"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace gacsong::sdr {

/// What the user states; it beats every other source.
struct InputFlags {
    std::optional<double> center_hz; ///< of the first segment; later ones keep their distance from it
    std::optional<double> rate_hz;   ///< > 0
    std::optional<SampleFormat> type;
    std::optional<Instant> start; ///< of the first sample; later segments keep their distance from it
    bool swap_iq = false;
    std::stop_token stop; ///< of a stream: ends waiting for it
};

/// An input that is ready to be read.
struct Opened {
    std::unique_ptr<SampleSource> source;
    std::unique_ptr<History> history; ///< of a file: all of it; of a stream: at least the last 4 s
};

/// Opens a recording of any known form, or standard input for `-`. `path` is bytes as the system knows them.
/// Nothing is read but header, sidecar and a few stretches of samples, so it is as quick for 64 GiB as for one.
/// Errors (words.md §2.5): `file.not_found`, `file.denied`, `file.empty`, `file.unknown_format`, `file.needs_rate`
/// (both with Fault::usage: the user has to add a flag), `file.bad_header`, `file.is_sound`, `file.real_samples`,
/// `sigmf.pair`, … A damaged header is no obstacle where flags give type and rate: then the file is read as
/// headerless, with a warning.
[[nodiscard]] Result<Opened> open_recording(const std::string& path, const InputFlags& flags);

} // namespace gacsong::sdr
