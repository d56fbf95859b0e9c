// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/tracking.hpp"

#include "detect/cells/lte/phy/alignment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace gacsong::detect::lte {

namespace {

constexpr std::int64_t most_subframes = 64;
constexpr double clear_agreement = 0.25; ///< from which on every subframe's own timing is followed

using Complex = std::complex<double>;

struct Sums {
    Complex turn; ///< over half a subframe
    double noise = 0.0;
    double reference = 0.0;
    double total = 0.0;
};

/// Delay that one subframe shows, and how sure it is of it: 1 where all reference signals agree.
struct Delay {
    std::int64_t half_frame = 0;
    double at_s = 0.0;
    double delay_s = 0.0;
    double agreement = 0.0;
};

constexpr double six_subcarriers = 2.0 * std::numbers::pi * 6.0 * subcarrier_hz;

double median(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Seconds of delay for each second: the median slope between subframes that are not far apart, so that a hole in a
/// recording does not count.
std::optional<double> pace_of(const std::vector<Delay>& delays)
{
    constexpr double least_s = 14e-3;
    constexpr double most_s = 60e-3;
    std::vector<double> slopes;
    for (std::size_t i = 0; i < delays.size(); ++i)
        for (std::size_t j = i + 1; j < delays.size(); ++j)
            if (const double apart = delays[j].at_s - delays[i].at_s; apart > least_s && apart < most_s)
                slopes.push_back((delays[j].delay_s - delays[i].delay_s) / apart);
    if (slopes.size() < 6)
        return std::nullopt;
    return median(slopes);
}

/// The delay of each half frame from the first to the last: the median of it and its two neighbours' on each side.
void follow(Place& place, const std::vector<Delay>& delays)
{
    constexpr std::size_t reach = 2;
    place.late_first = delays.front().half_frame;
    place.late.assign(static_cast<std::size_t>(delays.back().half_frame - place.late_first) + 1, 0.0);
    std::size_t next = 0;
    for (std::size_t i = 0; i < place.late.size(); ++i) {
        while (next + 1 < delays.size() &&
               delays[next + 1].half_frame <= place.late_first + static_cast<std::int64_t>(i))
            ++next;
        std::vector<double> around;
        for (std::size_t j = next > reach ? next - reach : 0; j <= std::min(next + reach, delays.size() - 1); ++j)
            around.push_back(delays[j].delay_s);
        place.late[i] = median(around);
    }
}

Delay add_subframe(Sums& sums, const Grid& grid, ChannelEstimator& estimator, Identity identity, unsigned subframe)
{
    const unsigned in_slot = identity.numerology.symbols_in_slot();
    Complex slope;
    double all = 0.0;
    for (const unsigned port : {0U, 1U}) {
        for (const unsigned l : {0U, identity.numerology.second_reference()}) {
            const auto a = estimator.pilots(grid, subframe, l, port);
            const auto b = estimator.pilots(grid, subframe, in_slot + l, port);
            for (std::size_t m = 0; m < a.values.size(); ++m)
                sums.turn += Complex(std::conj(a.values[m]) * b.values[m]);
            for (const auto* p : {&a, &b})
                for (std::size_t m = 0; m + 1 < p->values.size(); ++m) {
                    slope += Complex(std::conj(p->values[m]) * p->values[m + 1]);
                    all += std::norm(p->values[m]);
                }
        }
    }
    for (const unsigned l : {0U, in_slot})
        for (const Sample& x : grid.row(l))
            sums.total += std::norm(x) / (2.0 * grid.width());
    return {0, 0.0, -std::arg(slope) / six_subcarriers, std::abs(slope) / std::max(all, 1e-30)};
}

/// What the coarse grid of the first turn and the fine one of the later ones look at.
constexpr double reach_hz = 1000.0;
constexpr double step_hz = 125.0;
constexpr double reach_s = 2.4e-6;
constexpr double step_s = 0.4e-6;
constexpr double looked_at = 7.0; ///< ln of the number of places that are tried

void align(Place& place, const Alignment& alignment, bool coarsely)
{
    Alignment::Point point;
    if (coarsely)
        point = alignment.best(point, reach_hz, step_hz, reach_s, step_s);
    point = alignment.best(point, step_hz, step_hz / 5.0, step_s, step_s / 4.0);
    place.shift_hz += point.shift_hz;
    place.frame_s += point.delay_s;
}

Measured track_from(SubframeReader& reader, ChannelEstimator& estimator, Identity identity, Place place, double seconds)
{
    Measured out;
    out.place = std::move(place);
    out.place.late.clear();
    Grid grid;
    constexpr int turns = 4;
    for (int turn = 0; turn < turns; ++turn) {
        const bool final_turn = turn == turns - 1;
        Sums sums;
        Alignment alignment;
        std::vector<Delay> delays;
        const auto first = static_cast<std::int64_t>(std::ceil(-out.place.frame_s / 5e-3));
        const auto count = static_cast<std::int64_t>(seconds / 5e-3) + 1;
        const std::int64_t step = std::max<std::int64_t>(1, (count + most_subframes - 1) / most_subframes);
        for (std::int64_t half = first - 1; half <= first + count; half += step) {
            const std::int64_t number = 5 * half;
            if (!reader.read(out.place, number, grid))
                continue;
            const auto subframe = static_cast<unsigned>(((number % 10) + 10) % 10);
            Delay delay = add_subframe(sums, grid, estimator, identity, subframe);
            alignment.add(grid, estimator, identity, subframe);
            delay.half_frame = half;
            delay.at_s = SubframeReader::begin_s(out.place, number);
            delays.push_back(delay);
            if (final_turn) {
                const ChannelEstimate estimate = estimator.estimate(grid, subframe, 2);
                sums.noise += estimate.noise;
                sums.reference += std::max(estimate.ports[0].power, estimate.ports[1].power);
            }
        }
        if (delays.empty())
            return out;
        const auto n = static_cast<double>(delays.size());
        if (final_turn) {
            out.noise = sums.noise / n;
            out.reference_power = sums.reference / n;
            out.total = sums.total / n;
            out.evidence = std::max(0.0, alignment.evidence() - looked_at);
            break;
        }
        std::vector<double> agreements;
        for (const Delay& delay : delays)
            agreements.push_back(delay.agreement);
        if (median(agreements) < clear_agreement) {
            align(out.place, alignment, turn == 0);
            continue;
        }
        out.place.shift_hz += std::arg(sums.turn) / (2.0 * std::numbers::pi * 0.5e-3);
        const auto pace = turn < turns - 2 ? pace_of(delays) : std::nullopt;
        if (pace) {
            const double change = std::clamp(*pace, -5e-5, 5e-5);
            // The middle of the stretch stays where it is.
            std::vector<double> at;
            for (const Delay& delay : delays)
                at.push_back(delay.delay_s - change * (delay.at_s - out.place.frame_s));
            out.place.frame_s += median(at);
            out.place.lasting += change;
            out.pace = out.place.lasting;
        } else {
            follow(out.place, delays);
        }
    }
    return out;
}

/// In TDD the synchronisation signals are three symbols apart; weak ones leave it open by how many turns their phase
/// differs. What one turn is:
double turn_hz(Numerology numerology)
{
    return 1.0 / ((3 * 2048 + numerology.prefix(0) + numerology.prefix(1) + numerology.prefix(2)) * unit_s);
}

} // namespace

Measured track(SubframeReader& reader, ChannelEstimator& estimator, Identity identity, Place place, double seconds,
               const OtherPaces& others)
{
    constexpr double clear = 50.0;
    constexpr double surer = 3.0;
    Measured best = track_from(reader, estimator, identity, place, seconds);
    const double least = best.evidence + surer;
    const auto try_place = [&](const Place& other) {
        if (Measured one = track_from(reader, estimator, identity, other, seconds);
            one.evidence > std::max(least, best.evidence))
            best = std::move(one);
    };
    for (const double pace : others.lasting) {
        if (best.evidence > clear)
            break;
        Place other = place;
        other.frame_s += others.middle_s * (place.lasting - pace);
        other.lasting = pace;
        try_place(other);
    }
    if (identity.tdd && best.evidence <= clear) {
        for (const double turns : {-1.0, 1.0}) {
            Place other = place;
            other.shift_hz += turns * turn_hz(identity.numerology);
            try_place(other);
        }
    }
    return best;
}

} // namespace gacsong::detect::lte
