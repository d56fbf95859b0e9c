// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain.hpp"

#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

namespace gacsong {
namespace {

Value nested(Message message) { return std::vector<Message>{std::move(message)}; }

/// The sentences about one emission in one language.
class Explanation {
public:
    Explanation(const Emission& emission, const Wording& words) : e_(emission), words_(words) {}

    [[nodiscard]] std::string system() const;
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] std::vector<std::string> reasons() const;
    [[nodiscard]] std::vector<std::string> findings(std::span<const Finding> all) const;
    [[nodiscard]] std::vector<std::string> measured() const;
    [[nodiscard]] std::vector<std::string> identity() const;
    [[nodiscard]] std::vector<std::string> doubts() const;
    [[nodiscard]] std::vector<std::string> next_steps() const;

private:
    /// `Bandwidth: 182 kHz`
    [[nodiscard]] std::string line(std::string_view quantity, Value value) const
    {
        return words_.text(
            Message("explain.line", {{"quantity", words_.text(fmt::format("explain.quantity.{}", quantity))},
                                     {"value", std::move(value)}}));
    }
    /// `98.7003 MHz ± 0.5 kHz (…)`, or the value alone where its uncertainty is not known.
    [[nodiscard]] static Value with_uncertainty(const Quantity& value, double uncertainty)
    {
        if (uncertainty <= 0.0)
            return value;
        // The uncertainty of a level is a ratio.
        const Unit unit = value.unit == Unit::dbfs ? Unit::db : value.unit;
        return nested(Message("u.line", {{"value", value}, {"u", Quantity{uncertainty, unit}}}));
    }
    [[nodiscard]] std::string quality_word() const
    {
        return words_.text(e_.quality == Quality::poor ? "quality.poor_short"
                                                       : fmt::format("quality.{}", code(e_.quality)));
    }
    [[nodiscard]] Quantity frequency() const
    {
        return {e_.center_hz.value_or(e_.offset_hz), Unit::frequency, e_.uncertainty.center_hz};
    }
    [[nodiscard]] Value moment(const std::optional<Instant>& absolute, double seconds) const
    {
        return absolute ? Value{*absolute} : Value{Quantity{seconds, Unit::at, 0.001}};
    }
    /// The sentence, and the text it rests on where the sentence does not quote it.
    [[nodiscard]] std::string with_reference(const Message& message, const std::string& reference) const
    {
        std::string sentence = words_.text(message);
        if (!reference.empty() && sentence.find(printable(reference)) == std::string::npos)
            sentence += " " + words_.text(Message("table.reference", {{"reference", reference}})) + ".";
        return sentence;
    }

