// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/sample_format.hpp"
#include "dsp/window.hpp"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Shape of averaged spectra: FFT length, hop between frames, frames averaged into one row.
struct SpectrumShape {
    std::size_t bins = 1024; ///< N, a power of two ≥ 16
    std::size_t hop = 512;   ///< samples between the starts of consecutive frames
    std::size_t frames = 16; ///< FFTs in a full row
    WindowKind window = WindowKind::blackman_harris;

    /// Samples between the starts of consecutive rows.
    [[nodiscard]] std::size_t row_step() const { return hop * frames; }
    /// Samples that a full row reads.
    [[nodiscard]] std::size_t row_span() const { return bins + (frames - 1) * hop; }
    /// Independent averages of a row of `count` frames.
    [[nodiscard]] double effective_averages(std::size_t count) const;
};

/// Where one row goes: four arrays of N values in ascending frequency, the centre of the recording at index N/2.
/// Cells are powers relative to full scale, scaled so that their sum over a band is the power in that band:
/// |X[k]|²/(N·ΣW²) (monitoring.md §2.2). Kurtosis is the estimator of monitoring.md §3.4 (1 for noise).
/// The three arrays behind the mean may all be empty: then they are not computed.
struct SpectrumRow {
    std::span<float> mean;
    std::span<float> maximum;
    std::span<float> minimum;
    std::span<float> kurtosis;
};

/// Converts, windows, transforms and squares raw samples in one pass over batches that stay in the cache
/// (speed.md §3.4). An instance belongs to one thread; plans are shared.
class SpectrumPass {
public:
    SpectrumPass(SampleFormat format, SpectrumShape shape);

    /// Computes one row from `frames` frames (1 … shape.frames; fewer at the end of a segment). `bytes` begins at the
    /// first sample of the first frame and holds at least bins + (frames − 1)·hop samples. Values that are not finite
    /// must have been replaced before.
    void row(std::span<const std::byte> bytes, std::size_t frames, const SpectrumRow& out);

    [[nodiscard]] const SpectrumShape& shape() const { return shape_; }

private:
    void load_frame(const std::byte* at);
    void fetch_next(std::span<const std::byte> bytes, std::size_t from) const;
    void finish(std::size_t frames, const SpectrumRow& out);

    SampleFormat format_;
    SpectrumShape shape_;
    FftPlan plan_;
    std::size_t batch_frames_;
    std::vector<float> weights_; ///< window over scale, once for I and once for Q
    AlignedArray<std::complex<float>> frame_;
    AlignedArray<std::complex<float>> batch_;
    AlignedArray<float> sum_;
    AlignedArray<float> squares_;
    AlignedArray<float> maximum_;
    AlignedArray<float> minimum_;
};

} // namespace gacsong::dsp
