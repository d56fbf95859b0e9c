// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fft.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace gacsong::test {

void fft(std::vector<std::complex<double>>& x, bool inverse)
{
    const std::size_t size = x.size();
    if (!std::has_single_bit(size))
        throw std::invalid_argument("fft: the size is not a power of two");
    for (std::size_t i = 1, j = 0; i < size; ++i) {
        std::size_t bit = size >> 1U;
        for (; (j & bit) != 0; bit >>= 1U)
            j ^= bit;
        j |= bit;
        if (i < j)
            std::swap(x[i], x[j]);
    }
    std::vector<std::complex<double>> root(size / 2);
    const double turn = (inverse ? 2.0 : -2.0) * std::numbers::pi / static_cast<double>(size);
    for (std::size_t k = 0; k < root.size(); ++k)
        root[k] = std::polar(1.0, turn * static_cast<double>(k));
    for (std::size_t half = 1; half < size; half *= 2) {
        const std::size_t stride = size / (2 * half);
        for (std::size_t start = 0; start < size; start += 2 * half) {
            for (std::size_t k = 0; k < half; ++k) {
                const auto w = root[k * stride];
                const auto b = x[start + half + k];
                const std::complex<double> t{w.real() * b.real() - w.imag() * b.imag(),
                                             w.real() * b.imag() + w.imag() * b.real()};
                x[start + half + k] = x[start + k] - t;
                x[start + k] += t;
            }
        }
    }
}

} // namespace gacsong::test
