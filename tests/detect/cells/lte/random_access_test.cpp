// SPDX-License-Identifier: GPL-3.0-or-later
// Responses to random access in LTE cells: counted, and nothing of whom they are for is kept.
#include "detect/cells/lte/mac/random_access.hpp"
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/lte/coding.hpp"
#include "tests/support/lte/messages.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace gacsong::test {
namespace {

using detect::lte::preamble_subframe;
using detect::lte::read_responses;
using detect::lte::ResponseCounts;

lte::Bits bits_of(const lte::ResponseMessage& message) { return lte::bits_of(lte::response_message(message)); }

TEST(LteRandomAccess, ResponsesAreCounted)
{
    EXPECT_EQ(read_responses(bits_of({{}, {7}})), (ResponseCounts{1, false}));
    EXPECT_EQ(read_responses(bits_of({{}, {0, 63, 31}})), (ResponseCounts{3, false}));
    EXPECT_EQ(read_responses(bits_of({3, {1}})), (ResponseCounts{1, true}));
    EXPECT_EQ(read_responses(bits_of({15, {}})), (ResponseCounts{0, true}));
    lte::ResponseMessage all;
    for (unsigned preamble = 0; preamble < 64; ++preamble)
        all.preambles.push_back(preamble);
    EXPECT_EQ(read_responses(bits_of(all)), (ResponseCounts{64, false}));
    // The transport block is longer than the message, and its padding may hold anything.
    lte::Bits padded = bits_of({{}, {7}});
    padded.insert(padded.end(), 40, 1);
    EXPECT_EQ(read_responses(padded), (ResponseCounts{1, false}));
}

TEST(LteRandomAccess, WhatIsNoSuchMessageCountsNothing)
{
    const lte::Bits whole = bits_of({2, {7, 9}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(read_responses(std::span(whole).first(size))) << size;
    EXPECT_FALSE(read_responses(bits_of({{}, {7, 7}}))) << "one preamble is answered once";
    for (const std::size_t reserved : {2U, 3U, 24U, 72U}) { // of the wait's subheader, and before each response
        lte::Bits bits = whole;
        bits[reserved] ^= 1;
        EXPECT_FALSE(read_responses(bits)) << reserved;
    }
    lte::Bits later = bits_of({{}, {7, 9}});
    later[9] = 0; // the second subheader says how long to wait
    EXPECT_FALSE(read_responses(later));
}

// 3GPP TS 36.321 §5.1.4.
TEST(LteRandomAccess, ValuesThatAnswerAreThoseOfTheStandard)
{
    for (std::uint32_t rnti = 0; rnti < 0x10000; ++rnti) {
        EXPECT_EQ(preamble_subframe(rnti, false).has_value(), rnti >= 1 && rnti <= 10);
        EXPECT_EQ(preamble_subframe(rnti, true).has_value(), rnti >= 1 && rnti <= 60);
    }
    for (unsigned frequency = 0; frequency < 6; ++frequency)
        for (unsigned subframe = 0; subframe < 10; ++subframe)
            EXPECT_EQ(preamble_subframe(1 + subframe + 10 * frequency, true), subframe);
}

struct Sent {
    const char* name = "";
    unsigned blocks;
    unsigned ports;
    bool tdd;
    bool compact;
    double rate_hz;
    unsigned every;
    unsigned subframe; ///< of the preambles
    unsigned frequency;
    bool counted; ///< a value that answers random access in this cell
};

void PrintTo(const Sent& one, std::ostream* out) { *out << one.name; }

class LteRandomAccessOnAir : public ::testing::TestWithParam<Sent> {};

const lte::ResponseMessage two_phones{{}, {5, 60}};
const lte::ResponseMessage wait{4, {12}};

LteTrial access_trial(const Sent& sent)
{
    LteTrial trial;
    trial.settings.blocks = sent.blocks;
    trial.settings.ports = sent.ports;
    trial.settings.tdd = sent.tdd;
    trial.settings.compact = sent.compact;
    trial.settings.phich_resource = sent.blocks > 6 ? 2 : 0;
    trial.settings.first_message = sent.tdd ? lte::tdd_first_message(2, 7) : lte::example_first_message();
    trial.settings.responses = {lte::response_message(two_phones), lte::response_message(wait)};
    trial.settings.response_every = sent.every;
    trial.settings.preamble_subframe = sent.subframe;
    trial.settings.preamble_frequency = sent.frequency;
    trial.reception.rate_hz = sent.rate_hz;
    trial.reception.seconds = 0.32;
    trial.reception.snr_db = 12.0;
    trial.reception.carrier_hz = sent.tdd ? 2360e6 : 1855e6;
    return random_lte_trial(trial, 5.0, 100 + sent.blocks + sent.frequency + (sent.compact ? 1000 : 0));
}

TEST_P(LteRandomAccessOnAir, IsCountedAsItWasSent)
{
    const Sent& sent = GetParam();
    const LteTrial trial = access_trial(sent);
    const auto report = search_lte(lte::receive(trial.settings, trial.reception), trial.reception);
    ASSERT_EQ(report.cells.size(), 1U);
    const auto& paging = report.cells.front().paging;
    ASSERT_TRUE(paging);
    std::uint64_t phones = 0;
    std::uint64_t waits = 0;
    const double end_s = trial.reception.begin_s + trial.reception.seconds;
    for (auto number = static_cast<unsigned>(std::ceil(trial.reception.begin_s * 1e3)); number + 1 < end_s * 1e3;
         ++number) {
        const unsigned frame = (trial.settings.first_frame + number / 10) % 1024;
        const auto* message = lte::response_in(trial.settings, frame, number % 10);
        phones += message == nullptr ? 0U : message == trial.settings.responses.data() ? 2U : 1U;
        waits += message != nullptr && message != trial.settings.responses.data() ? 1U : 0U;
    }
    ASSERT_TRUE(paging->responses && paging->backoff_indications);
    ASSERT_TRUE(paging->responses_per_min && paging->responses_share);
    if (!sent.counted) {
        EXPECT_EQ(paging->responses, 0U);
        EXPECT_EQ(paging->backoff_indications, 0U);
        return;
    }
    ASSERT_GT(phones, 20U);
    const double share = *paging->responses_share;
    const double seen = static_cast<double>(phones) * share;
    EXPECT_NEAR(static_cast<double>(*paging->responses), seen, share > 0.9 ? 3.0 : 3.0 * std::sqrt(2.0 * seen));
    EXPECT_NEAR(static_cast<double>(*paging->backoff_indications), static_cast<double>(waits) * share,
                share > 0.9 ? 2.0 : 3.0 * std::sqrt(seen));
    EXPECT_NEAR(*paging->responses_per_min,
                static_cast<double>(*paging->responses) / share * 60.0 / trial.reception.seconds,
                0.1 * *paging->responses_per_min);
    // What is not told by SIB2 is not counted as if it were.
    EXPECT_EQ(paging->blocks, 0U);
    EXPECT_FALSE(paging->requests_per_min);
    EXPECT_FALSE(paging->information_changes);
}

INSTANTIATE_TEST_SUITE_P(All, LteRandomAccessOnAir,
                         ::testing::Values(Sent{"Fdd", 6, 1, false, false, 1.92e6, 7, 1, 0, true},
                                           Sent{"Compact", 6, 2, false, true, 1.92e6, 7, 9, 0, true},
                                           Sent{"FourPorts", 15, 4, false, false, 3.84e6, 1, 4, 0, true},
                                           Sent{"Tdd", 6, 1, true, false, 1.92e6, 3, 2, 0, true},
                                           Sent{"TddSixthFrequency", 6, 1, true, false, 1.92e6, 3, 7, 5, true},
                                           Sent{"Wide", 50, 2, false, false, 11.52e6, 1, 1, 0, true},
                                           // 11 … 60 may be phones' own in FDD, and in TDD those of downlink subframes
                                           Sent{"ForAPhone", 6, 1, false, false, 1.92e6, 7, 1, 1, false},
                                           Sent{"ForAPhoneTdd", 6, 1, true, false, 1.92e6, 3, 3, 1, false}),
                         [](const auto& one) { return one.param.name; });

TEST(LteRandomAccess, NothingOfThePhonesIsTold)
{
    const LteTrial trial = access_trial({"", 6, 1, false, false, 1.92e6, 7, 1, 0, true});
    const auto report = search_lte(lte::receive(trial.settings, trial.reception), trial.reception);
    ASSERT_EQ(report.cells.size(), 1U);
    for (const CellMessage& message : report.cells.front().messages)
        EXPECT_TRUE(message.channel == "BCCH-BCH" || message.channel == "BCCH-DL-SCH");
    for (const BroadcastBlock& block : report.blocks)
        EXPECT_TRUE(block.channel == "BCCH-BCH" || block.channel == "BCCH-DL-SCH");
}

TEST(LteRandomAccess, AQuietCellAnswersNobody)
{
    LteTrial trial;
    trial.settings.first_message = lte::example_first_message();
    trial.settings.load = 1.0;
    trial.reception.seconds = 2.0;
    trial.reception.snr_db = 5.0;
    trial.reception.carrier_hz = 1855e6;
    const auto report = search_lte(lte::receive(trial.settings, trial.reception), trial.reception);
    ASSERT_EQ(report.cells.size(), 1U);
    ASSERT_TRUE(report.cells.front().paging);
    EXPECT_EQ(report.cells.front().paging->responses, 0U) << "random control elements fill every subframe";
    EXPECT_GT(report.cells.front().paging->responses_share.value_or(0.0), 0.95);
}

} // namespace
} // namespace gacsong::test
