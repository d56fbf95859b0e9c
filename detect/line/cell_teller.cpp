// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/cell_teller.hpp"

#include "detect/rules/cells/cell_judge.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_compared = 4096;

} // namespace

void CellTeller::tell(const CellReport& report, End& end)
{
    for (const auto& block : report.blocks)
        outlet_.tell([&](Sink& sink) { return sink.broadcast(block); });
    auto cells = report.cells;
    for (Cell& cell : cells) {
        cell.id = "c" + std::to_string(++end.cells);
        if (info_.start)
            cell.start = Instant{info_.start->unix_ns + static_cast<std::int64_t>(std::llround(cell.first_s * 1e9))};
    }
    auto findings = judge_.judge(cells, told_, info_.start);
    warn_of_faults(cells);
    for (const Cell& cell : cells)
        outlet_.tell([&](Sink& sink) { return sink.cell(cell); });
    for (auto& finding : findings) {
        finding.id = "f" + std::to_string(++end.findings);
        outlet_.tell([&](Sink& sink) { return sink.finding(finding); });
    }
    const std::size_t room = most_compared - std::min(told_.size(), most_compared);
    told_.insert(told_.end(), cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(std::min(room, cells.size())));
    for (const auto& note : report.notes)
        outlet_.tell([&](Sink& sink) { return sink.note(note); });
}

void CellTeller::warn_of_faults(const std::vector<Cell>& cells)
{
    for (const std::string& code : receiver_faults(cells)) {
        if (!faults_.insert(code).second)
            continue;
        const Message warning("warn.receiver_fault",
                              {{"code", code}, {"name", std::vector<Message>{Message("indicator." + code + ".name")}}});
        outlet_.tell([&](Sink& sink) { return sink.warning(warning); });
    }
}

} // namespace gacsong::detect
