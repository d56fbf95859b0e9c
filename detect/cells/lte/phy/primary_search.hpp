// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/sequences.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// A frequency at which to look for the primary synchronisation signal.
struct Hypothesis {
    int bin = 0;                      ///< of PrimarySearch::bin_hz()
    std::optional<unsigned> identity; ///< the only one that is tried
    std::vector<double> lasting; ///< seen durations of a second to be tried, from the carriers that could be seen there
};

/// A place where primary synchronisation signals repeat every 5 ms.
struct PrimaryPeak {
    unsigned identity = 0;
    int bin = 0;
    double lasting = 1.0;
    double at_s = 0.0;     ///< end of the signal's prefix, within the first 5 ms
    double evidence = 0.0; ///< −ln of the chance that noise does as much at one place
    double mean = 0.0;     ///< of the powers of correlations with primary_replica at all places, in shares
};

/// Offsets at which the signal of an identity looks almost as it does where it is, only earlier or later. A Zadoff-Chu
/// sequence that is k subcarriers too high looks like one that is root · k of its 63 elements too late, modulo 63
/// (3GPP TS 36.211 §6.11.1): with the roots 29 and 34 five elements for two subcarriers, with 25 one for five. What is
/// lost there is less than 1.5 dB.
struct Likeness {
    int subcarriers = 0;
    double late_s = 0.0; ///< of a signal seen so many subcarriers above its own frequency
};
[[nodiscard]] Likeness likeness(unsigned identity);

/// Each peak, and what it would be the likeness of.
[[nodiscard]] std::vector<PrimaryPeak> with_originals(std::span<const PrimaryPeak> peaks, double bin_hz);

/// −ln of an upper bound of the chance that the sum of n exponential variates of mean 1 exceeds n·u (Chernoff).
[[nodiscard]] double primary_evidence(double n, double u);

/// The signal of an identity at a rate, its prefix left out.
[[nodiscard]] std::vector<Sample> primary_replica(unsigned identity, double rate_hz);

/// Strongest first, without what is near a stronger one of the same identity and, where the search was not a coarse
/// one, without its images at other frequencies; at most `most` of each.
[[nodiscard]] std::vector<PrimaryPeak> without_skirts(std::vector<PrimaryPeak> all, double bin_hz, std::size_t most,
                                                      bool coarse);

/// Looks for the three primary synchronisation signals in a channel of 1.9 MS/s or a little more: correlation by
/// overlap-save, at each place as a share of the power there, folded over half frames. A coarse search looks at every
/// other place only, in half the time; that costs up to 4 dB.
class PrimarySearch {
public:
    /// Takes in the samples of the channel.
    PrimarySearch(std::span<const Sample> samples, double rate_hz, bool coarse = false);

    /// Points of the transforms: bins are that part of the rate.
    static constexpr std::size_t transform = 1024;

    [[nodiscard]] double bin_hz() const { return rate_hz_ / static_cast<double>(transform); }

    /// The best places, strongest first; none whose evidence is less than `threshold`, at most `most` of each identity.
    [[nodiscard]] std::vector<PrimaryPeak> search(std::span<const Hypothesis> hypotheses, double threshold,
                                                  std::size_t most, unsigned threads) const;

private:
    struct Worker;

    void correlate(unsigned identity, int bin, Worker& worker) const;
    /// Adds up the powers of half frames that follow each other.
    void group(Worker& worker) const;
    /// Adds up the groups at a pace.
    void fold(double lasting, Worker& worker) const;
    /// Places of half a frame, and that at which one begins.
    [[nodiscard]] double half_frame() const;
    [[nodiscard]] std::size_t half_frame_at(std::size_t i) const;
    void look(unsigned identity, const Hypothesis& hypothesis, double threshold, Worker& worker) const;

    double rate_hz_;
    std::size_t length_; ///< of the signal
    std::size_t every_;  ///< place is looked at
    std::size_t hop_;    ///< samples from one block to the next
    std::size_t samples_;
    std::size_t places_;
    std::size_t half_frames_;
    std::size_t fold_; ///< samples of half a frame, rounded down
    dsp::FftPlan forward_;
    dsp::FftPlan inverse_;
    dsp::AlignedArray<Sample> spectra_;         ///< of the blocks, one after the other
    std::vector<float> inverse_power_;          ///< of the samples under the signal at each place
    std::vector<std::vector<Sample>> replicas_; ///< conjugate spectra of the signals, lowest bin first
    int reach_ = 0;                             ///< bins −reach … reach of a replica
};

} // namespace gacsong::detect::lte
