// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/json/record_json.hpp"
#include "report/sinks/output.hpp"

namespace gacsong {

/// JSON Lines (contract.md §2): one record a line, `run` first and `end` last for each input.
class JsonLines final : public Sink {
public:
    /// Everything referred to must outlive the sink.
    JsonLines(Output& output, Wordings wordings, bool with_bursts)
        : output_(output), wordings_(wordings), with_bursts_(with_bursts)
    {
    }

    Status begin(const Run& run) override { return output_.line(run_json(run)); }
    Status emission(const Emission& emission) override
    {
        return output_.line(emission_json(emission, wordings_, with_bursts_));
    }
    Status cell(const Cell& cell) override { return output_.line(cell_json(cell, wordings_)); }
    Status heard(const Cell& cell, std::span<const Finding> findings) override
    {
        return output_.line(heard_json(cell, findings, wordings_));
    }
    Status finding(const Finding& finding) override { return output_.line(finding_json(finding, wordings_)); }
    Status started(const Emission& emission, std::span<const Finding> findings) override
    {
        return output_.line(started_json(emission, findings, wordings_));
    }
    Status withdrawn(const std::string& id, const Message& why) override
    {
        return output_.line(withdrawn_json(id, why, wordings_));
    }
    Status gap(const Gap& gap) override { return output_.line(gap_json(gap)); }
    Status position(const TrackPoint& point) override { return output_.line(position_json(point)); }
    Status look(const Look& look) override { return output_.line(look_json(look)); }
    Status warning(const Message& message) override { return output_.line(warning_json(message, wordings_)); }
    Status end(const End& end) override
    {
        return output_.line(end_json(end, wordings_)).and_then([this] { return output_.flush(); });
    }

private:
    Output& output_;
    Wordings wordings_;
    bool with_bursts_;
};

} // namespace gacsong
