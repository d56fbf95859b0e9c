// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/commands.hpp"
#include "report/papers/material.hpp"
#include "report/store/store.hpp"

#include <memory>

namespace gacsong::app {

/// A case of the store, for what is made of it: a report, a package.
struct OpenedCase {
    std::unique_ptr<Store> store;
    papers::CaseMaterial material;
};

/// Whether the output may be written. Errors: output.exists.
[[nodiscard]] Status check_output(const Arguments& arguments);

/// Opens the case that the command names, after looking that its output may be written.
/// Errors: output.exists, case.unknown, report.empty, those of the store.
[[nodiscard]] Result<OpenedCase> open_case(const Arguments& arguments);

} // namespace gacsong::app
