// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/formats/draft.hpp"
#include "sdr/recording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// What a file says of itself, what was inferred from where, and what is missing; for `gacsong info`.
struct Inspection {
    std::string input;                       ///< as a person may read it
    std::string container;                   ///< as StreamInfo::container
    std::string format;                      ///< name of the reader: `SigMF`, `WAV`, …; empty for a stream
    std::optional<std::uint64_t> size_bytes; ///< of the file with the samples; nothing for a stream
    Facts facts;                             ///< each with its origin
    std::optional<Instant> local_start;      ///< a start whose zone is not known, written as if it were UTC
    std::optional<std::uint64_t> samples;    ///< where the type is known
    std::optional<double> duration_s;        ///< where the rate is known too; lost samples are not in it
    unsigned channels = 1;                   ///< I/Q pairs, of which the first is used
    std::vector<Segment> segments;           ///< times only where the rate is known
    std::vector<std::string> missing;        ///< of `format`, `sample_rate_hz`, `center_hz`, `start`
    std::optional<std::string> type_hint;    ///< what the samples look like; printed, never used
    std::optional<std::uint64_t> annotations;
    std::optional<std::string> sha512; ///< as stated; not checked here
    std::string receiver;
    std::string author;
    std::string recorder;
    std::string description;
    std::optional<double> latitude; ///< degrees, WGS 84
    std::optional<double> longitude;
    std::vector<Message> warnings;
    std::optional<Message> shortfall; ///< promised more than there is
    std::optional<Error> refusal;     ///< why it cannot be scanned even when all is stated: not I/Q, empty
};

/// Looks at a recording. A missing rate or type is no error here: it is listed. A stream is not read, only the flags
/// are told. Errors: `file.not_found`, `file.denied`, `file.bad_header`, `sigmf.pair`, … as open_recording().
[[nodiscard]] Result<Inspection> inspect_recording(const std::string& path, const InputFlags& flags);

/// What headerless bytes look like, by their statistics (formats-and-radios.md §2): the name of a type, or nothing.
/// A hint for a person; it can be wrong. `bytes` from the middle of the file, a multiple of 16 and at least 4096.
[[nodiscard]] std::optional<std::string> likely_type(std::span<const std::byte> bytes);

} // namespace gacsong::sdr
