// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/receivers.hpp"

#include "sdr/receivers/receiver_link.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gacsong::app {
namespace {

/// Drivers that are not asked: sound cards, what plays files, and what would shout into the network.
bool asked(const std::string& driver)
{
    constexpr std::array<std::string_view, 4> silent{"audio", "null", "remote", "replay"};
    return std::ranges::find(silent, driver) == silent.end();
}

std::string value_of(const FoundReceiver& receiver, const char* key)
{
    const auto found = receiver.find(key);
    return found == receiver.end() ? std::string{} : found->second;
}

} // namespace

std::string address(const FoundReceiver& receiver)
{
    const std::string serial = value_of(receiver, "serial");
    return "soapy:driver=" + value_of(receiver, "driver") + (serial.empty() ? "" : ",serial=" + serial);
}

Result<PluggedIn> plugged_in()
{
    const auto drivers = sdr::list_drivers();
    if (!drivers)
        return tl::unexpected(drivers.error());
    PluggedIn all;
    for (const std::string& driver : *drivers) {
        if (!asked(driver))
            continue;
        const auto found = sdr::list_receivers({{"driver", driver}});
        if (found)
            all.receivers.insert(all.receivers.end(), found->begin(), found->end());
        else
            all.problems.push_back(found.error().message);
    }
    return all;
}

Result<std::string> only_receiver()
{
    const auto all = plugged_in();
    if (!all)
        return tl::unexpected(all.error());
    if (all->receivers.empty())
        return failure("device.none", {});
    if (all->receivers.size() > 1)
        return failure(
            "device.several",
            {{"n", static_cast<std::int64_t>(all->receivers.size())}, {"device", address(all->receivers.front())}},
            Fault::usage);
    return address(all->receivers.front());
}

} // namespace gacsong::app
