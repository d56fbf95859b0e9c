// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstdint>
#include <span>

namespace gacsong::test {

/// Adds complex white Gaussian noise: out[i] += sample number first + i of the stream `seed`, E|x|² = power (full
/// scale 1). Each sample is a function of (seed, index) alone, so a stream can be cut and re-read anywhere.
/// The magnitude ends at sqrt(22.2 · power), which 1 of 2^31 samples reaches.
void add_white_noise(std::uint64_t seed, std::uint64_t first, double power, std::span<std::complex<float>> out);

} // namespace gacsong::test
