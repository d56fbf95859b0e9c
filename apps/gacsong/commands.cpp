// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace gacsong::app {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

constexpr auto commands = std::to_array<Command>({
    {"scan", "INPUT...", 1, any_number, run_scan},
    {"sweep", "[soapy:...]", 0, 1, run_sweep},
    {"record", "soapy:...|-", 1, 1, run_record},
    {"mission", "FILE.toml", 1, 1, run_mission},
    {"occupancy", "[FILE.csv...]", 0, any_number, run_occupancy},
    {"calibrate", "INPUT", 1, 1, run_calibrate},
    {"devices", "", 0, 0, run_devices},
    {"doctor", "[soapy:...]", 0, any_number, run_doctor},
    {"info", "INPUT...", 1, any_number, run_info},
    {"sites", "", 0, 0, run_sites},
    {"explain", "ID", 1, 1, run_explain},
    {"render", "INPUT", 1, 1, run_render},
    {"case", "new|add|inspect|note|close|list|show [...]", 1, any_number, run_case},
    {"report", "CASE|--summary FROM..TO", 0, 1, run_report},
    {"evidence", "CASE", 1, 1, run_evidence},
    {"verify", "FILE.zip|sqlite:FILE", 1, 1, run_verify},
    {"key", "new|show|trust NAME FILE", 1, 3, run_key},
    {"export", "[CASE]", 0, 1, run_export},
    {"import", "FILE|sqlite:FILE", 1, 1, run_import},
    {"forget", "[FOLDER]", 0, 1, run_forget},
    {"gui", "[INPUT]", 0, 1, run_gui},
    {"list", "rules|signatures|indicators|plans|formats", 1, 1, run_list},
});

} // namespace

std::span<const Command> all_commands() { return commands; }

const Command* find_command(std::string_view name)
{
    const auto found = std::ranges::find(commands, name, &Command::name);
    return found == commands.end() ? nullptr : &*found;
}

} // namespace gacsong::app
