// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/primary_refinement.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double half_frame_s = 5e-3;
constexpr std::ptrdiff_t around = 3; ///< samples to either side of a coarse place
constexpr double apart_hz = 3.75e3;  ///< of the frequencies that are tried
/// Half frames after which a peak must show so much evidence to be worth the rest. Noise that had 10 in the first four
/// has 6 in eight, and as much as this once in a hundred; a signal with 10 there has 20.
constexpr std::size_t first_half_frames = 8;
constexpr double first_evidence = 11.0;

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

/// A replica, turned by a frequency, as its real and its imaginary part meet samples.
class Probe {
public:
    Probe(std::span<const Sample> replica, double hz, double rate_hz)
        : size_((replica.size() + lanes / 2 - 1) / (lanes / 2) * (lanes / 2)), straight_(2 * size_), crossed_(2 * size_)
    {
        const auto turn = std::polar(1.0, 2.0 * std::numbers::pi * hz / rate_hz);
        std::complex<double> phasor = 1.0;
        for (std::size_t n = 0; n < replica.size(); ++n) {
            const auto x = Sample(std::complex<double>(replica[n]) * phasor);
            phasor *= turn;
            straight_[2 * n] = x.real();
            straight_[2 * n + 1] = x.imag();
            crossed_[2 * n] = -x.imag();
            crossed_[2 * n + 1] = x.real();
        }
    }

    /// Samples that are looked at: those of the replica and some that do not count.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Power of the correlation with samples.
    [[nodiscard]] double power(const Sample* samples) const
    {
        const auto* x = reinterpret_cast<const float*>(samples);
        const float re = dsp::weigh(x, straight_.data(), straight_.size());
        const float im = dsp::weigh(x, crossed_.data(), crossed_.size());
        return static_cast<double>(re * re + im * im);
    }

private:
    static constexpr std::size_t lanes = 16;
    std::size_t size_;
    std::vector<float> straight_;
    std::vector<float> crossed_;
};

/// What the best place around an instant shows.
struct Look {
    std::size_t count = 0; ///< of half frames
    double evidence = 0.0;
    std::ptrdiff_t moved = 0; ///< samples from the instant
};

/// The powers at places `around` an instant, added up over half frames of a pace.
std::array<double, 2 * around + 1> folded(std::span<const Sample> samples, const Energy& energy, const Probe& probe,
                                          std::size_t length, double first, double step, std::size_t most,
                                          std::size_t& count)
{
    std::array<double, 2 * around + 1> sums{};
    count = 0;
    for (double at = first; count < most; at += step) {
        const auto middle = static_cast<std::ptrdiff_t>(std::lround(at));
        if (middle + around + static_cast<std::ptrdiff_t>(probe.size()) > std::ssize(samples))
            break;
        if (middle < around)
            continue;
        ++count;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const auto place = static_cast<std::size_t>(middle - around) + i;
            sums.at(i) += probe.power(samples.data() + place) / energy.mean(place, length);
        }
    }
    return sums;
}

/// Looks at places of a channel.
class Looker {
public:
    Looker(std::span<const Sample> samples, double rate_hz) : samples_(samples), rate_hz_(rate_hz), energy_(samples)
    {
        for (unsigned identity = 0; identity < replicas_.size(); ++identity)
            replicas_.at(identity) = primary_replica(identity, rate_hz);
    }

    [[nodiscard]] double bin_hz() const { return rate_hz_ / static_cast<double>(PrimarySearch::transform); }
    [[nodiscard]] Probe probe(unsigned identity, int bin) const
    {
        return {replicas_.at(identity), bin * bin_hz(), rate_hz_};
    }

    /// At the place of a peak, in at most so many half frames.
    [[nodiscard]] Look look(const PrimaryPeak& peak, const Probe& probe, double lasting,
                            std::size_t most_half_frames) const
    {
        Look seen;
        const auto sums = folded(samples_, energy_, probe, replicas_.at(peak.identity).size(), peak.at_s * rate_hz_,
                                 half_frame_s * rate_hz_ * lasting, most_half_frames, seen.count);
        const auto top = std::ranges::max_element(sums);
        const auto n = static_cast<double>(seen.count);
        seen.evidence = seen.count > 0 ? primary_evidence(n, *top / (n * peak.mean)) : 0.0;
        seen.moved = static_cast<std::ptrdiff_t>(top - sums.begin()) - around;
        return seen;
    }

private:
    std::span<const Sample> samples_;
    double rate_hz_;
    Energy energy_;
    std::array<std::vector<Sample>, 3> replicas_;
};

} // namespace

std::vector<PrimaryPeak> promising(std::span<const Sample> samples, double rate_hz, std::span<const PrimaryPeak> coarse,
                                   const std::function<std::vector<double>(int bin)>& paces)
{
    std::vector<PrimaryPeak> out;
    if (coarse.empty())
        return out;
    const Looker looker(samples, rate_hz);
    for (const PrimaryPeak& peak : coarse) {
        const auto tried = paces(peak.bin);
        if (tried.empty())
            continue;
        const Probe probe = looker.probe(peak.identity, peak.bin);
        if (looker.look(peak, probe, tried[tried.size() / 2], first_half_frames).evidence >= first_evidence)
            out.push_back(peak);
    }
    return out;
}

std::vector<PrimaryPeak> refine(std::span<const Sample> samples, double rate_hz, std::span<const PrimaryPeak> coarse,
                                const std::function<std::vector<double>(int bin)>& paces, double threshold,
                                std::size_t most)
{
    const Looker looker(samples, rate_hz);
    const int step = std::max(1, static_cast<int>(std::lround(apart_hz / looker.bin_hz())));
    std::vector<PrimaryPeak> out;
    for (const PrimaryPeak& peak : coarse) {
        PrimaryPeak best = peak;
        best.evidence = 0.0;
        for (const int bin : {peak.bin - step, peak.bin, peak.bin + step}) {
            const auto tried = paces(bin);
            if (tried.empty())
                continue;
            const Probe probe = looker.probe(peak.identity, bin);
            for (const double lasting : tried) {
                const Look one = looker.look(peak, probe, lasting, std::numeric_limits<std::size_t>::max());
                if (one.evidence <= best.evidence)
                    continue;
                best.bin = bin;
                best.lasting = lasting;
                best.evidence = one.evidence;
                best.at_s = std::max(0.0, peak.at_s + static_cast<double>(one.moved) / rate_hz);
            }
        }
        if (best.evidence >= threshold)
            out.push_back(best);
    }
    return without_skirts(std::move(out), looker.bin_hz(), most, false);
}

} // namespace gacsong::detect::lte
