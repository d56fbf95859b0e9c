// SPDX-License-Identifier: GPL-3.0-or-later
// Emissions against a register: frequency, bandwidth, place and time, each at its limit and on both sides of it.
#include "tests/detect/rules/builders.hpp"
#include "tests/detect/rules/words.hpp"

#include <gtest/gtest.h>

namespace gacsong::test {

namespace {

// Long Xuyên, and towns 20, 57 and 158 km away.
constexpr Place long_xuyen{10.386, 105.435};
constexpr Place chau_doc_road{10.53, 105.32};
constexpr Place rach_gia{10.012, 105.081};
constexpr Place ho_chi_minh_city{10.776, 106.70};

const std::string fm = "AG-0012,Đài A,FM,98.7M,200k,,10.386,105.435,30,2024-01-01,2026-12-31\n";
const std::string dmr = "LM-7,Công ty B,land mobile,442.15M,12.5k,7K60FXW,,,,,\n";

std::string_view rule(const Desk& desk)
{
    return desk.findings.empty() ? std::string_view() : std::string_view(desk.findings.front().rule);
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

double argument(const Message& message, std::string_view name)
{
    for (const auto& a : message.arguments) {
        if (a.name == name) {
            return std::get<Quantity>(a.value).value;
        }
    }
    ADD_FAILURE() << "no " << name;
    return 0.0;
}

} // namespace

TEST(Licence, Matches)
{
    Desk desk;
    desk.with_register(fm).standing_at(chau_doc_road.latitude, chau_doc_road.longitude);
    const Emission emission = desk.judge(Heard(98.7004e6, 182e3));
    EXPECT_EQ(emission.verdict, Verdict::licensed);
    ASSERT_TRUE(emission.licence);
    EXPECT_EQ(emission.licence->id, "AG-0012");
    EXPECT_EQ(emission.licence->holder, "Đài A");
    EXPECT_EQ(emission.reasons.at(0).rule, "licensed");
    EXPECT_TRUE(says(emission, "licensed.detail"));
    EXPECT_TRUE(desk.findings.empty());
    expect_written(emission, desk);
}

TEST(Licence, DoesNotAskForAPlaceThatIsUnknown)
{
    Desk desk;
    desk.with_register(fm);
    const Emission emission = desk.judge(Heard(98.7e6, 182e3));
    EXPECT_EQ(emission.verdict, Verdict::licensed);
    EXPECT_TRUE(says(emission, "licensed.place_unknown"));
    EXPECT_TRUE(says(emission, "licensed.detail_no_place"));
    expect_written(emission, desk);
}

TEST(Licence, OfAnotherPlaceDoesNotMatch)
{
    for (const auto& [place, severity] :
         {std::pair{rach_gia, Severity::notice}, std::pair{ho_chi_minh_city, Severity::serious}}) {
        Desk desk;
        desk.with_register(fm).standing_at(place.latitude, place.longitude);
        const Emission emission = desk.judge(Heard(98.7e6, 182e3));
        EXPECT_EQ(emission.verdict, Verdict::unlicensed);
        EXPECT_FALSE(emission.licence);
        EXPECT_TRUE(says(emission, "unlicensed.elsewhere"));
        ASSERT_EQ(rule(desk), "unlicensed-emission");
        EXPECT_EQ(desk.findings.front().severity, severity) << "a mast 57 km away is heard, one 150 km away is not";
        expect_written(emission, desk);
    }
}

TEST(Licence, HoldsUpToTheEndOfItsLastDay)
{
    Desk desk;
    desk.with_register(fm);
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3).at("2026-12-31")).verdict, Verdict::licensed);
    const Emission later = desk.judge(Heard(98.7e6, 182e3).at("2027-01-01"));
    EXPECT_EQ(later.verdict, Verdict::unlicensed);
    EXPECT_TRUE(says(later, "unlicensed.expired"));
    expect_written(later, desk);
    const Emission earlier = desk.judge(Heard(98.7e6, 182e3).at("2023-12-31"));
    EXPECT_EQ(earlier.verdict, Verdict::unlicensed);
    EXPECT_TRUE(says(earlier, "unlicensed.not_yet"));
    expect_written(earlier, desk);
}

TEST(Licence, IsComparedWithTodayWhereTheRecordingHasNoTime)
{
    Desk desk;
    desk.with_register(fm);
    desk.context.today = *parse_day("2027-06-01");
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3)).verdict, Verdict::unlicensed);
    EXPECT_EQ(desk.judge(Heard(98.7e6, 182e3).at("2026-06-01")).verdict, Verdict::licensed)
        << "the recording's own time wins";
}

