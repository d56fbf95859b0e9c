// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/doctor/computer.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "report/evidence/keys.hpp"
#include "sdr/files/own_program.hpp"
#include "sdr/receivers/live_source.hpp"
#include "sdr/receivers/usb.hpp"

#include <cstdlib>
#include <filesystem>

namespace gacsong::app {
namespace {

constexpr double listening_s = 2.0;
constexpr int gpsd_port = 2947;

/// Where the user keeps what can be made again (XDG).
std::filesystem::path cache_folder()
{
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/')
        return cache;
    const char* home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? std::filesystem::path(home) / ".cache" : std::filesystem::path{};
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
    ComputerFacts facts = computer_facts("/", cache_folder(), gpsd_port);
    facts.drivers = drivers;
    facts.receivers = receivers.size();
    std::error_code error;
    facts.window = std::filesystem::exists(own_program_folder() / "gacsong-gui", error);
    facts.signing_key = std::filesystem::exists(evidence::Keys(evidence::keys_folder()).private_file(), error);
    std::vector<Message> said;
    for (const auto& receiver : receivers)
        for (auto& message : receiver_advice(receiver, drivers, facts.rules))
            said.push_back(std::move(message));
    if (receivers.empty())
        said.push_back(Message("doctor.no_usb"));
    add("doctor.title.usb", said);
    add("doctor.title.system", computer_advice(facts));
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
