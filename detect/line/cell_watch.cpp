// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/cell_watch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gacsong::detect {

namespace {
constexpr double hear_every_s = 1.0; ///< of what goes on: looks at what cells have said so far
} // namespace

void CellWatch::begin(const CellInput& input)
{
    searchers_.clear();
    for (const auto make : all_cell_searchers())
        if (auto searcher = make(input))
            searchers_.push_back(std::move(searcher));
}

void CellWatch::add(std::span<const std::byte> bytes, double now_s, End& end)
{
    for (auto& searcher : searchers_) {
        searcher->add(bytes);
        teller_.pass_on(searcher->take());
    }
    if (!goes_on_ || now_s - heard_at_s_ < hear_every_s)
        return;
    heard_at_s_ = now_s;
    std::vector<std::vector<Cell>> heard;
    for (const auto& searcher : searchers_)
        heard.push_back(searcher->heard());
    teller_.hear(std::move(heard), now_s, end);
}

void CellWatch::finish()
{
    for (auto& searcher : searchers_) {
        searcher->finish();
        ended_.push_back(searcher->take());
    }
    searchers_.clear();
}

std::vector<Cell> CellWatch::heard() const
{
    std::vector<Cell> out;
    for (const auto& searcher : searchers_)
        std::ranges::move(searcher->heard(), std::back_inserter(out));
    for (const CellReport& report : ended_)
        std::ranges::copy(report.cells, std::back_inserter(out));
    return out;
}

void CellWatch::tell(bool continued, End& end)
{
    for (const CellReport& report : std::exchange(ended_, {})) {
        if (continued)
            teller_.hold(report, end);
        else
            teller_.tell(report, end);
    }
    if (continued)
        teller_.new_segment();
    else
        teller_.let_go(end);
}

} // namespace gacsong::detect
