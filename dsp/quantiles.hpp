// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace gacsong::dsp {

// Laws of averaged power cells. A cell v is the mean of M independent |X|²; in noise of mean power σ²,
// M·v/σ² follows Gamma(M, 1) (monitoring.md §3.1, §4.1, §6.1). M may be a fraction: the effective number of averages.

/// v/σ² that noise passes with probability pfa (0 < pfa < 1): Q⁻¹(M, pfa)/M.
[[nodiscard]] double threshold(double averages, double pfa);

/// v/σ² below which a share p of noise cells lies: P⁻¹(M, p)/M.
[[nodiscard]] double noise_quantile(double averages, double p);

/// Mean of v/σ² of those noise cells that lie below their median: what taking the quieter half does to a mean.
[[nodiscard]] double lower_half_mean(double averages);

/// Factor α of CA-CFAR with `reference_cells` independent cells of the same M: F quantile with (2M, 2Mn).
[[nodiscard]] double ca_cfar_factor(double averages, double reference_cells, double pfa);

/// Pfa of OS-CFAR with M = 1: the k-th smallest of n cells times α.
[[nodiscard]] double os_cfar_pfa(std::size_t n, std::size_t k, double alpha);

/// α of OS-CFAR with M = 1 for a given Pfa.
[[nodiscard]] double os_cfar_factor(std::size_t n, std::size_t k, double pfa);

/// Constants of forward consecutive mean excision: T = Q⁻¹(M, p)/M and the bias c = P(M+1, M·T)/P(M, M·T).
struct FcmeConstants {
    double threshold = 0.0;
    double bias = 1.0;
};
[[nodiscard]] FcmeConstants fcme_constants(double averages, double p);

/// Probability that a cell with a carrier of per-bin SNR s (linear) passes threshold t (v/σ²): Q_M(√(2Ms), √(2Mt)).
[[nodiscard]] double detection_probability_carrier(double averages, double t, double s);

/// The same for a noise-like signal: Q(M, M·t/(1+s)).
[[nodiscard]] double detection_probability_noise(double averages, double t, double s);

} // namespace gacsong::dsp
