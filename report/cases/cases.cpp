// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/cases/cases.hpp"

#include "report/cases/case_rows.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/transaction.hpp"
#include "report/text/time_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace gacsong {
namespace {

constexpr std::array<std::string_view, 5> kinds{"note", "open", "proposal", "answer", "outcome"};
constexpr std::size_t most_characters_of_id = 40;

tl::unexpected<Error> usage(std::string key, std::vector<Argument> arguments = {})
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

bool usable_id(const std::string& id)
{
    const auto usable = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    };
    return !id.empty() && id.size() <= most_characters_of_id && id.front() != '-' && id.front() != '.' &&
           std::ranges::all_of(id, usable);
}

} // namespace

std::span<const std::string_view> note_kinds() { return kinds; }

Status Cases::log(const std::string& action, const std::string& case_id,
                  const std::vector<std::pair<std::string, std::string>>& details, bool last)
{
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& [name, value] : details)
        json[name] = value;
    return append_case_audit(store_.connection(), hand_, action, case_id,
                             json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), last);
}

Result<CaseFile> Cases::file(const std::string& case_id)
{
    auto rows = read_rows<CaseFile>(store_.connection(), "SELECT * FROM case_file WHERE case_id = ?", {to_sql(case_id)},
                                    filled<CaseFile>);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return usage("case.unknown", {{"case", case_id}});
    return std::move(rows->front());
}

Result<CaseFile> Cases::open_file(const std::string& case_id)
{
    auto found = file(case_id);
    if (found && found->state != "open")
        return usage("case.closed", {{"case", case_id}});
    return found;
}

Result<std::string> Cases::next_id()
{
    const std::string stem = fmt::format("VV-{}-", civil_time(hand_.at, vietnam_utc_offset_s).year);
    const auto ids = read_rows<std::string>(store_.connection(), "SELECT case_id FROM case_file", {},
                                            [](const auto& row) { return row.at("case_id").toString().toStdString(); });
    if (!ids)
        return tl::unexpected(ids.error());
    int last = 0;
    for (const std::string& id : *ids) {
        if (id.starts_with(stem))
            last = std::max(last, QString::fromStdString(id.substr(stem.size())).toInt());
    }
    return fmt::format("{}{:03}", stem, last + 1);
}

Result<CaseFile> Cases::create(CaseFile draft)
{
    if (draft.title.empty())
        return usage("case.title");
    if (!draft.case_id.empty() && !usable_id(draft.case_id))
        return usage("case.bad_id", {{"case", draft.case_id}});
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (draft.case_id.empty()) {
        const auto id = next_id();
        if (!id)
            return tl::unexpected(id.error());
        draft.case_id = *id;
    } else if (file(draft.case_id)) {
        return usage("case.exists", {{"case", draft.case_id}});
    }
    draft.state = "open";
    draft.opened_at = hand_.at;
    draft.closed_at.reset();
    Status done = insert_row(store_.connection(), "case_file", row_of(draft));
    if (done)
        done = log("case-new", draft.case_id, {{"title", draft.title}});
    if (done)
        done = transaction->commit();
    return done.map([&] { return draft; });
}

Result<std::int64_t> Cases::run_of(const ItemAddress& address)
{
    const auto run = store_.run(address.run);
    if (!run)
        return tl::unexpected(run.error());
    if (!*run)
        return usage("case.no_run", {{"id", std::to_string(address.run.value_or(0))}});
    return (*run)->number;
}

Result<std::vector<CaseItem>> Cases::found(const std::string& case_id, const ItemAddress& address)
{
    const auto run = run_of(address);
    if (!run)
        return tl::unexpected(run.error());
    const bool all = address.id == "all";
    const char* table = address.id[0] == 'e' ? "emission" : address.id[0] == 'c' ? "cell" : "finding";
    const std::string which = all ? "" : " AND id = ?";
    std::vector<QVariant> values{static_cast<qlonglong>(*run)};
    if (!all)
        values.push_back(to_sql(address.id));
    auto items = read_rows<CaseItem>(
        store_.connection(), fmt::format("SELECT id FROM {} WHERE run = ?{}", table, which), values,
        [&](const auto& row) {
            return CaseItem{case_id, static_cast<std::uint64_t>(*run), row.at("id").toString().toStdString(), hand_.at};
        });
    if (items && items->empty())
        return usage(all ? "case.no_findings" : "case.item", {{"item", address.id}, {"id", std::to_string(*run)}});
    return items;
}

