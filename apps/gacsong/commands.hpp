// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/session.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace gacsong::app {

/// One command: a file in apps/gacsong/commands/ and a line in the list of commands.cpp.
struct Command {
    std::string_view name;
    std::string_view words; ///< what it wants, as the help shows it
    std::size_t least_words;
    std::size_t most_words;
    /// Does the work and gives the exit status (contract.md §1).
    int (*run)(const Arguments& arguments, Session& session);
};

[[nodiscard]] std::span<const Command> all_commands();

/// Null where there is none of that name.
[[nodiscard]] const Command* find_command(std::string_view name);

[[nodiscard]] int run_scan(const Arguments& arguments, Session& session);
[[nodiscard]] int run_sweep(const Arguments& arguments, Session& session);
[[nodiscard]] int run_mission(const Arguments& arguments, Session& session);
[[nodiscard]] int run_occupancy(const Arguments& arguments, Session& session);
[[nodiscard]] int run_calibrate(const Arguments& arguments, Session& session);
[[nodiscard]] int run_devices(const Arguments& arguments, Session& session);
[[nodiscard]] int run_doctor(const Arguments& arguments, Session& session);
[[nodiscard]] int run_record(const Arguments& arguments, Session& session);
[[nodiscard]] int run_info(const Arguments& arguments, Session& session);
[[nodiscard]] int run_export(const Arguments& arguments, Session& session);
[[nodiscard]] int run_forget(const Arguments& arguments, Session& session);
[[nodiscard]] int run_import(const Arguments& arguments, Session& session);
[[nodiscard]] int run_list(const Arguments& arguments, Session& session);
[[nodiscard]] int run_gui(const Arguments& arguments, Session& session);
[[nodiscard]] int run_render(const Arguments& arguments, Session& session);
[[nodiscard]] int run_sites(const Arguments& arguments, Session& session);
[[nodiscard]] int run_explain(const Arguments& arguments, Session& session);
[[nodiscard]] int run_case(const Arguments& arguments, Session& session);
[[nodiscard]] int run_report(const Arguments& arguments, Session& session);
[[nodiscard]] int run_evidence(const Arguments& arguments, Session& session);
[[nodiscard]] int run_verify(const Arguments& arguments, Session& session);
[[nodiscard]] int run_key(const Arguments& arguments, Session& session);

} // namespace gacsong::app
