// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/session.hpp"
#include "dsp/carrier.hpp"
#include "report/json/json_text.hpp"
#include "report/text/time_text.hpp"
#include "report/wording/value_text.hpp"
#include "sdr/receivers/corrections.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

namespace gacsong::app {
namespace {

constexpr double usual_s = 5.0;
constexpr double widest_ppm = 150.0; ///< what a cheap receiver may be off
constexpr double cell_hz = 10.0;     ///< wanted of one look
constexpr double least_ratio_db = 20.0;
constexpr double most_spread_ppm = 0.5;
constexpr std::size_t least_looks = 10;
constexpr double least_share = 0.6; ///< of the looks that agree: others may show a stronger neighbour, keyed at times
constexpr double usual_distance_hz = 250e3; ///< from the tuned centre, where receivers have a line of their own

/// What was seen in one stretch of samples after the other.
struct Looks {
    std::size_t taken = 0;
    std::vector<double> ppm; ///< of those that showed a line
};

Result<Looks> look(SampleSource& source, double carrier_hz)
{
    const StreamInfo& info = source.info();
    const std::size_t n =
        std::clamp<std::size_t>(std::bit_ceil(static_cast<std::size_t>(info.sample_rate_hz / cell_hz)),
                                std::size_t{1} << 12U, std::size_t{1} << 20U);
    const double at_hz = carrier_hz - info.center_hz.value_or(0.0);
    const double reach_hz = carrier_hz * widest_ppm * 1e-6;
    Looks looks;
    std::vector<std::complex<float>> samples;
    for (;;) {
        const auto next = source.next(n);
        if (!next)
            return tl::unexpected(next.error());
        if (!*next)
            return looks;
        const Block& block = **next;
        if (block.begins)
            samples.clear(); // no look across a gap
        const std::size_t count = block.bytes.size() / info.format.bytes_per_sample();
        samples.resize(samples.size() + count);
        convert(info.format, block.bytes, std::span(samples).last(count));
        if (samples.size() < n)
            continue;
        ++looks.taken;
        const auto found =
            dsp::find_carrier(std::span(samples).first(n), info.sample_rate_hz, at_hz - reach_hz, at_hz + reach_hz);
        if (found && found->ratio_db >= least_ratio_db)
            looks.ppm.push_back((found->offset_hz - at_hz) / carrier_hz * 1e6);
        samples.clear();
    }
}

/// The value below which that share of the values lies.
double quantile(std::vector<double> values, double share)
{
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Clock error with its spread; refuses what does not hold still.
Result<sdr::Correction> weigh(const Looks& looks, double carrier_hz)
{
    const Argument carrier{"carrier", Quantity{carrier_hz, Unit::frequency, 1.0}};
    if (looks.taken < least_looks)
        return failure("calibrate.short", {{"n", static_cast<std::int64_t>(looks.taken)},
                                           {"least", static_cast<std::int64_t>(least_looks)}});
    if (static_cast<double>(looks.ppm.size()) < least_share * static_cast<double>(looks.taken))
        return failure("calibrate.no_carrier", {carrier, {"level", Quantity{least_ratio_db, Unit::db}}});
    const double middle = quantile(looks.ppm, 0.5);
    std::vector<double> distances;
    for (const double one : looks.ppm)
        distances.push_back(std::abs(one - middle));
    const auto agree = std::count_if(distances.begin(), distances.end(), [](double d) { return d <= most_spread_ppm; });
    const double spread = 1.4826 * quantile(distances, 0.5);
    // Half of the looks may agree by chance, where a modulated signal shows a line at times.
    if (static_cast<double>(agree) < least_share * static_cast<double>(looks.taken))
        return failure("calibrate.spread", {carrier,
                                            {"spread", Quantity{quantile(distances, least_share), Unit::ppm, 0.01}},
                                            {"limit", Quantity{most_spread_ppm, Unit::ppm, 0.01}}});
    sdr::Correction out;
    out.ppm = middle;
    out.u_ppm = 2.0 * (1.2533 * spread / std::sqrt(static_cast<double>(looks.ppm.size())) +
                       0.0032 * cell_hz / carrier_hz * 1e6);
    out.when = Instant{
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count()};
    return out;
}

} // namespace

Status keep_correction(sdr::Correction correction)
{
    const std::string path = corrections_file();
    auto all = sdr::read_corrections(path);
    if (!all)
        return tl::unexpected(all.error());
    sdr::replace(*all, std::move(correction));
    return sdr::write_corrections(path, *all);
}

int calibrate_on_carrier(const Arguments& arguments, Session& session)
{
    Interrupt interrupt; // before the first thread
    Arguments wish = arguments;
    wish.stop_after_s = arguments.stop_after_s.value_or(usual_s);
    if (!wish.center_hz)
        wish.center_hz = *arguments.carrier_hz - usual_distance_hz;
    const auto input = open_input(wish, arguments.words.front(), interrupt.token());
    if (!input)
        return interrupt.interrupted() ? status::interrupted : session.fail(input.error());
    if (!input->link)
        return session.fail(Error{Message("calibrate.receiver"), Fault::usage});
    const auto looks = look(*input->opened.source, *arguments.carrier_hz);
    if (interrupt.interrupted())
        return status::interrupted;
    if (!looks)
        return session.fail(looks.error());
    auto correction = weigh(*looks, *arguments.carrier_hz);
    if (!correction)
        return session.fail(correction.error());
    correction->driver = input->link->facts().driver;
    correction->serial = input->link->facts().serial;
    correction->reference = quantity_text({*arguments.carrier_hz, Unit::frequency, 1.0}, Language::en);
    std::string text;
    if (arguments.json) {
        JsonObject object(text);
        object.member("type", "calibration");
        object.member("driver", correction->driver);
        object.member("serial", correction->serial);
        object.member("ppm", correction->ppm);
        object.member("u_ppm", correction->u_ppm);
        object.member("carrier_hz", *arguments.carrier_hz);
        object.member("looks", static_cast<std::uint64_t>(looks->ppm.size()));
        object.member("date", rfc3339(correction->when));
        object.close();
    } else {
        text = session.words().text(calibration_sentence(*correction));
    }
    if (const Status kept = keep_correction(*correction); !kept)
        return session.fail(kept.error());
    const Status said = session.out().line(text).and_then([&] { return session.out().flush(); });
    return said ? status::done : session.fail(said.error());
}

} // namespace gacsong::app
