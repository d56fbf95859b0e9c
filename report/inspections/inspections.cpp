// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/inspections.hpp"

#include "detect/plan/tables/validity.hpp"
#include "report/cases/case_rows.hpp"
#include "report/cases/cases.hpp"
#include "report/inspections/device_checks.hpp"
#include "report/inspections/imei.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/transaction.hpp"
#include "report/text/time_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace gacsong {
namespace {

tl::unexpected<Error> wrong_field(const char* name, const std::string& value)
{
    return failure("inspection.field", {{"field", std::string(name)}, {"value", value}}, Fault::usage);
}

std::string iso_day(Instant day)
{
    const CivilTime t = civil_time(day, vietnam_utc_offset_s);
    return fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day);
}

/// The columns of a device in the store, its number left out.
SqlRow stored_row(const InspectedDevice& device)
{
    SqlRow row = row_of(device);
    std::erase_if(row, [](const auto& column) { return column.first == "device"; });
    return row;
}

/// Whether two devices were typed alike: everything but number and remarks, which follow from the plan of the day.
bool same_typed(const InspectedDevice& a, const InspectedDevice& b)
{
    const SqlRow one = stored_row(a);
    const SqlRow other = stored_row(b);
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (one[i].first != "remark" && one[i].second != other[i].second)
            return false;
    }
    return true;
}

std::string details_of(const InspectedDevice& device)
{
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& [name, value] : row_of(device)) {
        if (!value.isNull())
            json[name] = value.toString().toStdString();
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Status check_open(Store& store, const Hand& hand, const std::string& case_id)
{
    const auto file = Cases(store, hand).file(case_id);
    if (!file)
        return tl::unexpected(file.error());
    if (file->state != "open")
        return failure("case.closed", {{"case", case_id}}, Fault::usage);
    return {};
}

} // namespace

Status Inspections::complete(InspectedDevice& device, const Plan& plan)
{
    if (!device.date.empty()) {
        const auto day = parse_day(device.date);
        if (!day)
            return wrong_field("date", device.date);
        device.date = iso_day(*day);
    }
    const auto marks = mark_states();
    if (!device.mark.empty() && std::ranges::find(marks, mark_state(device.mark)) == marks.end())
        return wrong_field("mark", device.mark);
    device.imei_ok = device.imei.empty() ? std::nullopt : imei_check(device.imei);
    device.center_hz.reset();
    device.bandwidth_hz.reset();
    device.designator.clear();
    std::optional<Emission> emission;
    if (!device.emission_id.empty()) {
        const auto address = parse_item_address(device.emission_id);
        const auto run = store_.run(address ? address->run : std::nullopt);
        if (!run)
            return tl::unexpected(run.error());
        if (address && address->id.front() == 'e' && *run) {
            auto found = store_.emission((*run)->number, address->id);
            if (!found)
                return tl::unexpected(found.error());
            emission = std::move(*found);
        }
        if (!emission)
            return failure("inspection.emission", {{"item", device.emission_id}}, Fault::usage);
        device.emission_id = fmt::format("{}/{}", (*run)->number, emission->id);
        device.center_hz = emission->center_hz;
        device.bandwidth_hz = emission->bandwidth_hz;
        device.designator = emission->designator;
    }
    device.remark = device_remarks(device, plan, emission ? &*emission : nullptr);
    return {};
}

Result<std::size_t> Inspections::add(const std::string& case_id, std::span<const InspectedDevice> devices,
                                     const Plan& plan)
{
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const Status open = check_open(store_, hand_, case_id); !open)
        return tl::unexpected(open.error());
    auto present = list(case_id);
    if (!present)
        return tl::unexpected(present.error());
    std::vector<InspectedDevice> fresh;
    for (InspectedDevice device : devices) {
        device.case_id = case_id;
        if (const Status completed = complete(device, plan); !completed)
            return tl::unexpected(completed.error());
        if (std::ranges::any_of(*present, [&](const auto& other) { return same_typed(device, other); }))
            continue;
        present->push_back(device);
        fresh.push_back(std::move(device));
    }
    for (const InspectedDevice& device : fresh) {
        Status done = insert_row(store_.connection(), "inspected_device", stored_row(device));
        if (done)
            done = append_case_audit(store_.connection(), hand_, "device-add", case_id, details_of(device),
                                     &device == &fresh.back());
        if (!done)
            return tl::unexpected(done.error());
    }
    return transaction->commit().map([&] { return fresh.size(); });
}

Status Inspections::change(const InspectedDevice& changed, const Plan& plan)
{
    auto transaction = Transaction::begin(store_.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (const Status open = check_open(store_, hand_, changed.case_id); !open)
        return open;
    const auto before = device(changed.case_id, changed.device);
    if (!before)
        return tl::unexpected(before.error());
    InspectedDevice now = changed;
    if (const Status completed = complete(now, plan); !completed)
        return completed;
    const auto number = to_sql(now.device);
    Status done = run_statement(store_.connection(), "DELETE FROM inspected_device WHERE device = ?", {number});
    if (done)
        done = insert_row(store_.connection(), "inspected_device", row_of(now));
    if (done)
        done = append_case_audit(store_.connection(), hand_, "device-change", now.case_id,
                                 fmt::format("{{\"before\":{},\"after\":{}}}", details_of(*before), details_of(now)));
    return done ? transaction->commit() : done;
}

Result<std::vector<InspectedDevice>> Inspections::list(const std::string& case_id)
{
    const bool all = case_id.empty();
    return read_rows<InspectedDevice>(
        store_.connection(),
        fmt::format("SELECT * FROM inspected_device{} ORDER BY date, device", all ? "" : " WHERE case_id = ?"),
        all ? std::vector<QVariant>{} : std::vector<QVariant>{to_sql(case_id)}, filled<InspectedDevice>);
}

Result<InspectedDevice> Inspections::device(const std::string& case_id, std::uint64_t number)
{
    auto rows = read_rows<InspectedDevice>(store_.connection(),
                                           "SELECT * FROM inspected_device WHERE case_id = ? AND device = ?",
                                           {to_sql(case_id), to_sql(number)}, filled<InspectedDevice>);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->empty())
        return failure("inspection.unknown", {{"case", case_id}, {"device", std::to_string(number)}}, Fault::usage);
    return std::move(rows->front());
}

} // namespace gacsong
