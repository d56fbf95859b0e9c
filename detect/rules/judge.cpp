// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/judge.hpp"

#include "detect/rules/all_rules.hpp"
#include "detect/rules/cells/cell_judge.hpp"
#include "detect/rules/context.hpp"
#include "detect/rules/quantities.hpp"
#include "detect/rules/situation.hpp"
#include "detect/rules/verdict.hpp"

#include <algorithm>
#include <iterator>

namespace gacsong {

namespace {

constexpr std::int64_t day_ns = 86'400'000'000'000;
constexpr std::int64_t old_register_days = 90;

void move_into(std::vector<Reason>& into, std::vector<Reason>& from)
{
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

bool ignore(Emission& emission, const JudgeContext& context)
{
    const Instant when = emission.start.value_or(context.today);
    const auto* row =
        context.ignore.find(*emission.center_hz, emission.bandwidth_hz, emission.uncertainty.center_hz, when);
    if (row == nullptr) {
        return false;
    }
    Message line("verdict.ignored.line", {{"center", frequency(*emission.center_hz, emission.uncertainty.center_hz)}});
    if (!row->reason.empty()) {
        line.arguments.push_back({"reason", row->reason});
    }
    if (row->until) {
        line.arguments.push_back({"until", Instant{row->until->unix_ns - 1}}); // the last day, not the day after
    } else {
        line.arguments.push_back({"until", std::vector<Message>{Message("ignored.no_end")}});
    }
    const auto* band = context.plan.band_at(*emission.center_hz, when);
    emission.service = band != nullptr ? band->service : std::string();
    emission.verdict = Verdict::ignored;
    emission.reasons.push_back(verdict_reason(Verdict::ignored, std::move(line), context.ignore.name));
    return true;
}

/// The verdict's sentence where a rule decided and gave none.
Message usual_line(Verdict verdict, const Situation& s, const RuleResult& result)
{
    const Quantity center = frequency(s.center_hz, s.emission.uncertainty.center_hz);
    if (verdict == Verdict::unknown) {
        return unknown_line(center, result.line.value_or(Message("unknown.no_register")));
    }
    if (result.line) {
        return *result.line;
    }
    return Message("verdict.protected.line", {{"center", center}, {"service", Term{result.service.value_or("")}}});
}

struct Outcome {
    Judged judged;
    std::vector<Finding> findings;
};

Outcome ask_rules(Situation& situation)
{
    Outcome outcome;
    std::vector<Reason> more;
    for (const Rule* rule : rules_in_order()) {
        RuleResult result = rule->evaluate(situation);
        if (result.verdict && !situation.decided) {
            situation.decided = result.verdict;
            outcome.judged.verdict = *result.verdict;
            outcome.judged.service =
                result.service.value_or(situation.band != nullptr ? situation.band->service : std::string());
            const std::string reference = result.finding ? result.finding->reference : std::string();
            outcome.judged.reasons.push_back(
                verdict_reason(*result.verdict, usual_line(*result.verdict, situation, result), reference));
        }
        move_into(more, result.reasons);
        if (result.finding) {
            outcome.findings.push_back(std::move(*result.finding));
        }
    }
    if (!situation.decided) {
        outcome.judged = judge_by_lists(situation);
    }
    move_into(outcome.judged.reasons, more);
    return outcome;
}

std::optional<LicenceMatch> matched(const Situation& situation, Verdict verdict)
{
    const auto* licence = situation.licences.match != nullptr ? situation.licences.match : situation.licences.off;
    if (licence == nullptr || (verdict != Verdict::licensed && verdict != Verdict::violation)) {
        return std::nullopt;
    }
    return LicenceMatch{.id = licence->id, .holder = licence->holder};
}

} // namespace

Judge::Judge(std::shared_ptr<const JudgeContext> context) : context_(std::move(context)) {}

std::vector<Message> Judge::begin(const StreamInfo& stream) const
{
    std::vector<Message> messages = context_->plan.problems;
    if (!stream.center_hz) {
        const auto rules = all_rules();
        const auto left_out = std::count_if(rules.begin(), rules.end(), [](const RuleInfo& rule) {
            return std::find(rule.needs.begin(), rule.needs.end(), "center") != rule.needs.end();
        });
        messages.push_back(Message("warn.centre", {{"n", static_cast<std::int64_t>(left_out)}}));
    }
    if (const auto& cells = context_->cells) {
        const std::int64_t age_days = cells->as_of ? (context_->today.unix_ns - cells->as_of->unix_ns) / day_ns : 0;
        if (!cells->as_of) {
            messages.push_back(Message("warn.cells_no_date", {{"register", cells->name()}}));
        } else if (age_days > old_register_days) {
            messages.push_back(Message("warn.register_age", {{"register", cells->name()}, {"n", age_days}}));
        }
    }
    if (!context_->licences) {
        messages.push_back(Message("unlicensed.no_register", {{"plan", plan_edition()}}));
        return messages;
    }
    if (context_->licences->licences().empty()) {
        messages.push_back(Message("warn.register_empty", {{"register", register_name()}}));
    }
    if (!context_->place) {
        messages.push_back(Message("warn.place"));
    }
    if (const auto as_of = context_->licences->as_of) {
        const std::int64_t age_days = (context_->today.unix_ns - as_of->unix_ns) / day_ns;
        if (age_days > old_register_days) {
            messages.push_back(Message("warn.register_age", {{"register", register_name()}, {"n", age_days}}));
        }
    }
    return messages;
}

std::vector<Finding> Judge::judge(Emission& emission) const
{
    emission.reasons.clear();
    emission.licence.reset();
    if (!emission.center_hz) {
        const Quantity offset = frequency(emission.offset_hz, emission.uncertainty.center_hz);
        emission.verdict = Verdict::unknown;
        emission.reasons.push_back(
            verdict_reason(Verdict::unknown, unknown_line(offset, Message("unknown.no_centre"))));
        return {};
    }
    if (ignore(emission, *context_)) {
        return {};
    }
    Situation situation = gather(emission, *context_);
    Outcome outcome = ask_rules(situation);
    emission.licence = matched(situation, outcome.judged.verdict);
    emission.verdict = outcome.judged.verdict;
    emission.service = std::move(outcome.judged.service);
    emission.reasons = std::move(outcome.judged.reasons);
    return std::move(outcome.findings);
}

std::string Judge::plan_edition() const { return context_->plan.full_name(); }

std::string Judge::register_name() const { return context_->licences ? context_->licences->name() : std::string(); }

std::vector<Finding> Judge::judge(std::span<Cell> cells, std::span<const Cell> before,
                                  std::optional<Instant> start) const
{
    return judge_cells(cells, before, *context_, start);
}

} // namespace gacsong
