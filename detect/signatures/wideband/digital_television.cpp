// SPDX-License-Identifier: GPL-3.0-or-later
// Digital television. DVB-T2 (ETSI EN 302 755 §9.8) begins each frame, of at most 250 ms, with the symbol P1: 1024
// samples A, before them the first 542 of A and after them its last 482, both one carrier higher. DVB-T (EN 300 744
// §4.4) has symbols of 2048 or 8192 samples with prefixes of 1/4 … 1/32, which others might have as well. Both are
// seen in any slice of a megahertz or more; a sample lasts 7/64 µs in a channel of 8 MHz. No content is read.
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/television_preamble.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
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

constexpr std::array<double, 2> transforms{2048.0, 8192.0};
constexpr std::array<double, 4> guards{1.0 / 4.0, 1.0 / 8.0, 1.0 / 16.0, 1.0 / 32.0};
constexpr double clear_prefix = 0.25; ///< correlation in prefixes above that elsewhere; noise has 0.02
constexpr double clear_alone = 0.5;   ///< … where nothing else speaks for OFDM
/// Over a tenth of a second a prefix of 1000 samples passes for one of 1024: 24 in 9192 a symbol must add up to more
/// than its width.
constexpr double least_prefix_s = 0.2;
constexpr std::size_t fold_places = 256;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.duty > 0.9 && e.end_s - e.start_s >= least_s;
}

/// How much more alike samples a symbol's useful length apart are in a prefix than elsewhere, for the best place of the
/// prefix, all symbols together.
double prefix_contrast(std::span<const Complex> x, double useful, double guard)
{
    const auto other = samples_later(x, useful);
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
        if (const std::size_t frames = television_preambles(clip, channel_mhz); frames > 0) {
            s.checked = true;
            s.confidence = 0.97;
            s.identity["standard"] = "DVB-T2";
            s.seen.emplace_back("signature.seen.sync", std::vector<Argument>{{"n", static_cast<std::int64_t>(frames)}});
            return s;
        }
        const std::string& modulation = look.emission().modulation.name;
        const bool long_enough = static_cast<double>(x.size()) >= least_prefix_s * clip.rate_hz;
        if (!long_enough || (modulation != "OFDM" && modulation != "unknown"))
            continue;
        const double least = modulation == "OFDM" ? clear_prefix : clear_alone;
        for (const double transform : transforms)
            for (const double guard : guards) {
                const double useful_s = transform * television_sample_s(channel_mhz);
                if (prefix_contrast(x, useful_s * clip.rate_hz, guard) < least)
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
