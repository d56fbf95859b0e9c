// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/office/open_case.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/papers/build.hpp"
#include "report/typeset/html.hpp"
#include "report/typeset/odt.hpp"
#include "report/typeset/pdf.hpp"
#include "sdr/files/atomic_write.hpp"

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

Status write_report(const Arguments& arguments, const Session& session)
{
    if (arguments.output.empty())
        return failure("report.output", {}, Fault::usage);
    const auto typesetter = typesetter_for(arguments.output);
    if (!typesetter)
        return tl::unexpected(typesetter.error());
    const auto opened = open_case(arguments);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto lines = papers::load_template(arguments.office.paper.empty() ? "case-report" : arguments.office.paper,
                                             session.words().language());
    if (!lines)
        return tl::unexpected(lines.error());
    const papers::PaperInput input{opened->material,  arguments.settings.office,
                                   session.words(),   "Gác Sóng " GACSONG_VERSION,
                                   present_hand().at, arguments.office.addressee};
    const auto paper = papers::build_paper(*lines, input);
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
