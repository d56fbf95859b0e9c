// SPDX-License-Identifier: GPL-3.0-or-later
// The plan that is shipped: whole, without holes where receivers look, and honest about what was verified.
#include "detect/plan/plan_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace gacsong {

namespace {

const Plan& plan()
{
    static const Plan loaded = [] {
        const std::vector<std::filesystem::path> folders{std::filesystem::path(GACSONG_SOURCE_DIR) / "plans"};
        return load_plan("vn", folders).value();
    }();
    return loaded;
}

const Instant now = *parse_day("2026-11-02");

const MobileBlock* block_of(double downlink_hz, Instant t)
{
    const auto& blocks = plan().blocks;
    const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const MobileBlock& block) {
        return block.row.contains(downlink_hz) && block.row.validity.holds(t);
    });
    return found == blocks.end() ? nullptr : &*found;
}

} // namespace

TEST(VietNam, IsWhole)
{
    EXPECT_TRUE(plan().problems.empty());
    EXPECT_EQ(plan().full_name(), "vn 2026-11");
    EXPECT_FALSE(plan().title_vi.empty());
    EXPECT_FALSE(plan().title_en.empty());
    EXPECT_GT(plan().bands.size(), 80U);
    EXPECT_GT(plan().exempt.size(), 15U);
    EXPECT_GT(plan().protected_bands.size(), 20U);
    EXPECT_GT(plan().networks.size(), 20U);
}

TEST(VietNam, HasNoHolesFromShortWaveToSixGigahertz)
{
    for (double f = 0.6e6; f < 7.1e9; f *= 1.0001) {
        EXPECT_NE(plan().band_at(f, now), nullptr) << f;
    }
}

TEST(VietNam, NeverVerifiesWhatWasOnlyRemembered)
{
    for (const auto& band : plan().bands) {
        if (band.row.reference.find("chưa đối chiếu") != std::string::npos) {
            EXPECT_EQ(band.row.verified, Verified::no) << band.row.line;
        }
        EXPECT_NE(band.tolerance.verified, Verified::yes) << band.row.line;
    }
    for (const auto& exempt : plan().exempt) {
        if (exempt.row.reference.find("chưa đối chiếu") != std::string::npos) {
            EXPECT_EQ(exempt.row.verified, Verified::no) << exempt.row.line;
        }
    }
    for (const auto& off : plan().switched_off) {
        EXPECT_EQ(off.row.verified, Verified::partly) << "the agency has to confirm it: R07 counts half until then";
    }
}

TEST(VietNam, ListsTheSevenBandsOfMicrophones)
{
    const auto count = std::count_if(plan().exempt.begin(), plan().exempt.end(), [](const ExemptClass& exempt) {
        return exempt.device == "wireless microphone device";
    });
    EXPECT_EQ(count, 6) << "40.66-40.70 MHz stands as a short-range device";
}

TEST(VietNam, KnowsTheBlocks)
{
    EXPECT_EQ(block_of(763e6, now)->holder, "VNPT");
    EXPECT_EQ(block_of(763e6, *parse_day("2025-09-15")), nullptr);
    EXPECT_EQ(block_of(770e6, now)->holder, "Viettel");
    EXPECT_TRUE(block_of(780e6, now)->holder.empty());
    EXPECT_EQ(block_of(2'550e6, now)->holder, "Viettel");
    EXPECT_EQ(block_of(3'750e6, now)->holder, "VNPT");
    EXPECT_EQ(block_of(3'850e6, now)->holder, "MobiFone");
    EXPECT_EQ(block_of(947.4e6, now), nullptr) << "the plan of 900 MHz ended on 15/9/2026";
    EXPECT_NE(block_of(947.4e6, *parse_day("2026-09-15")), nullptr);
}

TEST(VietNam, KnowsWhenGsmEnded)
{
    const auto off = [](const std::string& plmn, Instant t) {
        return std::any_of(plan().switched_off.begin(), plan().switched_off.end(), [&](const SwitchedOff& row) {
            return row.technology == "gsm" && row.row.validity.holds(t) &&
                   std::find(row.plmn.begin(), row.plmn.end(), plmn) != row.plmn.end();
        });
    };
    EXPECT_FALSE(off("452-01", *parse_day("2025-09-15")));
    EXPECT_TRUE(off("452-01", *parse_day("2025-09-16")));
    EXPECT_FALSE(off("452-04", *parse_day("2026-09-15")));
    EXPECT_TRUE(off("452-04", *parse_day("2026-09-16")));
    EXPECT_FALSE(off("456-08", now)) << "never for a foreign network";
}

} // namespace gacsong
