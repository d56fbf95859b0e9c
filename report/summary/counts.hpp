// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/summary/counted.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace gacsong::summary {

/// Cases opened in a period. What is still open stands apart: nobody has set its outcome yet.
struct CaseCounts {
    std::map<CaseKind, std::uint64_t> settled;
    std::uint64_t open = 0;
    [[nodiscard]] std::uint64_t all() const;
};
[[nodiscard]] CaseCounts count_cases(const PeriodMaterial& material, const Period& period);

/// Runs of a period and what they found.
struct RunCounts {
    std::uint64_t runs = 0;
    double seconds = 0.0;
    std::map<Verdict, std::uint64_t> emissions;
    [[nodiscard]] std::uint64_t all() const;
    /// Of no licence, outside conditions, in protected bands.
    [[nodiscard]] std::uint64_t told() const;
};
[[nodiscard]] RunCounts count_runs(const PeriodMaterial& material, const Period& period);

/// Devices of some premises or of some kind.
struct DeviceCounts {
    std::set<std::pair<std::string, std::string>> premises; ///< name and address
    std::uint64_t devices = 0;
    std::uint64_t marked = 0;
    std::uint64_t unmarked = 0;
    std::uint64_t papers = 0;  ///< of origin, shown
    std::uint64_t outside = 0; ///< labelled for a band that is not for their kind
    std::uint64_t recommended = 0;
    std::uint64_t sealed = 0; ///< or held
    std::uint64_t handed_over = 0;
    std::uint64_t passed = 0;                     ///< marked, without a remark
    std::uint64_t remarked = 0;                   ///< with a remark of the program
    std::map<std::string, std::uint64_t> remarks; ///< by the last part of their key
};
/// By code of the business (`business`) or of the device; texts that are no code come as they are.
struct DevicesCounted {
    DeviceCounts all;
    std::map<std::string, DeviceCounts> by_business;
    std::map<std::string, DeviceCounts> by_kind;
    std::uint64_t undated = 0; ///< of all time; they are in no period
};
[[nodiscard]] DevicesCounted count_devices(const PeriodMaterial& material, const Period& period);

/// One place in a period.
struct PlaceCounts {
    std::uint64_t runs = 0;
    double seconds = 0.0;
    std::uint64_t findings = 0; ///< of cases that are no longer open
    std::uint64_t devices = 0;  ///< inspected
    std::set<std::pair<std::string, std::string>> premises;
    std::vector<std::string> outcomes; ///< as typed
};
/// By place; runs that no case rests on stand under the empty name.
[[nodiscard]] std::map<std::string, PlaceCounts> count_places(const PeriodMaterial& material, const Period& period);

/// How many of each kind, by its code.
using Tally = std::map<std::string, std::uint64_t>;
/// Emissions of the runs of a period by name of their system.
[[nodiscard]] Tally count_systems(const PeriodMaterial& material, const Period& period);
/// Findings by rule, of cases that were opened in a period and are no longer open.
[[nodiscard]] Tally count_rules(const PeriodMaterial& material, const Period& period);

/// When the store begins to know something; nothing for an empty store.
[[nodiscard]] std::optional<Instant> first_moment(const PeriodMaterial& material);

} // namespace gacsong::summary
