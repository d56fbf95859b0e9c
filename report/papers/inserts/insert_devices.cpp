// SPDX-License-Identifier: GPL-3.0-or-later
// What was inspected on premises, visit by visit.
#include "detect/plan/tables/validity.hpp"
#include "report/inspections/device_table.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/papers/builder.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>

namespace gacsong::papers {
namespace {

using typeset::Align;
using Devices = std::vector<const InspectedDevice*>;

constexpr double shown_step_hz = 1e3; ///< of a measured frequency in the list; the measurement sheet has its digits

/// Devices of one day at one place.
struct Visit {
    const InspectedDevice* first = nullptr;
    Devices devices; ///< without the rows that only say that there was a visit
};

std::vector<Visit> visits_of(const std::vector<InspectedDevice>& devices)
{
    std::vector<Visit> visits;
    for (const InspectedDevice& device : devices) {
        auto visit = std::ranges::find_if(visits, [&](const Visit& one) {
            return one.first->date == device.date && one.first->premises == device.premises &&
                   one.first->address == device.address;
        });
        if (visit == visits.end())
            visit = visits.insert(visits.end(), Visit{&device, {}});
        if (!device.device_kind.empty() || !device.make.empty() || !device.serial.empty())
            visit->devices.push_back(&device);
    }
    return visits;
}

std::string day_of(const InspectedDevice& device, Language language)
{
    const auto day = parse_day(device.date);
    return day ? date_text(*day, language) : dotted;
}

std::string joined(std::initializer_list<std::string> parts, const char* between)
{
    std::string text;
    for (const std::string& part : parts) {
        if (!part.empty())
            text += (text.empty() ? "" : between) + part;
    }
    return text;
}

/// What remarks of a table rest on, numbered; each stands once below the table.
class References {
public:
    explicit References(const Builder& b) : b_(b) {}

    /// `(2)`; empty where the remark rests on nothing that can be quoted.
    std::string mark(const Reason& reason)
    {
        const auto found = std::ranges::find(reason.message.arguments, "reference", &Argument::name);
        if (reason.reference.empty() || found == reason.message.arguments.end())
            return {};
        const std::string text = b_.words.text(Message("papers.reference_text", {*found}));
        auto one = std::ranges::find(texts_, text);
        if (one == texts_.end())
            one = texts_.insert(texts_.end(), text);
        return fmt::format(" ({})", one - texts_.begin() + 1);
    }
    [[nodiscard]] std::string note() const
    {
        std::string list;
        for (std::size_t i = 0; i < texts_.size(); ++i)
            list += fmt::format("{}({}) {}", i > 0 ? "; " : "", i + 1, texts_[i]);
        return list.empty() ? list : b_.text("papers.remark_note", {{"list", list}});
    }

private:
    const Builder& b_;
    std::vector<std::string> texts_;
};

/// Cells of a device.
class DeviceText {
public:
    DeviceText(const Builder& b, const InspectedDevice& device) : b_(b), d_(device) {}

    [[nodiscard]] std::string kind() const { return code_word("device_kind", d_.device_kind, b_.words); }
    [[nodiscard]] std::string make() const { return joined({printable(d_.make), printable(d_.model)}, ", "); }
    [[nodiscard]] std::string number() const
    {
        std::string imei;
        if (!d_.imei.empty()) {
            const char* checked = !d_.imei_ok   ? "papers.imei_open"
                                  : *d_.imei_ok ? "papers.imei_ok"
                                                : "papers.imei_wrong";
            imei = fmt::format("IMEI {} ({})", printable(d_.imei), b_.text(checked));
        }
        return joined({printable(d_.serial), imei}, "\n");
    }
    [[nodiscard]] std::string mark() const
    {
        if (d_.mark.empty())
            return {};
        const std::string state = mark_state(d_.mark);
        return joined(
            {code_word("mark", state, b_.words), printable(d_.mark.substr(std::min(state.size() + 1, d_.mark.size())))},
            ", ");
    }
    [[nodiscard]] std::string certificates() const
    {
        return joined({printable(d_.certificate), printable(d_.declaration)}, "\n");
    }
    [[nodiscard]] std::string invoice() const { return code_word("mark", d_.invoice, b_.words); }
    [[nodiscard]] std::string label() const
    {
        std::string power;
        if (d_.label_power_w)
            power = fmt::format(
                "{}\u00A0{}",
                number_text_trimmed(*d_.label_power_w * (*d_.label_power_w < 1.0 ? 1e3 : 1.0), 2, b_.language()),
                *d_.label_power_w < 1.0 ? "mW" : "W");
        return joined({d_.label_freq_hz ? written({*d_.label_freq_hz, Unit::frequency}) : std::string{}, power}, "\n");
    }
    [[nodiscard]] std::string measured() const
    {
        return joined({d_.center_hz ? written({*d_.center_hz, Unit::frequency, shown_step_hz}) : std::string{},
                       d_.bandwidth_hz ? written({*d_.bandwidth_hz, Unit::bandwidth}) : std::string{},
                       printable(d_.designator), d_.emission_id.empty() ? "" : "(" + d_.emission_id + ")"},
                      "\n");
    }
    [[nodiscard]] std::string remark(References& references) const
    {
        std::string text;
        for (const Reason& reason : d_.remark) {
            Message brief = reason.message;
            brief.key = fmt::format("inspection.brief.{}", brief.key.substr(brief.key.rfind('.') + 1));
            text += (text.empty() ? "- " : ";\n- ") + b_.words.text(brief) + references.mark(reason);
        }
        return joined({text.empty() ? text : text + ".", printable(d_.note)}, "\n");
    }
    [[nodiscard]] std::string action() const { return code_word("action", d_.action, b_.words); }
    [[nodiscard]] std::string seal() const { return printable(d_.seal_no); }

private:
    [[nodiscard]] std::string written(const Quantity& q) const { return quantity_text(q, b_.language()); }

