// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "report/cases/audit.hpp"
#include "report/inspections/inspected_device.hpp"
#include "report/json/record_json.hpp"
#include "report/store/store.hpp"

#include <span>
#include <string>
#include <vector>

namespace gacsong {

/// What was found on premises, case by case. Every change is one transaction with its entry in the log.
class Inspections {
public:
    /// The store must outlive it.
    Inspections(Store& store, Hand hand) : store_(store), hand_(std::move(hand)) {}

    /// Completes and writes devices: check digit, measured values of the linked emission, remarks after `plan`. One
    /// that stands in the case already, field by field as typed, is not written again. Gives how many are new.
    /// Errors: case.unknown, case.closed, inspection.field (a date or a mark that is none), inspection.emission (not in
    /// the store); those of the store.
    [[nodiscard]] Result<std::size_t> add(const std::string& case_id, std::span<const InspectedDevice> devices,
                                          const Plan& plan);

    /// Replaces what stands of one device; what stood before stays in the log. Errors: as above; inspection.unknown.
    [[nodiscard]] Status change(const InspectedDevice& device, const Plan& plan);

    /// Devices of a case by date and number. An empty case: all.
    [[nodiscard]] Result<std::vector<InspectedDevice>> list(const std::string& case_id);

    /// Errors: inspection.unknown.
    [[nodiscard]] Result<InspectedDevice> device(const std::string& case_id, std::uint64_t number);

private:
    [[nodiscard]] Status complete(InspectedDevice& device, const Plan& plan);

    Store& store_;
    Hand hand_;
};

/// One JSON object without the line's end, `type` first: `inspected_device`. Remarks in both languages.
[[nodiscard]] std::string inspected_device_json(const InspectedDevice& device, const Wordings& wordings);

} // namespace gacsong
