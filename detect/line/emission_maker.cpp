// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/emission_maker.hpp"

#include "detect/line/worker_pool.hpp"
#include "detect/signatures/designation.hpp"
#include "detect/signatures/recogniser.hpp"

#include <cmath>

namespace gacsong::detect {

Emission EmissionMaker::measured(const Track& track) const
{
    const Reference reference{segment_.center_hz, settings_.clock_ppm, settings_.clock_correction_ppm,
                              info_.sample_rate_hz};
    Emission emission = measure(track, reference);
    if (segment_.start) {
        const auto moment = [&](double at_s) {
            return Instant{segment_.start->unix_ns + static_cast<std::int64_t>(std::llround((at_s - origin_s_) * 1e9))};
        };
        emission.start = moment(emission.start_s);
        emission.end = moment(emission.end_s);
    }
    return emission;
}

std::vector<Emission> EmissionMaker::named(std::span<const Track> tracks) const
{
    std::vector<Emission> out;
    for (const auto& track : tracks)
        out.push_back(measured(track));
    if (settings_.recognise) {
        const Replay replay{&history_, info_.sample_rate_hz, segment_.first_sample,
                            origin_s_, segment_.center_hz,   settings_.clock_correction_ppm};
        recognise(out, replay, thread_count(settings_.threads), settings_.helpers);
    }
    return out;
}

Emission EmissionMaker::of_cell(const CellCarriers::Claimed& claimed) const
{
    Emission emission = measured(claimed.track);
    emission.modulation = claimed.modulation;
    emission.system = claimed.system;
    emission.recognition = {claimed.seen};
    emission.designator = designator_of(emission);
    return emission;
}

} // namespace gacsong::detect
