// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/clock.hpp"

#include "report/wording/data_paths.hpp"

#include <algorithm>

namespace gacsong::app {
namespace {

constexpr double fresh_s = 1800.0;  ///< monitoring.md §2.1: a calibration expires after half an hour
constexpr double drift_ppm = 0.5;   ///< within it
constexpr double expired_ppm = 5.0; ///< after it: temperature is another (formats-and-radios.md §4.3)

} // namespace

std::string corrections_file() { return (user_config_folder() / "gacsong" / "receivers.json").string(); }

Message calibration_sentence(const sdr::Correction& correction)
{
    return Message("cal.done", {{"date", correction.when},
                                {"reference", correction.reference},
                                {"ppm", Quantity{correction.ppm, Unit::none, 0.01}},
                                {"u", Quantity{std::max(correction.u_ppm, 0.01), Unit::none, 0.01}}});
}

std::optional<Message> use_calibration(const sdr::ReceiverFacts& facts, Instant now, LineSettings& settings)
{
    if (settings.clock_known)
        return std::nullopt;
    const auto all = sdr::read_corrections(corrections_file());
    if (!all)
        return all.error().message;
    const auto correction = sdr::find_correction(*all, facts.driver, facts.serial);
    if (!correction)
        return std::nullopt;
    const double age_s = 1e-9 * static_cast<double>(now.unix_ns - correction->when.unix_ns);
    const bool fresh = age_s >= 0.0 && age_s <= fresh_s;
    settings.clock_known = true;
    settings.clock_correction_ppm = correction->ppm;
    settings.clock_ppm = correction->u_ppm + (fresh ? drift_ppm : expired_ppm);
    if (fresh)
        return calibration_sentence(*correction);
    return Message("cal.expired",
                   {{"age", Quantity{age_s, Unit::seconds}}, {"ppm", Quantity{settings.clock_ppm, Unit::none, 0.1}}});
}

} // namespace gacsong::app
