// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "dsp/sample_source.hpp"
#include "report/power/power_meter.hpp"

#include <vector>

namespace gacsong::app {

/// Keeps what one look of a sweep tells.
class LookSink final : public Sink {
public:
    Status emission(const Emission& emission) override
    {
        emissions.push_back(emission);
        return {};
    }
    Status cell(const Cell& cell) override
    {
        cells.push_back(cell);
        return {};
    }
    Status finding(const Finding& finding) override
    {
        findings.push_back(finding);
        return {};
    }
    Status gap(const Gap& gap) override
    {
        gaps.push_back(gap);
        return {};
    }
    Status warning(const Message& message) override
    {
        warnings.push_back(message);
        return {};
    }

    std::vector<Emission> emissions;
    std::vector<Cell> cells;
    std::vector<Finding> findings;
    std::vector<Gap> gaps;
    std::vector<Message> warnings;
};

/// Passes the samples of a look on and measures their power by frequency.
class TappedSource final : public SampleSource {
public:
    /// Both must outlive it.
    TappedSource(SampleSource& inner, PowerMeter& meter) : inner_(inner), meter_(meter) {}

    [[nodiscard]] const StreamInfo& info() const override { return inner_.info(); }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        auto block = inner_.next(most);
        if (block && *block) {
            if ((*block)->begins)
                meter_.restart();
            meter_.add((*block)->bytes);
        }
        return block;
    }
    [[nodiscard]] std::optional<Message> shortfall() const override { return inner_.shortfall(); }
    [[nodiscard]] std::vector<Message> take_notes() override { return inner_.take_notes(); }

private:
    SampleSource& inner_;
    PowerMeter& meter_;
};

} // namespace gacsong::app