    const Builder& b_;
    const InspectedDevice& d_;
};

typeset::Cell cell(const std::string& text, Align align = Align::left)
{
    return {text.empty() ? "–" : text, text.empty() ? Align::centre : align};
}

/// Seven columns, for a sheet that stands.
typeset::Table upright_table(Builder& b, const Devices& devices)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.devices");
    table.widths_mm = {8.0, 33.0, 26.0, 25.0, 26.0, 29.0, 18.0};
    for (const char* head : {"no", "device", "papers", "label", "measured", "remark", "action"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    References references(b);
    for (const InspectedDevice* device : devices) {
        const DeviceText text(b, *device);
        const std::string papers =
            joined({text.mark().empty() ? "" : b.text("papers.mark", {{"mark", text.mark()}}), text.certificates(),
                    text.invoice().empty() ? "" : b.text("papers.invoice", {{"invoice", text.invoice()}})},
                   "\n");
        table.rows.push_back({{cell(std::to_string(table.rows.size() + 1), Align::centre),
                               cell(joined({text.kind(), text.make(), text.number()}, "\n")), cell(papers),
                               cell(text.label(), Align::right), cell(text.measured(), Align::right),
                               cell(text.remark(references)), cell(joined({text.action(), text.seal()}, "\n"))}});
    }
    table.note = references.note();
    return table;
}

/// All twelve columns of the list, for a sheet on its side.
typeset::Table wide_table(Builder& b, const Devices& devices)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.devices");
    table.widths_mm = {8.0, 24.0, 20.0, 31.0, 19.0, 21.0, 16.0, 25.0, 28.0, 31.0, 17.0, 12.0};
    for (const char* head : {"no", "device_kind", "make", "serial", "mark", "certificate", "invoice", "label",
                             "measured", "remark", "action", "seal"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    References references(b);
    for (const InspectedDevice* device : devices) {
        const DeviceText text(b, *device);
        table.rows.push_back(
            {{cell(std::to_string(table.rows.size() + 1), Align::centre), cell(text.kind()), cell(text.make()),
              cell(text.number()), cell(text.mark()), cell(text.certificates()), cell(text.invoice()),
              cell(text.label(), Align::right), cell(text.measured(), Align::right), cell(text.remark(references)),
              cell(text.action()), cell(text.seal())}});
    }
    table.note = references.note();
    return table;
}

} // namespace

/// `@devices`, or `@devices wide` on a sheet on its side.
void insert_devices(Builder& b, const std::string& told)
{
    for (const Visit& visit : visits_of(b.input.material.devices)) {
        const InspectedDevice& d = *visit.first;
        const std::string place = joined(
            {printable(d.premises), printable(d.address), code_word("kind_of_business", d.kind_of_business, b.words)},
            ", ");
        b.paragraph(b.text("papers.visit", {{"date", day_of(d, b.language())}, {"place", place}}));
        if (!d.inspectors.empty())
            b.dash(b.text("papers.visit_inspectors", {{"people", d.inspectors}}));
        if (!d.representative.empty())
            b.dash(b.text("papers.visit_representative", {{"people", d.representative}}));
        if (visit.devices.empty())
            b.paragraph(b.text("papers.no_devices"));
        else
            b.add(told == "wide" ? wide_table(b, visit.devices) : upright_table(b, visit.devices));
    }
}

void insert_wide(Builder& b, const std::string& /*told*/) { b.paper.wide = true; }

} // namespace gacsong::papers
