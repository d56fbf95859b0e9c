// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <vector>

namespace gacsong::test {

/// In-place discrete Fourier transform in double precision, not scaled. `x.size()` is a power of two.
/// The builders use this plain one, not the product's, so that they share no error with what they test.
/// \param inverse  exp(+j2πkn/N) instead of exp(−j2πkn/N)
void fft(std::vector<std::complex<double>>& x, bool inverse = false);

} // namespace gacsong::test
