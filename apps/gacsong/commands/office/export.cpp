// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/exports/exporter.hpp"
#include "report/store/find_emissions.hpp"
#include "sdr/files/atomic_write.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace gacsong::app {
namespace {

/// The runs of a case with only what belongs to it.
Status add_case(Store& store, const std::string& case_id, Exporter& exporter)
{
    auto material = papers::gather_case(store, case_id);
    if (!material)
        return tl::unexpected(material.error());
    for (auto& [number, run] : material->runs) {
        const auto in_case = [&, run_number = number](const std::string& id) {
            return std::ranges::any_of(material->subjects, [&](const papers::Subject& subject) {
                return subject.run == run_number &&
                       ((subject.emission && subject.emission->id == id) || (subject.cell && subject.cell->id == id));
            });
        };
        std::erase_if(run.emissions, [&](const Emission& e) { return !in_case(e.id); });
        std::erase_if(run.cells, [&](const Cell& c) { return !in_case(c.id); });
        std::erase_if(run.findings, [&](const Finding& f) { return !in_case(f.subject); });
        exporter.add(run);
    }
    return {};
}

Status add_run(Store& store, std::optional<std::int64_t> number, Exporter& exporter)
{
    const auto run = store.run(number);
    if (!run)
        return tl::unexpected(run.error());
    if (!*run)
        return failure("case.no_run", {{"id", std::to_string(number.value_or(0))}}, Fault::usage);
    const auto material = papers::gather_run(store, (*run)->number);
    if (!material)
        return tl::unexpected(material.error());
    exporter.add(*material);
    return {};
}

EmissionBox box_of(const Arguments& arguments)
{
    EmissionBox box;
    if (arguments.span) {
        box.low_hz = arguments.span->low_hz;
        box.high_hz = arguments.span->high_hz;
    }
    if (arguments.office.days) {
        box.from = arguments.office.days->from;
        box.until = arguments.office.days->until;
    }
    return box;
}

/// Everything that was heard in a span or on some days, whatever the run.
Status add_box(Store& store, const EmissionBox& box, Exporter& exporter)
{
    constexpr std::size_t page_size = 1000;
    constexpr std::size_t most = 200'000; // an export stands in memory as a whole
    std::map<std::int64_t, std::vector<Emission>> by_run;
    std::size_t count = 0;
    std::optional<PageEnd> after;
    for (bool more = true; more;) {
        auto page = emissions_page(store, box, after, page_size);
        if (!page)
            return tl::unexpected(page.error());
        more = page->size() == page_size;
        count += page->size();
        if (count > most)
            return failure("export.most", {{"n", static_cast<std::int64_t>(most)}}, Fault::usage);
        if (more)
            after = end_of(*page);
        for (FoundEmission& found : *page)
            by_run[found.run].push_back(std::move(found.emission));
    }
    if (by_run.empty())
        return failure("export.nothing", {}, Fault::usage);
    for (auto& [number, emissions] : by_run) {
        auto run = papers::gather_facts(store, number);
        if (!run)
            return tl::unexpected(run.error());
        run->emissions = std::move(emissions);
        exporter.add(*run);
    }
    return {};
}

Status write_export(const Arguments& arguments, Session& session)
{
    const std::filesystem::path output = arguments.output;
    if (output.empty())
        return failure("export.no_output", {}, Fault::usage);
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return tl::unexpected(!vi ? vi.error() : en.error());
    ExportInput input{session.words(), *vi, *en, arguments.office.byte_order_mark, output.parent_path().string(), {}};
    const auto exporter = make_exporter(arguments.output, input);
    if (!exporter)
        return failure("export.form", {{"file", arguments.output}}, Fault::usage);
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    const auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    const bool box = arguments.span || arguments.office.days;
    if (box && (!arguments.words.empty() || arguments.run))
        return failure("export.box_of", {}, Fault::usage);
    const Status added = box                       ? add_box(**store, box_of(arguments), *exporter)
                         : arguments.words.empty() ? add_run(**store, arguments.run, *exporter)
                                                   : add_case(**store, arguments.words.front(), *exporter);
    if (!added)
        return added;
    const std::string text = exporter->finish();
    for (const Message& warning : input.warnings)
        session.warn(warning);
    if (text.empty())
        return failure("export.empty", {{"file", arguments.output}}, Fault::input);
    return write_atomically(arguments.output, text);
}

} // namespace

int run_export(const Arguments& arguments, Session& session)
{
    const Status written = write_export(arguments, session);
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
