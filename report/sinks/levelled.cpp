// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/levelled.hpp"

#include <cmath>

namespace gacsong {

std::shared_ptr<const JudgeContext> with_levels(std::shared_ptr<const JudgeContext> context, const KnownLevels& levels)
{
    if (!levels.calibration)
        return context;
    auto with = std::make_shared<JudgeContext>(*context);
    with->full_scale_dbm = [calibration = *levels.calibration](double frequency_hz) {
        const auto point = sdr::level_at(calibration, frequency_hz);
        return point ? std::optional(point->offset_db) : std::nullopt;
    };
    return with;
}

void calibrate_emission(const sdr::LevelCalibration& calibration, Emission& emission)
{
    const auto point = emission.center_hz ? sdr::level_at(calibration, *emission.center_hz) : std::nullopt;
    if (!point || emission.clipped) // a level at the limit of the receiver says nothing
        return;
    emission.power_dbm = emission.power_dbfs + point->offset_db;
    emission.uncertainty.level_db = std::hypot(emission.uncertainty.power_db, point->u_db);
}

void calibrate_cell(const sdr::LevelCalibration& calibration, Cell& cell)
{
    const auto point = cell.carrier_hz && cell.level_dbfs ? sdr::level_at(calibration, *cell.carrier_hz) : std::nullopt;
    if (point)
        cell.level_dbm = *cell.level_dbfs + point->offset_db;
}

LevelledSinks::LevelledSinks(std::optional<sdr::LevelCalibration> calibration)
{
    if (calibration)
        calibration_ = std::make_shared<const sdr::LevelCalibration>(std::move(*calibration));
}

std::vector<Sink*> LevelledSinks::before(const std::vector<Sink*>& views)
{
    if (!calibration_)
        return views;
    std::vector<Sink*> levelled;
    for (Sink* view : views) {
        sinks_.push_back(std::make_unique<LevelledSink>(calibration_, *view));
        levelled.push_back(sinks_.back().get());
    }
    return levelled;
}

} // namespace gacsong
