// SPDX-License-Identifier: GPL-3.0-or-later
// What each kind of emission is called, with and without a register: the lines an inspector reads in a car.
#include "tests/detect/rules/builders.hpp"
#include "tests/detect/rules/words.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace gacsong::test {

namespace {

constexpr std::string_view nothing;

struct Line {
    const char* what;
    Heard heard;
    Verdict alone;          ///< no register
    std::string_view found; ///< rule that fires then
    Verdict with_register;  ///< a register that does not list it
    std::string_view found_with_register;
    Severity severity = Severity::notice; ///< of found_with_register
    std::string_view service{};
};

std::ostream& operator<<(std::ostream& out, const Line& line) { return out << line.what; }

std::vector<Line> lines()
{
    using enum Verdict;
    using enum Severity;
    return {
        {"FM station", Heard(98.7e6, 182e3), network, nothing, unlicensed, "unlicensed-emission", serious,
         "broadcasting FM"},
        {"FM station, fair", Heard(98.7e6, 182e3).quality(Quality::fair), network, nothing, unlicensed,
         "unlicensed-emission", serious, "broadcasting FM"},
        {"commune loudspeaker", Heard(61.5e6, 150e3), unknown, nothing, unlicensed, "unlicensed-emission", serious,
         "commune wireless loudspeaker station"},
        {"DMR handheld", Heard(442.15e6, 7'600).bursts(158, 0.5, 0.06), unknown, nothing, unlicensed,
         "unlicensed-emission", serious, "land mobile"},
        {"VHF handheld", Heard(155.5125e6, 11'000), unknown, nothing, unlicensed, "unlicensed-emission", serious,
         "land mobile"},
        {"433 sensor", Heard(433.92e6, 40e3).bursts(6, 0.02), exempt, nothing, exempt, nothing, notice,
         "short-range devices"},
        {"433 stuck transmitter", Heard(433.845e6, 5e3), exempt, nothing, exempt, nothing, notice,
         "short-range devices"},
        {"433 voice is no sensor", Heard(433.5e6, 11e3).system("analogue voice"), unknown, nothing, unknown, nothing,
         notice, "amateur and radiolocation"},
        {"LoRa 868 is not exempt any more", Heard(868.1e6, 125e3).bursts(3, 0.05), unknown, nothing, unlicensed,
         "unlicensed-emission", notice, "trunked land mobile"},
        {"LPWAN 921", Heard(921.4e6, 125e3).bursts(3, 0.01), exempt, nothing, exempt, nothing},
        {"LPWAN 923.2 is outside the list", Heard(923.2e6, 125e3).bursts(3, 0.01), unknown, nothing, unknown, nothing},
        {"Wi-Fi", Heard(2'437e6, 17e6).bursts(500, 0.3), exempt, nothing, exempt, nothing},
        {"DECT as in Europe", Heard(1'890.432e6, 1.3e6).bursts(900, 0.04, 0.01), unknown, nothing, unknown, nothing,
         notice, "cordless phone"},
        {"DECT 6.0", Heard(1'924.992e6, 1.3e6).bursts(900, 0.04, 0.01), violation, "prohibited-device-band", violation,
         "prohibited-device-band", serious},
        {"DECT 6.0, both ends heard", Heard(1'926.72e6, 1.3e6).bursts(1800, 0.08, 0.005), violation,
         "prohibited-device-band", violation, "prohibited-device-band", serious},
        {"phone on the same frequencies", Heard(1'925.4e6, 1.3e6).bursts(300, 0.04, 0.01).u_center(500), network,
         nothing, network, nothing},
        {"phone with another period", Heard(1'924.992e6, 1.3e6).bursts(300, 0.04, 0.02), network, nothing, network,
         nothing},
        {"UMTS uplink carrier", Heard(1'925e6, 3.9e6), network, nothing, network, nothing},
        {"UMTS downlink", Heard(2'112.4e6, 3.9e6), network, nothing, network, nothing, notice,
         "public land mobile network"},
        {"GSM downlink", Heard(947.4e6, 200e3), network, nothing, network, nothing},
        {"microphone in the listed band", Heard(626.4e6, 110e3), exempt, nothing, exempt, nothing, notice,
         "short-range devices"},
        {"old microphone at 740", Heard(740.2e6, 110e3).modulation("WFM"), violation, "prohibited-device-band",
         violation, "prohibited-device-band", serious},
        {"old microphone at 740, not recognised", Heard(740.2e6, 110e3), violation, "prohibited-device-band", violation,
         "prohibited-device-band", serious},
        {"narrow carrier in a mobile block", Heard(760.2e6, 180e3), violation, "prohibited-device-band", violation,
         "prohibited-device-band", notice},
        {"NB-IoT recognised as OFDM", Heard(760.2e6, 180e3).modulation("OFDM"), network, nothing, network, nothing},
        {"LTE 700", Heard(763e6, 9e6), network, nothing, network, nothing},
        {"microphone at 174", Heard(176.6e6, 110e3).system("wireless microphone"), violation, "prohibited-device-band",
         violation, "prohibited-device-band", serious},
        {"microphone at 98", Heard(98.7e6, 110e3).system("wireless microphone"), exempt, nothing, exempt, nothing},
        {"DVB-T", Heard(506e6, 7.6e6), network, nothing, unlicensed, "unlicensed-emission", notice,
         "broadcasting television"},
        {"air voice", Heard(119.1e6, 6e3), unknown, nothing, unknown, nothing, notice, "aeronautical mobile"},
        {"air voice, offset carrier", Heard(124.3075e6, 6e3), unknown, nothing, unknown, nothing},
        {"ATIS, on all the time", Heard(128e6, 6e3).lasting(900), unknown, nothing, unknown, nothing},
        {"FM among aircraft", Heard(122.3e6, 170e3), protected_band, "protected-band", protected_band, "protected-band",
         danger, "aeronautical mobile"},
        {"VOR", Heard(113.7e6, 21e3), unknown, nothing, unknown, nothing, notice, "aeronautical radionavigation"},
        {"FM spur in the VOR band", Heard(109.63e6, 170e3), protected_band, "protected-band", protected_band,
         "protected-band", danger, "aeronautical radionavigation"},
        {"FM station on the band's edge", Heard(107.9e6, 180e3), network, nothing, unlicensed, "unlicensed-emission",
         serious},
        {"FM on 108.0", Heard(108e6, 180e3), unknown, nothing, unknown, nothing},
        {"distress frequency", Heard(121.5e6, 5e3), protected_band, "protected-band", protected_band, "protected-band",
         serious, "distress and safety"},
        {"beacon at 406", Heard(406.037e6, 3e3).bursts(1, 1.0).lasting(0.5), protected_band, "protected-band",
         protected_band, "protected-band", danger, "distress and safety"},
        {"land mobile beside 406", Heard(406.1125e6, 8e3), unknown, nothing, unlicensed, "unlicensed-emission",
         serious},
        {"weather satellite", Heard(137.1e6, 120e3), unknown, nothing, unknown, nothing, notice,
         "meteorological satellite"},
        {"marine voice on 16", Heard(156.8e6, 12e3).lasting(8), unknown, nothing, unknown, nothing, notice,
         "maritime mobile"},
        {"channel 16 blocked", Heard(156.8e6, 1e3).lasting(400), protected_band, "protected-band", protected_band,
         "protected-band", serious},
        {"AIS", Heard(161.975e6, 14e3).bursts(12, 0.02), unknown, nothing, unknown, nothing},
        {"amateur on 2 m", Heard(144.8e6, 11e3), unknown, nothing, unknown, nothing, notice, "amateur"},
        {"trunking security", Heard(385.2e6, 20e3), unknown, nothing, unknown, nothing, notice, "state use"},
        {"radiosonde", Heard(403.5e6, 10e3), unknown, nothing, unknown, nothing, notice, "meteorological aids"},
        {"ADS-B", Heard(1'090e6, 2.5e6).bursts(400, 0.02), unknown, nothing, unknown, nothing},
        {"one reply of a transponder", Heard(1'090.57e6, 2e6).lasting(0.001), unknown, nothing, unknown, nothing},
        {"video link among transponders", Heard(1'120e6, 16e6), unknown, "protected-band", unknown, "protected-band",
         notice},
        {"DME beacon", Heard(1'012e6, 400e3), unknown, nothing, unknown, nothing},
        {"GNSS jammer", Heard(1'575e6, 15e6), protected_band, "protected-band", protected_band, "protected-band",
         serious, "radionavigation-satellite"},
        {"spur in the GNSS band", Heard(1'575.6e6, 500), protected_band, "protected-band", protected_band,
         "protected-band", notice},
        {"recognised jammer", Heard(2'450e6, 60e6).system("jammer"), violation, "prohibited-device-band", violation,
         "prohibited-device-band", serious},
        {"band without a known use", Heard(1'450e6, 20e3), unknown, nothing, unknown, nothing, notice, "not stated"},
        {"beyond the plan", Heard(10.5e9, 20e3), unknown, nothing, unknown, nothing},
    };
}

class VerdictMatrix : public ::testing::TestWithParam<Line> {};

std::string_view only_rule(const std::vector<Finding>& findings)
{
    EXPECT_LE(findings.size(), 1U);
    return findings.empty() ? nothing : std::string_view(findings.front().rule);
}

} // namespace

TEST_P(VerdictMatrix, WithoutRegister)
{
    Desk desk;
    const Emission emission = desk.judge(GetParam().heard);
    EXPECT_EQ(emission.verdict, GetParam().alone);
    EXPECT_EQ(only_rule(desk.findings), GetParam().found);
    ASSERT_FALSE(emission.reasons.empty());
    EXPECT_FALSE(emission.licence);
    if (!GetParam().service.empty()) {
        EXPECT_EQ(emission.service, GetParam().service);
    }
}

TEST_P(VerdictMatrix, WithRegisterThatDoesNotListIt)
{
    Desk desk;
    desk.with_register("AG-1,Đài A,FM,95.1M,200k,,,,,,\n");
    const Emission emission = desk.judge(GetParam().heard);
    EXPECT_EQ(emission.verdict, GetParam().with_register);
    EXPECT_EQ(only_rule(desk.findings), GetParam().found_with_register);
    if (!desk.findings.empty()) {
        EXPECT_EQ(desk.findings.front().severity, GetParam().severity);
    }
}

TEST_P(VerdictMatrix, PoorIsNeverAFinding)
{
    Desk desk;
    desk.with_register("AG-1,Đài A,FM,95.1M,200k,,,,,,\n");
    Heard heard = GetParam().heard;
    heard.quality(Quality::poor);
    const Emission emission = desk.judge(heard);
    for (const auto& finding : desk.findings) {
        EXPECT_EQ(finding.message.key, "rule.protected-band.poor");
        EXPECT_EQ(finding.severity, Severity::notice);
    }
    EXPECT_TRUE(emission.verdict == Verdict::unknown || emission.verdict == Verdict::network);
}

TEST_P(VerdictMatrix, EverySentenceCanBeWritten)
{
    for (const bool with_register : {false, true}) {
        Desk desk;
        if (with_register) {
            desk.with_register("AG-1,Đài A,FM,95.1M,200k,,,,,,\n");
        }
        const Emission emission = desk.judge(GetParam().heard);
        for (const auto& reason : emission.reasons) {
            EXPECT_EQ(complaints(reason.message), std::vector<std::string>{});
        }
        for (const auto& finding : desk.findings) {
            EXPECT_EQ(complaints(finding.message), std::vector<std::string>{});
            EXPECT_FALSE(finding.reference.empty());
        }
    }
}

TEST_P(VerdictMatrix, UnknownCentreLeavesAllOut)
{
    Desk desk;
    desk.with_register("AG-1,Đài A,FM,95.1M,200k,,,,,,\n");
    Heard heard = GetParam().heard;
    heard.without_centre();
    const Emission emission = desk.judge(heard);
    EXPECT_EQ(emission.verdict, Verdict::unknown);
    EXPECT_TRUE(desk.findings.empty());
    EXPECT_TRUE(says(emission, "unknown.no_centre"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, VerdictMatrix, ::testing::ValuesIn(lines()));

} // namespace gacsong::test
