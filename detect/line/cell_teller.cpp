// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/cell_teller.hpp"

#include "detect/line/cell_parts.hpp"
#include "detect/rules/cells/cell_judge.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_compared = 4096;
constexpr double again_s = 30.0; ///< after which a cell is told of anew though nothing changed

/// What makes it worth telling of a cell again.
std::string gist(const Cell& cell)
{
    std::string out = cell.plmn + "/" + std::to_string(cell.area.value_or(0)) + "/" +
                      std::to_string(cell.cell.value_or(0)) + "/" + cell.verdict;
    for (const std::string& name : cell.decoded)
        out += "," + name;
    for (const CellIndicator& indicator : cell.indicators)
        out += ";" + indicator.code;
    return out;
}

} // namespace

void CellTeller::put_time(Cell& cell) const
{
    if (info_.start)
        cell.start = Instant{info_.start->unix_ns + static_cast<std::int64_t>(std::llround(cell.first_s * 1e9))};
}

void CellTeller::pass_on(const CellReport& report)
{
    for (const auto& block : report.blocks)
        outlet_.tell([&](Sink& sink) { return sink.broadcast(block); });
    for (const auto& note : report.notes)
        outlet_.tell([&](Sink& sink) { return sink.note(note); });
}

/// The cell's place among those with a name. Within a segment a cell is known by where it is received, whatever it says
/// of its identity; across samples that were lost both must fit.
CellTeller::Held& CellTeller::held(const Cell& cell, std::set<const Held*>& taken, End& end)
{
    auto known = std::ranges::find_if(held_, [&](const auto& one) {
        return !taken.contains(one.get()) && same_place(one->now, cell) &&
               (one->fresh || same_identity(one->now, cell));
    });
    if (known == held_.end()) {
        held_.push_back(std::make_unique<Held>(Held{"c" + std::to_string(++end.cells), {}, cell, true, {}, {}}));
        known = std::prev(held_.end());
    }
    Held& one = **known;
    taken.insert(&one);
    one.fresh = true;
    one.now = one.before ? joined(*one.before, cell) : cell;
    one.now.id = one.id;
    put_time(one.now);
    return one;
}

/// What was heard in this scan and is not being received now.
std::vector<Cell> CellTeller::beside() const
{
    std::vector<Cell> out = told_;
    for (const auto& one : held_)
        if (!one->fresh && out.size() < most_compared)
            out.push_back(one->now);
    return out;
}

void CellTeller::hear(std::vector<std::vector<Cell>> cells, double now_s, End& end)
{
    std::vector<Cell> before = beside();
    std::set<const Held*> taken;
    for (auto& list : cells) {
        std::vector<Held*> places;
        for (Cell& cell : list) {
            places.push_back(&held(cell, taken, end));
            cell = places.back()->now;
        }
        auto findings = judge_.judge(list, before, info_.start);
        for (std::size_t i = 0; i < list.size(); ++i) {
            Held& one = *places[i];
            one.now = list[i];
            std::string now = gist(list[i]);
            if (one.told_s && now == one.told && now_s - *one.told_s < again_s)
                continue;
            one.told = std::move(now);
            one.told_s = now_s;
            std::vector<Finding> own;
            std::ranges::copy_if(findings, std::back_inserter(own),
                                 [&](const Finding& finding) { return finding.subject == one.id; });
            outlet_.tell([&](Sink& sink) { return sink.heard(list[i], own); });
        }
        before.insert(before.end(), list.begin(), list.end());
    }
}

void CellTeller::hold(const CellReport& report, End& end)
{
    pass_on(report);
    std::set<const Held*> taken;
    for (const Cell& cell : report.cells) {
        Held& one = held(cell, taken, end);
        one.before = one.now;
    }
}

void CellTeller::new_segment()
{
    for (const auto& one : held_)
        one->fresh = false;
}

void CellTeller::tell(const CellReport& report, End& end)
{
    CellReport rest;
    rest.blocks = report.blocks;
    pass_on(rest);
    std::set<const Held*> taken;
    std::vector<Cell> cells;
    for (const Cell& cell : report.cells)
        cells.push_back(held(cell, taken, end).now);
    std::erase_if(held_, [&](const auto& one) { return taken.contains(one.get()); });
    give_out(std::move(cells), end);
    rest.blocks.clear();
    rest.notes = report.notes;
    pass_on(rest);
}

void CellTeller::let_go(End& end)
{
    std::vector<Cell> cells;
    for (auto& one : std::exchange(held_, {}))
        cells.push_back(std::move(one->now));
    if (!cells.empty())
        give_out(std::move(cells), end);
}

void CellTeller::give_out(std::vector<Cell> cells, End& end)
{
    auto findings = judge_.judge(cells, beside(), info_.start);
    warn_of_faults(cells);
    for (const Cell& cell : cells)
        outlet_.tell([&](Sink& sink) { return sink.cell(cell); });
    for (auto& finding : findings) {
        finding.id = "f" + std::to_string(++end.findings);
        outlet_.tell([&](Sink& sink) { return sink.finding(finding); });
    }
    const std::size_t room = most_compared - std::min(told_.size(), most_compared);
    told_.insert(told_.end(), cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(std::min(room, cells.size())));
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
