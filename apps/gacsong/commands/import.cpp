// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "detect/plan/tables/open_cell_id.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "sdr/files/atomic_write.hpp"

#include <filesystem>

namespace gacsong::app {
namespace {

constexpr std::size_t most_told = 10; ///< rows that cannot be read; a list of millions has many of a kind

Result<Message> import_cells(const Arguments& arguments, Session& session)
{
    const std::filesystem::path input = arguments.words.front();
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    const auto file = read_text_file(input, table_file_limit);
    if (!file)
        return tl::unexpected(file.error());
    std::vector<Message> problems;
    const auto cells = import_open_cell_id(file->text, input.filename().string(), problems);
    if (!cells)
        return tl::unexpected(cells.error());
    for (std::size_t i = 0; i < std::min(most_told, problems.size()); ++i)
        session.warn(problems[i]);
    if (const Status written = write_atomically(arguments.output, cells->table); !written)
        return tl::unexpected(written.error());
    return Message("import.done", {{"n", static_cast<std::int64_t>(cells->rows)},
                                   {"count", static_cast<std::int64_t>(problems.size() + cells->left_out)},
                                   {"file", arguments.output}});
}

} // namespace

int run_import(const Arguments& arguments, Session& session)
{
    if (arguments.output.empty())
        return session.fail({Message("import.no_output"), Fault::usage});
    const auto done = import_cells(arguments, session);
    if (!done)
        return session.fail(done.error());
    const Status said = session.out().line(session.words().text(*done));
    return said ? status::done : session.fail(said.error());
}

} // namespace gacsong::app
