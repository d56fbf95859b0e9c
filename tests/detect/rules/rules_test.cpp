// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions of exempt classes, marks of verification, the ignore list and what a run says first.
#include "detect/rules/all_rules.hpp"
#include "detect/rules/quantities.hpp"
#include "tests/detect/rules/builders.hpp"
#include "tests/detect/rules/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong::test {

namespace {

/// A plan with one exempt class 433.05-434.79 MHz and the conditions given.
Plan small_plan(const std::string& conditions, const std::string& verified = "yes")
{
    const std::vector<PlanText> files{PlanText{
        .file = "small.toml",
        .text = "[plan]\nname = \"small\"\nedition = \"1\"\n[[exempt]]\nlow_hz = 433_050_000\nhigh_hz = 434_790_000\n"
                "device = \"LPWAN\"\nservice = \"short-range devices\"\nreference = \"QCVN\"\nverified = \"" +
                verified + "\"\n" + conditions + "\n"}};
    auto plan = parse_plan(files, "small");
    EXPECT_TRUE(plan && plan->problems.empty());
    return *std::move(plan);
}

void expect_written(const Emission& emission, const Desk& desk)
{
    for (const auto& reason : emission.reasons) {
        EXPECT_EQ(complaints(reason.message), std::vector<std::string>{});
    }
    for (const auto& finding : desk.findings) {
        EXPECT_EQ(complaints(finding.message), std::vector<std::string>{});
    }
}

} // namespace

TEST(ExemptConditions, BandwidthAtItsLimit)
{
    Desk desk;
    desk.context.plan = small_plan("max_bandwidth_hz = 250_000");
    EXPECT_EQ(desk.judge(Heard(433.9e6, 252e3).u_bandwidth(3e3)).verdict, Verdict::exempt);
    const Emission wide = desk.judge(Heard(433.9e6, 254e3).u_bandwidth(3e3));
    EXPECT_EQ(wide.verdict, Verdict::violation);
    EXPECT_EQ(wide.service, "short-range devices");
    ASSERT_EQ(desk.findings.size(), 1U);
    EXPECT_EQ(desk.findings[0].rule, "exempt-conditions");
    EXPECT_EQ(desk.findings[0].severity, Severity::serious);
    expect_written(wide, desk);
    EXPECT_EQ(desk.judge(Heard(433.9e6, 254e3).u_bandwidth(3e3).estimate()).verdict, Verdict::exempt);
}

TEST(ExemptConditions, EdgesAtTheirLimit)
{
    Desk desk;
    desk.context.plan = small_plan("");
    // Upper edge of the emission at 434.79 MHz + 1 kHz; U = 0.2 kHz + 1 kHz.
    EXPECT_EQ(desk.judge(Heard(434.741e6, 100e3)).verdict, Verdict::exempt);
    const Emission out = desk.judge(Heard(434.7415e6, 100e3));
    EXPECT_EQ(out.verdict, Verdict::violation);
    expect_written(out, desk);
}

TEST(ExemptConditions, DutyOnlyWhereWhatWasHeardFillsTheWindow)
{
    Desk desk;
    desk.context.plan = small_plan("max_duty = 0.1\nduty_window_s = 3_600");
    const Emission brief = desk.judge(Heard(433.9e6, 125e3).bursts(1, 1.0).lasting(300));
    EXPECT_EQ(brief.verdict, Verdict::exempt) << "five minutes on the air keep within 10 % of an hour";
    EXPECT_TRUE(says(brief, "exempt.partial"));
    expect_written(brief, desk);
    const Emission stuck = desk.judge(Heard(433.9e6, 125e3).bursts(1, 1.0).lasting(370));
    EXPECT_EQ(stuck.verdict, Verdict::violation);
    expect_written(stuck, desk);
    EXPECT_EQ(desk.judge(Heard(433.9e6, 125e3).bursts(1000, 0.5).lasting(700)).verdict, Verdict::exempt);
    EXPECT_EQ(desk.judge(Heard(433.9e6, 125e3).bursts(1000, 0.5).lasting(730)).verdict, Verdict::violation);
}

