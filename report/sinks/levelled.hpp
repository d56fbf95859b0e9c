// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/rules/context.hpp"
#include "detect/sink.hpp"
#include "sdr/receivers/levels.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace gacsong {

/// What is known of a receiver's levels as it is set now.
struct KnownLevels {
    std::optional<sdr::LevelCalibration> calibration;
    std::optional<Message> note; ///< what to say of it
};

/// The context with these levels, for what is judged by them.
[[nodiscard]] std::shared_ptr<const JudgeContext> with_levels(std::shared_ptr<const JudgeContext> context,
                                                              const KnownLevels& levels);

/// Levels in dBm for what was found at a frequency that the calibration covers; everything else stays in dBFS.
void calibrate_emission(const sdr::LevelCalibration& calibration, Emission& emission);
void calibrate_cell(const sdr::LevelCalibration& calibration, Cell& cell);

/// Stands before each output and puts the levels in.
class LevelledSink final : public Sink {
public:
    /// `inner` must outlive it.
    LevelledSink(std::shared_ptr<const sdr::LevelCalibration> calibration, Sink& inner)
        : calibration_(std::move(calibration)), inner_(inner)
    {
    }

    Status begin(const Run& run) override { return inner_.begin(run); }
    Status emission(const Emission& emission) override { return inner_.emission(levelled(emission)); }
    Status cell(const Cell& cell) override { return inner_.cell(levelled(cell)); }
    Status heard(const Cell& cell, std::span<const Finding> findings) override
    {
        return inner_.heard(levelled(cell), findings);
    }
    Status broadcast(const BroadcastBlock& block) override { return inner_.broadcast(block); }
    Status finding(const Finding& finding) override { return inner_.finding(finding); }
    Status started(const Emission& emission, std::span<const Finding> findings) override
    {
        return inner_.started(levelled(emission), findings);
    }
    Status withdrawn(const std::string& id, const Message& why) override { return inner_.withdrawn(id, why); }
    Status gap(const Gap& gap) override { return inner_.gap(gap); }
    Status position(const TrackPoint& point) override { return inner_.position(point); }
    Status look(const Look& look) override { return inner_.look(look); }
    Status warning(const Message& message) override { return inner_.warning(message); }
    Status note(const Message& message) override { return inner_.note(message); }
    void progress(const Progress& progress) override { inner_.progress(progress); }
    Status end(const End& end) override { return inner_.end(end); }

private:
    [[nodiscard]] Emission levelled(Emission emission) const
    {
        calibrate_emission(*calibration_, emission);
        return emission;
    }

    [[nodiscard]] Cell levelled(Cell cell) const
    {
        calibrate_cell(*calibration_, cell);
        return cell;
    }

    std::shared_ptr<const sdr::LevelCalibration> calibration_;
    Sink& inner_;
};

/// The outputs of a run on a receiver, each with levels in front of it where they are known.
class LevelledSinks {
public:
    explicit LevelledSinks(std::optional<sdr::LevelCalibration> calibration);
    /// What to give to the line in the place of `views`.
    [[nodiscard]] std::vector<Sink*> before(const std::vector<Sink*>& views);

private:
    std::shared_ptr<const sdr::LevelCalibration> calibration_;
    std::vector<std::unique_ptr<LevelledSink>> sinks_;
};

} // namespace gacsong
