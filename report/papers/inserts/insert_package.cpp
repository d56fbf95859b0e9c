// SPDX-License-Identifier: GPL-3.0-or-later
// Papers that go with an evidence package and with what was sealed (documents.md §3.4, §3.8, §3.9).
#include "report/inspections/inspection_codes.hpp"
#include "report/papers/builder.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace gacsong::papers {
namespace {

using typeset::Align;

constexpr std::size_t group = 8;
constexpr std::size_t groups_of_a_line = 8;
constexpr std::size_t shown_digits = 16;
constexpr int empty_rows = 6;

std::string moment_of(const std::string& rfc3339_text, Language language)
{
    const auto moment = parse_rfc3339(rfc3339_text);
    return moment ? moment_text(*moment, language) : printable(rfc3339_text);
}

std::string size_text(std::uint64_t bytes, Language language)
{
    return number_text(static_cast<std::int64_t>(bytes), language) + " B";
}

std::string short_hash(const std::string& hash)
{
    return hash.size() < 2 * shown_digits
               ? hash
               : hash.substr(0, shown_digits) + "…" + hash.substr(hash.size() - shown_digits);
}

/// `clips/run-1_e3.sigmf-data` is what?
std::string content_of(const Builder& b, const std::string& name)
{
    for (const auto& [beginning, key] :
         std::initializer_list<std::pair<std::string_view, const char*>>{{"clips/", "clip"},
                                                                         {"results/", "results"},
                                                                         {"report.", "report"},
                                                                         {"case-file", "case"},
                                                                         {"log.", "log"},
                                                                         {"manifest", "manifest"},
                                                                         {"SHA512SUMS", "sums"},
                                                                         {"signature", "signature"},
                                                                         {"office.pub", "key"},
                                                                         {"cells/", "cells"},
                                                                         {"pictures/", "picture"},
                                                                         {"positions", "positions"},
                                                                         {"instruments", "instruments"}}) {
        if (name.starts_with(beginning))
            return b.text(fmt::format("receipt.content.{}", key));
    }
    return "–";
}

typeset::Row row(std::initializer_list<std::string> texts)
{
    typeset::Row made;
    for (const std::string& text : texts)
        made.cells.push_back({text});
    return made;
}

/// A sheet of custody for one object with the rows that the store knows; more are left for the hand.
class CustodySheet {
public:
    explicit CustodySheet(Builder& b) : b_(b)
    {
        table_.widths_mm = {8.0, 24.0, 24.0, 24.0, 24.0, 20.0, 21.0, 20.0};
        for (const char* head : {"no", "time", "giver", "taker", "purpose", "kept_at", "seal_state", "hash_state"})
            table_.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    }
    void known(const std::string& time, const std::string& who, const std::string& purpose, const std::string& seal)
    {
        add({time, who, "", purpose, "", seal, ""});
    }
    void finish()
    {
        for (int i = 0; i < empty_rows; ++i)
            add({"", "", "", "", "", "", ""});
        table_.note = b_.text("custody.rule");
        b_.add(std::move(table_));
    }

private:
    void add(std::initializer_list<std::string> texts)
    {
        typeset::Row made = row(texts);
        made.cells.insert(made.cells.begin(), {std::to_string(table_.rows.size() + 1), Align::centre});
        // Room for a signature where nothing is known.
        for (typeset::Cell& cell : made.cells)
            cell.text += cell.text.empty() ? "\n\n" : "";
        table_.rows.push_back(std::move(made));
    }

    Builder& b_;
    typeset::Table table_;
};

void custody_of_package(Builder& b, const PackageFacts& package)
{
    b.add(typeset::Annex{b.text("custody.title"), b.text("custody.of_package")});
    b.dash(b.text("custody.case", {{"case", b.input.material.contents.file.case_id}}));
    b.dash(b.text("custody.package", {{"file", package.file}, {"size", size_text(package.bytes, b.language())}}));
    b.dash(b.text("custody.hash"));
    b.mono(hash_groups(package.sha512));
    CustodySheet sheet(b);
    sheet.known(moment_of(package.made_at, b.language()), printable(package.made_by), b.text("custody.made"), "");
    for (const AuditEntry& entry : b.input.material.log) {
        if (entry.action == "case-state" && entry.details.find("handed-over") != std::string::npos)
            sheet.known(moment_of(entry.at, b.language()), printable(entry.who), b.text("custody.handed_over"), "");
    }
    sheet.finish();
}

void custody_of_device(Builder& b, const InspectedDevice& device)
{
    b.add(typeset::Annex{b.text("custody.title"), b.text("custody.of_device")});
    std::string what = code_word("device_kind", device.device_kind, b.words);
    for (const std::string* part : {&device.make, &device.model})
        what += part->empty() ? "" : " " + printable(*part);
    b.dash(b.text("custody.case", {{"case", b.input.material.contents.file.case_id}}));
    const std::string serial = printable(device.serial.empty() ? device.imei : device.serial);
    b.dash(b.text("custody.device",
                  {{"device", what.empty() ? dotted : what}, {"serial", serial.empty() ? dotted : serial}}));
    b.dash(b.text("custody.seal", {{"seal", device.seal_no.empty() ? std::string(dotted) : device.seal_no}}));
    CustodySheet sheet(b);
    sheet.known(device.date, printable(device.inspectors), code_word("action", device.action, b.words),
                printable(device.seal_no));
    sheet.finish();
}

} // namespace

