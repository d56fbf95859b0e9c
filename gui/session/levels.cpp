// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/levels.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::gui {

std::optional<double> power_at(const Session& session, double low_hz, double high_hz, double at_s)
{
    const double rate = session.recording()->timeline.sample_rate_hz();
    const auto row = session.tiles().find_any({}, static_cast<std::int64_t>(at_s * rate));
    if (!row || (row->state() != RowState::rough && row->state() != RowState::whole))
        return std::nullopt;
    const auto levels = row->mean();
    const double bin_hz = rate / static_cast<double>(levels.size());
    const auto bin = [&](double hz) {
        return std::clamp(static_cast<std::ptrdiff_t>(std::floor((hz + 0.5 * rate) / bin_hz + 0.5)), std::ptrdiff_t{0},
                          static_cast<std::ptrdiff_t>(levels.size()) - 1);
    };
    double power = 0.0;
    for (std::ptrdiff_t k = bin(low_hz); k <= bin(high_hz); ++k)
        power += std::pow(10.0, 1e-3 * levels[static_cast<std::size_t>(k)]);
    return power;
}

Quantity shown_level(const Session& session, double offset_hz, double level_dbfs)
{
    const auto& recording = session.recording();
    if (recording && recording->levels && recording->stream.center_hz)
        if (const auto point = sdr::level_at(*recording->levels, *recording->stream.center_hz + offset_hz))
            return {level_dbfs + point->offset_db, Unit::dbm};
    return {level_dbfs, Unit::dbfs};
}

Quantity shown_level(const Emission& emission)
{
    return emission.power_dbm ? Quantity{*emission.power_dbm, Unit::dbm} : Quantity{emission.power_dbfs, Unit::dbfs};
}

} // namespace gacsong::gui
