// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/cell_judge.hpp"

#include "detect/rules/cells/cell_fields.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/rules/cells/score.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace gacsong {

namespace {

constexpr unsigned fake_from = 60;
constexpr unsigned suspect_from = 41;
constexpr const char* fault_key = "cell_needs.receiver";
/// Groups of which a single short pass says nothing (X2).
bool needs_time(std::string_view group)
{
    return group == "APPEAR" || group == "MOVE" || group == "PAIR" || group == "TRAF";
}

/// One pass of less than 30 s (X2): a run within the hour before makes it more than one.
bool one_shot(const CellCase& c)
{
    constexpr double least_s = 30.0;
    constexpr std::int64_t hour_ns = 3'600'000'000'000;
    if (c.dwell_s() >= least_s)
        return false;
    if (!c.context().memory || !c.dated() || !c.cell().cell)
        return true;
    const auto earlier = c.context().memory->of_identity(c.cell().technology, c.cell().plmn, *c.cell().cell,
                                                         {c.when().unix_ns - hour_ns}, {c.when().unix_ns - 1});
    return std::none_of(earlier.begin(), earlier.end(),
                        [&](const CellSighting& one) { return one.channel == c.cell().channel; });
}

bool applies(const Indicator& indicator, const Cell& cell)
{
    return indicator.technologies == "all" || indicator.technologies == cell.technology;
}

void ask(const Indicator& indicator, const CellCase& c, bool once, Cell& into)
{
    if (!applies(indicator, c.cell()))
        return;
    const std::string code(indicator.code);
    const bool short_pass = once && needs_time(indicator.group) && indicator.weight > 0.0;
    const Answer answer = short_pass ? lacks("one_shot") : indicator.evaluate(c);
    if (const auto* missing = answer.not_evaluated()) {
        into.left_out.push_back({code, missing->why});
        return;
    }
    const auto* fired = answer.fired();
    if (fired == nullptr)
        return;
    const double weight = fired->weight > 0.0 ? fired->weight : indicator.weight;
    into.indicators.push_back({code, weight, fired->q, std::string(indicator.group), fired->q * weight,
                               indicator.core && fired->core,
                               Message("indicator." + code + "." + fired->why, fired->values)});
}

RegisterMatch match_of(const Cell& cell, const CellCase& c)
{
    const auto none = [](const auto& list, std::initializer_list<std::string_view> codes) {
        return std::none_of(list.begin(), list.end(), [&](const auto& one) {
            return std::find(codes.begin(), codes.end(), one.code) != codes.end();
        });
    };
    RegisterMatch match;
    match.any = !c.rows().empty() && !c.only_reported() && none(cell.indicators, {"R03", "R04", "R05", "R06"});
    // Where the register excuses the station (X5), what is left to compare is its area.
    match.complete =
        match.any && (c.excused() ? none(cell.left_out, {"R05"}) : none(cell.left_out, {"R03", "R04", "R05", "R06"}));
    return match;
}

std::string verdict_of(const Cell& cell, const CellCase& c, const CellScore& score, const RegisterMatch& match)
{
    if (!c.identified())
        return "unknown";
    const bool light_foreign = std::any_of(cell.indicators.begin(), cell.indicators.end(),
                                           [](const auto& one) { return one.code == "R01" && !one.core; });
    if (light_foreign && score.core_groups == 0)
        return "foreign";
    if (score.score >= fake_from)
        return "fake";
    if (score.score >= suspect_from)
        return "suspect";
    return match.any ? "registered" : "unregistered";
}

std::string country_of(const CellCase& c)
{
    for (const auto& network : c.context().plan.networks) {
        if (network.plmn == c.cell().plmn)
            return network.name + ", " + network.country;
    }
    return c.country();
}

Message reason_of(const Cell& cell, const CellCase& c, const CellScore& score)
{
    std::vector<Argument> values{
        {"cell", cell_name(cell)},
        {"plmn", cell.plmn},
        {"channel", cell.channel ? std::to_string(*cell.channel) : std::string("?")},
        {"score", static_cast<std::int64_t>(score.score)},
        {"n", static_cast<std::int64_t>(cell.indicators.size())},
        {"country", country_of(c)},
        {"register", c.context().cells ? c.context().cells->name() : std::string()},
        {"why", std::vector<Message>{Message("cell_needs.decoded")}},
    };
    const std::string stem = "verdict." + cell.verdict;
    if (cell.verdict == "unknown")
        return Message(stem + ".cell", std::move(values));
    if (cell.verdict == "registered" && !cell.indicators.empty())
        return Message(stem + ".remarks", std::move(values));
    if (cell.verdict == "unregistered" && !c.register_covers())
        return Message(stem + ".no_list", std::move(values));
    if (cell.verdict == "fake" && score.core_groups < 2) {
        const auto alone = std::find_if(cell.indicators.begin(), cell.indicators.end(), [](const auto& one) {
            return one.code == "R02" || one.code == "R07" || one.code == "N07";
        });
        if (alone != cell.indicators.end()) {
            values.push_back({"code", alone->code});
            values.push_back({"name", std::vector<Message>{Message("indicator." + alone->code + ".name")}});
            return Message(stem + ".alone", std::move(values));
        }
    }
    return Message(stem + ".line", std::move(values));
}

/// X6: what fires on many cells of a scan is the receiver's.
void drop_receiver_faults(std::span<Cell> cells)
{
    constexpr std::size_t least_cells = 5;
    if (cells.size() < least_cells)
        return;
    for (const std::string_view code : {"C01", "C07", "P05", "P06", "P10", "P11"}) {
        const auto is = [code](const auto& one) { return one.code == code; };
        const auto count = std::count_if(cells.begin(), cells.end(), [&](const Cell& cell) {
            return std::any_of(cell.indicators.begin(), cell.indicators.end(), is);
        });
        if (5 * static_cast<std::size_t>(count) <= cells.size())
            continue;
        for (auto& cell : cells) {
            if (std::erase_if(cell.indicators, is) > 0)
                cell.left_out.push_back({std::string(code), Message(fault_key)});
        }
    }
}

Finding finding_of(const Cell& cell)
{
    Finding finding;
    finding.subject = cell.id;
    finding.rule = "fake-base-station";
    finding.severity = cell.verdict == "fake" ? Severity::danger : Severity::serious;
    finding.center_hz = cell.carrier_hz;
    finding.message = *cell.reason;
    return finding;
}

} // namespace

