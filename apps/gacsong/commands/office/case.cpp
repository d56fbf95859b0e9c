// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/office/desk.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/cases/case_json.hpp"
#include "report/cases/cases.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gacsong::app {
namespace {

std::string date_or_nothing(const std::optional<Instant>& moment, const Wording& words)
{
    return moment ? date_text(*moment, words.language()) : std::string{};
}

std::string state_text(const CaseFile& file, const Wording& words)
{
    return words.text(fmt::format("case.state.{}", file.state));
}

Status make_new(Desk& desk)
{
    if (desk.count() != 2)
        return wrong_usage("case.title");
    CaseFile draft;
    draft.case_id = desk.arguments.office.id;
    draft.title = desk.word(1);
    for (const auto& typed : desk.arguments.office.fields) {
        for_each_field(draft, [&](std::string_view field, auto& member) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, std::string>) {
                if (field == typed.first)
                    member = typed.second;
            }
        });
    }
    const auto made = desk.cases.create(std::move(draft));
    if (!made)
        return tl::unexpected(made.error());
    return desk.session.out().line(desk.arguments.json ? case_json(*made) : made->case_id);
}

Status add(Desk& desk)
{
    if (desk.count() < 3)
        return wrong_usage("case.needs_item");
    std::vector<ItemAddress> items;
    for (std::size_t i = 2; i < desk.count(); ++i) {
        const auto address = parse_item_address(desk.word(i));
        if (!address)
            return wrong_usage("case.address", {{"item", desk.word(i)}});
        items.push_back(*address);
    }
    const auto added = desk.cases.add(desk.word(1), items);
    if (!added)
        return tl::unexpected(added.error());
    return desk.say(Message("case.added", {{"case", desk.word(1)}, {"n", static_cast<std::int64_t>(*added)}}));
}

Status note(Desk& desk)
{
    const auto& office = desk.arguments.office;
    if (desk.count() < 2 || desk.count() > 3 || (desk.count() == 2 && office.fields.empty()))
        return wrong_usage("case.needs_text");
    Status done;
    for (const auto& [field, text] : office.fields) {
        if (done)
            done = desk.cases.describe(desk.word(1), field, text);
    }
    if (done && desk.count() == 3)
        done = desk.cases.note(desk.word(1), office.kind.empty() ? "note" : office.kind, desk.word(2));
    return done ? desk.say(Message("case.noted", {{"case", desk.word(1)}})) : done;
}

Status close(Desk& desk)
{
    if (desk.count() != 2)
        return wrong_usage("case.needs_case");
    const std::string state = desk.arguments.office.state.empty() ? "closed" : desk.arguments.office.state;
    const Status done = desk.cases.set_state(desk.word(1), state);
    if (!done)
        return done;
    return desk.say(Message("case.now", {{"case", desk.word(1)},
                                         {"state", desk.session.words().text(fmt::format("case.state.{}", state))}}));
}

Status list(Desk& desk)
{
    if (desk.count() != 1)
        return wrong_usage("case.needs_nothing");
    const auto all = desk.cases.list();
    if (!all)
        return tl::unexpected(all.error());
    const Wording& words = desk.session.words();
    Output& out = desk.session.out();
    if (all->empty() && !desk.arguments.json)
        return desk.say(Message("case.none"));
    Status written;
    std::size_t widest = 0;
    for (const CaseFile& file : *all)
        widest = std::max(widest, display_width(file.case_id));
    for (const CaseFile& file : *all) {
        if (!written)
            break;
        written = out.line(desk.arguments.json
                               ? case_json(file)
                               : fmt::format("{}  {}  {}  {}", pad_to_width(file.case_id, widest),
                                             pad_to_width(date_or_nothing(file.opened_at, words), 17),
                                             pad_to_width(state_text(file, words), 11), printable(file.title)));
    }
    return written;
}