Result<std::size_t> Cases::add(const std::string& case_id, std::span<const ItemAddress> items)
{
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto present = contents(case_id).and_then(
        [&](const CaseContents& c) { return open_file(case_id).map([&](const CaseFile&) { return c.items; }); });
    if (!present)
        return tl::unexpected(present.error());
    std::vector<CaseItem> all = *present;
    std::vector<CaseItem> fresh;
    for (const ItemAddress& address : items) {
        const auto meant = found(case_id, address);
        if (!meant)
            return tl::unexpected(meant.error());
        for (const CaseItem& item : *meant) {
            const bool there = std::ranges::any_of(
                all, [&](const CaseItem& other) { return other.run == item.run && other.item == item.item; });
            if (there)
                continue;
            all.push_back(item);
            fresh.push_back(item);
        }
    }
    for (const CaseItem& item : fresh) {
        Status done = insert_row(store_.connection(), "case_item", row_of(item));
        if (done)
            done = log("case-add", case_id, {{"run", std::to_string(item.run)}, {"item", item.item}},
                       &item == &fresh.back());
        if (!done)
            return tl::unexpected(done.error());
    }
    return transaction->commit().map([&] { return fresh.size(); });
}

Status Cases::note(const std::string& case_id, const std::string& kind, const std::string& text)
{
    if (std::ranges::find(kinds, kind) == kinds.end())
        return usage("case.kind", {{"kind", kind}});
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    const bool afterwards = kind == "answer" || kind == "outcome"; // they come when the case is closed
    if (const auto found = afterwards ? file(case_id) : open_file(case_id); !found)
        return tl::unexpected(found.error());
    Status done = insert_row(store_.connection(), "case_note", row_of(CaseNote{case_id, hand_.at, kind, text}));
    if (done)
        done = log("case-note", case_id, {{"kind", kind}, {"text", text}});
    return done ? transaction->commit() : done;
}

Status Cases::describe(const std::string& case_id, const std::string& field, const std::string& text)
{
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    const auto found = open_file(case_id);
    if (!found)
        return tl::unexpected(found.error());
    std::string before;
    for (const auto& [name, value] : row_of(*found)) {
        if (name == field)
            before = value.toString().toStdString();
    }
    Status done =
        run_statement(store_.connection(), fmt::format("UPDATE case_file SET {} = ? WHERE case_id = ?", field),
                      {to_sql(text), to_sql(case_id)});
    if (done)
        done = log("case-describe", case_id, {{"field", field}, {"before", before}, {"after", text}});
    return done ? transaction->commit() : done;
}

Status Cases::set_state(const std::string& case_id, const std::string& state)
{
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const auto found = file(case_id); !found)
        return tl::unexpected(found.error());
    const QVariant closed = state == "open" ? QVariant{} : to_sql(hand_.at);
    Status done = run_statement(store_.connection(), "UPDATE case_file SET state = ?, closed_at = ? WHERE case_id = ?",
                                {to_sql(state), closed, to_sql(case_id)});
    if (done)
        done = log("case-state", case_id, {{"state", state}});
    return done ? transaction->commit() : done;
}

Result<std::vector<CaseFile>> Cases::list()
{
    return read_rows<CaseFile>(store_.connection(), "SELECT * FROM case_file ORDER BY opened_at DESC, case_id DESC", {},
                               filled<CaseFile>);
}

Result<CaseContents> Cases::contents(const std::string& case_id)
{
    CaseContents all;
    auto found = file(case_id);
    if (!found)
        return tl::unexpected(found.error());
    all.file = std::move(*found);
    auto items = read_rows<CaseItem>(store_.connection(),
                                     "SELECT * FROM case_item WHERE case_id = ? ORDER BY added_at, run, item",
                                     {to_sql(case_id)}, filled<CaseItem>);
    auto notes = read_rows<CaseNote>(store_.connection(), "SELECT * FROM case_note WHERE case_id = ? ORDER BY note",
                                     {to_sql(case_id)}, filled<CaseNote>);
    if (!items || !notes)
        return tl::unexpected(!items ? items.error() : notes.error());
    all.items = std::move(*items);
    all.notes = std::move(*notes);
    return all;
}

Result<std::string> add_to_case(Store& store, const Hand& hand, const std::string& case_id, const std::string& title,
                                std::span<const ItemAddress> items)
{
    Cases cases(store, hand);
    std::string id = case_id;
    if (id.empty()) {
        CaseFile draft;
        draft.title = title;
        const auto made = cases.create(std::move(draft));
        if (!made)
            return tl::unexpected(made.error());
        id = made->case_id;
    }
    return cases.add(id, items).map([&](std::size_t) { return id; });
}

} // namespace gacsong
