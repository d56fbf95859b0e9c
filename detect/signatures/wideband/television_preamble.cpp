// SPDX-License-Identifier: GPL-3.0-or-later
// The symbol P1 of DVB-T2 (ETSI EN 302 755 §9.8): 1024 samples A, before them the first 542 of A and after them its
// last 482, both one carrier higher. A uses 384 of 853 carriers, always the same ones.
#include "detect/signatures/wideband/television_preamble.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr double p1_samples = 1024.0;
constexpr double p1_before = 542.0;
constexpr double p1_after = 482.0;
/// Of both correlations. Over 2.2 MHz noise has it with 3e-9 in either.
constexpr double clear_p1 = 0.4;
constexpr double alone = 3.0; ///< times the median: what a carrier has, it has all the time

/// Sums over `width` values that follow each other.
template <class T> class Running {
public:
    explicit Running(std::size_t width) : values_(width) {}
    T add(T value)
    {
        sum_ += value - values_[at_];
        values_[at_] = value;
        at_ = (at_ + 1) % values_.size();
        return sum_;
    }

private:
    std::vector<T> values_;
    T sum_{};
    std::size_t at_ = 0;
};

/// How alike samples and those `delay` later are over `width` of them, these being turned by `step` each; by the place
/// at which the first of the width stands. 0 … 1.
std::vector<float> likeness(std::span<const Complex> x, double delay, std::size_t width, double step)
{
    const auto other = samples_later(x, delay);
    Running<std::complex<double>> product(width);
    Running<double> power(width);
    Running<double> other_power(width);
    std::vector<float> out;
    for (std::size_t n = 0; n < other.size(); ++n) {
        const std::complex<double> a(x[n]);
        const std::complex<double> b(other[n]);
        const double turn = std::remainder(step * static_cast<double>(n), 2.0 * std::numbers::pi);
        const double p = std::abs(product.add(a * std::conj(b) * std::polar(1.0, turn)));
        const double energy = power.add(std::norm(a)) * other_power.add(std::norm(b));
        if (n + 1 >= width)
            out.push_back(energy > 0.0 ? static_cast<float>(p / std::sqrt(energy)) : 0.0F);
    }
    return out;
}

/// The same at one place, magnitude without scale.
double product_at(std::span<const Complex> x, std::span<const Complex> other, std::size_t place, std::size_t width,
                  double step)
{
    std::complex<double> sum;
    for (std::size_t n = 0; n < width; ++n)
        sum += std::complex<double>(x[place + n] * std::conj(other[place + n])) *
               std::polar(1.0, step * static_cast<double>(n));
    return std::abs(sum);
}

/// Whether the copies at a place are one carrier higher rather than as high, as those of a plain carrier are, or two.
bool one_higher(std::span<const Complex> x, double delay, std::size_t place, std::size_t width, double step)
{
    const auto other = samples_later(x, delay);
    if (place + width > other.size())
        return false;
    const double one = product_at(x, other, place, width, step);
    return one > product_at(x, other, place, width, 0.0) && one > product_at(x, other, place, width, 2.0 * step);
}

/// The carriers 0 … 852 that P1 uses, 384 of them: a bit each, the lowest first (table 43).
constexpr std::array<std::uint64_t, 14> used_carriers{
    0x4848B00000000000ULL, 0xB7B7484747B74847ULL, 0x4848B84747B747B8ULL, 0xB7B7484747B74847ULL, 0x4848B84747B747B8ULL,
    0x4848B84747B74847ULL, 0x4848B7B8B848B847ULL, 0xB7B7484747B74847ULL, 0xB7B7484747B747B8ULL, 0xB7B747B8B848B7B8ULL,
    0xED12184747B747B8ULL, 0xED121D1DE2EDED1DULL, 0x000002E21D121D1DULL, 0x0000000000000000ULL};
constexpr std::size_t all_carriers = 853;

bool is_used(std::size_t carrier) { return (used_carriers.at(carrier / 64) >> (carrier % 64) & 1U) != 0; }

constexpr double clear_rank = 8.5; ///< of a normal distribution: noise has it in 10⁻¹⁷, and some 10⁵ places are tried
constexpr std::size_t least_each = 40; ///< used and free carriers that are seen
constexpr int parts = 8;               ///< of a carrier, to which the clip's frequency may be off
constexpr std::array<double, 5> moved{0.0, -1.0, 1.0, -2.0, 2.0}; ///< samples of the clip

/// Powers of the carriers of the symbol that begins at `first`, `shift` carriers off, as far as the clip holds them.
std::vector<double> carrier_powers(const Clip& clip, double first, double t, double shift)
{
    const double spacing_hz = clip.rate_hz / (p1_samples * t);
    const auto each_side = static_cast<int>(clip.half_width_hz / spacing_hz - 1.0);
    const auto begin = static_cast<std::size_t>(std::ceil(first));
    const auto count = static_cast<std::size_t>(p1_samples * t);
    const auto x = clip.longest().subspan(begin, count);
    std::vector<double> out;
    for (int k = -each_side; k <= each_side; ++k) {
        const auto turn = std::polar(1.0, -2.0 * std::numbers::pi * (k + shift) / (p1_samples * t));
        std::complex<double> phasor = 1.0;
        std::complex<double> sum;
        for (const Complex& z : x) {
            sum += std::complex<double>(z) * phasor;
            phasor *= turn;
        }
        out.push_back(std::norm(sum));
    }
    return out;
}

