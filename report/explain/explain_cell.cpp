// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain_cell.hpp"

#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace gacsong {
namespace {

// The limits of fake-base-stations.md §2.7 that a sum may have been held to.
constexpr double without_core = 40.0;
constexpr double with_one_core = 59.0;
constexpr double most = 100.0;

/// The sentences about one base station in one language.
class CellExplanation {
public:
    CellExplanation(const Cell& cell, const Wording& words, const std::optional<PastLevels>& past = std::nullopt)
        : c_(cell), words_(words), past_(past)
    {
    }

    [[nodiscard]] std::string summary() const;
    [[nodiscard]] std::vector<std::string> verdict() const;
    [[nodiscard]] std::vector<std::string> arithmetic() const;
    [[nodiscard]] std::vector<std::string> left_out() const;
    [[nodiscard]] std::vector<std::string> measured() const;
    [[nodiscard]] std::vector<std::string> next_steps() const;

private:
    [[nodiscard]] std::string line(std::string_view quantity, Value value) const
    {
        return words_.text(
            Message("explain.line", {{"quantity", words_.text(fmt::format("explain_cell.quantity.{}", quantity))},
                                     {"value", std::move(value)}}));
    }
    /// An argument of the verdict's sentence: the judge has already put identity and operator into words.
    [[nodiscard]] Value said(std::string_view name) const
    {
        if (c_.reason)
            for (const Argument& argument : c_.reason->arguments)
                if (argument.name == name)
                    return argument.value;
        return std::string{};
    }
    [[nodiscard]] std::string held_at(double sum) const;