std::vector<std::string> receiver_faults(std::span<const Cell> cells)
{
    std::vector<std::string> codes;
    for (const Cell& cell : cells)
        for (const CellLeftOut& one : cell.left_out)
            if (one.reason.key == fault_key && std::ranges::find(codes, one.code) == codes.end())
                codes.push_back(one.code);
    return codes;
}

std::vector<Finding> judge_cells(std::span<Cell> cells, std::span<const Cell> before, const JudgeContext& context,
                                 std::optional<Instant> start)
{
    std::vector<Cell> scan(before.begin(), before.end());
    scan.insert(scan.end(), cells.begin(), cells.end());
    const auto received = [&](const Cell& cell) {
        return start ? Instant{start->unix_ns + static_cast<std::int64_t>(std::llround(cell.first_s * 1e9))}
                     : context.today;
    };
    if (cells.empty())
        return {};
    const Surroundings around(scan, context, received(cells.front()), start.has_value());
    std::vector<CellCase> cases;
    cases.reserve(cells.size());
    for (auto& cell : cells) {
        const Cell& seen = scan[before.size() + static_cast<std::size_t>(&cell - cells.data())];
        cases.emplace_back(seen, around, context, received(cell), start.has_value());
        cell.indicators.clear();
        cell.left_out.clear();
        const bool once = one_shot(cases.back());
        for (const auto& indicator : all_indicators())
            ask(indicator, cases.back(), once, cell);
    }
    drop_receiver_faults(cells);
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Cell& cell = cells[i];
        if (!cases[i].identified())
            cell.indicators.clear(); // X1: no score
        const auto match = match_of(cell, cases[i]);
        const auto score = score_cell(cell.indicators, match);
        cell.groups = score.groups;
        cell.verdict = verdict_of(cell, cases[i], score, match);
        if (cell.verdict != "unknown")
            cell.score = score.score;
        cell.reason = reason_of(cell, cases[i], score);
        if (cell.verdict == "fake" || cell.verdict == "suspect")
            findings.push_back(finding_of(cell));
    }
    return findings;
}

} // namespace gacsong
