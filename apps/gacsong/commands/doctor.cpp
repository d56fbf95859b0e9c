// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "sdr/receivers/live_source.hpp"
#include "sdr/receivers/usb.hpp"

#include <fmt/format.h>
#include <sys/timex.h>

#include <algorithm>
#include <fstream>

namespace gacsong::app {
namespace {

constexpr double listening_s = 2.0;
constexpr double needed_mbit = 480.0;
constexpr int enough_usb_memory_mb = 64;

std::string name_of(const sdr::UsbReceiver& receiver)
{
    return fmt::format("{} ({}{}{})", receiver.kind->name, receiver.port, receiver.serial.empty() ? "" : ", ",
                       receiver.serial);
}

/// What stops one receiver, or that nothing does.
std::vector<Message> look_at(const sdr::UsbReceiver& receiver, const std::vector<std::string>& drivers)
{
    std::vector<Message> said;
    const Argument device{"device", name_of(receiver)};
    const Argument driver{"driver", std::string(receiver.kind->driver)};
    if (std::ranges::find(drivers, receiver.kind->driver) == drivers.end()) {
        if (receiver.kind->package.empty())
            said.push_back(Message("doctor.no_package", {device, driver}));
        else
            said.push_back(Message("doctor.module", {device, {"package", std::string(receiver.kind->package)}}));
    }
    if (!receiver.permitted)
        said.push_back(Message("device.permission", {device}));
    if (!receiver.kernel_driver.empty())
        said.push_back(Message("doctor.kernel_driver", {device, {"driver", receiver.kernel_driver}}));
    if (receiver.speed_mbit > 0.0 && receiver.speed_mbit < needed_mbit)
        said.push_back(Message("doctor.slow_port", {device}));
    // librtlsdr of Debian 12 tunes it wrongly below 28.8 MHz (formats-and-radios.md §4.3).
    if (receiver.product.find("Blog V4") != std::string::npos)
        said.push_back(Message("doctor.blog_v4", {device}));
    if (said.empty())
        said.push_back(Message("doctor.fine", {device}));
    return said;
}

std::vector<Message> look_at_system(std::size_t receivers)
{
    std::vector<Message> said;
    std::ifstream file("/sys/module/usbcore/parameters/usbfs_memory_mb");
    int megabytes = 0;
    if (receivers > 1 && file >> megabytes && megabytes > 0 && megabytes < enough_usb_memory_mb)
        said.push_back(Message("doctor.usb_memory", {{"n", std::int64_t{megabytes}}}));
    timex clock{};
    const bool synchronised = ::adjtimex(&clock) >= 0 && (clock.status & STA_UNSYNC) == 0;
    said.push_back(Message(synchronised ? "doctor.clock" : "doctor.no_clock"));
    return said;
}

/// Opens a receiver and listens for a moment.
Result<std::vector<Message>> try_out(const Arguments& arguments, const std::string& input)
{
    const auto settings = receiver_settings(arguments, input);
    if (!settings)
        return tl::unexpected(settings.error());
    const auto link = sdr::ReceiverLink::open(*settings);
    if (!link)
        return tl::unexpected(link.error());
    const auto live = sdr::open_live(*link, input, {{}, listening_s});
    std::uint64_t samples = 0;
    std::uint64_t lost = 0;
    for (;;) {
        const auto next = live.source->next(1U << 18U);
        if (!next)
            return tl::unexpected(next.error());
        if (!*next)
            break;
        samples += (*next)->bytes.size() / live.source->info().format.bytes_per_sample();
        if ((*next)->begins)
            lost += (*next)->begins->lost_before;
    }
    const double heard_s = static_cast<double>(samples) / live.source->info().sample_rate_hz;
    std::vector<Message> said{
        Message("doctor.heard", {{"device", (*link)->facts().name},
                                 {"duration", Quantity{heard_s, Unit::seconds}},
                                 {"rate", Quantity{(*link)->facts().rate_hz, Unit::sample_rate}},
                                 {"center", Quantity{(*link)->facts().center_hz, Unit::frequency, 1e3}}})};
    if (lost > 0)
        said.push_back(Message("doctor.lost", {{"n", static_cast<std::int64_t>(lost)}}));
    return said;
}

} // namespace

int run_doctor(const Arguments& arguments, Session& session)
{
    const Wording& words = session.words();
    std::vector<Section> sections;
    const auto add = [&](const char* title, const std::vector<Message>& said) {
        Section section{words.text(title), {}};
        for (const Message& message : said)
            section.sentences.push_back(words.text(message));
        sections.push_back(std::move(section));
    };
    int result = status::done;
    std::vector<std::string> drivers;
    if (const auto listed = sdr::list_drivers()) {
        drivers = *listed;
        std::string names;
        for (const std::string& driver : drivers)
            names += (names.empty() ? "" : ", ") + driver;
        add("doctor.title.drivers", {Message("doctor.drivers", {{"list", names}})});
    } else {
        result = session.fail(listed.error());
    }
    const auto receivers = sdr::usb_receivers();
    std::vector<Message> said;
    for (const auto& receiver : receivers)
        for (auto& message : look_at(receiver, drivers))
            said.push_back(std::move(message));
    if (receivers.empty())
        said.push_back(Message("doctor.no_usb"));
    add("doctor.title.usb", said);
    add("doctor.title.system", look_at_system(receivers.size()));
    for (const std::string& input : arguments.words) {
        const auto heard = try_out(arguments, input);
        if (heard)
            add("doctor.title.trial", *heard);
        else
            result = worse(result, session.fail(heard.error()));
    }
    const Status written = session.write_sections(sections).and_then([&] { return session.out().flush(); });
    return written ? result : session.fail(written.error());
}

} // namespace gacsong::app
