// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/interrupt.hpp"
#include "apps/gacsong/level/levels.hpp"
#include "detect/line/line.hpp"
#include "detect/rules/context.hpp"
#include "report/json/json_text.hpp"
#include "report/sinks/collector.hpp"
#include "sdr/receivers/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace gacsong::app {
namespace {

constexpr double least_snr_db = 6.0;
constexpr double listening_s = 20.0; ///< to a receiver, which would go on for ever
constexpr double station_ppm = 0.05; ///< of a base station (3GPP TS 45.010 §5.1)
constexpr double few_u_ppm = 1.0;    ///< of fewer
constexpr double most_u_ppm = 1.0;   ///< of one station's error, k = 2: beyond it they do not speak of one clock
constexpr std::size_t enough = 3;    ///< stations from which one that is off is outvoted

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 != 0)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

/// Clock error of the receiver as the stations show it.
struct Correction {
    double ppm = 0.0;
    double uncertainty_ppm = 0.0; ///< k = 2
};

Correction correction_of(const std::vector<double>& errors)
{
    Correction correction;
    correction.ppm = median(errors);
    std::vector<double> away;
    for (const double error : errors)
        away.push_back(std::abs(error - correction.ppm));
    const double spread = std::hypot(station_ppm, 1.4826 * median(away));
    correction.uncertainty_ppm = 2.0 * spread / std::sqrt(static_cast<double>(errors.size()));
    return correction;
}

/// Apparent errors of the cells. A station is right to a twentieth of a part per million: what all of them show is the
/// receiver's error, and it is what --ppm takes out.
std::vector<double> errors_of(const std::vector<Cell>& cells)
{
    std::vector<double> errors;
    for (const Cell& cell : cells)
        if (cell.offset_hz && cell.ppm && cell.snr_db.value_or(0.0) >= least_snr_db)
            errors.push_back(*cell.ppm);
    return errors;
}

/// Keeps what the stations showed of a receiver's clock. Few of them may all be wrong: then it counts as no better than
/// a cheap base station's. Error: calibrate.disagree.
Status keep(const sdr::ReceiverFacts& facts, const std::vector<Cell>& cells, const std::vector<double>& errors)
{
    Correction correction = correction_of(errors);
    const double u_ppm = correction.uncertainty_ppm * std::sqrt(static_cast<double>(errors.size()));
    if (u_ppm > most_u_ppm)
        return failure("calibrate.disagree",
                       {{"n", static_cast<std::int64_t>(errors.size())}, {"u", Quantity{u_ppm, Unit::ppm, 0.01}}});
    if (errors.size() < enough)
        correction.uncertainty_ppm = std::max(correction.uncertainty_ppm, few_u_ppm);
    const bool gsm = std::ranges::any_of(cells, [](const Cell& cell) { return cell.technology == "gsm"; });
    const bool lte = std::ranges::any_of(cells, [](const Cell& cell) { return cell.technology == "lte"; });
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return keep_correction({facts.driver, facts.serial, correction.ppm, correction.uncertainty_ppm,
                            Instant{std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()},
                            fmt::format("{} × {}", errors.size(), gsm && lte ? "GSM/LTE" : (lte ? "LTE" : "GSM"))});
}

Status say(const Arguments& arguments, Session& session, const std::vector<double>& errors)
{
    const Correction correction = correction_of(errors);
    if (arguments.json) {
        std::string line;
        JsonObject object(line);
        object.member("type", "calibration");
        object.member("ppm", correction.ppm);
        object.member("uncertainty_ppm", correction.uncertainty_ppm);
        object.member("cells", static_cast<std::uint64_t>(errors.size()));
        object.close();
        return session.out().line(line);
    }
    const Message sentence("calibrate.done", {{"n", static_cast<std::int64_t>(errors.size())},
                                              {"ppm", Quantity{correction.ppm, Unit::none, 0.01}},
                                              {"value", fmt::format("{:.2f}", correction.ppm)},
                                              {"u", Quantity{correction.uncertainty_ppm, Unit::none, 0.01}}});
    Status written = session.out().line(session.words().text(sentence));
    if (written && errors.size() < enough)
        written = session.out().line(session.words().text("calibrate.few"));
    return written;
}

} // namespace

int run_calibrate(const Arguments& arguments, Session& session)
{
    if (arguments.level)
        return calibrate_level(arguments, session);
    if (arguments.power_dbm || arguments.level_table || arguments.u_db)
        return session.fail(Error{Message("option.needs", {{"option", arguments.power_dbm     ? "--power"
                                                                      : arguments.level_table ? "--table"
                                                                                              : "--uncertainty"},
                                                           {"other", "--level"}}),
                                  Fault::usage});
    if (arguments.carrier_hz)
        return calibrate_on_carrier(arguments, session);
    const Interrupt interrupt;
    Arguments wish = arguments;
    if (sdr::is_receiver(arguments.words.front()) && !wish.stop_after_s)
        wish.stop_after_s = listening_s;
    auto ready = open_input(wish, arguments.words.front(), interrupt.token());
    if (!ready)
        return session.fail(ready.error());
    LineSettings settings = line_settings(arguments);
    settings.emissions = false;
    settings.cells = true;
    settings.clock_correction_ppm = 0.0;
    Collector found;
    Sink* const sinks[] = {&found};
    const auto end = run_line(*ready->opened.source, *ready->opened.history, Judge(std::make_shared<JudgeContext>()),
                              settings, sinks, interrupt.token());
    if (!end)
        return session.fail(end.error());
    const auto errors = errors_of(found.cells);
    if (errors.empty())
        return session.fail({Message("calibrate.none", {{"file", arguments.words.front()}}), Fault::input});
    if (ready->link) {
        if (const Status kept = keep(ready->link->facts(), found.cells, errors); !kept)
            return session.fail(kept.error());
    }
    const Status written = say(arguments, session, errors);
    return written ? status::done : session.fail(written.error());
}

} // namespace gacsong::app
