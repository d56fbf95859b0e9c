// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "report/inspections/inspected_device.hpp"
#include "report/store/store.hpp"
#include "report/summary/period.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::summary {

/// What a case is counted as: by the gravest of what it holds, in this order.
enum class CaseKind { fake, protected_band, device, violation, unlicensed, interference, other };

/// In the order of the table (documents.md §3.6).
inline constexpr std::array case_kinds{CaseKind::unlicensed,     CaseKind::violation, CaseKind::device,
                                       CaseKind::protected_band, CaseKind::fake,      CaseKind::interference,
                                       CaseKind::other};
/// `unlicensed`: of the wording.
[[nodiscard]] const char* code(CaseKind kind);

struct CountedCase {
    std::string case_id;
    std::string title;
    std::string state;
    std::optional<Instant> opened_at;
    std::string place; ///< place_of() its address
    CaseKind kind = CaseKind::other;
    std::uint64_t findings = 0;
    std::uint64_t answers = 0;                             ///< typed replies
    std::map<std::string, std::uint64_t> rules;            ///< what its findings say, by rule
    std::vector<std::pair<Instant, std::string>> outcomes; ///< as typed
};

/// A run with what it found, counted.
struct CountedRun {
    std::int64_t run = 0;
    Instant at; ///< when it began; where that is not known, when it was stored
    double seconds = 0.0;
    std::optional<double> low_hz; ///< what it looked at
    std::optional<double> high_hz;
    std::string place; ///< of the first case that rests on it; empty: of none
    std::map<Verdict, std::uint64_t> emissions;
    std::map<std::string, std::uint64_t> systems; ///< its emissions by name of the system
};

/// Emissions between two edges of the plan.
struct CountedBand {
    const Band* band = nullptr;
    double seconds = 0.0; ///< of runs that looked at some of it
    std::map<Verdict, std::uint64_t> emissions;
    [[nodiscard]] std::uint64_t all() const;
};

/// Base stations of one network and technology, each once, by the gravest of its verdicts in the period.
struct CountedNetwork {
    std::string technology;
    std::string plmn;
    std::map<std::string, std::uint64_t> verdicts;
    [[nodiscard]] std::uint64_t all() const;
};

/// Everything that a summary of a period is made from.
struct PeriodMaterial {
    Period period;
    const Plan* plan = nullptr;
    std::vector<CountedCase> cases;       ///< of all time
    std::vector<InspectedDevice> devices; ///< likewise
    std::vector<CountedRun> runs;         ///< likewise
    std::vector<CountedBand> bands;       ///< of the period, where something was looked at or heard
    std::vector<CountedNetwork> networks; ///< of the period
    std::uint64_t packages = 0;           ///< sealed in the period
};

/// The commune of an address as somebody typed it: its part that begins with `xã`, `phường`, `đặc khu`, `thị trấn`,
/// `commune` or `ward`; where there is none the whole address.
[[nodiscard]] std::string place_of(const std::string& address);

/// Reads what is counted from a store. `plan` must outlive it. Errors: those of the store.
[[nodiscard]] Result<PeriodMaterial> gather_period(Store& store, const Plan& plan, const Period& period);

} // namespace gacsong::summary
