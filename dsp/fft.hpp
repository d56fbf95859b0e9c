// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <memory>

namespace gacsong::dsp {

enum class Direction { forward, inverse };

/// How a plan is searched: as the environment says, or at once with a good guess that is the same on every run.
enum class Planning { configured, quick };

/// A plan for one out-of-place single-precision transform of n points. Making one takes a lock and may measure;
/// execute() may be called from any thread on any 64-byte aligned arrays of n points.
///
/// How hard plans are searched is decided by the environment variable GACSONG_FFT (`estimate`, `measure`, `patient`;
/// default measure). What was learnt is kept in $XDG_CACHE_HOME/gacsong/fftw-wisdom, so that later runs use the same
/// plans and give the same last digits.
class FftPlan {
public:
    FftPlan(std::size_t n, Direction direction, Planning planning = Planning::configured);

    [[nodiscard]] std::size_t size() const { return n_; }

    /// `in` is left unchanged; both arrays lie on 64-byte boundaries and do not overlap.
    void execute(std::complex<float>* in, std::complex<float>* out) const;

private:
    std::size_t n_;
    std::shared_ptr<void> plan_;
};

/// The smallest length 2^a·3^b·5^c that is a multiple of 4 and not below `least`: those are transformed quickly.
[[nodiscard]] std::size_t quick_length(std::size_t least);

} // namespace gacsong::dsp
