// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/primary_search.hpp"

#include "detect/cells/parallel.hpp"
#include "dsp/kernels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <tuple>

namespace gacsong::detect::lte {

namespace {

constexpr double half_frame_s = 5e-3;
constexpr double replica_reach_hz = 500e3; ///< beyond the outermost subcarrier and most of its skirts
constexpr std::size_t group_size = 2;      ///< half frames that are added before the clock is followed
constexpr std::size_t scanned_at_once = 64;

} // namespace

namespace {

/// Whether any of the values is as high as a level.
bool any_reaches(std::span<const float> values, float level)
{
    unsigned reached = 0;
    for (const float value : values)
        reached |= value >= level ? 1U : 0U;
    return reached != 0;
}

/// Mean of what lies within a quarter of a millisecond of a place of a coarse search. Beside the band of a carrier that
/// sends only now and then, places where it does so are all above the mean of the half frame.
double mean_around(std::span<const float> folded, std::size_t place)
{
    constexpr std::size_t reach = 240;
    const std::size_t size = folded.size();
    const std::size_t count = std::min(2 * reach + 1, size);
    const std::size_t first = (place + size - count / 2) % size;
    const std::size_t before_end = std::min(count, size - first);
    const double sum = dsp::sum_of(folded.data() + first, before_end) + dsp::sum_of(folded.data(), count - before_end);
    return sum / static_cast<double>(count);
}

} // namespace

double primary_evidence(double n, double u) { return u > 1.0 ? n * (u - 1.0 - std::log(u)) : 0.0; }

std::vector<Sample> primary_replica(unsigned identity, double rate_hz)
{
    const auto sequence = pss(identity);
    const auto length = static_cast<std::size_t>(std::lround(rate_hz * symbol_s));
    std::vector<std::complex<double>> sum(length);
    for (unsigned k = 0; k < sync_width; ++k) {
        const auto turn = std::polar(1.0, 2.0 * std::numbers::pi * sync_subcarrier(k) * subcarrier_hz / rate_hz);
        auto value = std::complex<double>(sequence[k]) / static_cast<double>(length * sync_width);
        for (auto& x : sum) {
            x += value;
            value *= turn;
        }
    }
    return {sum.begin(), sum.end()};
}

namespace {

constexpr std::array<int, 3> roots{25, 29, 34};
constexpr int elements = 63;

} // namespace

Likeness likeness(unsigned identity)
{
    const int subcarriers = identity == 0 ? 5 : 2;
    const int late = roots.at(identity) * subcarriers % elements;
    return {subcarriers, symbol_s / elements * (late > elements / 2 ? late - elements : late)};
}

std::vector<PrimaryPeak> with_originals(std::span<const PrimaryPeak> peaks, double bin_hz)
{
    std::vector<PrimaryPeak> out;
    for (const PrimaryPeak& peak : peaks) {
        out.push_back(peak);
        const Likeness like = likeness(peak.identity);
        const auto bins = static_cast<int>(std::lround(like.subcarriers * subcarrier_hz / bin_hz));
        for (const int sign : {-1, 1}) {
            PrimaryPeak original = peak;
            original.bin -= sign * bins;
            original.at_s -= sign * like.late_s;
            original.at_s -= half_frame_s * std::floor(original.at_s / half_frame_s);
            out.push_back(original);
        }
    }
    return out;
}

struct PrimarySearch::Worker {
    explicit Worker(const PrimarySearch& search)
        : product(search.inverse_.size()), time(search.inverse_.size()), power(search.places_ + transform),
          groups((search.half_frames_ + group_size - 1) / group_size * search.fold_), folded(search.fold_)
    {
        std::fill(product.span().begin(), product.span().end(), Sample{});
    }
    dsp::AlignedArray<Sample> product;
    dsp::AlignedArray<Sample> time;
    std::vector<float> power;
    std::vector<float> groups;
    std::vector<float> folded;
    std::vector<PrimaryPeak> peaks;
};

PrimarySearch::PrimarySearch(std::span<const Sample> samples, double rate_hz, bool coarse)
    : rate_hz_(rate_hz), length_(static_cast<std::size_t>(std::lround(rate_hz * symbol_s))), every_(coarse ? 2 : 1),
      hop_((transform - length_) / 2 * 2), samples_(samples.size()), places_(samples.size() / every_),
      half_frames_(static_cast<std::size_t>(static_cast<double>(samples.size()) / (rate_hz * half_frame_s))),
      fold_(static_cast<std::size_t>(rate_hz * half_frame_s / static_cast<double>(every_))),
      forward_(transform, dsp::Direction::forward), inverse_(transform / every_, dsp::Direction::inverse),
      spectra_((samples_ / hop_ + 1) * transform), inverse_power_(places_ + transform)
{
    dsp::AlignedArray<Sample> in(transform);
    for (std::size_t block = 0; block * hop_ < samples_; ++block) {
        const auto part = samples.subspan(block * hop_, std::min(transform, samples_ - block * hop_));
        std::fill(std::copy(part.begin(), part.end(), in.span().begin()), in.span().end(), Sample{});
        forward_.execute(in.span().data(), spectra_.span().data() + block * transform);
    }
    double sum = 0.0;
    double all = 0.0;
    for (const Sample& x : samples)
        all += std::norm(x);
    const double least = 1e-4 * all / static_cast<double>(std::max<std::size_t>(samples_, 1)) + 1e-20;
    for (std::size_t i = 0; i < samples_ + length_; ++i) {
        sum += i < samples_ ? std::norm(samples[i]) : 0.0;
        if (i >= length_)
            sum -= std::norm(samples[i - length_]);
        if (i + 1 >= length_ && (i + 1 - length_) % every_ == 0)
            inverse_power_[(i + 1 - length_) / every_] =
                static_cast<float>(1.0 / (std::max(sum / static_cast<double>(length_), least)));
    }
    reach_ =
        std::min(static_cast<int>(std::ceil(replica_reach_hz / bin_hz())), static_cast<int>(inverse_.size() / 2) - 1);
    for (unsigned identity = 0; identity < 3; ++identity) {
        const auto signal = primary_replica(identity, rate_hz);
        std::fill(std::copy(signal.begin(), signal.end(), in.span().begin()), in.span().end(), Sample{});
        dsp::AlignedArray<Sample> spectrum(transform);
        forward_.execute(in.span().data(), spectrum.span().data());
        std::vector<Sample> replica;
        for (int k = -reach_; k <= reach_; ++k)
            replica.push_back(
                std::conj(spectrum.span()[static_cast<std::size_t>(k + static_cast<int>(transform)) % transform]));
        replicas_.push_back(std::move(replica));
    }
}

void PrimarySearch::correlate(unsigned identity, int bin, Worker& worker) const
{
    const auto n = static_cast<int>(transform);
    Sample* product = worker.product.span().data();
    const Sample* replica = replicas_[identity].data();
    // The bins of the replica as they stand around the hypothesis, in one or two stretches.
    const auto first = static_cast<std::size_t>((bin - reach_ + n) & (n - 1));
    const auto width = static_cast<std::size_t>(2 * reach_ + 1);
    const std::size_t before_end = std::min(width, transform - first);
    for (std::size_t block = 0; block * hop_ < samples_; ++block) {
        const Sample* spectrum = spectra_.span().data() + block * transform;
        // Shifting the product to the lowest bins changes only the phase of what comes out.
        dsp::multiply(spectrum + first, replica, product, before_end);
        dsp::multiply(spectrum, replica + before_end, product + before_end, width - before_end);
        inverse_.execute(product, worker.time.span().data());
        const std::size_t count = std::min(hop_, samples_ - block * hop_) / every_;
        dsp::scaled_power(worker.time.span().data(), inverse_power_.data() + block * hop_ / every_,
                          worker.power.data() + block * hop_ / every_, count);
    }
}

double PrimarySearch::half_frame() const { return rate_hz_ * half_frame_s / static_cast<double>(every_); }

std::size_t PrimarySearch::half_frame_at(std::size_t i) const
{
    return static_cast<std::size_t>(std::lround(half_frame() * static_cast<double>(i)));
}

void PrimarySearch::group(Worker& worker) const
{
    for (std::size_t i = 0; i < half_frames_; ++i) {
        float* group = worker.groups.data() + i / group_size * fold_;
        const float* half_frame = worker.power.data() + half_frame_at(i);
        if (i % group_size == 0)
            std::copy_n(half_frame, fold_, group);
        else
            dsp::add_to(group, half_frame, fold_);
    }
}

void PrimarySearch::fold(double lasting, Worker& worker) const
{
    for (std::size_t g = 0; g * group_size < half_frames_; ++g) {
        // The middle of the group has moved this much since the begin.
        const double middle = (static_cast<double>(g) + 0.5) * static_cast<double>(group_size) - 0.5;
        const auto moved = static_cast<std::ptrdiff_t>(std::lround((lasting - 1.0) * half_frame() * middle));
        const auto size = static_cast<std::ptrdiff_t>(fold_);
        const float* group = worker.groups.data() + g * fold_;
        const auto shift = static_cast<std::size_t>(((moved % size) + size) % size);
        float* to = worker.folded.data();
        if (g == 0) {
            std::copy_n(group, shift, std::copy_n(group + shift, fold_ - shift, to));
        } else {
            dsp::add_to(to, group + shift, fold_ - shift);
            dsp::add_to(to + (fold_ - shift), group, shift);
        }
    }
}

void PrimarySearch::look(unsigned identity, const Hypothesis& hypothesis, double threshold, Worker& worker) const
{
    correlate(identity, hypothesis.bin, worker);
    group(worker);
    const auto count = static_cast<double>(half_frames_);
    for (const double lasting : hypothesis.lasting) {
        fold(lasting, worker);
        const std::span<const float> folded = worker.folded;
        const double mean = dsp::sum_of(folded.data(), fold_) / static_cast<double>(fold_);
        if (mean <= 0.0)
            continue;
        // u where the evidence is the threshold
        double u = 1.0 + std::sqrt(2.0 * threshold / count);
        while (primary_evidence(count, u) < threshold)
            u *= 1.02;
        const auto level = static_cast<float>(u * mean);
        for (std::size_t begin = 0; begin < fold_; begin += scanned_at_once) {
            const auto some = folded.subspan(begin, std::min(scanned_at_once, fold_ - begin));
            if (!any_reaches(some, level))
                continue;
            for (std::size_t n = begin; n < begin + some.size(); ++n) {
                const float value = folded[n];
                if (value < level || value < folded[(n + 1) % fold_] || value < folded[(n + fold_ - 1) % fold_])
                    continue;
                const double here = every_ > 1 ? std::max(mean, mean_around(folded, n)) : mean;
                const double evidence = primary_evidence(count, static_cast<double>(value) / here);
                if (evidence >= threshold)
                    worker.peaks.push_back({identity, hypothesis.bin, lasting,
                                            static_cast<double>(n * every_) / rate_hz_, evidence,
                                            here / (count * transform * transform)});
            }
        }
    }
}

std::vector<PrimaryPeak> PrimarySearch::search(std::span<const Hypothesis> hypotheses, double threshold,
                                               std::size_t most, unsigned threads) const
{
    if (half_frames_ == 0)
        return {};
    const auto team = static_cast<unsigned>(std::min<std::size_t>(std::max(1U, threads), 3 * hypotheses.size()));
    std::vector<Worker> workers;
    workers.reserve(team);
    for (unsigned i = 0; i < team; ++i)
        workers.emplace_back(*this);
    in_parallel(team, 3 * hypotheses.size(), [&](std::size_t i, unsigned who) {
        const auto identity = static_cast<unsigned>(i % 3);
        if (hypotheses[i / 3].identity.value_or(identity) == identity)
            look(identity, hypotheses[i / 3], threshold, workers[who]);
    });
    std::vector<PrimaryPeak> all;
    for (const Worker& worker : workers)
        all.insert(all.end(), worker.peaks.begin(), worker.peaks.end());
    return without_skirts(std::move(all), bin_hz(), most, every_ > 1);
}

namespace {

/// Whether a peak is what a stronger one of the same identity shows at other frequencies and times. A Zadoff-Chu
/// sequence that is k subcarriers too high looks like one that is root · k of its 63 elements too late (3GPP TS 36.211
/// §6.11.1); where it looks nearly as strong, it cannot be told which of the two is meant.
bool is_skirt(const PrimaryPeak& peak, const PrimaryPeak& stronger, double bin_hz, bool coarse)
{
    constexpr double element_s = symbol_s / elements;
    constexpr double near_s = 1.1e-6;
    constexpr double near_hz = 17e3;
    constexpr double image_s = 1.6e-6;
    constexpr double nearly = 0.6;
    const double apart_hz = (peak.bin - stronger.bin) * bin_hz;
    const double apart_s = std::remainder(peak.at_s - stronger.at_s, half_frame_s);
    if (std::abs(apart_s) < near_s && std::abs(apart_hz) < near_hz)
        return true;
    if (coarse || peak.evidence > nearly * stronger.evidence)
        return false;
    const auto below = static_cast<int>(std::floor(apart_hz / subcarrier_hz));
    for (int k = below - 1; k <= below + 2; ++k) {
        const int late = ((roots.at(peak.identity) * k) % elements + elements) % elements;
        for (const int one : {late, late - elements})
            if (std::abs(apart_s - one * element_s) < image_s)
                return true;
    }
    return false;
}

} // namespace

std::vector<PrimaryPeak> without_skirts(std::vector<PrimaryPeak> all, double bin_hz, std::size_t most, bool coarse)
{
    std::ranges::sort(all, [](const PrimaryPeak& a, const PrimaryPeak& b) {
        return std::tuple(-a.evidence, a.identity, a.bin, a.at_s, a.lasting) <
               std::tuple(-b.evidence, b.identity, b.bin, b.at_s, b.lasting);
    });
    std::vector<PrimaryPeak> best;
    for (const PrimaryPeak& peak : all) {
        // A strong signal is seen at many wrong frequencies; those shall not crowd out the other identities.
        if (std::ranges::count(best, peak.identity, &PrimaryPeak::identity) >= static_cast<std::ptrdiff_t>(most))
            continue;
        const bool skirt = std::ranges::any_of(best, [&](const PrimaryPeak& other) {
            return other.identity == peak.identity && is_skirt(peak, other, bin_hz, coarse);
        });
        if (!skirt)
            best.push_back(peak);
    }
    return best;
}

} // namespace gacsong::detect::lte
