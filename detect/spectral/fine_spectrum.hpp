// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Mean spectrum of a part of the band. power[i] belongs to low_hz + i·step_hz … low_hz + (i+1)·step_hz; the sum over
/// a band is the power in it, relative to full scale.
struct FineSpectrum {
    double low_hz = 0.0;
    double step_hz = 0.0;
    std::vector<double> power;   ///< of each cell, summed over the samples that went in
    std::vector<double> weights; ///< samples that went into each cell: not all parts cover the whole range
    double weight = 0.0;         ///< samples that went in, all parts together
    double noise_per_hz = 0.0;   ///< floor density, summed over `weight`
    double frames = 0.0;         ///< independent spectra

    [[nodiscard]] bool empty() const { return weight <= 0.0; }

    /// Mean power of cell i; 0 where nothing went in.
    [[nodiscard]] double mean(std::size_t i) const { return weights[i] > 0.0 ? power[i] / weights[i] : 0.0; }

    /// Adds another spectrum of any range and step; the result has the coarser step and the wider range.
    void add(const FineSpectrum& other);
};

/// Computes fine spectra from samples that have passed, all on one grid of frequencies for a sample rate.
class FineAnalyser {
public:
    /// `bins` is the length of the transforms, a power of two.
    FineAnalyser(double sample_rate_hz, std::size_t bins);

    /// Spectrum of samples first … first + count − 1 between low_hz and high_hz (offsets from the centre, cut to the
    /// span). At most 4 096 values: wider ranges get a coarser step. With `dc_line` the receiver's
    /// line at the centre is taken out. Empty where the samples are no longer at hand.
    [[nodiscard]] FineSpectrum analyse(const History& history, std::uint64_t first, std::uint64_t count, double low_hz,
                                       double high_hz, bool dc_line);

private:
    struct Stretch {
        const History* history = nullptr;
        std::uint64_t first = 0;
        std::uint64_t count = 0;
        bool dc_line = false;
        bool operator==(const Stretch&) const = default;
    };

    /// Whether all of it was at hand.
    bool sum_up(const Stretch& stretch);
    void add_frame(std::span<const std::complex<float>> samples, double weight);

    double rate_;
    std::size_t bins_;
    dsp::FftPlan plan_;
    dsp::AlignedArray<std::complex<float>> frame_;
    dsp::AlignedArray<std::complex<float>> spectrum_;
    std::vector<float> window_;
    double window_power_ = 0.0; ///< sum of its squares
    std::vector<std::complex<float>> samples_;
    std::vector<double> sum_; ///< ascending frequency
    double sum_weight_ = 0.0;
    double frames_ = 0.0;
    Stretch summed_; ///< what `sum_` holds, where it holds all of it
};

} // namespace gacsong::detect
