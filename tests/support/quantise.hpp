// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_format.hpp"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::test {

/// Stores samples of full scale 1 as an ideal converter would: rounded to the nearest code, limited at the ends of
/// the range. The inverse of gacsong::convert up to half a step.
/// `bytes` holds samples.size() × format.bytes_per_sample().
void quantise(std::span<const std::complex<float>> samples, SampleFormat format, std::span<std::byte> bytes);

[[nodiscard]] std::vector<std::byte> quantise(std::span<const std::complex<float>> samples, SampleFormat format);

} // namespace gacsong::test
