// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of system information and warnings, from messages written field by field.
#include "detect/cells/lte/rrc/broadcast.hpp"
#include "detect/cells/lte/rrc/warning_text.hpp"
#include "tests/support/lte/coding.hpp"
#include "tests/support/lte/messages.hpp"
#include "tests/support/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gacsong::test {
namespace {

using detect::lte::Broadcast;
using Numbers = std::vector<std::int64_t>;

std::optional<Broadcast> read(unsigned type, const lte::UperWriter& block)
{
    return detect::lte::read_broadcast(lte::bits_of(lte::information_of(type, block)));
}

const BroadcastValue* field(const Broadcast& broadcast, const std::string& name)
{
    const auto found =
        std::ranges::find(broadcast.fields, name, [](const auto& one) -> const std::string& { return one.first; });
    return found == broadcast.fields.end() ? nullptr : &found->second;
}

template <class Value> void expect(const Broadcast& broadcast, const std::string& name, const Value& value)
{
    const auto* found = field(broadcast, name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(std::get<Value>(*found), value) << name;
}

lte::CdmaNeighbours example_neighbours()
{
    lte::CdmaNeighbours out;
    out.bands = {{0, 3U, 25, {283, 384}}, {6, std::nullopt, 63, {2047}}};
    return out;
}

/// A home base station's name is its owner's, but for one that a maker gave.
TEST(LteMessages, NameOfAHomeStationIsKeptOnlyWhereItIsAStacks)
{
    const auto named = [](const std::string& name) {
        lte::UperWriter block;
        block.put(0, 1).put(1, 1).put(static_cast<std::uint32_t>(name.size() - 1), 6);
        for (const char letter : name)
            block.put(static_cast<std::uint8_t>(letter), 8);
        return read(9, block);
    };
    const auto stack = named("My srsRAN cell");
    ASSERT_TRUE(stack);
    expect(*stack, "stack_name", std::string("srsran"));
    const auto person = named("Quan Ba Tu");
    ASSERT_TRUE(person);
    EXPECT_EQ(person->decoded, std::vector<std::string>{"SIB9"});
    EXPECT_EQ(field(*person, "stack_name"), nullptr);
}

TEST(LteMessages, BandsBesideTheStatedOne)
{
    const auto with = detect::lte::read_broadcast(lte::bits_of(lte::tdd_first_message(2, 7, {41, 38, 64})));
    ASSERT_TRUE(with);
    expect(*with, "band", std::int64_t{40});
    expect(*with, "other_bands", Numbers{41, 38, 64});
    expect(*with, "reserved_for_operator", false);
    const auto without = detect::lte::read_broadcast(lte::bits_of(lte::tdd_first_message(2, 7)));
    ASSERT_TRUE(without);
    EXPECT_EQ(field(*without, "other_bands"), nullptr);
    // Cut in the list: what stood before it is good.
    auto bits = lte::bits_of(lte::tdd_first_message(2, 7, {41, 38}));
    bits.resize(bits.size() - 16);
    const auto cut = detect::lte::read_broadcast(bits);
    ASSERT_TRUE(cut);
    expect(*cut, "band", std::int64_t{40});
    EXPECT_EQ(field(*cut, "other_bands"), nullptr);
}

TEST(LteMessages, NeighboursOfCdma2000)
{
    const auto broadcast = read(8, lte::eighth_block(example_neighbours()));
    ASSERT_TRUE(broadcast);
    EXPECT_EQ(broadcast->decoded, std::vector<std::string>{"SIB8"});
    EXPECT_GT(broadcast->bits, 0U);
    for (const std::string name : {"hrpd", "onexrtt"}) {
        expect(*broadcast, name + "_carriers", Numbers{283, 384, 2047});
        expect(*broadcast, name + "_band_classes", Numbers{0, 0, 6});
        expect(*broadcast, name + "_priorities", Numbers{3, 3, -1});
        expect(*broadcast, name + "_thresh_x_low", Numbers{25, 25, 63});
        expect(*broadcast, name + "_pn_offsets", Numbers{3, 511, 3, 511, 3, 511});
    }
    expect(*broadcast, "onexrtt_sid", std::int64_t{4321});
    expect(*broadcast, "onexrtt_nid", std::int64_t{54321});
    expect(*broadcast, "hrpd_zone", std::int64_t{17});
    EXPECT_EQ(std::ranges::count(broadcast->facts.neighbours, Neighbour{"cdma2000", 384, 3U}), 2);
    EXPECT_EQ(std::ranges::count(broadcast->facts.neighbours, Neighbour{"cdma2000", 2047, std::nullopt}), 2);
}

// What follows a block of type 8 in the same message is read as well.
TEST(LteMessages, BlockBehindOneOfType8)
{
    for (const bool both : {true, false}) {
        auto neighbours = example_neighbours();
        neighbours.hrpd = both;
        lte::UperWriter out;
        out.put(0, 1).put(0, 1).put(0, 1).put(0, 1).put(1, 5);
        out.put(0, 1).put(6, 4).append(lte::eighth_block(neighbours));
        out.put(0, 1).put(0, 4).append(lte::second_block(5));
        const auto broadcast = detect::lte::read_broadcast(out.bits());
        ASSERT_TRUE(broadcast);
        EXPECT_EQ(broadcast->decoded, (std::vector<std::string>{"SIB8", "SIB2"}));
        EXPECT_EQ(broadcast->bits, out.bits().size());
        EXPECT_EQ(broadcast->facts.paging, (detect::lte::PagingOccasions{8, 1}));
    }
}

/// Septets of the default alphabet, all of them capital letters, figures or spaces.
std::vector<std::uint8_t> packed(const std::string& text)
{
    std::vector<std::uint8_t> out((7 * text.size() + 7) / 8);
    for (std::size_t i = 0; i < 7 * text.size(); ++i)
        out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | (text[i / 7] >> i % 7 & 1) << i % 8);
    return out;
}

TEST(LteWarnings, TextOfBothAlphabets)
{
    using detect::lte::warning_text;
    const auto english = lte::warning_pages({packed("FLOOD WARNING"), packed(" LEAVE NOW")});
    EXPECT_EQ(warning_text(english, 0x01), "FLOOD WARNING LEAVE NOW");
    const auto special = lte::warning_pages({{0x80, 0x00, 0x00}});
    EXPECT_EQ(warning_text(special, 0x00), "@\xC2\xA3@");
    const auto named = lte::warning_pages({packed("vi\rLU QUET")});
    EXPECT_EQ(warning_text(named, 0x10), "LU QUET");
    // "Lũ" and a character beyond the basic plane.
    const auto wide = lte::warning_pages({{0x00, 'L', 0x01, 0x69, 0xD8, 0x3D, 0xDE, 0x00}});
    EXPECT_EQ(warning_text(wide, 0x48), "L\xC5\xA9\xF0\x9F\x98\x80");
    EXPECT_EQ(warning_text(lte::warning_pages({{0x76, 0x69, 0x00, 'A'}}), 0x11), "A");
    EXPECT_FALSE(warning_text(wide, 0x44)) << "octets of no alphabet";
    EXPECT_FALSE(warning_text(std::span(english).first(100), 0x01)) << "the second page is cut";
    EXPECT_FALSE(warning_text({}, 0x01));
}

TEST(LteWarnings, SegmentsArePutTogether)
{
    const auto pages = lte::warning_pages({packed("EARTHQUAKE"), packed(" STAY INSIDE")});
    for (const unsigned type : {11U, 12U}) {
        detect::lte::WarningTexts texts;
        std::vector<std::optional<std::string>> told;
        // The second one comes first, and twice.
        for (const unsigned number : {1U, 1U, 0U, 0U}) {
            const std::vector<std::uint8_t> part(pages.begin() + 80 * static_cast<int>(number),
                                                 number == 0 ? pages.begin() + 80 : pages.end());
            const auto broadcast = read(type, lte::warning_block(type, number, number == 1, part, 0x01));
            ASSERT_TRUE(broadcast);
            EXPECT_EQ(broadcast->decoded, std::vector<std::string>{"SIB" + std::to_string(type)});
            expect(*broadcast, "warning_message", std::int64_t{0x1112});
            expect(*broadcast, "warning_segment", std::int64_t{number});
            ASSERT_EQ(broadcast->facts.warnings.size(), 1U);
            told.push_back(texts.take(broadcast->facts.warnings.front()));
        }
        EXPECT_EQ(told, (std::vector<std::optional<std::string>>{std::nullopt, std::nullopt, "EARTHQUAKE STAY INSIDE",
                                                                 std::nullopt}));
    }
}

TEST(LteWarnings, AnyOctetsAreReadWithoutHarm)
{
    Random random(11);
    for (int i = 0; i < 5000; ++i) {
        std::vector<std::uint8_t> octets(random.below(300));
        for (auto& octet : octets)
            octet = static_cast<std::uint8_t>(random.below(256));
        if (!octets.empty())
            octets[0] = static_cast<std::uint8_t>(octets[0] % 5);
        static_cast<void>(detect::lte::warning_text(octets, static_cast<std::uint8_t>(random.below(256))));
    }
}

} // namespace
} // namespace gacsong::test