std::string hash_groups(const std::string& hash)
{
    std::string text;
    for (std::size_t at = 0; at < hash.size(); at += group) {
        const bool new_line = at > 0 && at / group % groups_of_a_line == 0;
        text += (at == 0 ? "" : new_line ? "\n" : " ") + hash.substr(at, group);
    }
    return text;
}

/// What the package is, in full.
void insert_package(Builder& b, const std::string& /*told*/)
{
    const auto& package = b.input.material.package;
    if (!package)
        return b.paragraph(b.text("receipt.none"));
    const auto made = parse_rfc3339(package->made_at);
    b.dash(b.text("receipt.package", {{"file", package->file},
                                      {"size", size_text(package->bytes, b.language())},
                                      {"count", std::to_string(package->files.size())}}));
    b.dash(b.text("receipt.made", {{"who", package->made_by},
                                   {"local", made ? moment_text(*made, b.language()) : package->made_at},
                                   {"utc", made ? rfc3339(*made, 0) : package->made_at}}));
    b.dash(b.text("receipt.hash"));
    b.mono(hash_groups(package->sha512));
    b.dash(b.text("receipt.key"));
    b.mono(package->key + "\n" + package->fingerprint);
    b.paragraph(b.text("receipt.own_key"), true);
}

void insert_package_files(Builder& b, const std::string& /*told*/)
{
    const auto& package = b.input.material.package;
    if (!package)
        return;
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.files");
    table.widths_mm = {8.0, 48.0, 24.0, 49.0, 36.0};
    for (const char* head : {"no", "file", "size", "hash", "contents"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    for (const PackagedFile& one : package->files) {
        typeset::Row made = row({std::to_string(table.rows.size() + 1), printable(one.name),
                                 size_text(one.bytes, b.language()), short_hash(one.sha512), content_of(b, one.name)});
        made.cells[0].align = Align::centre;
        made.cells[2].align = Align::right;
        table.rows.push_back(std::move(made));
    }
    table.note = b.text("receipt.full_list");
    b.add(std::move(table));
}

/// What is handed over: the package, then sealed devices; rows for more.
void insert_handed_over(Builder& b, const std::string& /*told*/)
{
    typeset::Table table;
    table.caption = b.table_caption("papers.tables.handed_over");
    table.widths_mm = {8.0, 45.0, 14.0, 25.0, 33.0, 22.0, 18.0};
    for (const char* head : {"no", "item", "count", "form", "hash", "seal_state", "note"})
        table.head.push_back(b.text(fmt::format("papers.head.{}", head)));
    const auto add = [&](std::initializer_list<std::string> texts) {
        typeset::Row made = row(texts);
        made.cells.insert(made.cells.begin(), {std::to_string(table.rows.size() + 1), Align::centre});
        table.rows.push_back(std::move(made));
    };
    if (const auto& package = b.input.material.package)
        add({b.text("handover.package", {{"file", package->file}}), "01", b.text("handover.file"),
             short_hash(package->sha512), "", ""});
    for (const InspectedDevice& device : b.input.material.devices) {
        if (device.seal_no.empty() && device.action != "handed-over" && device.action != "held" &&
            device.action != "sealed")
            continue;
        add({fmt::format("{} {} {}", code_word("device_kind", device.device_kind, b.words), printable(device.make),
                         printable(device.serial.empty() ? device.imei : device.serial)),
             "01", b.text("handover.device"), "–", printable(device.seal_no), ""});
    }
    for (int i = 0; i < 3; ++i)
        add({"", "", "", "", "", ""});
    b.add(std::move(table));
}

/// A sheet for the package, one for each device that was sealed, held or handed over; an empty one where none was.
void insert_custody(Builder& b, const std::string& /*told*/)
{
    if (b.input.material.package)
        custody_of_package(b, *b.input.material.package);
    for (const InspectedDevice& device : b.input.material.devices) {
        if (device.action == "sealed" || device.action == "held" || device.action == "handed-over")
            custody_of_device(b, device);
    }
    if (b.paper.blocks.empty())
        custody_of_device(b, {});
}

} // namespace gacsong::papers
