// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/text/utf8.hpp"
#include "sdr/receivers/receiver_link.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace gacsong::app {
namespace {

using Found = std::map<std::string, std::string>;

/// Drivers that are not asked: sound cards, what plays files, and what would shout into the network.
bool asked(const std::string& driver)
{
    constexpr std::array<std::string_view, 4> silent{"audio", "null", "remote", "replay"};
    return std::ranges::find(silent, driver) == silent.end();
}

std::string value_of(const Found& device, const char* key)
{
    const auto found = device.find(key);
    return found == device.end() ? std::string{} : found->second;
}

/// What to give to `gacsong scan`.
std::string address(const Found& device)
{
    const std::string serial = value_of(device, "serial");
    return "soapy:driver=" + value_of(device, "driver") + (serial.empty() ? "" : ",serial=" + serial);
}

std::string device_json(const Found& device)
{
    nlohmann::ordered_json object{{"type", "device"}, {"address", address(device)}};
    for (const auto& [key, value] : device)
        object[key] = value;
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

int run_devices(const Arguments& arguments, Session& session)
{
    const auto drivers = sdr::list_drivers();
    if (!drivers)
        return session.fail(drivers.error());
    Status written;
    std::size_t count = 0;
    for (const std::string& driver : *drivers) {
        if (!asked(driver))
            continue;
        // Each in a process of its own: one that hangs or crashes takes no other with it.
        const auto found = sdr::list_receivers({{"driver", driver}});
        if (!found) {
            session.warn(found.error().message);
            continue;
        }
        for (const Found& device : *found) {
            ++count;
            const std::string line = arguments.json ? device_json(device)
                                                    : pad_to_width(printable(address(device)), 44) + " " +
                                                          printable(value_of(device, "label"));
            if (written)
                written = session.out().line(line);
        }
    }
    if (count == 0)
        session.warn(Message("device.none"));
    if (written)
        written = session.out().flush();
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
