// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"

#include <vector>

namespace gacsong {

/// Keeps everything that a run tells, for what is made of all of it at once: a picture, a sweep.
class Collector final : public Sink {
public:
    Status begin(const Run& told) override
    {
        run = told;
        return {};
    }
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
    Status end(const End& told) override
    {
        end_of_run = told;
        return {};
    }

    Run run;
    std::vector<Emission> emissions;
    std::vector<Cell> cells;
    std::vector<Finding> findings;
    std::vector<Gap> gaps;
    std::vector<Message> warnings;
    End end_of_run;
};

} // namespace gacsong