Status show_json(Output& out, const CaseContents& all)
{
    Status written = out.line(case_json(all.file));
    for (const CaseItem& item : all.items)
        if (written)
            written = out.line(case_item_json(item));
    for (const CaseNote& one : all.notes)
        if (written)
            written = out.line(case_note_json(one));
    return written;
}

/// What an item of a case is, in one sentence.
std::string item_text(Store& store, const CaseItem& item, const Wording& words)
{
    const auto run = static_cast<std::int64_t>(item.run);
    std::string text;
    if (item.item[0] == 'e') {
        if (const auto emission = store.emission(run, item.item); emission && *emission)
            text = emission_sentence(**emission, words);
    } else if (item.item[0] == 'f') {
        if (const auto findings = store.findings(run)) {
            const auto found = std::ranges::find(*findings, item.item, &Finding::id);
            if (found != findings->end())
                text = words.text(found->message);
        }
    } else if (const auto cells = store.cells(run)) {
        const auto found = std::ranges::find(*cells, item.item, &Cell::id);
        if (found != cells->end() && found->reason)
            text = words.text(*found->reason);
    }
    return fmt::format("{}/{}: {}", item.run, item.item, text);
}

Status show(Desk& desk)
{
    if (desk.count() != 2)
        return wrong_usage("case.needs_case");
    const auto all = desk.cases.contents(desk.word(1));
    if (!all)
        return tl::unexpected(all.error());
    if (desk.arguments.json)
        return show_json(desk.session.out(), *all);
    const Wording& words = desk.session.words();
    const CaseFile& file = all->file;
    std::vector<std::string> about{words.text(Message(
        "case.opened", {{"date", date_or_nothing(file.opened_at, words)}, {"state", state_text(file, words)}}))};
    const std::array<std::pair<const char*, const std::string*>, 5> texts{{{"reason", &file.reason},
                                                                           {"address", &file.address},
                                                                           {"people", &file.people},
                                                                           {"conditions", &file.conditions},
                                                                           {"documents", &file.documents}}};
    for (const auto& [name, text] : texts) {
        if (!text->empty())
            about.push_back(fmt::format("{}: {}", words.text(fmt::format("case.field.{}", name)), printable(*text)));
    }
    std::vector<std::string> items;
    for (const CaseItem& item : all->items)
        items.push_back(item_text(desk.store, item, words));
    std::vector<std::string> notes;
    for (const CaseNote& one : all->notes)
        notes.push_back(fmt::format("{} · {}: {}", date_or_nothing(one.at, words),
                                    words.text(fmt::format("case.kind_name.{}", one.kind)), printable(one.text)));
    std::vector<Section> sections{{fmt::format("{} · {}", file.case_id, printable(file.title)), std::move(about)},
                                  {words.text("case.items"), std::move(items)},
                                  {words.text("case.notes"), std::move(notes)}};
    std::erase_if(sections, [](const Section& section) { return section.sentences.empty(); });
    return desk.session.write_sections(sections);
}

struct Action {
    std::string_view name;
    Status (*run)(Desk&);
};

constexpr std::array<Action, 7> actions{{{"new", make_new},
                                         {"add", add},
                                         {"inspect", inspect_premises},
                                         {"note", note},
                                         {"close", close},
                                         {"list", list},
                                         {"show", show}}};

Status act(const Arguments& arguments, Session& session)
{
    const auto action = std::ranges::find(actions, arguments.words.front(), &Action::name);
    if (action == actions.end())
        return wrong_usage("case.action", {{"what", arguments.words.front()}});
    const auto store = open_store(arguments, true);
    if (!store)
        return tl::unexpected(store.error());
    Desk desk{arguments, session, **store, Cases(**store, present_hand())};
    return action->run(desk);
}

} // namespace

int run_case(const Arguments& arguments, Session& session)
{
    const Status done = act(arguments, session);
    return done ? status::done : session.fail(done.error());
}

} // namespace gacsong::app
