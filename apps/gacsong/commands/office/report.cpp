// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/office/open_case.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/papers/build.hpp"
#include "report/picture/sheet.hpp"
#include "report/summary/counted.hpp"
#include "report/typeset/html.hpp"
#include "report/typeset/odt.hpp"
#include "report/typeset/pdf.hpp"
#include "sdr/files/atomic_write.hpp"

#include <filesystem>

namespace gacsong::app {
namespace {

using Typesetter = Result<std::string> (*)(const typeset::Paper&);

/// How a paper is set, by the end of the file's name.
Result<Typesetter> typesetter_for(const std::string& output)
{
    const std::string ending = std::filesystem::path(output).extension().string();
    if (ending == ".pdf")
        return typeset::make_pdf;
    if (ending == ".odt")
        return typeset::make_odt;
    if (ending == ".html")
        return typeset::make_html;
    return failure("report.form", {{"file", output}}, Fault::usage);
}

Result<typeset::Paper> made(const Arguments& arguments, const Session& session, const std::string& stem,
                            const papers::CaseMaterial& material, const summary::PeriodMaterial* period)
{
    const auto lines = papers::load_template(stem, session.words().language());
    if (!lines)
        return tl::unexpected(lines.error());
    papers::PaperInput input{material,          arguments.settings.office, session.words(), "Gác Sóng " GACSONG_VERSION,
                             present_hand().at, arguments.office.addressee};
    input.period = period;
    return papers::build_paper(*lines, input);
}

Result<typeset::Paper> case_paper(const Arguments& arguments, const Session& session)
{
    const auto opened = open_case(arguments);
    if (!opened)
        return tl::unexpected(opened.error());
    return made(arguments, session, arguments.office.paper.empty() ? "case-report" : arguments.office.paper,
                opened->material, nullptr);
}

Result<typeset::Paper> summary_paper(const Arguments& arguments, const Session& session)
{
    if (!arguments.words.empty() || !arguments.office.paper.empty())
        return failure("report.case_or_summary",
                       {{"what", arguments.words.empty() ? "--paper" : arguments.words.front()}}, Fault::usage);
    if (const Status free = check_output(arguments); !free)
        return tl::unexpected(free.error());
    const auto comparison = load_comparison(arguments.settings);
    if (!comparison)
        return tl::unexpected(comparison.error());
    picture::prepare_painting(); // before the store makes an application that cannot paint
    const auto store = open_store(arguments, false);
    if (!store)
        return tl::unexpected(store.error());
    const auto material = summary::gather_period(**store, comparison->context->plan, *arguments.office.summary);
    if (!material)
        return tl::unexpected(material.error());
    return made(arguments, session, "summary", {}, &*material);
}

Status write_report(const Arguments& arguments, const Session& session)
{
    if (!arguments.office.summary && arguments.words.empty())
        return failure("report.no_case", {}, Fault::usage);
    if (arguments.output.empty())
        return failure("report.output", {}, Fault::usage);
    const auto typesetter = typesetter_for(arguments.output);
    if (!typesetter)
        return tl::unexpected(typesetter.error());
    const auto paper = arguments.office.summary ? summary_paper(arguments, session) : case_paper(arguments, session);
    if (!paper)
        return tl::unexpected(paper.error());
    const auto bytes = (*typesetter)(*paper);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return write_atomically(arguments.output, *bytes);
}

} // namespace

int run_report(const Arguments& arguments, Session& session)
{
    const Status written = write_report(arguments, session);
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
