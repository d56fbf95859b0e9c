// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/licence_search.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

// A transmitter that is this much wider than the licence on its frequency is another one, not the licensed one too
// wide.
constexpr double unlike_factor = 4.0;
// In a channel wider than a speech channel an emission much narrower than the channel is another transmitter.
constexpr double speech_channel_hz = 25e3;
constexpr double least_share = 0.2;

enum class Fit { none, on_frequency, off_frequency, in_block, unlike, perhaps };

/// How far from its centre an emission still lies in the licensed channel rather than in the next one.
double half_channel(const Licence& licence, const Band* band)
{
    double half = licence.bandwidth_hz.value_or(0.0) / 2.0;
    if (band != nullptr && band->channels) {
        const double half_step = band->channels->raster.step_hz / 2.0;
        half = half > 0.0 ? std::min(half, half_step) : half_step;
    }
    return half;
}

bool fits_block(const Licence& licence, const Heard& heard, const Band* band)
{
    const bool blocks = band != nullptr && (band->block_licences || band->licensing == Licensing::network);
    const double half = heard.bandwidth_hz / 2.0;
    return blocks && licence.bandwidth_hz.value_or(0.0) >= 1e6 &&
           heard.center_hz - half >= licence.low_hz() - heard.u_center_hz &&
           heard.center_hz + half <= licence.high_hz() + heard.u_center_hz;
}

Fit fit(const Licence& licence, const Heard& heard, const Band* band, double tolerance)
{
    const double offset = std::abs(heard.center_hz - licence.center_hz);
    const double width = licence.bandwidth_hz.value_or(0.0);
    if (offset <= tolerance + heard.u_center_hz) {
        const bool much_wider = heard.bandwidth_known && width > 0.0 && heard.bandwidth_hz > unlike_factor * width;
        if (much_wider) {
            return Fit::unlike;
        }
        // Outside the channel it is still within the uncertainty of a poor clock: nothing can be said.
        const double half = half_channel(licence, band);
        return half > 0.0 && offset > std::max(half, tolerance) ? Fit::perhaps : Fit::on_frequency;
    }
    if (fits_block(licence, heard, band)) {
        return Fit::in_block;
    }
    const bool narrow_stranger = width > speech_channel_hz && heard.bandwidth_hz < least_share * width;
    const bool wide_stranger = width > 0.0 && heard.bandwidth_hz > unlike_factor * width;
    if (offset <= half_channel(licence, band) && !narrow_stranger && !wide_stranger) {
        return Fit::off_frequency;
    }
    return Fit::none;
}

class Search {
public:
    Search(const Heard& heard, const Band* band, const Tolerance& tolerance, const std::optional<Place>& place,
           Instant when)
        : heard_(heard), band_(band), tolerance_(tolerance), place_(place), when_(when)
    {
    }

    void consider(const Licence& licence)
    {
        const double tolerance = tolerance_.at(licence.center_hz);
        const Fit found = fit(licence, heard_, band_, tolerance);
        if (found == Fit::none) {
            return;
        }
        const auto away = place_ && licence.place ? std::optional(distance_km(*place_, *licence.place)) : std::nullopt;
        if (licence.validity.over(when_)) {
            keep_nearer(result.expired, licence);
        } else if (!licence.validity.holds(when_)) {
            keep_nearer(result.not_yet, licence);
        } else if (away && licence.radius_km && *away > *licence.radius_km) {
            if (result.elsewhere == nullptr || *away < result.elsewhere_km) {
                result.elsewhere = &licence;
                result.elsewhere_km = *away;
            }
        } else if (found == Fit::unlike) {
            keep_nearer(result.unlike, licence);
        } else if (found == Fit::perhaps) {
            keep_nearer(result.perhaps, licence);
        } else {
            take(licence, found, tolerance, away);
        }
    }

    LicenceSearch result;

private:
    [[nodiscard]] double offset(const Licence& licence) const { return std::abs(heard_.center_hz - licence.center_hz); }

    void keep_nearer(const Licence*& kept, const Licence& licence) const
    {
        if (kept == nullptr || offset(licence) < offset(*kept)) {
            kept = &licence;
        }
    }

    /// A channel that fits beats a block; among channels the one wide enough, then the nearest wins.
    [[nodiscard]] bool better(const Licence& licence, Fit found) const
    {
        if (result.match == nullptr) {
            return true;
        }
        if (result.block != (found == Fit::in_block)) {
            return result.block;
        }
        const auto wide_enough = [this](const Licence& l) {
            return !l.bandwidth_hz || heard_.bandwidth_hz <= *l.bandwidth_hz;
        };
        if (wide_enough(licence) != wide_enough(*result.match)) {
            return wide_enough(licence);
        }
        return offset(licence) < offset(*result.match);
    }

    void take(const Licence& licence, Fit found, double tolerance, std::optional<double> away)
    {
        if (found == Fit::off_frequency) {
            if (result.match == nullptr && (result.off == nullptr || offset(licence) < offset(*result.off))) {
                result.off = &licence;
                set_facts(licence, tolerance, away);
            }
            return;
        }
        if (!better(licence, found)) {
            result.also.push_back(&licence);
            return;
        }
        if (result.match != nullptr) {
            result.also.push_back(result.match);
        }
        result.match = &licence;
        result.block = found == Fit::in_block;
        result.off = nullptr;
        set_facts(licence, tolerance, away);
    }

    void set_facts(const Licence& licence, double tolerance, std::optional<double> away)
    {
        result.tolerance_hz = tolerance;
        result.distance_km = away;
        result.place_unknown = licence.place && !place_;
    }

    const Heard& heard_;
    const Band* band_;
    const Tolerance& tolerance_;
    const std::optional<Place>& place_;
    Instant when_;
};

} // namespace

LicenceSearch search_licences(const LicenceRegister& licences, const Heard& heard, const Band* band,
                              const Tolerance& tolerance, const std::optional<Place>& place, Instant when)
{
    const double step = band != nullptr && band->channels ? band->channels->raster.step_hz : 0.0;
    const double reach = std::max(tolerance.at(heard.center_hz) + heard.u_center_hz, step) * 1.01;
    Search search(heard, band, tolerance, place, when);
    for (const Licence* licence : licences.meeting(heard.center_hz - reach, heard.center_hz + reach)) {
        search.consider(*licence);
    }
    search.result.nearest = licences.nearest(heard.center_hz);
    return search.result;
}

} // namespace gacsong
