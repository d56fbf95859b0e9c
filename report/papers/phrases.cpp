// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/phrases.hpp"

#include "report/papers/roman.hpp"
#include "report/records/codes.hpp"
#include "report/summary/counted.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace gacsong::papers {
namespace {

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string joined(const std::set<std::string>& all)
{
    std::string text;
    for (const std::string& one : all)
        text += (text.empty() ? "" : "; ") + one;
    return text;
}

/// First and last moment of what the case is about.
std::pair<std::optional<Instant>, std::optional<Instant>> span_of(const CaseMaterial& material)
{
    std::optional<Instant> first;
    std::optional<Instant> last;
    for (const auto& [number, run] : material.runs) {
        const StreamInfo& stream = run.stored.run.stream;
        if (!stream.start)
            continue;
        const double seconds = static_cast<double>(run.stored.end.samples) / std::max(1.0, stream.sample_rate_hz);
        const Instant end{stream.start->unix_ns + std::llround(seconds * 1e9)};
        first = first ? std::min(*first, *stream.start) : *stream.start;
        last = last ? std::max(*last, end) : end;
    }
    return {first, last};
}

} // namespace

std::string prose_moment(Instant moment, Language language)
{
    const CivilTime t = civil_time(moment, vietnam_utc_offset_s);
    if (language == Language::vi)
        return fmt::format("{:02} giờ {:02} phút ngày {}", t.hour, t.minute, date_text(moment, language));
    return fmt::format("{:02}:{:02} on {} (UTC+7)", t.hour, t.minute, date_text(moment, language));
}

std::string prose_count(std::size_t count, Language language)
{
    return language == Language::vi && count < 10 ? fmt::format("{:02}", count)
                                                  : number_text(static_cast<std::int64_t>(count), language);
}

std::string coordinates_text(double latitude, double longitude, Language language)
{
    const bool vi = language == Language::vi;
    const auto part = [&](double degrees, const char* positive, const char* negative) {
        return number_text(std::abs(degrees), 5, language) + "°\u00A0" + (degrees < 0 ? negative : positive);
    };
    return part(latitude, vi ? "B" : "N", vi ? "N" : "S") + (vi ? "; " : ", ") +
           part(longitude, vi ? "Đ" : "E", vi ? "T" : "W");
}

std::string frequency_of(const Emission& emission, const Wording& words)
{
    const Quantity value{emission.center_hz.value_or(emission.offset_hz), Unit::frequency,
                         emission.uncertainty.center_hz};
    if (emission.center_hz)
        return quantity_text(value, words.language());
    return words.text(Message("explain.offset", {{"offset", value}}));
}

std::string verdict_of(const Subject& subject, const Wording& words)
{
    const std::string verdict = subject.emission ? std::string(code(subject.emission->verdict))
                                : subject.cell   ? subject.cell->verdict
                                                 : "";
    return words.text(fmt::format("verdict.{}.label", verdict.empty() ? "unknown" : verdict));
}

bool frequency_calibrated(const RunMaterial& run)
{
    return std::ranges::none_of(run.warnings, [](const Message& warning) { return warning.key == "warn.clock"; });
}

std::string period_text(const summary::Period& period, const Wording& words)
{
    if (const auto quarter = summary::as_quarter(period))
        return words.text(Message("papers.period.quarter",
                                  {{"quarter", roman(quarter->number)}, {"year", std::to_string(quarter->year)}}));
    const Instant last{period.until.unix_ns - 1};
    return words.text(Message("papers.period.days", {{"start", date_text(period.from, words.language())},
                                                     {"end", date_text(last, words.language())}}));
}

std::map<std::string, std::string> values_of(const PaperInput& input)
{
    const CaseMaterial& material = input.material;
    const CaseFile& file = material.contents.file;
    const Language language = input.words.language();
    std::set<std::string> places;
    std::set<std::string> plans;
    std::set<std::string> registers;
    std::set<std::string> receivers;
    std::set<std::string> recordings;
    for (const auto& [number, run] : material.runs) {
        const StreamInfo& stream = run.stored.run.stream;
        if (stream.latitude && stream.longitude)
            places.insert(coordinates_text(*stream.latitude, *stream.longitude, language));
        plans.insert(printable(run.stored.run.plan));
        if (!run.stored.run.register_name.empty())
            registers.insert(printable(run.stored.run.register_name));
        if (!stream.receiver.empty())
            receivers.insert(printable(stream.receiver));
        recordings.insert(printable(file_name(stream.input)));
    }
    const auto [first, last] = span_of(material);
    const Office& office = input.office;
    const bool calibrated =
        std::ranges::all_of(material.runs, [](const auto& run) { return frequency_calibrated(run.second); });
    const auto calibration = [&](const std::string& typed, bool done) {
        return !typed.empty() || done ? printable(typed) : input.words.text("papers.not_calibrated");
    };
    return {{"case", file.case_id},
            {"title", printable(file.title)},
            {"period", input.period != nullptr ? period_text(input.period->period, input.words) : std::string{}},
            {"reason", printable(file.reason)},
            {"address", printable(file.address)},
            {"people", printable(file.people)},
            {"conditions", printable(file.conditions)},
            {"documents", printable(file.documents)},
            {"start", first ? prose_moment(*first, language) : std::string{}},
            {"end", last ? prose_moment(*last, language) : std::string{}},
            {"date", first ? date_text(*first, language) : std::string{}},
            {"places", joined(places)},
            {"plan", joined(plans)},
            {"register", joined(registers)},
            {"receivers", joined(receivers)},
            {"recordings", joined(recordings)},
            {"inspections", material.devices.empty() ? "" : std::to_string(material.devices.size())},
            {"addressee", printable(input.addressee)},
            {"package", material.package ? printable(material.package->file) : std::string{}},
            {"program", input.program},
            {"now", moment_text(input.now, language)},
            {"equipment", printable(office.equipment)},
            {"frequency_calibration", calibration(office.frequency_calibration, calibrated)},
            {"level_calibration", calibration(office.level_calibration, false)},
            {"office_place", office.place},
            {"office_body", language == Language::en && !office.body_en.empty() ? office.body_en : office.body}};
}

} // namespace gacsong::papers
