// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/receivers.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/text/utf8.hpp"

#include <nlohmann/json.hpp>

namespace gacsong::app {
namespace {

std::string device_json(const FoundReceiver& device)
{
    nlohmann::ordered_json object{{"type", "device"}, {"address", address(device)}};
    for (const auto& [key, value] : device)
        object[key] = value;
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string device_line(const FoundReceiver& device)
{
    const auto label = device.find("label");
    return pad_to_width(printable(address(device)), 44) + " " +
           (label == device.end() ? std::string{} : printable(label->second));
}

} // namespace

int run_devices(const Arguments& arguments, Session& session)
{
    const auto all = plugged_in();
    if (!all)
        return session.fail(all.error());
    for (const Message& problem : all->problems)
        session.warn(problem);
    Status written;
    for (const FoundReceiver& device : all->receivers) {
        if (written)
            written = session.out().line(arguments.json ? device_json(device) : device_line(device));
    }
    if (all->receivers.empty())
        session.warn(Message("device.none"));
    if (written)
        written = session.out().flush();
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
