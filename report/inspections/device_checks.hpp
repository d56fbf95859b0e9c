// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "report/inspections/inspected_device.hpp"

namespace gacsong {

/// What follows from plan, label and number of a device, each with the text it rests on: no mark of conformity, a
/// frequency on the label outside the bands of its kind, a kind that needs a permission everywhere, a wrong check
/// digit, a measured frequency that is not the labelled one (`emission`: that of emission_id; null where there is
/// none). They say what to look at, never what somebody did.
[[nodiscard]] std::vector<Reason> device_remarks(const InspectedDevice& device, const Plan& plan,
                                                 const Emission* emission);

} // namespace gacsong
