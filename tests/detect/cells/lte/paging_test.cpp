// SPDX-License-Identifier: GPL-3.0-or-later
// Paging of LTE cells: counted, and nothing of whom it is for is kept.
#include "detect/cells/lte/rrc/paging.hpp"
#include "tests/detect/cells/lte_trials.hpp"
#include "tests/support/lte/coding.hpp"
#include "tests/support/lte/messages.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace gacsong::test {
namespace {

using detect::lte::PagingCounts;
using detect::lte::PagingOccasions;
using detect::lte::read_paging;

constexpr const char* imsi = "452041234567890";
constexpr std::uint32_t tmsi = 0xC0FFEE42;

std::optional<PagingCounts> read(const lte::PagingMessage& message)
{
    return read_paging(lte::bits_of(lte::paging_message(message)));
}

TEST(LtePaging, IsCountedByKind)
{
    lte::PagingMessage message;
    EXPECT_EQ(read(message), PagingCounts{});
    message.tmsis = {tmsi, 0, 0xFFFFFFFF};
    EXPECT_EQ(read(message), (PagingCounts{3, 0, false, false, false}));
    message.imsis = {imsi, "123456", "123456789012345678901"};
    EXPECT_EQ(read(message), (PagingCounts{6, 3, false, false, false}));
    message.later = 2;
    EXPECT_EQ(read(message), (PagingCounts{8, 3, false, false, false}));
    message.cmas = true;
    message.information_changes = true;
    EXPECT_EQ(read(message), (PagingCounts{8, 3, true, false, true}));
    message = {};
    message.etws = true;
    EXPECT_EQ(read(message), (PagingCounts{0, 0, false, true, false}));
    message = {};
    message.tmsis.assign(16, tmsi);
    EXPECT_EQ(read(message), (PagingCounts{16, 0, false, false, false}));
}

TEST(LtePaging, CutMessagesCountNothing)
{
    lte::PagingMessage message;
    message.imsis = {imsi};
    message.tmsis = {tmsi};
    auto bits = lte::bits_of(lte::paging_message(message));
    ASSERT_TRUE(read_paging(bits));
    for (std::size_t size = 0; size + 8 < bits.size(); ++size)
        EXPECT_FALSE(read_paging(std::span(bits).first(size)));
    bits[0] = 1; // a message of a later release
    EXPECT_FALSE(read_paging(bits));
    Random random(7);
    for (int i = 0; i < 20000; ++i)
        if (const auto counts = read_paging(random.bits(random.below(600)))) {
            EXPECT_LE(counts->imsis, counts->identities);
            EXPECT_LE(counts->identities, 16U);
        }
}

// 3GPP TS 36.304 §7.1, §7.2: for every phone's identity and every cycle, the frame and subframe that its formulas give.
TEST(LtePaging, OccasionsAreThoseOfAllPhones)
{
    const std::map<unsigned, std::map<unsigned, std::string>> fdd{
        {1, {{0, "9"}}}, {2, {{0, "4"}, {1, "9"}}}, {4, {{0, "0"}, {1, "4"}, {2, "5"}, {3, "9"}}}};
    const std::map<unsigned, std::map<unsigned, std::string>> tdd{
        {1, {{0, "0"}}}, {2, {{0, "0"}, {1, "5"}}}, {4, {{0, "0"}, {1, "1"}, {2, "5"}, {3, "6"}}}};
    for (const unsigned cycle : {32U, 128U})
        for (unsigned code = 0; code < 8; ++code) {
            const unsigned nb = 4 * cycle >> code;
            const unsigned n = std::min(cycle, nb);
            const unsigned ns = std::max(1U, nb / cycle);
            std::vector<std::array<bool, 20>> expected(cycle); // subframes of FDD, then of TDD
            for (unsigned phone = 0; phone < 1024; ++phone) {
                const unsigned frame = cycle / n * (phone % n);
                const unsigned place = phone / n % ns;
                expected[frame].at(static_cast<std::size_t>(fdd.at(ns).at(place)[0] - '0')) = true;
                expected[frame].at(static_cast<std::size_t>(tdd.at(ns).at(place)[0] - '0' + 10)) = true;
            }
            const auto occasions = PagingOccasions::of(code);
            for (unsigned frame = 0; frame < cycle; ++frame)
                for (unsigned subframe = 0; subframe < 10; ++subframe) {
                    EXPECT_EQ(occasions.holds(frame, subframe, false), expected[frame].at(subframe));
                    EXPECT_EQ(occasions.holds(frame, subframe, true), expected[frame].at(subframe + 10));
                }
        }
}

struct Sent {
    const char* name = "";
    unsigned blocks;
    unsigned ports;
    bool tdd;
    bool compact;
    unsigned nb; ///< code of nB
    double rate_hz;
};

void PrintTo(const Sent& one, std::ostream* out) { *out << one.name; }

class LtePagingOnAir : public ::testing::TestWithParam<Sent> {};

/// The cell that sends three pagings in turn, and in every fourth occasion none.
LteTrial paging_trial(const Sent& sent)
{
    LteTrial trial;
    trial.settings.blocks = sent.blocks;
    trial.settings.ports = sent.ports;
    trial.settings.tdd = sent.tdd;
    trial.settings.compact = sent.compact;
    trial.settings.phich_resource = sent.blocks > 6 ? 2 : 0;
    trial.settings.first_message = lte::example_first_message();
    trial.settings.others = {{lte::information_of(2, lte::second_block(sent.nb)), 16}};
    lte::PagingMessage temporary;
    temporary.tmsis = {tmsi, tmsi + 1};
    lte::PagingMessage permanent;
    permanent.imsis = {imsi};
    lte::PagingMessage change;
    change.information_changes = true;
    change.cmas = true;
    trial.settings.pagings = {
        lte::paging_message(temporary), lte::paging_message(permanent), lte::paging_message(change), {}};
    const auto occasions = PagingOccasions::of(sent.nb);
    trial.settings.paging_every = occasions.every_frames;
    trial.settings.paging_subframes.clear();
    for (unsigned subframe = 0; subframe < 10; ++subframe)
        if (occasions.holds(0, subframe, sent.tdd))
            trial.settings.paging_subframes += static_cast<char>('0' + subframe);
    trial.reception.rate_hz = sent.rate_hz;
    trial.reception.seconds = 0.32;
    trial.reception.snr_db = 12.0;
    trial.reception.carrier_hz = sent.tdd ? 2360e6 : 1855e6;
    return random_lte_trial(trial, 5.0, sent.blocks + 10 * sent.nb + (sent.compact ? 1000 : 0));
}

TEST_P(LtePagingOnAir, IsCountedAsItWasSent)
{
    const LteTrial trial = paging_trial(GetParam());
    const auto report = search_lte(lte::receive(trial.settings, trial.reception), trial.reception);
    ASSERT_EQ(report.cells.size(), 1U);
    const auto& paging = report.cells.front().paging;
    ASSERT_TRUE(paging);
    // What lies wholly inside of the recording; a cut frame at either end may or may not be read.
    const double end_s = trial.reception.begin_s + trial.reception.seconds;
    std::array<std::uint64_t, 4> sent{};
    for (auto number = static_cast<unsigned>(std::ceil(trial.reception.begin_s * 1e3)); number + 1 < end_s * 1e3;
         ++number) {
        const unsigned frame = (trial.settings.first_frame + number / 10) % 1024;
        const auto* message = lte::paging_in(trial.settings, frame, number % 10);
        for (std::size_t i = 0; i < 3; ++i)
            sent.at(i) += message == &trial.settings.pagings[i] ? 1U : 0U;
        const bool occasion = PagingOccasions::of(GetParam().nb).holds(frame, number % 10, trial.settings.tdd);
        sent[3] += occasion ? 1U : 0U;
    }
    EXPECT_NEAR(static_cast<double>(paging->blocks), static_cast<double>(sent[3]), 1.0);
    EXPECT_NEAR(static_cast<double>(paging->requests), static_cast<double>(sent[0] + sent[1]), 1.0);
    EXPECT_NEAR(static_cast<double>(paging->empty_requests), static_cast<double>(sent[2]), 1.0);
    EXPECT_EQ(paging->information_changes, paging->empty_requests);
    EXPECT_EQ(paging->cmas_indications, paging->empty_requests);
    EXPECT_EQ(paging->etws_indications, 0U);
    EXPECT_FALSE(paging->assignments);
    ASSERT_TRUE(paging->requests_per_min);
    ASSERT_TRUE(paging->imsi_share);
    // Two temporary identities in the one kind of request, a permanent one in the other.
    EXPECT_EQ(paging->identities + static_cast<std::uint64_t>(
                                       std::llround(*paging->imsi_share * static_cast<double>(paging->identities))),
              2 * paging->requests);
    const double a_minute = static_cast<double>(sent[0] + sent[1]) * 60.0 / trial.reception.seconds;
    EXPECT_NEAR(*paging->requests_per_min, a_minute, 0.15 * a_minute);
}

INSTANTIATE_TEST_SUITE_P(All, LtePagingOnAir,
                         ::testing::Values(Sent{"OncePerFrame", 6, 1, false, false, 2, 1.92e6},
                                           Sent{"Compact", 6, 2, false, true, 2, 1.92e6},
                                           Sent{"Twice", 6, 1, false, false, 1, 1.92e6},
                                           Sent{"FourTimes", 6, 2, false, false, 0, 1.92e6},
                                           Sent{"EverySecondFrame", 6, 1, false, false, 3, 1.92e6},
                                           Sent{"Tdd", 6, 1, true, false, 1, 1.92e6},
                                           Sent{"WideCompact", 50, 2, false, true, 2, 11.52e6}),
                         [](const auto& one) { return one.param.name; });

/// All that is told of a cell, as text.
std::string told(const detect::CellReport& report)
{
    std::string out;
    for (const Cell& cell : report.cells)
        for (const CellMessage& message : cell.messages) {
            out += message.name + message.hex;
            for (const auto& [name, value] : message.contents)
                if (const auto* text = std::get_if<std::string>(&value))
                    out += *text;
        }
    for (const BroadcastBlock& block : report.blocks)
        out += block.channel + hex_of(block.octets);
    return out;
}

TEST(LtePaging, NothingOfThePagedIsTold)
{
    const LteTrial trial = paging_trial({"", 6, 1, false, false, 2, 1.92e6});
    const auto report = search_lte(lte::receive(trial.settings, trial.reception), trial.reception);
    ASSERT_FALSE(report.cells.empty());
    const std::string text = told(report);
    EXPECT_NE(text.find("MIB"), std::string::npos);
    for (const auto& paging : trial.settings.pagings)
        if (!paging.empty()) {
            EXPECT_EQ(text.find(hex_of(paging)), std::string::npos);
        }
    EXPECT_EQ(text.find(imsi), std::string::npos);
    EXPECT_EQ(text.find("PCCH"), std::string::npos);
    for (const BroadcastBlock& block : report.blocks)
        EXPECT_TRUE(block.channel == "BCCH-BCH" || block.channel == "BCCH-DL-SCH");
}

} // namespace
} // namespace gacsong::test