    const Emission& e_;
    const Wording& words_;
};

/// What it is; where no signature named it, how it is modulated at least.
std::string Explanation::system() const
{
    if (e_.system.name != "unknown")
        return words_.term(e_.system.name);
    if (e_.modulation.name != "unknown" && !e_.modulation.name.empty())
        return words_.text(Message("explain.no_system_but", {{"modulation", words_.term(e_.modulation.name)}}));
    return words_.text("explain.no_system");
}

std::string Explanation::summary() const
{
    const Value center =
        e_.center_hz ? Value{frequency()} : nested(Message("explain.offset", {{"offset", frequency()}}));
    return words_.text(Message(
        "spoken.emission",
        {{"verdict_label", words_.text(fmt::format("verdict.{}.label", code(e_.verdict)))},
         {"system", system()},
         {"center", center},
         {"bw", e_.bandwidth_hz > 0.0 ? Value{Quantity{e_.bandwidth_hz, Unit::bandwidth}} : Value{std::string{}}},
         {"level", Quantity{e_.power_dbfs, Unit::dbfs}},
         {"duration", Quantity{e_.end_s - e_.start_s, Unit::seconds}},
         {"start", moment(e_.start, e_.start_s)},
         {"quality", quality_word()}}));
}

std::vector<std::string> Explanation::reasons() const
{
    std::vector<std::string> out;
    for (const Reason& reason : e_.reasons)
        out.push_back(with_reference(reason.message, reason.reference));
    return out;
}

std::vector<std::string> Explanation::findings(std::span<const Finding> all) const
{
    std::vector<std::string> out;
    for (const Finding& finding : all) {
        if (finding.subject != e_.id)
            continue;
        const std::string name = fmt::format("rule.{}.name", finding.rule);
        const Message title("table.finding",
                            {{"id", finding.id},
                             {"rule", words_.find(name) ? words_.text(name) : finding.rule},
                             {"severity", words_.text(fmt::format("severity.{}", code(finding.severity)))}});
        out.push_back(fmt::format("{}. {}", words_.text(title), with_reference(finding.message, finding.reference)));
    }
    return out;
}

std::vector<std::string> Explanation::measured() const
{
    std::vector<std::string> out;
    out.push_back(line(e_.center_hz ? "center" : "offset", with_uncertainty(frequency(), e_.uncertainty.center_hz)));
    const Quantity width{e_.bandwidth_hz, Unit::bandwidth, e_.uncertainty.bandwidth_hz};
    if (e_.bandwidth_hz > 0.0 && e_.bandwidth_estimate)
        out.push_back(line("bandwidth", nested(Message("explain.estimate",
                                                       {{"value", width}, {"note", nested(Message("bw.estimate"))}}))));
    else if (e_.bandwidth_hz > 0.0)
        out.push_back(line("bandwidth", with_uncertainty(width, e_.uncertainty.bandwidth_hz)));
    if (e_.bandwidth_26db_hz)
        out.push_back(line("bandwidth_26db", Quantity{*e_.bandwidth_26db_hz, Unit::bandwidth}));
    out.push_back(line("level", with_uncertainty({e_.power_dbfs, Unit::dbfs}, e_.uncertainty.power_db)));
    if (e_.power_dbm)
        out.push_back(line("level_at_antenna",
                           with_uncertainty({*e_.power_dbm, Unit::dbm}, e_.uncertainty.level_db.value_or(0.0))));
    out.push_back(line("snr", Quantity{e_.snr_db, Unit::db}));
    out.push_back(words_.text(Message("explain.time", {{"start", moment(e_.start, e_.start_s)},
                                                       {"end", moment(e_.end, e_.end_s)},
                                                       {"duration", Quantity{e_.end_s - e_.start_s, Unit::seconds}}})));
    if (e_.bursts > 1)
        out.push_back(words_.text(Message(e_.period_s ? "explain.bursts" : "explain.bursts_short",
                                          {{"n", static_cast<std::int64_t>(e_.bursts)},
                                           {"duty", Quantity{e_.duty, Unit::parts}},
                                           {"period", Quantity{e_.period_s.value_or(0.0), Unit::seconds}}})));
    return out;
}

std::vector<std::string> Explanation::identity() const
{
    std::vector<std::string> out;
    const auto with_confidence = [&](const std::string& name, double confidence) -> Value {
        if (name == "unknown" || confidence <= 0.0)
            return words_.term(name);
        return nested(Message("explain.confidence",
                              {{"name", words_.term(name)}, {"percent", Quantity{confidence, Unit::parts}}}));
    };
    out.push_back(line("modulation", with_confidence(e_.modulation.name, e_.modulation.confidence)));
    if (e_.modulation.symbol_rate_hz)
        out.push_back(line("symbol_rate", Quantity{*e_.modulation.symbol_rate_hz, Unit::none}));
    if (e_.modulation.deviation_hz)
        out.push_back(line("deviation", Quantity{*e_.modulation.deviation_hz, Unit::bandwidth}));
    out.push_back(line("system", with_confidence(e_.system.name, e_.system.confidence)));
    for (const auto& [key, value] : e_.system.identity) {
        const std::string name = fmt::format("identity.{}", key);
        const std::string quantity = words_.find(name) ? words_.text(name) : key;
        out.push_back(words_.text(Message("explain.line", {{"quantity", quantity}, {"value", value}})));
    }
    if (!e_.designator.empty())
        out.push_back(line("designator", e_.designator));
    if (!e_.service.empty())
        out.push_back(line("service", Term{e_.service}));
    if (e_.licence)
        out.push_back(line("licence", fmt::format("{} ({})", e_.licence->id, e_.licence->holder)));
    return out;
}

std::vector<std::string> Explanation::doubts() const
{
    std::vector<std::string> out;
    if (!e_.quality_reasons.empty())
        out.push_back(words_.text(
            Message("explain.quality", {{"quality", words_.text(fmt::format("quality.{}", code(e_.quality)))},
                                        {"why", e_.quality_reasons}})));
    if (e_.clipped)
        out.push_back(words_.text("explain.clipped"));
    if (!e_.power_dbm)
        out.push_back(words_.text("warn.level"));
    out.push_back(words_.text("grade.not_measured"));
    return out;
}

std::vector<std::string> Explanation::next_steps() const
{
    std::vector<std::string> out;
    const std::string by_verdict = fmt::format("explain.next.{}", code(e_.verdict));
    if (words_.find(by_verdict))
        out.push_back(words_.text(by_verdict));
    if (e_.quality == Quality::poor)
        out.push_back(words_.text("explain.next.poor"));
    if (!e_.center_hz)
        out.push_back(words_.text("explain.next.no_centre"));
    return out;
}

} // namespace

std::vector<std::string> about_run(const StoredRun& stored, const Wording& words)
{
    const Run& run = stored.run;
    std::vector<std::string> out;
    out.push_back(words.text(Message("explain.run", {{"run", fmt::format("{}", stored.number)},
                                                     {"file", run.stream.input},
                                                     {"program", run.program},
                                                     {"plan", run.plan}})));
    if (!run.register_name.empty())
        out.push_back(words.text(Message("explain.register", {{"register", run.register_name}})));
    if (stored.end.why)
        out.push_back(words.text(*stored.end.why));
    return out;
}

std::string emission_sentence(const Emission& emission, const Wording& words)
{
    return Explanation(emission, words).summary();
}

std::vector<Section> explain(const Emission& emission, std::span<const Finding> findings, const StoredRun& run,
                             const Wording& words)
{
    const Explanation text(emission, words);
    std::vector<Section> all{{emission.id, {text.summary()}},
                             {words.text("explain.reasons"), text.reasons()},
                             {words.text("table.findings"), text.findings(findings)},
                             {words.text("explain.measured"), text.measured()},
                             {words.text("explain.identity"), text.identity()},
                             {words.text("explain.doubts"), text.doubts()},
                             {words.text("explain.next_steps"), text.next_steps()},
                             {words.text("explain.recording"), about_run(run, words)}};
    std::erase_if(all, [](const Section& section) { return section.sentences.empty(); });
    return all;
}

} // namespace gacsong
