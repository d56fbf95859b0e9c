// SPDX-License-Identifier: GPL-3.0-or-later
// Plans that users bring: any TOML gives rows that make sense, and emissions can be judged by them.
#include "detect/plan/plan_reader.hpp"
#include "detect/rules/context.hpp"
#include "detect/rules/judge.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

using namespace gacsong;

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

void check_row(const PlanRow& row)
{
    require(row.low_hz >= 0.0 && row.low_hz < row.high_hz && row.high_hz <= 3e12);
    require(!row.reference.empty() && !row.validity.empty());
}

void check_bands(const Plan& plan)
{
    for (std::size_t i = 0; i < plan.bands.size(); ++i) {
        check_row(plan.bands[i].row);
        for (std::size_t k = 0; k < i; ++k) {
            const auto& a = plan.bands[i].row;
            const auto& b = plan.bands[k].row;
            require(a.low_hz >= b.high_hz || b.low_hz >= a.high_hz || !a.validity.overlaps(b.validity));
        }
    }
}

void judge_around(const Judge& judge, const PlanRow& row)
{
    check_row(row);
    for (const double bandwidth : {0.0, 12.5e3, 200e3, 20e6}) {
        for (const double center : {row.low_hz, (row.low_hz + row.high_hz) / 2.0, row.high_hz}) {
            Emission emission;
            emission.center_hz = center;
            emission.bandwidth_hz = bandwidth;
            emission.quality = Quality::good;
            emission.end_s = 10.0;
            emission.period_s = 0.01;
            emission.duty = 0.5;
            emission.uncertainty =
                Uncertainty{.center_hz = 100.0, .bandwidth_hz = 100.0, .power_db = 1.0, .level_db = {}};
            const auto findings = judge.judge(emission);
            require(!emission.reasons.empty());
            for (const auto& finding : findings) {
                require(!finding.rule.empty() && !finding.message.key.empty());
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 16'384) {
        return 0;
    }
    const PlanText file{.file = "fuzz.toml", .text = std::string(reinterpret_cast<const char*>(data), size)};
    auto plan = parse_plan(std::span(&file, 1), "fuzz");
    if (!plan) {
        return 0;
    }
    check_bands(*plan);
    const auto context = std::make_shared<JudgeContext>();
    context->plan = *std::move(plan);
    context->licences.emplace();
    context->today = Instant{1'800'000'000'000'000'000};
    const Judge judge(context);
    const auto each = [&](const auto& rows) {
        for (const auto& row : rows) {
            judge_around(judge, row.row);
        }
    };
    each(context->plan.bands);
    each(context->plan.exempt);
    each(context->plan.prohibited);
    each(context->plan.protected_bands);
    return 0;
}
