// SPDX-License-Identifier: GPL-3.0-or-later
// Scrambling codes of UMTS neighbours, as libosmogsm codes them.
#include "detect/cells/gsm/messages/reading.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

extern "C" {
#include <osmocom/gsm/gsm48_rest_octets.h>
}

namespace gacsong::test {
namespace {

using Numbers = std::vector<std::int64_t>;

Numbers numbers(const detect::gsm::Broadcast& broadcast, const std::string& name)
{
    const auto found = std::ranges::find(broadcast.fields, name, [](const auto& field) { return field.first; });
    return found == broadcast.fields.end() ? Numbers{} : std::get<Numbers>(found->second);
}

struct Neighbours {
    std::uint16_t uarfcn = 0;
    std::vector<std::uint16_t> words; ///< diversity · 512 + scrambling code
};

/// System information 2quater that lists them; nothing where they do not fit in one message.
std::optional<detect::gsm::Octets> coded(const std::vector<Neighbours>& carriers)
{
    std::vector<std::uint16_t> uarfcns;
    std::vector<std::uint16_t> words;
    for (const Neighbours& carrier : carriers)
        for (const std::uint16_t word : carrier.words) {
            uarfcns.push_back(carrier.uarfcn);
            words.push_back(word);
        }
    detect::gsm::Octets octets{0x05, 0x06, 0x07};
    osmo_earfcn_si2q none{};
    std::size_t done = 0;
    std::size_t none_done = 0;
    const int rc = osmo_gsm48_rest_octets_si2quater_encode(octets.data() + 3, 0, 0, uarfcns.data(), &done,
                                                           uarfcns.size(), words.data(), &none, &none_done);
    if (rc < 0 || done != uarfcns.size())
        return std::nullopt;
    return octets;
}

std::optional<detect::gsm::Broadcast> coded_and_read(const std::vector<Neighbours>& carriers)
{
    const auto octets = coded(carriers);
    return octets ? detect::gsm::read_message(*octets).broadcast : std::nullopt;
}

Numbers codes_of(const Neighbours& carrier)
{
    Numbers codes;
    for (const std::uint16_t word : carrier.words)
        codes.push_back(word % 512);
    std::ranges::sort(codes);
    return codes;
}

TEST(GsmUtranNeighbours, HaveTheScramblingCodesThatWereCoded)
{
    Random random(44018);
    unsigned read = 0;
    for (int trial = 0; trial < 400; ++trial) {
        Neighbours carrier{static_cast<std::uint16_t>(10500 + random.below(400)), {}};
        std::set<std::uint16_t> words;
        const std::size_t wanted = 1 + random.below(10);
        while (words.size() < wanted)
            words.insert(static_cast<std::uint16_t>(1 + random.below(trial % 2 == 0 ? 511 : 1023)));
        carrier.words.assign(words.begin(), words.end());
        const auto message = coded_and_read({carrier});
        if (!message)
            continue; // more than one message holds
        ++read;
        ASSERT_EQ(message->name, "SI2quater");
        EXPECT_EQ(numbers(*message, "uarfcns"), Numbers{carrier.uarfcn});
        EXPECT_EQ(numbers(*message, "uarfcn_cells"), Numbers{static_cast<std::int64_t>(words.size())});
        Numbers codes = numbers(*message, "scrambling_codes");
        std::ranges::sort(codes);
        ASSERT_EQ(codes, codes_of(carrier)) << "trial " << trial;
    }
    EXPECT_GT(read, 300U);
}

TEST(GsmUtranNeighbours, OfSeveralCarriersFollowOneAnother)
{
    const std::vector<Neighbours> carriers{{10587, {7, 500}}, {10612, {33}}};
    const auto message = coded_and_read(carriers);
    ASSERT_TRUE(message);
    EXPECT_EQ(numbers(*message, "uarfcns"), (Numbers{10587, 10612}));
    EXPECT_EQ(numbers(*message, "uarfcn_cells"), (Numbers{2, 1}));
    Numbers codes = numbers(*message, "scrambling_codes");
    ASSERT_EQ(codes.size(), 3U);
    std::sort(codes.begin(), codes.begin() + 2);
    EXPECT_EQ(codes, (Numbers{7, 500, 33}));
}

// libosmogsm codes 0 as any other value, which no phone reads as 0: the standard has a bit for it.
TEST(GsmUtranNeighbours, MayHaveTheCodeZero)
{
    constexpr unsigned uarfcn = 10587;
    auto octets = coded({{uarfcn, {7, 300}}});
    ASSERT_TRUE(octets);
    const auto bit = [&](std::size_t at) { return octets->at(at / 8) >> (7 - at % 8) & 1U; };
    std::size_t at = 24;
    const auto carrier_at = [&](std::size_t begin) {
        unsigned value = 0;
        for (std::size_t i = 0; i < 16; ++i)
            value = value << 1U | bit(begin + i);
        return value == (2U << 14U | uarfcn);
    };
    while (at < 150 && !carrier_at(at))
        ++at;
    ASSERT_LT(at, 150U);
    octets->at((at + 16) / 8) = static_cast<std::uint8_t>(octets->at((at + 16) / 8) | 0x80U >> (at + 16) % 8);
    const auto message = detect::gsm::read_message(*octets).broadcast;
    ASSERT_TRUE(message);
    Numbers codes = numbers(*message, "scrambling_codes");
    std::ranges::sort(codes);
    EXPECT_EQ(codes, (Numbers{0, 7, 300}));
}

} // namespace
} // namespace gacsong::test
