// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/line/spares.hpp"
#include "detect/spectral/resolution.hpp"
#include "detect/spectral/spectra.hpp"
#include "dsp/sample_source.hpp"
#include "dsp/spectrum_pass.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// A stretch of raw samples that one thread turns into rows. Slabs stand at fixed places in their segment, so results
/// do not depend on how the source cut its blocks; each holds the overlap that its last row needs.
struct Slab {
    std::vector<std::byte> bytes;
    std::uint64_t first_sample = 0; ///< counted from the start of the segment
    std::uint64_t samples = 0;      ///< without the overlap, but for the last slab of a segment
    bool last = false;              ///< the segment ends with it
};

/// Cuts a source into segments, and these into slabs.
class SlabReader {
public:
    /// Reads samples from_sample … to_sample − 1 of the source, into buffers of `spares` where there are any.
    SlabReader(SampleSource& source, std::uint64_t from_sample, std::uint64_t to_sample, SlabSpares& spares);

    /// Called whenever the source has handed something out, or says that it waits: a receiver may do so for long.
    void set_meanwhile(std::function<void()> meanwhile) { meanwhile_ = std::move(meanwhile); }

    /// Goes to the next segment; false at the end of the input. To be called first, and after each last slab.
    [[nodiscard]] bool next_segment();

    /// The segment that slabs are being read from, its first sample moved to where reading began.
    [[nodiscard]] const Segment& segment() const { return segment_; }

    /// The segment that comes after this one, where it is known to come: after the last slab.
    [[nodiscard]] std::optional<Segment> coming() const { return ahead_ ? ahead_->begins : std::nullopt; }

    /// Samples of the segment where it ends within `limit` samples, else nothing.
    [[nodiscard]] std::optional<std::uint64_t> length_if_shorter(std::uint64_t limit);

    [[nodiscard]] Slab next_slab(const Resolutions& resolutions);

    /// What broke the input off; what had come before has been handed out.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

    /// Samples taken from the source so far, the skipped ones left out.
    [[nodiscard]] std::uint64_t samples_read() const { return read_; }

private:
    void fill(std::size_t samples);

    SampleSource& source_;
    SlabSpares& spares_;
    std::uint64_t from_;
    std::uint64_t to_;
    std::size_t width_;
    Segment segment_;
    std::vector<std::byte> pending_; ///< samples of the segment from position_ on
    std::uint64_t position_ = 0;
    std::optional<Block> ahead_; ///< begins the next segment
    bool segment_ended_ = true;
    bool input_ended_ = false;
    std::uint64_t read_ = 0;
    std::optional<Error> failure_;
    std::function<void()> meanwhile_;
};

/// Turns slabs into spectra of both resolutions; one instance for each thread.
class SlabWorker {
public:
    SlabWorker(SampleFormat format, const Resolutions& resolutions, SlabSpares& spares);

    /// Spectra in memory that `spares` had; the slab's bytes go there.
    [[nodiscard]] SlabSpectra process(Slab& slab);

private:
    void rows_of(dsp::SpectrumPass& pass, const Slab& slab, std::span<const std::byte> bytes, Rows& out);

    SampleFormat format_;
    SampleFormat pass_format_;
    Resolutions resolutions_;
    SlabSpares& spares_;
    dsp::SpectrumPass narrow_;
    dsp::SpectrumPass brief_;
    std::vector<std::complex<float>> clean_;
};

} // namespace gacsong::detect
