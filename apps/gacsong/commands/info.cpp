// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/info/info.hpp"

#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"

namespace gacsong::app {

int run_info(const Arguments& arguments, Session& session)
{
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return session.fail(vi ? en.error() : vi.error());
    int result = status::done;
    for (const std::string& input : arguments.words) {
        const auto inspection = sdr::inspect_recording(input, input_flags(arguments));
        if (!inspection) {
            result = worse(result, session.fail(inspection.error()));
            continue;
        }
        const Status written = arguments.json ? session.out().line(info_json(*inspection, {*en, *vi}))
                                              : session.write_sections(info_sections(*inspection, session.words()));
        if (!written)
            return worse(result, session.fail(written.error()));
    }
    return result;
}

} // namespace gacsong::app
