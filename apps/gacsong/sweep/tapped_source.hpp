// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "report/power/power_meter.hpp"

#include <optional>
#include <vector>

namespace gacsong::app {

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
