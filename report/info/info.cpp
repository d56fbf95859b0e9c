// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/info/info.hpp"

#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gacsong {
namespace {

/// Retunings and gaps may be many; a person reads the first ones.
constexpr std::size_t most_segments = 20;

/// The sentences about one recording in one language.
class InfoText {
public:
    InfoText(const sdr::Inspection& inspection, const Wording& words) : i_(inspection), words_(words) {}

    [[nodiscard]] std::vector<std::string> stated() const;
    [[nodiscard]] std::vector<std::string> described() const;
    [[nodiscard]] std::vector<std::string> segments() const;
    [[nodiscard]] std::vector<std::string> missing() const;
    [[nodiscard]] std::vector<std::string> remarks() const;

private:
    [[nodiscard]] std::string line(std::string_view what, Value value) const
    {
        return words_.text(Message(
            "explain.line", {{"quantity", words_.text(fmt::format("info.{}", what))}, {"value", std::move(value)}}));
    }

    /// `Sample rate: 2.4 MS/s (from its description file).`
    template <class T, class Make>
    void fact(std::vector<std::string>& out, std::string_view what, const sdr::Fact<T>& fact, const Make& make) const
    {
        if (!fact.value)
            return;
        std::string origin(code(fact.origin));
        std::ranges::replace(origin, ' ', '_'); // `file name` stands under origin.file_name
        out.push_back(words_.text(Message("info.fact", {{"quantity", words_.text(fmt::format("info.{}", what))},
                                                        {"value", make(*fact.value)},
                                                        {"source", words_.text(fmt::format("origin.{}", origin))}})));
    }

    void text(std::vector<std::string>& out, std::string_view what, const std::string& value) const
    {
        if (!value.empty())
            out.push_back(line(what, value));
    }

    const sdr::Inspection& i_;
    const Wording& words_;
};

std::vector<std::string> InfoText::stated() const
{
    std::vector<std::string> out;
    text(out, "container",
         i_.format.empty() ? i_.container : fmt::format("{} ({})", words_.term(i_.format), i_.container));
    if (i_.size_bytes)
        out.push_back(line("size", Quantity{static_cast<double>(*i_.size_bytes), Unit::bytes}));
    fact(out, "format", i_.facts.type, [](const SampleFormat& format) -> Value { return format.name(); });
    fact(out, "rate", i_.facts.rate_hz, [](double hz) -> Value { return Quantity{hz, Unit::sample_rate}; });
    fact(out, "center", i_.facts.center_hz, [](double hz) -> Value { return Quantity{hz, Unit::frequency}; });
    fact(out, "start", i_.facts.start, [](Instant start) -> Value { return start; });
    if (i_.samples)
        out.push_back(line("samples", static_cast<std::int64_t>(*i_.samples)));
    if (i_.duration_s)
        out.push_back(line("duration", Quantity{*i_.duration_s, Unit::seconds}));
    if (i_.channels > 1)
        out.push_back(words_.text(Message("info.channels", {{"n", static_cast<std::int64_t>(i_.channels)}})));
    return out;
}

std::vector<std::string> InfoText::described() const
{
    std::vector<std::string> out;
    text(out, "receiver", i_.receiver);
    text(out, "author", i_.author);
    text(out, "recorder", i_.recorder);
    text(out, "description", i_.description);
    if (i_.latitude && i_.longitude)
        out.push_back(line("place", fmt::format("{:.5f}, {:.5f}", *i_.latitude, *i_.longitude)));
    if (i_.annotations)
        out.push_back(line("annotations", static_cast<std::int64_t>(*i_.annotations)));
    if (i_.sha512 && i_.sha512->size() >= 16)
        out.push_back(
            line("sha512", fmt::format("{}…{}", i_.sha512->substr(0, 8), i_.sha512->substr(i_.sha512->size() - 8))));
    return out;
}

std::vector<std::string> InfoText::segments() const
{
    std::vector<std::string> out;
    if (i_.segments.size() < 2)
        return out;
    for (const Segment& segment : i_.segments) {
        if (out.size() == most_segments) {
            out.push_back(words_.text(
                Message("info.more_segments", {{"n", static_cast<std::int64_t>(i_.segments.size() - most_segments)}})));
            break;
        }
        Message one("info.segment", {{"first", static_cast<std::int64_t>(segment.first_sample)}});
        if (segment.center_hz)
            one.arguments.push_back({"center", Quantity{*segment.center_hz, Unit::frequency}});
        if (segment.start)
            one.arguments.push_back({"start", *segment.start});
        std::string sentence = words_.text(one);
        if (segment.lost_before > 0)
            sentence +=
                " " + words_.text(Message("info.lost", {{"n", static_cast<std::int64_t>(segment.lost_before)}}));
        out.push_back(std::move(sentence));
    }
    return out;
}

std::vector<std::string> InfoText::missing() const
{
    std::vector<std::string> out;
    for (const std::string& what : i_.missing)
        out.push_back(words_.text(fmt::format("info.missing.{}", what)));
    if (i_.local_start)
        out.push_back(words_.text("info.local_start"));
    if (i_.type_hint)
        out.push_back(words_.text(Message("info.type_hint", {{"type", *i_.type_hint}})));
    return out;
}

std::vector<std::string> InfoText::remarks() const
{
    std::vector<std::string> out;
    if (i_.refusal)
        out.push_back(words_.text(i_.refusal->message));
    if (i_.shortfall)
        out.push_back(words_.text(*i_.shortfall));
    for (const Message& warning : i_.warnings)
        out.push_back(words_.text(warning));
    return out;
}

} // namespace

std::vector<Section> info_sections(const sdr::Inspection& inspection, const Wording& words)
{
    const InfoText text(inspection, words);
    std::vector<Section> all{{printable(inspection.input), text.stated()},
                             {words.text("info.described"), text.described()},
                             {words.text("info.segments"), text.segments()},
                             {words.text("info.missing"), text.missing()},
                             {words.text("info.remarks"), text.remarks()}};
    // The first one stands even where nothing at all is known: its title is the file.
    all.erase(
        std::remove_if(all.begin() + 1, all.end(), [](const Section& section) { return section.sentences.empty(); }),
        all.end());
    return all;
}

} // namespace gacsong