/// The ranks of values from 0 on.
std::vector<double> ranks_of(const std::vector<double>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> out(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        out[order[i]] = static_cast<double>(i);
    return out;
}

/// How far the used carriers stand above the free ones where the first of the values is carrier `begin` of P1, in
/// standard deviations of the sum of their ranks (Mann and Whitney); 0 where too few are seen.
double rank_sum(const std::vector<double>& ranks, int begin)
{
    double used = 0.0;
    double free = 0.0;
    double used_ranks = 0.0;
    double all_ranks = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const int carrier = begin + static_cast<int>(i);
        if (carrier < 0 || carrier >= static_cast<int>(all_carriers))
            continue;
        const bool own = is_used(static_cast<std::size_t>(carrier));
        (own ? used : free) += 1.0;
        used_ranks += own ? ranks[i] : 0.0;
        all_ranks += ranks[i];
        squares += ranks[i] * ranks[i];
    }
    if (used < static_cast<double>(least_each) || free < static_cast<double>(least_each))
        return 0.0;
    const double n = used + free;
    const double mean = all_ranks / n;
    // Of a sum of `used` values drawn from these n without putting any back.
    const double variance = used * free / (n - 1.0) * (squares / n - mean * mean);
    return variance > 0.0 ? (used_ranks - used * mean) / std::sqrt(variance) : 0.0;
}

/// Whether the symbol that begins at `first`, samples of the clip, has its power on the carriers of P1.
bool on_carriers(const Clip& clip, double first, double t)
{
    for (const double samples : moved) {
        const double at = first + samples;
        if (at < 0.0 || at + p1_samples * t + 1.0 > static_cast<double>(clip.longest().size()))
            continue;
        for (int part = 0; part < parts; ++part) {
            const auto ranks = ranks_of(carrier_powers(clip, at, t, static_cast<double>(part) / parts));
            for (int begin = -static_cast<int>(ranks.size()); begin < static_cast<int>(all_carriers); ++begin)
                if (rank_sum(ranks, begin) >= clear_rank)
                    return true;
        }
    }
    return false;
}

} // namespace

std::vector<Complex> samples_later(std::span<const Complex> x, double delay)
{
    const auto whole = static_cast<std::size_t>(delay);
    const double rest = delay - static_cast<double>(whole);
    const std::size_t first = rest > 0.75 ? whole + 1 : whole;
    const bool between = rest > 0.25 && rest <= 0.75;
    std::vector<Complex> out(x.size() > first + 1 ? x.size() - first - 1 : 0);
    for (std::size_t n = 0; n < out.size(); ++n)
        out[n] = between ? 0.5F * (x[n + first] + x[n + first + 1]) : x[n + first];
    return out;
}

std::size_t television_preambles(const Clip& clip, double channel_mhz)
{
    const double t = television_sample_s(channel_mhz) * clip.rate_hz; // samples of the clip
    const double step = 2.0 * std::numbers::pi / (p1_samples * t);
    const auto x = clip.longest();
    const auto width_before = static_cast<std::size_t>(p1_before * t);
    const auto width_after = static_cast<std::size_t>(p1_after * t);
    const auto before = likeness(x, p1_before * t, width_before, -step);
    const auto after = likeness(x, p1_after * t, width_after, step);
    // A's last part stands 1084 samples after the first of those before A.
    const auto apart = static_cast<std::size_t>(std::lround((p1_before + p1_samples - p1_after) * t));
    std::vector<float> both;
    for (std::size_t n = 0; n < before.size() && n + apart < after.size(); ++n)
        both.push_back(std::min(before[n], after[n + apart]));
    if (both.empty())
        return 0;
    std::vector<float> sorted(both);
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const auto level = static_cast<float>(std::max(clear_p1, alone * static_cast<double>(*middle)));
    std::size_t count = 0;
    const auto symbol = static_cast<std::size_t>(2.0 * p1_samples * t);
    for (std::size_t n = 0; n < both.size(); ++n) {
        if (both[n] < level)
            continue;
        const auto end = both.begin() + static_cast<std::ptrdiff_t>(std::min(n + symbol, both.size()));
        const auto top = std::max_element(both.begin() + static_cast<std::ptrdiff_t>(n), end);
        const auto place = static_cast<std::size_t>(top - both.begin());
        count += one_higher(x, p1_before * t, place, width_before, -step) &&
                         one_higher(x, p1_after * t, place + apart, width_after, step) &&
                         on_carriers(clip, static_cast<double>(place) + p1_before * t, t)
                     ? 1U
                     : 0U;
        n += symbol;
    }
    return count;
}

} // namespace gacsong::detect