TEST(ExemptConditions, AnotherClassThatIsMetSuffices)
{
    Desk desk; // the Vietnamese plan: LPWAN with a duty cycle, remote controls without
    const Emission emission = desk.judge(Heard(433.845e6, 5e3).bursts(1, 1.0).lasting(600));
    EXPECT_EQ(emission.verdict, Verdict::exempt);
    EXPECT_TRUE(says(emission, "exempt.unusual_duty")) << "a stuck transmitter blocks keys: worth a remark";
    EXPECT_TRUE(says(emission, "plan.partly"));
    EXPECT_TRUE(desk.findings.empty());
    expect_written(emission, desk);
    const Emission lora = desk.judge(Heard(433.9e6, 125e3).system("LoRa").bursts(1, 1.0).lasting(600));
    EXPECT_EQ(lora.verdict, Verdict::exempt) << "short-range devices may be of any kind";
}

TEST(Verification, LowersWhatIsSaid)
{
    struct Case {
        const char* verified;
        Verdict met;
        Verdict broken;
        Severity severity;
    };
    for (const auto& c : {Case{"yes", Verdict::exempt, Verdict::violation, Severity::serious},
                          Case{"partly", Verdict::exempt, Verdict::violation, Severity::serious},
                          Case{"no", Verdict::unknown, Verdict::unknown, Severity::notice}}) {
        Desk desk;
        desk.context.plan = small_plan("max_bandwidth_hz = 250_000", c.verified);
        EXPECT_EQ(desk.judge(Heard(433.9e6, 100e3)).verdict, c.met) << c.verified;
        const Emission broken = desk.judge(Heard(433.9e6, 300e3));
        EXPECT_EQ(broken.verdict, c.broken) << c.verified;
        ASSERT_EQ(desk.findings.size(), 1U);
        EXPECT_EQ(desk.findings[0].severity, c.severity) << c.verified;
        const std::string_view mark = c.verified;
        EXPECT_EQ(says(broken, "plan.partly"), mark == "partly");
        EXPECT_EQ(says(broken, "plan.no"), mark == "no");
        EXPECT_EQ(says(desk.findings[0].message, "reference.partly"), mark == "partly");
        EXPECT_EQ(says(desk.findings[0].message, "reference.no"), mark == "no");
        expect_written(broken, desk);
    }
}

TEST(Verification, CapsEverySeverity)
{
    EXPECT_EQ(at_most(Severity::danger, Verified::yes), Severity::danger);
    EXPECT_EQ(at_most(Severity::danger, Verified::partly), Severity::serious);
    EXPECT_EQ(at_most(Severity::serious, Verified::partly), Severity::serious);
    EXPECT_EQ(at_most(Severity::notice, Verified::partly), Severity::notice);
    EXPECT_EQ(at_most(Severity::danger, Verified::no), Severity::notice);
}

TEST(Rules, NeverPassTheirCeiling)
{
    const auto rules = all_rules();
    for (const double f : {98.7e6, 442.15e6, 122.3e6, 1'575e6, 406.05e6, 740.2e6, 1'924.992e6, 586e6}) {
        for (const double width : {500.0, 8e3, 110e3, 1.3e6, 7.6e6}) {
            Desk desk;
            desk.with_register("A,,,95M,200k,,,,,,\n").standing_at(10.4, 105.4);
            desk.judge(Heard(f, width).bursts(100, 0.1, 0.01));
            for (const auto& finding : desk.findings) {
                const auto found =
                    std::find_if(rules.begin(), rules.end(), [&](const RuleInfo& r) { return r.id == finding.rule; });
                ASSERT_NE(found, rules.end());
                EXPECT_LE(finding.severity, found->ceiling);
                EXPECT_TRUE(finding.id.empty());
                EXPECT_TRUE(finding.subject.empty());
                EXPECT_EQ(finding.center_hz, f);
            }
        }
    }
}

TEST(Ignored, HidesFindingsUntilItsDay)
{
    Desk desk;
    desk.with_register("A,,,95M,200k,,,,,,\n").ignoring("98.7M,250k,đang xác minh,2026-11-30\n");
    const Emission emission = desk.judge(Heard(98.7e6, 182e3));
    EXPECT_EQ(emission.verdict, Verdict::ignored);
    EXPECT_TRUE(desk.findings.empty());
    EXPECT_EQ(emission.service, "broadcasting FM");
    expect_written(emission, desk);
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3).at("2026-12-01")).verdict, Verdict::unlicensed);
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3).at("2026-11-30")).verdict, Verdict::ignored);
    desk.context.today = *parse_day("2027-01-01");
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3)).verdict, Verdict::unlicensed) << "without a time today counts";
}

