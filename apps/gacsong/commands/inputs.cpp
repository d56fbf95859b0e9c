// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/inputs.hpp"

#include "apps/gacsong/recording/event_recordings.hpp"
#include "sdr/receivers/address.hpp"
#include "sdr/receivers/live_source.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

tl::unexpected<Error> conflict(const std::string& option, const std::string& other)
{
    return failure("option.conflict", {{"option", option}, {"other", other}}, Fault::usage);
}

} // namespace

Result<sdr::ReceiverSettings> receiver_settings(const Arguments& arguments, const std::string& input)
{
    const auto args = sdr::parse_receiver(input);
    if (!args)
        return tl::unexpected(args.error());
    // An option that cannot be honoured is an error, not a wish.
    if (arguments.type)
        return conflict("--type", "soapy:");
    if (arguments.start)
        return conflict("--start", "soapy:");
    if (arguments.swap_iq)
        return conflict("--swap-iq", "soapy:");
    if (arguments.from_s || arguments.to_s)
        return conflict(arguments.from_s ? "--from" : "--to", "soapy:");
    if (arguments.annotate)
        return conflict("--annotate", "soapy:");
    sdr::ReceiverSettings settings;
    settings.args = *args;
    settings.rate_hz = arguments.rate_hz;
    settings.center_hz = arguments.center_hz;
    settings.gains = arguments.gains.value_or(std::map<std::string, double>{});
    if (!arguments.trigger.empty())
        settings.history_s = std::max(settings.history_s, events_memory_s(arguments.events));
    settings.antenna = arguments.antenna.value_or("");
    return settings;
}

Result<Input> open_input(const Arguments& arguments, const std::string& input, const std::stop_token& stop)
{
    if (!sdr::is_receiver(input)) {
        if (arguments.record)
            return conflict("--record", input);
        if (arguments.gpsd)
            return conflict("--gpsd", input); // it knows where the computer is now, not where that was received
        if (arguments.gains || arguments.antenna)
            return conflict(arguments.gains ? "--gain" : "--antenna", input);
        sdr::InputFlags flags = input_flags(arguments);
        flags.stop = stop;
        auto opened = sdr::open_recording(input, flags);
        return opened ? Result<Input>(Input{std::move(*opened), nullptr}) : tl::unexpected(opened.error());
    }
    const auto settings = receiver_settings(arguments, input);
    if (!settings)
        return tl::unexpected(settings.error());
    auto link = sdr::ReceiverLink::open(*settings);
    if (!link)
        return tl::unexpected(link.error());
    return Input{sdr::open_live(*link, input, {.stop = stop, .stop_after_s = arguments.stop_after_s, .from = {}}),
                 *link};
}

} // namespace gacsong::app
