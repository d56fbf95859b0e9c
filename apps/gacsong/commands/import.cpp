// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "detect/plan/tables/open_cell_id.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "report/cases/merge_store.hpp"
#include "report/lists/bookmarks.hpp"
#include "report/store/store_url.hpp"
#include "sdr/files/atomic_write.hpp"

#include <array>
#include <filesystem>
#include <fstream>

namespace gacsong::app {
namespace {

constexpr std::size_t most_told = 10; ///< rows that cannot be read; a list of millions has many of a kind

/// Another store, by its URL or by the first bytes of the file.
bool is_store(const std::string& input)
{
    constexpr std::string_view magic = "SQLite format 3";
    std::array<char, magic.size()> start{};
    std::ifstream in(input, std::ios::binary);
    return input.starts_with("sqlite:") || input.starts_with("postgresql://") || input.starts_with("postgres://") ||
           (in.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == magic);
}

Result<Message> import_store(const Arguments& arguments)
{
    const auto other = store_address(arguments.words.front());
    const auto here = store_address(arguments.settings.store.value_or(""));
    if (!other || !here)
        return tl::unexpected(!other ? other.error() : here.error());
    std::error_code error;
    if (*other == *here || std::filesystem::equivalent(other->file(), here->file(), error))
        return failure("import.same", {{"store", here->name()}}, Fault::usage);
    const auto store = Store::open(*here);
    if (!store)
        return tl::unexpected(store.error());
    const auto merged = merge_store(**store, *other, present_hand());
    if (!merged)
        return tl::unexpected(merged.error());
    return Message("import.merged", {{"n", static_cast<std::int64_t>(merged->runs)},
                                     {"there", std::to_string(merged->there)},
                                     {"cases", std::to_string(merged->cases)},
                                     {"devices", std::to_string(merged->devices)},
                                     {"store", other->name()}});
}

Result<Message> import_table(const Arguments& arguments, Session& session)
{
    if (arguments.output.empty())
        return failure("import.no_output", {}, Fault::usage);
    const std::filesystem::path input = arguments.words.front();
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    const auto file = read_text_file(input, table_file_limit);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto bookmarks = parse_bookmarks(file->text)) {
        if (const Status written = write_atomically(arguments.output, bookmark_table(*bookmarks)); !written)
            return tl::unexpected(written.error());
        return Message("import.bookmarks", {{"n", static_cast<std::int64_t>(bookmarks->list.size())},
                                            {"program", bookmarks->program},
                                            {"count", static_cast<std::int64_t>(bookmarks->left_out)},
                                            {"file", arguments.output}});
    }
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
    const auto done = is_store(arguments.words.front()) ? import_store(arguments) : import_table(arguments, session);
    if (!done)
        return session.fail(done.error());
    const Status said = session.out().line(session.words().text(*done));
    return said ? status::done : session.fail(said.error());
}

} // namespace gacsong::app
