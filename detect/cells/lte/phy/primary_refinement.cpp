// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/primary_refinement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double half_frame_s = 5e-3;
constexpr std::ptrdiff_t around = 3; ///< samples to either side of a coarse place
constexpr double apart_hz = 3.75e3;  ///< of the frequencies that are tried

/// Energies of stretches of the samples.
class Energy {
public:
    explicit Energy(std::span<const Sample> samples) : sums_(samples.size() + 1)
    {
        for (std::size_t i = 0; i < samples.size(); ++i)
            sums_[i + 1] = sums_[i] + std::norm(samples[i]);
        least_ = 1e-4 * sums_.back() / static_cast<double>(std::max<std::size_t>(samples.size(), 1)) + 1e-20;
    }
    [[nodiscard]] double mean(std::size_t first, std::size_t count) const
    {
        return std::max((sums_[first + count] - sums_[first]) / static_cast<double>(count), least_);
    }

private:
    std::vector<double> sums_;
    double least_ = 0.0;
};

/// Power of the correlation of samples and replica.
double correlation(const Sample* samples, std::span<const Sample> replica)
{
    // Sums of their own, so that the loop becomes one of vectors.
    constexpr std::size_t lanes = 16;
    std::array<float, lanes> straight{};
    std::array<float, lanes> crossed{};
    const auto* x = reinterpret_cast<const float*>(samples);
    const auto* r = reinterpret_cast<const float*>(replica.data());
    const std::size_t whole = 2 * replica.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t j = 0; j < lanes; ++j) {
            straight[j] += x[i + j] * r[i + j];
            crossed[j] += x[i + j] * r[i + (j ^ 1U)];
        }
    float re = 0.0F;
    float im = 0.0F;
    for (std::size_t j = 0; j < lanes; ++j) {
        re += straight[j];
        im += j % 2 == 0 ? -crossed[j] : crossed[j];
    }
    for (std::size_t i = whole / 2; i < replica.size(); ++i) {
        re += samples[i].real() * replica[i].real() + samples[i].imag() * replica[i].imag();
        im += samples[i].imag() * replica[i].real() - samples[i].real() * replica[i].imag();
    }
    return static_cast<double>(re * re + im * im);
}

std::vector<Sample> turned(std::vector<Sample> replica, double hz, double rate_hz)
{
    for (std::size_t n = 0; n < replica.size(); ++n)
        replica[n] *= Sample(std::polar(1.0, 2.0 * std::numbers::pi * hz * static_cast<double>(n) / rate_hz));
    return replica;
}

/// The powers at places `around` an instant, added up over half frames of a pace.
std::array<double, 2 * around + 1> folded(std::span<const Sample> samples, const Energy& energy,
                                          std::span<const Sample> replica, double first, double step,
                                          std::size_t& count)
{
    std::array<double, 2 * around + 1> sums{};
    count = 0;
    for (double at = first;; at += step) {
        const auto middle = static_cast<std::ptrdiff_t>(std::lround(at));
        if (middle + around + std::ssize(replica) > std::ssize(samples))
            return sums;
        if (middle < around)
            continue;
        ++count;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const auto place = static_cast<std::size_t>(middle - around) + i;
            sums.at(i) += correlation(samples.data() + place, replica) / energy.mean(place, replica.size());
        }
    }
}

} // namespace

std::vector<PrimaryPeak> refine(std::span<const Sample> samples, double rate_hz, std::span<const PrimaryPeak> coarse,
                                const std::function<std::vector<double>(int bin)>& paces, double threshold,
                                std::size_t most)
{
    const double bin_hz = rate_hz / static_cast<double>(PrimarySearch::transform);
    const int step = std::max(1, static_cast<int>(std::lround(apart_hz / bin_hz)));
    const Energy energy(samples);
    std::array<std::vector<Sample>, 3> replicas;
    for (unsigned identity = 0; identity < replicas.size(); ++identity)
        replicas.at(identity) = primary_replica(identity, rate_hz);
    std::vector<PrimaryPeak> out;
    for (const PrimaryPeak& peak : coarse) {
        PrimaryPeak best = peak;
        best.evidence = 0.0;
        for (const int bin : {peak.bin - step, peak.bin, peak.bin + step}) {
            const auto replica = turned(replicas.at(peak.identity), bin * bin_hz, rate_hz);
            for (const double lasting : paces(bin)) {
                std::size_t count = 0;
                const double first = peak.at_s * rate_hz;
                const auto sums = folded(samples, energy, replica, first, half_frame_s * rate_hz * lasting, count);
                const auto top = std::ranges::max_element(sums);
                const auto n = static_cast<double>(count);
                const double evidence = count > 0 ? primary_evidence(n, *top / (n * peak.mean)) : 0.0;
                if (evidence > best.evidence) {
                    best.bin = bin;
                    best.lasting = lasting;
                    best.evidence = evidence;
                    const auto moved = static_cast<std::ptrdiff_t>(top - sums.begin()) - around;
                    best.at_s = std::max(0.0, peak.at_s + static_cast<double>(moved) / rate_hz);
                }
            }
        }
        if (best.evidence >= threshold)
            out.push_back(best);
    }
    return without_skirts(std::move(out), bin_hz, most, false);
}

} // namespace gacsong::detect::lte
