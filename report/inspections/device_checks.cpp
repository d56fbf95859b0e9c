// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/device_checks.hpp"

#include "report/inspections/inspection_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gacsong {
namespace {

constexpr double label_ppm = 100.0; ///< what a label's digits and a plain crystal leave open

/// A reference with a remark where it is not wholly verified, for the placeholder {reference}.
Value quoted(const std::string& reference, Verified verified)
{
    if (reference.empty())
        return std::vector<Message>{Message("reference.none")};
    if (verified == Verified::yes)
        return reference;
    const char* key = verified == Verified::partly ? "reference.partly" : "reference.no";
    return std::vector<Message>{Message(key, {{"reference", reference}})};
}

class Checks {
public:
    Checks(const InspectedDevice& device, const Plan& plan) : device_(device), plan_(plan)
    {
        const auto kinds = device_kinds();
        const auto found = std::ranges::find(kinds, std::string_view(device.device_kind), &DeviceKind::code);
        if (found != kinds.end())
            kind_ = &*found;
        when_ = parse_day(device.date);
    }

    std::vector<Reason> all(const Emission* emission)
    {
        mark();
        band();
        if (device_.imei_ok == false)
            say("inspection.remark.imei", {{"imei", device_.imei}}, "3GPP TS 23.003, Annex B");
        if (emission != nullptr)
            measured(*emission);
        return std::move(remarks_);
    }

private:
    void say(const char* key, std::vector<Argument> arguments, const std::string& reference,
             Verified verified = Verified::yes)
    {
        arguments.push_back({"reference", quoted(reference, verified)});
        remarks_.push_back({"inspection", Message(key, std::move(arguments)), reference});
    }

    void mark()
    {
        const std::string state = mark_state(device_.mark);
        if (state == "no")
            say("inspection.remark.no_mark", {}, plan_.conformity.reference, plan_.conformity.verified);
        else if (state == "unreadable")
            say("inspection.remark.mark_unreadable", {}, plan_.conformity.reference, plan_.conformity.verified);
    }

    [[nodiscard]] bool holds(const PlanRow& row) const { return !when_ || row.validity.holds(*when_); }
    [[nodiscard]] bool of_kind(const ExemptClass& row) const
    {
        return !kind_->exempt.empty() && row.device.starts_with(kind_->exempt);
    }

    void band()
    {
        if (kind_ == nullptr)
            return;
        const auto& label = device_.label_freq_hz;
        const Argument kind{"kind",
                            std::vector<Message>{Message(fmt::format("inspection.device_kind.{}", kind_->code))}};
        const ExemptClass* exempt = nullptr;
        for (const ExemptClass& row : plan_.exempt) {
            if (!of_kind(row) || !holds(row.row))
                continue;
            exempt = &row;
            if (label && row.row.contains(*label))
                return; // where it belongs
        }
        for (const ProhibitedDevice& row : plan_.prohibited) {
            if (kind_->prohibited.empty() || row.device != kind_->prohibited || !holds(row.row))
                continue;
            if (label && row.row.contains(*label))
                return say("inspection.remark.not_permitted", {{"center", Quantity{*label, Unit::frequency}}, kind},
                           row.row.reference, row.row.verified);
            if (exempt == nullptr)
                return say("inspection.remark.needs_permission", {kind}, row.row.reference, row.row.verified);
        }
        if (label && exempt != nullptr)
            say("inspection.remark.outside", {{"center", Quantity{*label, Unit::frequency}}, kind},
                exempt->row.reference, exempt->row.verified);
    }

    void measured(const Emission& e)
    {
        if (!e.center_hz || !device_.label_freq_hz)
            return;
        const double label = *device_.label_freq_hz;
        const double room = 0.5 * e.bandwidth_hz + e.uncertainty.center_hz + label_ppm * 1e-6 * label;
        if (std::abs(*e.center_hz - label) > room)
            say("inspection.remark.measured",
                {{"center", Quantity{*e.center_hz, Unit::frequency, e.uncertainty.center_hz}},
                 {"label", Quantity{label, Unit::frequency}}},
                {});
    }

    const InspectedDevice& device_;
    const Plan& plan_;
    const DeviceKind* kind_ = nullptr;
    std::optional<Instant> when_;
    std::vector<Reason> remarks_;
};

} // namespace

std::vector<Reason> device_remarks(const InspectedDevice& device, const Plan& plan, const Emission* emission)
{
    return Checks(device, plan).all(emission);
}

} // namespace gacsong
