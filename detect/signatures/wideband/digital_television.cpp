// SPDX-License-Identifier: GPL-3.0-or-later
// Digital television. DVB-T2 (ETSI EN 302 755 §9.8) begins each frame, of at most 250 ms, with the symbol P1: 1024
// samples A, before them the first 542 of A and after them its last 482, both one carrier higher. DVB-T (EN 300 744
// §4.4) has symbols of 2048 or 8192 samples with prefixes of 1/4 … 1/32, which others might have as well. Both are
// seen in any slice of a megahertz or more; a sample lasts 7/64 µs in a channel of 8 MHz. No content is read.
#include "detect/signatures/signature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr double narrowest_hz = 1.2e6;
constexpr double whole_channel_hz = 4e6; ///< from here on the bandwidth tells the channel's
constexpr double slice_hz = 1.1e6;       ///< half of what is looked at
constexpr double look_s = 0.27;          ///< a frame and a P1
constexpr double least_s = 0.02;
constexpr std::array<double, 3> channels_mhz{8.0, 7.0, 6.0};
constexpr double occupied = 0.95; ///< of a channel, by 6817 of 8192 carriers or a few more

constexpr double p1_samples = 1024.0;
constexpr double p1_before = 542.0;
constexpr double p1_after = 482.0;
/// Of both correlations. Over 2.2 MHz noise has it with 3e-9 in either, that is in one of 10¹⁰ frames in both.
constexpr double clear_p1 = 0.4;
constexpr double alone = 3.0; ///< times the median: what a carrier has, it has all the time

constexpr std::array<double, 2> transforms{2048.0, 8192.0};
constexpr std::array<double, 4> guards{1.0 / 4.0, 1.0 / 8.0, 1.0 / 16.0, 1.0 / 32.0};
constexpr double clear_prefix = 0.25; ///< correlation in prefixes above that elsewhere; noise has 0.02
constexpr std::size_t fold_places = 256;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.duty > 0.9 && e.end_s - e.start_s >= least_s;
}

/// Seconds that a sample of the standards lasts in a channel.
double sample_s(double channel_mhz) { return 7.0 / (8.0 * channel_mhz * 1e6); }

/// Samples `delay` later, between two where it ends between them.
std::vector<Complex> later(std::span<const Complex> x, double delay)
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
    const auto other = later(x, delay);
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
    const auto other = later(x, delay);
    if (place + width > other.size())
        return false;
    const double one = product_at(x, other, place, width, step);
    return one > product_at(x, other, place, width, 0.0) && one > product_at(x, other, place, width, 2.0 * step);
}

/// Frames whose first symbol is P1.
std::size_t first_symbols(const Clip& clip, double channel_mhz)
{
    const double t = sample_s(channel_mhz) * clip.rate_hz; // samples of the clip
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
                         one_higher(x, p1_after * t, place + apart, width_after, step)
                     ? 1U
                     : 0U;
        n += symbol;
    }
    return count;
}

/// How much more alike samples a symbol's useful length apart are in a prefix than elsewhere, for the best place of the
/// prefix, all symbols together.
double prefix_contrast(std::span<const Complex> x, double useful, double guard)
{
    const auto other = later(x, useful);
    const double length = useful * (1.0 + guard);
    struct Place {
        std::complex<double> product;
        double power = 0.0;
    };
    std::vector<Place> places(fold_places);
    for (std::size_t n = 0; n < other.size(); ++n) {
        const double turn = std::fmod(static_cast<double>(n) / length, 1.0);
        Place& place = places[static_cast<std::size_t>(turn * static_cast<double>(fold_places))];
        place.product += std::complex<double>(x[n] * std::conj(other[n]));
        place.power += 0.5 * static_cast<double>(std::norm(x[n]) + std::norm(other[n]));
    }
    const auto width = static_cast<std::size_t>(guard / (1.0 + guard) * static_cast<double>(fold_places));
    Place all;
    for (const Place& place : places) {
        all.product += place.product;
        all.power += place.power;
    }
    double best = 0.0;
    for (std::size_t first = 0; first < fold_places; ++first) {
        Place inside;
        for (std::size_t i = 0; i < width; ++i) {
            inside.product += places[(first + i) % fold_places].product;
            inside.power += places[(first + i) % fold_places].power;
        }
        const double outside = std::abs(all.product - inside.product) / std::max(all.power - inside.power, 1e-30);
        best = std::max(best, std::abs(inside.product) / std::max(inside.power, 1e-30) - outside);
    }
    return best;
}

std::optional<Sighting> look_at(Look& look)
{
    const double bandwidth_hz = look.emission().bandwidth_hz;
    Cut wanted;
    wanted.half_width_hz = std::min(slice_hz, 0.45 * bandwidth_hz);
    wanted.rate_hz = 2.3 * wanted.half_width_hz;
    wanted.most_s = look_s;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.most_input = std::size_t{24} * 1000 * 1000;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    const auto x = clip.longest();
    if (static_cast<double>(x.size()) < least_s * clip.rate_hz)
        return std::nullopt;
    Sighting s;
    s.system = "DVB-T";
    s.modulation = Modulation{"OFDM", 0.95, std::nullopt, std::nullopt};
    for (const double channel_mhz : channels_mhz) {
        if (bandwidth_hz >= whole_channel_hz && std::abs(bandwidth_hz - occupied * channel_mhz * 1e6) > 0.6e6)
            continue;
        if (const std::size_t frames = first_symbols(clip, channel_mhz); frames > 0) {
            s.checked = true;
            s.confidence = 0.97;
            s.identity["standard"] = "DVB-T2";
            s.seen.emplace_back("signature.seen.sync", std::vector<Argument>{{"n", static_cast<std::int64_t>(frames)}});
            return s;
        }
        if (const std::string& name = look.emission().modulation.name; name != "OFDM" && name != "unknown")
            continue;
        for (const double transform : transforms)
            for (const double guard : guards) {
                const double useful_s = transform * sample_s(channel_mhz);
                if (prefix_contrast(x, useful_s * clip.rate_hz, guard) < clear_prefix)
                    continue;
                s.confidence = 0.75;
                s.modulation->symbol_rate_hz = 1.0 / (useful_s * (1.0 + guard));
                return s;
            }
    }
    return std::nullopt;
}

} // namespace

extern const Signature signature_digital_television;
const Signature signature_digital_television{
    .info = {.id = "digital-television", .system = "DVB-T", .proof = Proof::sync, .mistaken_for = "LTE, DAB, repeater"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
