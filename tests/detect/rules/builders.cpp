// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/rules/builders.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace gacsong::test {

Instant today() { return Instant{parse_day("2026-11-02")->unix_ns + 10 * 3'600'000'000'000}; }

Heard::Heard(double center_hz, double bandwidth_hz)
{
    emission.id = "e1";
    emission.center_hz = center_hz;
    emission.offset_hz = 250e3;
    emission.low_hz = center_hz - bandwidth_hz / 2.0;
    emission.high_hz = center_hz + bandwidth_hz / 2.0;
    emission.bandwidth_hz = bandwidth_hz;
    emission.power_dbfs = -31.2;
    emission.snr_db = 25.0;
    emission.start_s = 0.5;
    emission.end_s = 10.5;
    emission.quality = Quality::good;
    emission.uncertainty =
        Uncertainty{.center_hz = 200.0, .bandwidth_hz = 0.02 * bandwidth_hz, .power_db = 1.5, .level_db = {}};
}

Heard& Heard::quality(Quality value)
{
    emission.quality = value;
    return *this;
}

Heard& Heard::estimate()
{
    emission.bandwidth_estimate = true;
    return *this;
}

Heard& Heard::u_center(double hz)
{
    emission.uncertainty.center_hz = hz;
    return *this;
}

Heard& Heard::u_bandwidth(double hz)
{
    emission.uncertainty.bandwidth_hz = hz;
    return *this;
}

Heard& Heard::system(const std::string& name, double confidence)
{
    emission.system.name = name;
    emission.system.confidence = confidence;
    return *this;
}

Heard& Heard::modulation(const std::string& name, double confidence)
{
    emission.modulation.name = name;
    emission.modulation.confidence = confidence;
    return *this;
}

Heard& Heard::bursts(std::uint64_t count, double duty, std::optional<double> period_s)
{
    emission.bursts = count;
    emission.duty = duty;
    emission.period_s = period_s;
    return *this;
}

Heard& Heard::lasting(double seconds)
{
    emission.end_s = emission.start_s + seconds;
    return *this;
}

Heard& Heard::at(std::string_view day)
{
    emission.start = parse_day(day);
    emission.end = Instant{emission.start->unix_ns + 10'000'000'000};
    return *this;
}

Heard& Heard::without_centre()
{
    emission.center_hz.reset();
    emission.low_hz.reset();
    emission.high_hz.reset();
    return *this;
}

const Plan& viet_nam()
{
    static const Plan plan = [] {
        const std::vector<std::filesystem::path> folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
        auto loaded = load_plan("vn", folders);
        if (!loaded) {
            throw std::runtime_error("plan vn: " + loaded.error().message.key);
        }
        return *std::move(loaded);
    }();
    return plan;
}

Desk& Desk::with_register(const std::string& rows)
{
    std::vector<Message> problems;
    auto licences = parse_register("id,holder,service,center_hz,bandwidth_hz,designator,lat,lon,radius_km,valid_from,"
                                   "valid_to\n" +
                                       rows,
                                   "licences.csv", problems);
    if (!licences || !problems.empty()) {
        throw std::runtime_error("the test's register is wrong");
    }
    context.licences = *std::move(licences);
    return *this;
}

Desk& Desk::ignoring(const std::string& rows)
{
    std::vector<Message> problems;
    auto list = parse_ignore_list("center_hz,bandwidth_hz,reason,until\n" + rows, "ignore.csv", problems);
    if (!list || !problems.empty()) {
        throw std::runtime_error("the test's ignore list is wrong");
    }
    context.ignore = *std::move(list);
    return *this;
}

Desk& Desk::standing_at(double latitude, double longitude)
{
    context.place = Place{latitude, longitude};
    return *this;
}

Emission Desk::judge(const Heard& heard)
{
    const Judge judge(std::make_shared<const JudgeContext>(context));
    Emission emission = heard.emission;
    findings = judge.judge(emission);
    return emission;
}

bool says(const Message& message, std::string_view key)
{
    if (message.key == key) {
        return true;
    }
    return std::any_of(message.arguments.begin(), message.arguments.end(), [key](const Argument& argument) {
        const auto* list = std::get_if<std::vector<Message>>(&argument.value);
        return list != nullptr &&
               std::any_of(list->begin(), list->end(), [key](const Message& inner) { return says(inner, key); });
    });
}

bool says(const Emission& emission, std::string_view key)
{
    return std::any_of(emission.reasons.begin(), emission.reasons.end(),
                       [key](const Reason& reason) { return says(reason.message, key); });
}

} // namespace gacsong::test