    const Cell& c_;
    const Wording& words_;
    std::optional<PastLevels> past_;
};

std::string CellExplanation::summary() const
{
    const Value carrier =
        c_.carrier_hz ? Value{Quantity{*c_.carrier_hz, Unit::frequency, 1e5}}
                      : Value{std::vector<Message>{
                            Message("explain.offset", {{"offset", Quantity{c_.baseband_hz, Unit::frequency, 10.0}}})}};
    return words_.text(
        Message(c_.verdict.empty() ? "explain_cell.not_judged" : "spoken.cell",
                {{"verdict_label",
                  c_.verdict.empty() ? std::string{} : words_.text(fmt::format("verdict.{}.label", c_.verdict))},
                 {"cell", c_.cell ? std::to_string(*c_.cell) : words_.text("explain_cell.no_identity")},
                 {"plmn", c_.plmn.empty() ? words_.text("explain_cell.no_identity") : c_.plmn},
                 {"operator", said("country")},
                 {"technology", upper_ascii(c_.technology)},
                 {"channel", c_.channel ? std::to_string(*c_.channel) : std::string("?")},
                 {"carrier", carrier},
                 {"area", c_.area ? std::to_string(*c_.area) : std::string("?")},
                 {"score", static_cast<std::int64_t>(c_.score.value_or(0))},
                 {"n", static_cast<std::int64_t>(c_.indicators.size())}}));
}

std::vector<std::string> CellExplanation::verdict() const
{
    std::vector<std::string> out;
    if (c_.reason)
        out.push_back(words_.text(*c_.reason));
    if (!c_.verdict.empty())
        out.push_back(words_.text("cell.caveat"));
    return out;
}

/// Why the score is not the sum of its groups; empty where it is.
std::string CellExplanation::held_at(double sum) const
{
    const auto score = static_cast<double>(c_.score.value_or(0));
    if (std::abs(score - sum) <= 0.5)
        return {};
    std::set<std::string> core;
    for (const CellIndicator& one : c_.indicators)
        if (one.core && one.q >= 0.5)
            core.insert(one.group);
    const std::string_view why = score > sum              ? "alone"
                                 : score >= most          ? "most"
                                 : score >= with_one_core ? "one_core"
                                 : score >= without_core  ? "no_core"
                                                          : "registered";
    return words_.text(
        Message(fmt::format("explain_cell.held.{}", why), {{"score", static_cast<std::int64_t>(c_.score.value_or(0))},
                                                           {"sum", Quantity{sum, Unit::none, 0.1}},
                                                           {"n", static_cast<std::int64_t>(core.size())}}));
}

std::vector<std::string> CellExplanation::arithmetic() const
{
    std::vector<std::string> out;
    if (!c_.score)
        return out;
    double sum = 0.0;
    for (const CellGroup& group : c_.groups) {
        double all = 0.0;
        double largest = 0.0;
        std::size_t signs = 0;
        const std::string name = words_.text(fmt::format("explain_cell.group_name.{}", group.group));
        for (const CellIndicator& one : c_.indicators) {
            if (one.group != group.group)
                continue;
            all += one.points;
            largest = std::max(largest, one.points);
            ++signs;
            const std::string sign = fmt::format("indicator.{}", one.code);
            out.push_back(
                words_.text(Message("explain_cell.indicator", {{"code", one.code},
                                                               {"name", words_.text(sign + ".name")},
                                                               {"weight", Quantity{one.weight, Unit::none, 0.1}},
                                                               {"q", Quantity{one.q, Unit::none, 0.1}},
                                                               {"points", Quantity{one.points, Unit::none, 0.1}},
                                                               {"group", name},
                                                               {"why", std::vector<Message>{one.reason}},
                                                               {"innocent", words_.text(sign + ".innocent")}})));
        }
        // What a complete match with the register leaves of a group (fake-base-stations.md §2.7, steps 2 and 3).
        const bool matching = group.points <= 0.25 * (largest + 0.3 * (all - largest)) + 0.05;
        const char* const key = !matching   ? "explain_cell.group"
                                : signs > 1 ? "explain_cell.group_matching_several"
                                            : "explain_cell.group_matching";
        if (std::abs(all - group.points) > 0.05)
            out.push_back(words_.text(Message(key, {{"group", name},
                                                    {"all", Quantity{all, Unit::none, 0.1}},
                                                    {"points", Quantity{group.points, Unit::none, 0.1}}})));
        sum += group.points;
    }
    if (c_.indicators.empty())
        out.push_back(words_.text("explain_cell.no_signs"));
    out.push_back(words_.text(Message("explain_cell.sum", {{"sum", Quantity{sum, Unit::none, 0.1}},
                                                           {"score", static_cast<std::int64_t>(*c_.score)}})));
    if (std::string held = held_at(sum); !held.empty())
        out.push_back(std::move(held));
    return out;
}

/// Signs that lack the same thing share a sentence.
std::vector<std::string> CellExplanation::left_out() const
{
    std::vector<std::pair<std::string, std::string>> by_reason; // in the order of their first sign
    for (const CellLeftOut& one : c_.left_out) {
        const std::string sign =
            fmt::format("{} ({})", one.code, words_.text(fmt::format("indicator.{}.name", one.code)));
        std::string why = words_.text(one.reason);
        const auto same = std::ranges::find(by_reason, why, &std::pair<std::string, std::string>::first);
        if (same == by_reason.end())
            by_reason.emplace_back(std::move(why), sign);
        else
            same->second += ", " + sign;
    }
    std::vector<std::string> out;
    for (const auto& [why, signs] : by_reason)
        out.push_back(words_.text(Message("explain_cell.left_out", {{"code", signs}, {"why", why}})));
    return out;
}

std::vector<std::string> CellExplanation::measured() const
{
    std::vector<std::string> out;
    if (c_.level_dbfs)
        out.push_back(line("level", Quantity{*c_.level_dbfs, Unit::dbfs}));
    if (past_) {
        const Unit unit = past_->calibrated ? Unit::dbm : Unit::dbfs;
        out.push_back(words_.text(Message(past_->louder() ? "explain_cell.past.louder" : "explain_cell.past.usual",
                                          {{"level", Quantity{past_->now_db, unit}},
                                           {"loudest", Quantity{past_->loudest_db, unit}},
                                           {"n", static_cast<std::int64_t>(past_->receptions)}})));
    }
    if (c_.snr_db)
        out.push_back(line("snr", Quantity{*c_.snr_db, Unit::db}));
    if (c_.reference_evm_percent)
        out.push_back(line("evm", Quantity{*c_.reference_evm_percent, Unit::percent}));
    if (c_.bsic)
        out.push_back(line("bsic", std::to_string(*c_.bsic)));
    if (c_.pci)
        out.push_back(line("pci", std::to_string(*c_.pci)));
    if (c_.offset_hz)
        out.push_back(line("offset", Quantity{*c_.offset_hz, Unit::frequency, 10.0}));
    if (c_.ppm)
        out.push_back(line("ppm", Quantity{*c_.ppm, Unit::ppm}));
    const double length_s = c_.last_s - c_.first_s;
    const auto moment = [&](double seconds) -> Value {
        if (!c_.start)
            return Quantity{seconds, Unit::at, 0.001};
        return Instant{c_.start->unix_ns + std::llround((seconds - c_.first_s) * 1e9)};
    };
    out.push_back(words_.text(Message(
        "explain.time",
        {{"start", moment(c_.first_s)}, {"end", moment(c_.last_s)}, {"duration", Quantity{length_s, Unit::seconds}}})));
    std::string names;
    for (const std::string& name : c_.decoded)
        names += (names.empty() ? "" : ", ") + name;
    if (!names.empty())
        out.push_back(line("decoded", names));
    std::string neighbours;
    constexpr std::size_t most_listed = 40;
    for (std::size_t i = 0; i < std::min(most_listed, c_.neighbours.size()); ++i) {
        const Neighbour& one = c_.neighbours[i];
        neighbours += fmt::format("{}{} {}", neighbours.empty() ? "" : ", ", upper_ascii(one.technology), one.channel);
    }
    if (!neighbours.empty())
        out.push_back(line("neighbours", neighbours + (c_.neighbours.size() > most_listed ? ", …" : "")));
    out.push_back(words_.text("warn.level"));
    return out;
}

std::vector<std::string> CellExplanation::next_steps() const
{
    std::vector<std::string> out;
    const auto add = [&](const std::string& key) {
        if (!words_.find(key))
            return;
        std::string sentence = words_.text(key);
        if (std::ranges::find(out, sentence) == out.end())
            out.push_back(std::move(sentence));
    };
    if (c_.verdict != "registered" || !c_.indicators.empty())
        add(fmt::format("explain_cell.next.verdict.{}", c_.verdict));
    // What an indicator lacked is what would make the verdict surer: `cell_needs.place` asks for a place.
    for (const CellLeftOut& one : c_.left_out)
        add(fmt::format("explain_cell.next.{}", one.reason.key));
    return out;
}

} // namespace

std::string cell_sentence(const Cell& cell, const Wording& words) { return CellExplanation(cell, words).summary(); }

std::vector<Section> explain(const Cell& cell, const StoredRun& run, const Wording& words,
                             const std::optional<PastLevels>& past)
{
    const CellExplanation text(cell, words, past);
    std::vector<Section> all{{cell.id, {text.summary()}},
                             {words.text("explain.reasons"), text.verdict()},
                             {words.text("explain_cell.arithmetic"), text.arithmetic()},
                             {words.text("explain_cell.not_evaluated"), text.left_out()},
                             {words.text("explain.measured"), text.measured()},
                             {words.text("explain.next_steps"), text.next_steps()},
                             {words.text("explain.recording"), about_run(run, words)}};
    std::erase_if(all, [](const Section& section) { return section.sentences.empty(); });
    return all;
}

} // namespace gacsong