TEST(ProtectedBand, GivesAnEdgeTheBenefitOfDoubt)
{
    Desk desk;
    // Land mobile at 406.1125 MHz heard with a clock that is 20 kHz off.
    EXPECT_EQ(desk.judge(Heard(406.0925e6, 8e3).u_center(23e3)).verdict, Verdict::unknown);
    ASSERT_EQ(desk.findings.size(), 1U);
    EXPECT_EQ(desk.findings[0].severity, Severity::notice) << "a distress frequency is told, but not as danger";
    // The same at the edge of a band that is no distress frequency: nothing.
    desk.judge(Heard(137.0005e6, 6e3).u_center(7e3));
    EXPECT_TRUE(desk.findings.empty());
}

TEST(ProtectedBand, FiresOnAWideSignalWhoseCentreLiesOutside)
{
    Desk desk;
    desk.judge(Heard(1'615e6, 20e6)); // 1605-1625 MHz: 5 MHz of it in the GNSS band
    ASSERT_EQ(desk.findings.size(), 1U);
    EXPECT_EQ(desk.findings[0].rule, "protected-band");
    EXPECT_EQ(desk.findings[0].message.key, "rule.protected-band.wide");
}

TEST(Judge, SaysFirstWhatIsMissing)
{
    const auto has = [](const std::vector<Message>& messages, std::string_view key) {
        return std::any_of(messages.begin(), messages.end(), [&](const Message& m) { return m.key == key; });
    };
    StreamInfo stream;
    auto context = std::make_shared<JudgeContext>(Desk().context);
    context->plan.problems.push_back(
        Message("warn.plan_row", {{"row", std::int64_t{7}},
                                  {"plan", std::string("x.toml")},
                                  {"why", std::vector<Message>{Message("why.ends_before_start")}}}));
    const auto bare = Judge(context).begin(stream);
    EXPECT_TRUE(has(bare, "unlicensed.no_register"));
    EXPECT_TRUE(has(bare, "warn.centre"));
    EXPECT_TRUE(has(bare, "warn.plan_row"));
    EXPECT_EQ(Judge(context).plan_edition(), "vn 2026-11");
    EXPECT_EQ(Judge(context).register_name(), "");

    Desk desk;
    desk.with_register("");
    desk.context.licences->as_of = Instant{today().unix_ns - 100LL * 86'400'000'000'000};
    stream.center_hz = 98e6;
    const auto messages = Judge(std::make_shared<const JudgeContext>(desk.context)).begin(stream);
    EXPECT_TRUE(has(messages, "warn.register_empty"));
    EXPECT_TRUE(has(messages, "warn.place"));
    EXPECT_TRUE(has(messages, "warn.register_age"));
    EXPECT_FALSE(has(messages, "warn.centre"));
    for (const auto& message : messages) {
        EXPECT_EQ(complaints(message), std::vector<std::string>{});
    }
}

TEST(Judge, AnswersTheSameTwice)
{
    Desk desk;
    desk.with_register("A,,,98.7M,200k,,,,,,\n");
    Emission emission = Heard(98.7e6, 182e3).emission;
    const Judge judge(std::make_shared<const JudgeContext>(desk.context));
    (void)judge.judge(emission);
    const auto reasons = emission.reasons.size();
    (void)judge.judge(emission);
    EXPECT_EQ(emission.reasons.size(), reasons) << "what was said before is replaced";
}

TEST(Quantities, ShowTheDigitsThatTheUncertaintyLeaves)
{
    EXPECT_DOUBLE_EQ(first_digit(347.0), 100.0);
    EXPECT_DOUBLE_EQ(first_digit(0.02), 0.01);
    EXPECT_DOUBLE_EQ(first_digit(0.0), 0.0);
    EXPECT_DOUBLE_EQ(offset(-22.0, 5'600.0).value, 0.0);
    EXPECT_DOUBLE_EQ(offset(19'637.0, 5'600.0).value, 20'000.0);
    EXPECT_DOUBLE_EQ(offset(-22.0, 0.0).value, -22.0);
    EXPECT_EQ(moment(Instant{5}, 1.0), Value(Instant{5}));
    EXPECT_EQ(std::get<Quantity>(moment({}, 1.5)).unit, Unit::at);
}

} // namespace gacsong::test
