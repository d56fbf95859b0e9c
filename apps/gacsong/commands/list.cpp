// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "detect/plan/plan_reader.hpp"
#include "detect/rules/all_rules.hpp"
#include "detect/rules/cells/indicator.hpp"
#include "detect/signatures/all_signatures.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/data_paths.hpp"
#include "sdr/formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gacsong::app {
namespace {

/// A catalogue as lines of cells; the first line is the heading.
using Lines = std::vector<std::vector<std::string>>;

// In the order of detect::Proof.
constexpr std::array<const char*, 5> proof_keys{"signature.proof.crc", "signature.proof.parity", "signature.proof.sync",
                                                "signature.proof.helper", "signature.proof.pattern"};

Result<Lines> rules(const Arguments& /*arguments*/, const Wording& words)
{
    Lines lines{{words.text("column.rule"), words.text("column.severity"), words.text("column.title")}};
    for (const RuleInfo& rule : all_rules()) {
        const std::string id(rule.id);
        lines.push_back({id, words.text(fmt::format("severity.{}", code(rule.ceiling))), words.text(rule.name_key)});
        lines.push_back({"", "", words.text(fmt::format("rule.{}.summary", id))});
    }
    return lines;
}

Result<Lines> indicators(const Arguments& /*arguments*/, const Wording& words)
{
    Lines lines{{words.text("column.name"), words.text("column.group"), words.text("column.weight"),
                 words.text("column.core"), words.text("column.technology"), words.text("column.title")}};
    for (const Indicator& one : all_indicators()) {
        const std::string stem = fmt::format("indicator.{}", one.code);
        lines.push_back({std::string(one.code), std::string(one.group), fmt::format("{:g}", one.weight),
                         one.core ? "★" : "", std::string(one.technologies), words.text(stem + ".name")});
        lines.push_back(
            {"", "", "", "", "", words.text(Message("table.innocent", {{"list", words.text(stem + ".innocent")}}))});
    }
    return lines;
}

Result<Lines> signatures(const Arguments& /*arguments*/, const Wording& words)
{
    Lines lines{{words.text("column.name"), words.text("column.system"), words.text("column.check"),
                 words.text("column.title")}};
    for (const detect::Signature* one : detect::signatures_in_order()) {
        const std::string stem = fmt::format("signature.{}", one->info.id);
        const auto proof = static_cast<std::size_t>(one->info.proof);
        lines.push_back({std::string(one->info.id), words.term(one->info.system), words.text(proof_keys.at(proof)),
                         words.text(stem + ".name")});
        lines.push_back({"", "", "", words.text(stem + ".seen")});
        lines.push_back(
            {"", "", "", words.text(Message("signature.mistaken", {{"list", std::string(one->info.mistaken_for)}}))});
    }
    return lines;
}

Result<Lines> plans(const Arguments& arguments, const Wording& words)
{
    Lines lines{{words.text("column.name"), words.text("column.edition"), words.text("column.rows"),
                 words.text("column.file")}};
    const auto folders = plan_folders();
    std::vector<PlanListing> listed = list_plans(folders);
    if (arguments.settings.plan) // one that need not stand in the folders
        listed = {{*arguments.settings.plan, *arguments.settings.plan}};
    for (const PlanListing& listing : listed) {
        const auto plan = load_plan(arguments.settings.plan ? listing.name : listing.path.string(), folders);
        if (!plan)
            return tl::unexpected(plan.error());
        const std::size_t rows = plan->bands.size() + plan->exempt.size() + plan->prohibited.size() +
                                 plan->protected_bands.size() + plan->blocks.size() + plan->switched_off.size() +
                                 plan->networks.size();
        lines.push_back({listing.name, plan->edition, std::to_string(rows), listing.path.string()});
    }
    return lines;
}

Result<Lines> formats(const Arguments& /*arguments*/, const Wording& words)
{
    Lines lines{{words.text("column.format"), words.text("column.extensions")}};
    for (const sdr::FormatInfo& format : sdr::all_formats())
        lines.push_back({std::string(format.name), std::string(format.extensions)});
    return lines;
}

struct Catalogue {
    std::string_view name;
    Result<Lines> (*make)(const Arguments&, const Wording&);
};

constexpr std::array<Catalogue, 5> catalogues{
    {{"rules", rules}, {"signatures", signatures}, {"indicators", indicators}, {"plans", plans}, {"formats", formats}}};

Status write(const Lines& lines, Session& session)
{
    std::vector<std::size_t> widths(lines.front().size());
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], display_width(line[i]));
    std::size_t before = 0; // the last column
    for (std::size_t i = 0; i + 1 < widths.size(); ++i)
        before += widths[i] + 2;
    // A program that reads the list gets each row as one line.
    constexpr std::size_t least = 30;
    constexpr std::size_t any = 1U << 20U;
    const std::size_t width = session.out().terminal() ? session.style().width : any;
    const std::size_t room = width > before + least ? width - before : least;
    Status written;
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            text += pad_to_width(printable(line[i]), widths[i] + 2);
        for (const std::string& piece : wrap(printable(line.back()), room)) {
            if (written)
                written = session.out().line(text + piece);
            text.assign(before, ' ');
        }
    }
    return written;
}

} // namespace

int run_list(const Arguments& arguments, Session& session)
{
    const auto found = std::ranges::find(catalogues, arguments.words.front(), &Catalogue::name);
    if (found == catalogues.end())
        return session.fail({Message("list.unknown", {{"what", arguments.words.front()}}), Fault::usage});
    const auto lines = found->make(arguments, session.words());
    if (!lines)
        return session.fail(lines.error());
    const Status written = write(*lines, session);
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
