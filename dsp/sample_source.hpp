// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"

#include <complex>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// A stretch of samples without a hole in it and with one tuning.
struct Segment {
    std::uint64_t first_sample = 0;  ///< index among the samples that the source hands out
    std::optional<double> center_hz; ///< tuned frequency; unknown where the recording does not say it
    std::optional<Instant> start;    ///< UTC of first_sample
    std::uint64_t lost_before = 0;   ///< samples known to be lost just before this segment
    std::string lost_why;            ///< `overflow`, `file`, `device`; empty where nothing was lost
    bool operator==(const Segment&) const = default;
};

/// Where a fact about a recording came from (contract.md §2, `inferred`).
enum class Origin { flag, sidecar, header, file_name, unknown };

/// What is known of a stream before its first sample.
struct StreamInfo {
    std::string input; ///< as the user named it
    SampleFormat format;
    double sample_rate_hz = 0.0;
    std::optional<double> center_hz;     ///< of the first segment
    std::optional<Instant> start;        ///< of the first sample
    std::optional<std::uint64_t> length; ///< complex samples; unknown for pipes and receivers
    std::string format_name;             ///< `cs8`, … as in `run`
    Origin format_origin = Origin::unknown;
    Origin rate_origin = Origin::unknown;
    Origin center_origin = Origin::unknown;
    Origin start_origin = Origin::unknown;
    std::string receiver;           ///< hardware, where known
    std::string container;          ///< `raw`, `sigmf`, `sigmf archive`, `wav`, `rf64`, `sdriq`, `stdin`, …
    std::optional<double> latitude; ///< degrees, WGS 84
    std::optional<double> longitude;
    std::vector<Message> warnings; ///< said once, before the first sample
};

/// A view of raw samples as they came. Valid as long as `owner` lives.
struct Block {
    std::span<const std::byte> bytes; ///< whole samples of StreamInfo::format
    std::uint64_t first_sample = 0;
    std::shared_ptr<const void> owner;
    std::optional<Segment> begins; ///< set on the first block of a segment
};

/// Hands out the samples of a recording or a receiver in order.
class SampleSource {
public:
    virtual ~SampleSource() = default;

    [[nodiscard]] virtual const StreamInfo& info() const = 0;

    /// The next block of at most `most` samples (≥ 1), all of one segment; nothing at the end of the input.
    /// Waits until there is at least one sample; a source of which nobody knows when the next one comes hands out an
    /// empty block now and then, so that who asks can look after other things. An error ends the stream: what was
    /// handed out before stays good.
    [[nodiscard]] virtual Result<std::optional<Block>> next(std::size_t most) = 0;

    /// After the end: why the input broke off or was shorter than promised; nothing where it was whole.
    [[nodiscard]] virtual std::optional<Message> shortfall() const = 0;

    /// What happened to a receiver since the last call, to be told at once: lost, back again.
    [[nodiscard]] virtual std::vector<Message> take_notes() { return {}; }
};

/// Random access to samples that have passed: the whole file, or the last seconds of a stream.
class History {
public:
    virtual ~History() = default;

    /// First sample still at hand.
    [[nodiscard]] virtual std::uint64_t first() const = 0;
    /// One past the last sample at hand.
    [[nodiscard]] virtual std::uint64_t end() const = 0;

    /// Reads out.size() samples from `first_sample` on, converted to full scale 1. Thread-safe.
    /// An error where a part is no longer, or not yet, at hand.
    [[nodiscard]] virtual Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const = 0;
};

} // namespace gacsong
