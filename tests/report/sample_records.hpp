// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/wording/wording.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gacsong::test {

/// 2026-11-02T03:15:00Z, which is 10:15 in Viet Nam.
constexpr Instant morning{1'793'589'300'000'000'000};

/// A recording of 12.5 s around 98 MHz at 2.4 MS/s.
[[nodiscard]] Run sample_run();

/// The DMR emission of contract.md §2: every field has a value.
[[nodiscard]] Emission licensed_emission();

/// A broadcast emission without a licence.
[[nodiscard]] Emission unlicensed_emission();

/// A weak trace in a protected band; the receiver was at its limit.
[[nodiscard]] Emission protected_emission();

/// An emission of a recording with an unknown centre.
[[nodiscard]] Emission offset_emission();

/// The findings of unlicensed_emission() and protected_emission().
[[nodiscard]] std::vector<Finding> sample_findings();

[[nodiscard]] End sample_end();

/// The sentences of plans/wording, from the source tree alone.
[[nodiscard]] const Wording& words(Language language);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// Compares with tests/golden/report/<name>; with UPDATE_GOLDEN=1 in the environment the file is written instead.
void expect_golden(const std::string& text, const std::string& name);

} // namespace gacsong::test
