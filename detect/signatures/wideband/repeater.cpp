// SPDX-License-Identifier: GPL-3.0-or-later
// Mobile repeaters ("kích sóng"), by shape: they amplify the noise of a whole operator's block into the up-link, where
// only phones transmit and phones take turns. Noise wider than any UMTS phone that stands still in an up-link band from
// the first to the last moment is resembled, never more: a jammer of the up-link looks the same.
#include "detect/signatures/modulation/features.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::detect {

namespace {

struct Band {
    double low_hz;
    double high_hz;
};
/// Up-links of 3GPP bands 28, 5, 8, 3 and 1 (TS 36.101 table 5.5-1), those of Viet Nam's plan.
constexpr std::array<Band, 5> uplinks{
    {{703e6, 748e6}, {824e6, 849e6}, {880e6, 915e6}, {1710e6, 1785e6}, {1920e6, 1980e6}}};
constexpr double narrowest_hz = 5.5e6; ///< a UMTS phone fills 4.2 MHz
constexpr double constant_duty = 0.98;
constexpr double least_s = 50e-3;
constexpr double window_s = 0.1e-3; ///< a slot of LTE has five
constexpr std::size_t least_windows = 80;
constexpr double most_uneven = 1.5;  ///< variance of the windows' powers, against that of noise
constexpr double least_uneven = 0.6; ///< data on few carriers has less
constexpr double gaussian = 2.0;     ///< E|z|⁴ / (E|z|²)²
constexpr double off_gaussian = 0.06;
constexpr double confidence = 0.6;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const bool uplink = std::any_of(uplinks.begin(), uplinks.end(),
                                    [&](const Band& band) { return look.within(band.low_hz, band.high_hz); });
    return uplink && e.bandwidth_hz >= narrowest_hz && e.duty > constant_duty && e.end_s - e.start_s > least_s &&
           (e.modulation.name == "unknown" || e.modulation.name == "noise");
}

std::optional<Sighting> look_at(Look& look)
{
    const auto power = look.power();
    const Clip& clip = look.clip();
    const auto length = static_cast<std::size_t>(window_s * clip.rate_hz);
    if (length == 0 || power.size() / length < least_windows)
        return std::nullopt;
    const auto means = dsp::window_means(power, length);
    const double deviation = dsp::relative_deviation(means);
    // Noise of width B has independent values every 1/B.
    const double uneven = deviation * deviation * look.emission().bandwidth_hz * window_s;
    const On all{0, power.size()};
    if (std::abs(kappa_of(power, {&all, 1}, 0.0) - gaussian) > off_gaussian || uneven > most_uneven ||
        uneven < least_uneven)
        return std::nullopt;
    Sighting s;
    s.system = "repeater";
    s.confidence = confidence;
    s.seen.emplace_back("signature.seen.uplink",
                        std::vector<Argument>{{"width", Quantity{look.emission().bandwidth_hz, Unit::bandwidth}}});
    return s;
}

} // namespace

extern const Signature signature_repeater;
const Signature signature_repeater{
    .info = {.id = "repeater", .system = "repeater", .proof = Proof::pattern, .mistaken_for = "jammer, LTE"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