// FM: tolerance 2 kHz, U = max(U of the centre, 2 % of 150 kHz = 3 kHz).
TEST(OffFrequency, FiresOnlyBeyondToleranceAndUncertainty)
{
    Desk desk;
    desk.with_register(fm);
    EXPECT_EQ(desk.judge(Heard(98.7e6 + 1'900, 150e3)).verdict, Verdict::licensed);

    const Emission close = desk.judge(Heard(98.7e6 + 4'900, 150e3));
    EXPECT_EQ(close.verdict, Verdict::licensed);
    EXPECT_TRUE(says(close, "rule.within_uncertainty"));
    EXPECT_TRUE(desk.findings.empty());
    expect_written(close, desk);

    const Emission off = desk.judge(Heard(98.7e6 + 5'100, 150e3));
    EXPECT_EQ(off.verdict, Verdict::violation);
    ASSERT_EQ(rule(desk), "off-frequency");
    EXPECT_EQ(desk.findings.front().severity, Severity::serious);
    EXPECT_NEAR(argument(desk.findings.front().message, "offset"), 5'100, 1e-3);
    EXPECT_NEAR(argument(desk.findings.front().message, "limit"), 2'000, 1e-9);
    EXPECT_EQ(off.licence->id, "AG-0012");
    EXPECT_TRUE(says(off, "plan.partly"));
    expect_written(off, desk);

    EXPECT_EQ(desk.judge(Heard(98.7e6 - 5'100, 150e3)).verdict, Verdict::violation);
    EXPECT_EQ(desk.judge(Heard(98.7e6 + 5'100, 150e3).u_center(3'200)).verdict, Verdict::licensed)
        << "a worse clock takes the finding away";
    EXPECT_EQ(desk.judge(Heard(98.7e6 + 20'000, 135e3).u_center(5'700)).verdict, Verdict::violation);
}

TEST(OffFrequency, DoesNotFireOnUnsureMeasurements)
{
    Desk desk;
    desk.with_register(fm);
    for (const auto& heard : {Heard(98.72e6, 100e3).quality(Quality::fair), Heard(98.72e6, 100e3).estimate()}) {
        const Emission emission = desk.judge(heard);
        EXPECT_EQ(emission.verdict, Verdict::unknown);
        EXPECT_TRUE(desk.findings.empty());
        EXPECT_TRUE(says(emission, "rule.left_out"));
        EXPECT_TRUE(says(emission, "unknown.off_centre"));
        expect_written(emission, desk);
    }
}

TEST(OffFrequency, LeavesTheNextChannelAlone)
{
    Desk desk;
    desk.with_register(fm + dmr);
    const Emission next = desk.judge(Heard(98.8e6, 150e3));
    EXPECT_EQ(next.verdict, Verdict::unlicensed) << "the next channel of the raster is another station";
    EXPECT_TRUE(says(next, "unlicensed.nearest"));
    expect_written(next, desk);
    EXPECT_EQ(desk.judge(Heard(442.1625e6, 7'600)).verdict, Verdict::unlicensed);
    EXPECT_EQ(desk.judge(Heard(442.155e6, 7'600)).verdict, Verdict::violation) << "5 kHz off in its own channel";
    EXPECT_EQ(desk.judge(Heard(98.74e6, 11e3)).verdict, Verdict::unlicensed)
        << "a handheld beside a station's carrier is not the station";
}

TEST(OffFrequency, SaysNothingWithAPoorClock)
{
    Desk desk;
    desk.with_register(dmr);
    EXPECT_EQ(desk.judge(Heard(442.15e6, 7'600).u_center(25'500)).verdict, Verdict::licensed);
    const Emission perhaps = desk.judge(Heard(442.17e6, 7'600).u_center(25'500));
    EXPECT_EQ(perhaps.verdict, Verdict::unknown);
    EXPECT_TRUE(says(perhaps, "unknown.clock"));
    EXPECT_TRUE(desk.findings.empty());
    expect_written(perhaps, desk);
    EXPECT_EQ(desk.judge(Heard(442.20e6, 7'600).u_center(25'500)).verdict, Verdict::unlicensed);
}

// 200 kHz licensed, 10 % margin for the programme: the limit is 220 kHz.
TEST(OutsideBandwidth, FiresOnlyBeyondTheUncertainty)
{
    Desk desk;
    desk.with_register(fm + dmr);
    EXPECT_EQ(desk.judge(Heard(98.7e6, 199e3).u_bandwidth(3e3)).verdict, Verdict::licensed);

    const Emission close = desk.judge(Heard(98.7e6, 222e3).u_bandwidth(3e3));
    EXPECT_EQ(close.verdict, Verdict::licensed);
    EXPECT_TRUE(says(close, "rule.within_uncertainty"));
    expect_written(close, desk);

    const Emission wide = desk.judge(Heard(98.7e6, 224e3).u_bandwidth(3e3));
    EXPECT_EQ(wide.verdict, Verdict::violation);
    ASSERT_EQ(rule(desk), "outside-bandwidth");
    EXPECT_EQ(desk.findings.front().severity, Severity::serious);
    EXPECT_NEAR(argument(desk.findings.front().message, "excess"), 24e3, 1e-6);
    EXPECT_TRUE(says(desk.findings.front().message, "reference.licence"));
    expect_written(wide, desk);

    EXPECT_EQ(desk.judge(Heard(442.15e6, 12.8e3).u_bandwidth(350)).verdict, Verdict::licensed);
    EXPECT_EQ(desk.judge(Heard(442.15e6, 12.9e3).u_bandwidth(350)).verdict, Verdict::violation);
}

TEST(OutsideBandwidth, DoesNotFireOnUnsureMeasurements)
{
    Desk desk;
    desk.with_register(dmr);
    EXPECT_EQ(desk.judge(Heard(442.15e6, 20e3).estimate()).verdict, Verdict::licensed);
    EXPECT_EQ(desk.judge(Heard(442.15e6, 20e3).quality(Quality::fair)).verdict, Verdict::licensed);
    EXPECT_TRUE(desk.findings.empty());
}

TEST(OutsideBandwidth, IsNotForAnotherTransmitter)
{
    Desk desk;
    desk.with_register(dmr);
    const Emission emission = desk.judge(Heard(442.15e6, 150e3));
    EXPECT_EQ(emission.verdict, Verdict::unlicensed);
    EXPECT_TRUE(says(emission, "unlicensed.wider"));
    expect_written(emission, desk);
}

TEST(Licence, PrefersTheRowThatFits)
{
    Desk desk;
    desk.with_register("NARROW,,land mobile,155.5M,8.5k,,,,,,\nWIDE,,land mobile,155.5M,16k,,,,,,\n");
    const Emission emission = desk.judge(Heard(155.5e6, 11e3));
    EXPECT_EQ(emission.verdict, Verdict::licensed);
    EXPECT_EQ(emission.licence->id, "WIDE");
    EXPECT_TRUE(says(emission, "licensed.also_fits"));
    EXPECT_TRUE(desk.findings.empty());
    expect_written(emission, desk);
}

TEST(Licence, OfABlockCoversWhatLiesInside)
{
    Desk desk;
    desk.with_register("BLOCK,VNPT,mobile,763M,10M,,,,,,\n");
    const Emission inside = desk.judge(Heard(760.5e6, 4.5e6));
    EXPECT_EQ(inside.verdict, Verdict::licensed);
    EXPECT_TRUE(says(inside, "licensed.block"));
    expect_written(inside, desk);
    EXPECT_EQ(desk.judge(Heard(772e6, 4.5e6)).verdict, Verdict::network) << "an operator's band never 'unlicensed'";
}

TEST(Licence, WinsOverExemptionAndProtection)
{
    Desk desk;
    desk.with_register("SRD,Nhà máy,SRD,433.5M,25k,,,,,,\nVOR,Cảng hàng không,VOR,113.7M,50k,,,,,,\n");
    EXPECT_EQ(desk.judge(Heard(433.5e6, 12e3)).verdict, Verdict::licensed);
    EXPECT_EQ(desk.judge(Heard(113.7e6, 40e3)).verdict, Verdict::licensed);
    EXPECT_TRUE(desk.findings.empty());
}

TEST(Licence, MatchesAlsoPoorEmissions)
{
    Desk desk;
    desk.with_register(dmr);
    EXPECT_EQ(desk.judge(Heard(442.15e6, 7'600).quality(Quality::poor)).verdict, Verdict::licensed);
    const Emission stranger = desk.judge(Heard(442.35e6, 7'600).quality(Quality::poor));
    EXPECT_EQ(stranger.verdict, Verdict::unknown);
    EXPECT_TRUE(says(stranger, "unknown.poor"));
    EXPECT_TRUE(desk.findings.empty());
}

TEST(UnassignedChannel, TakesThePlaceOfUnlicensedWhereChannelsHaveNumbers)
{
    Desk desk;
    desk.with_register("TV-25,Đài A,DVB-T2,506M,8M,,10.386,105.435,60,,\n")
        .standing_at(long_xuyen.latitude, long_xuyen.longitude);
    EXPECT_EQ(desk.judge(Heard(506e6, 7.6e6)).verdict, Verdict::licensed);
    const Emission other = desk.judge(Heard(586e6, 7.6e6));
    EXPECT_EQ(other.verdict, Verdict::unlicensed);
    ASSERT_EQ(desk.findings.size(), 1U);
    EXPECT_EQ(rule(desk), "unassigned-channel");
    EXPECT_EQ(desk.findings.front().severity, Severity::notice) << "the channel raster was not verified";
    const auto& channel = desk.findings.front().message.arguments.at(0);
    EXPECT_EQ(channel.name, "channel");
    EXPECT_EQ(std::get<std::int64_t>(channel.value), 35);
    EXPECT_TRUE(says(desk.findings.front().message, "place.north_east"));
    expect_written(other, desk);

    desk.context.place.reset();
    desk.judge(Heard(586e6, 7.6e6));
    EXPECT_EQ(rule(desk), "unlicensed-emission") << "without a place the channel cannot be said to be free";
    desk.standing_at(long_xuyen.latitude, long_xuyen.longitude);
    desk.judge(Heard(588e6, 7.6e6));
    EXPECT_EQ(rule(desk), "unlicensed-emission") << "between two channels";
}

} // namespace gacsong::test
