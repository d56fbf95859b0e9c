// SPDX-License-Identifier: GPL-3.0-or-later
// What truth.json of the demo recordings expects is what the rules say of a perfect measurement.
#include "detect/plan/plan_reader.hpp"
#include "detect/rules/context.hpp"
#include "detect/rules/judge.hpp"
#include "tests/support/captures/demo.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::test {
namespace {

std::string_view code_of(Verdict verdict)
{
    constexpr std::array<std::string_view, 8> codes{"licensed",  "exempt",    "network", "unlicensed",
                                                    "violation", "protected", "unknown", "ignored"};
    return codes.at(static_cast<std::size_t>(verdict));
}

Emission measured(const TrueEmission& truth)
{
    Emission e;
    e.id = "e1";
    e.center_hz = truth.center_hz;
    e.offset_hz = truth.offset_hz;
    e.bandwidth_hz = std::max(truth.bandwidth_hz, 50.0);
    e.low_hz = *truth.center_hz - 0.5 * e.bandwidth_hz;
    e.high_hz = *truth.center_hz + 0.5 * e.bandwidth_hz;
    e.power_dbfs = truth.power_dbfs;
    e.snr_db = truth.snr_db.value_or(40.0);
    e.start_s = truth.start_s;
    e.end_s = truth.end_s;
    e.start = Instant{demo_start.unix_ns + std::llround(truth.start_s * 1e9)};
    e.end = Instant{demo_start.unix_ns + std::llround(truth.end_s * 1e9)};
    e.bursts = truth.bursts.size();
    e.duty = truth.duty;
    e.period_s = truth.period_s;
    e.quality = Quality::good;
    e.uncertainty.center_hz = 2.0 / std::sqrt(3.0) * 50e-6 * *truth.center_hz; // a dongle's clock, k = 2
    e.uncertainty.bandwidth_hz = 0.02 * truth.bandwidth_hz + 20.0;
    e.modulation.name = truth.modulation;
    e.modulation.confidence = 0.95;
    e.system.name = truth.system;
    e.system.confidence = truth.system == "unknown" ? 0.0 : 0.95;
    return e;
}

std::shared_ptr<const JudgeContext> desk(const DemoFolder& folder)
{
    const std::array<std::filesystem::path, 1> plans{std::filesystem::path(GACSONG_SOURCE_FOLDER) / "plans"};
    auto plan = load_plan("vn", plans);
    auto context = std::make_shared<JudgeContext>();
    context->plan = std::move(*plan);
    context->place = Place{demo_latitude, demo_longitude};
    context->today = demo_start;
    if (!folder.licences.empty()) {
        std::vector<Message> problems;
        context->licences = *parse_register(demo_register(folder), "licences.csv", problems);
        EXPECT_TRUE(problems.empty());
    }
    return context;
}

TEST(Captures, GetTheVerdictsTheyExpect)
{
    for (const DemoFolder& folder : {fm_band_demo(), uhf_mix_demo(), dect6_demo()}) {
        const Judge judge(desk(folder));
        for (const DemoRecording& recording : folder.recordings) {
            const Truth truth = recording.scene.truth(recording.format);
            for (std::size_t i = 0; i < truth.emissions.size(); ++i) {
                Emission emission = measured(truth.emissions[i]);
                (void)judge.judge(emission);
                const std::string wanted = "|" + recording.expected[i].verdict + "|";
                EXPECT_NE(wanted.find("|" + std::string{code_of(emission.verdict)} + "|"), std::string::npos)
                    << truth.emissions[i].label << " is " << code_of(emission.verdict) << ", not "
                    << recording.expected[i].verdict;
            }
        }
    }
}

} // namespace
} // namespace gacsong::test
