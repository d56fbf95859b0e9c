// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/comparison.hpp"

#include "detect/plan/plan_reader.hpp"
#include "detect/plan/tables/blocks.hpp"
#include "report/wording/data_paths.hpp"

#include <chrono>

namespace gacsong::app {

Result<Comparison> load_comparison(const Settings& settings)
{
    Comparison comparison;
    auto context = std::make_shared<JudgeContext>();
    auto plan = load_plan(settings.plan.value_or("vn"), plan_folders());
    if (!plan)
        return tl::unexpected(plan.error());
    context->plan = std::move(*plan);
    comparison.problems = context->plan.problems;
    if (settings.register_file) {
        auto licences = load_register(*settings.register_file, comparison.problems);
        if (!licences)
            return tl::unexpected(licences.error());
        context->licences = std::move(*licences);
    }
    if (!settings.cells_files.empty()) {
        std::vector<CellRegister> registers;
        for (const std::string& file : settings.cells_files) {
            auto cells = load_cell_register(file, comparison.problems);
            if (!cells)
                return tl::unexpected(cells.error());
            registers.push_back(std::move(*cells));
        }
        context->cells =
            std::make_shared<const CellRegister>(join_registers(std::move(registers), comparison.problems));
    }
    if (settings.blocks_file) {
        auto blocks = load_blocks(*settings.blocks_file, comparison.problems);
        if (!blocks)
            return tl::unexpected(blocks.error());
        add_blocks(context->plan, std::move(*blocks));
    }
    if (settings.ignore_file) {
        auto ignore = load_ignore_list(*settings.ignore_file, comparison.problems);
        if (!ignore)
            return tl::unexpected(ignore.error());
        context->ignore = std::move(*ignore);
    }
    if (settings.place)
        context->place = Place{settings.place->latitude, settings.place->longitude};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    context->today.unix_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    comparison.context = std::move(context);
    return comparison;
}

std::shared_ptr<const JudgeContext> context_at(std::shared_ptr<const JudgeContext> context, const StreamInfo& stream,
                                               std::shared_ptr<const ReceiverTrack> track)
{
    auto at = std::make_shared<JudgeContext>(*context);
    if (!at->place)
        at->track = std::move(track);
    if (!at->place && stream.latitude && stream.longitude)
        at->place = Place{*stream.latitude, *stream.longitude};
    if (stream.center_hz)
        at->heard_hz =
            std::pair(*stream.center_hz - 0.5 * stream.sample_rate_hz, *stream.center_hz + 0.5 * stream.sample_rate_hz);
    return at;
}

} // namespace gacsong::app
