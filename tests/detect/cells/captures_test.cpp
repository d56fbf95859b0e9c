// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings whose content is known: real ones, and bursts of a real base station stack.
#include "tests/detect/cells/captures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {
namespace {

using nlohmann::json;

constexpr double frame_s = 1250.0 * 48.0 / 13e6;

double baseband(const json& truth, const json& capture)
{
    return truth.contains("baseband_hz") ? truth.at("baseband_hz").get<double>()
                                         : truth.at("carrier_hz").get<double>() - capture.at("center_hz").get<double>();
}

const Cell* find_cell(const ScannedCells& scanned, const json& truth, const json& capture)
{
    for (const Cell& cell : scanned.cells)
        if (cell.bsic == truth.at("bsic").get<std::uint64_t>() &&
            std::abs(cell.baseband_hz - baseband(truth, capture)) < 60e3)
            return &cell;
    return nullptr;
}

void expect_identity(const Cell& cell, const json& truth)
{
    if (truth.contains("plmn")) {
        EXPECT_EQ(cell.plmn, truth.at("plmn").get<std::string>());
        EXPECT_EQ(cell.area, truth.at("area").get<std::uint64_t>());
        EXPECT_EQ(cell.cell, truth.at("cell").get<std::uint64_t>());
    }
    if (truth.contains("channel")) {
        EXPECT_EQ(cell.channel, truth.at("channel").get<std::uint64_t>());
    }
}

/// Frame numbers count on from what the truth says of any synchronisation burst.
void expect_frames(const Cell& cell, const json& truth, double rate_hz)
{
    for (const json& sync : truth.at("sch")) {
        const double later_s = sync.at("sample").get<double>() / rate_hz - cell.first_s;
        const double frames = later_s / frame_s;
        EXPECT_NEAR(frames, std::round(frames), 0.01);
        const auto expected = static_cast<double>(cell.frame_number.value_or(0)) + std::round(frames);
        EXPECT_EQ(expected, sync.at("fn").get<double>());
    }
}

void expect_messages(const Cell& cell, const json& truth)
{
    for (const json& message : truth.value("messages", json::array())) {
        const auto found = std::ranges::find_if(cell.messages, [&](const CellMessage& m) {
            return m.name == message.at("name") && m.hex == message.at("hex");
        });
        ASSERT_NE(found, cell.messages.end()) << message.at("name") << ' ' << message.at("hex");
        if (message.contains("count")) {
            EXPECT_GE(found->count, message.at("count").get<std::uint64_t>()) << found->name;
        }
    }
}

void expect_paging(const Cell& cell, const json& truth)
{
    if (!truth.contains("paging"))
        return;
    const json& paging = truth.at("paging");
    ASSERT_TRUE(cell.paging);
    EXPECT_EQ(cell.paging->requests, paging.at("requests").get<std::uint64_t>());
    // A block whose first burst begins just before the recording does may be decoded as well.
    const auto empty = paging.at("empty_requests").get<std::uint64_t>();
    EXPECT_GE(cell.paging->empty_requests, empty);
    EXPECT_LE(cell.paging->empty_requests, empty + 1);
    const auto imsis = paging.at("identities_imsi").get<std::uint64_t>();
    const auto all = imsis + paging.at("identities_tmsi").get<std::uint64_t>();
    EXPECT_EQ(cell.paging->identities, all);
    if (all > 0) {
        EXPECT_NEAR(cell.paging->imsi_share.value_or(-1.0), static_cast<double>(imsis) / static_cast<double>(all),
                    1e-9);
    }
    EXPECT_EQ(cell.paging->assignments, paging.at("immediate_assignments").get<std::uint64_t>());
}

class CellCaptures : public ::testing::TestWithParam<const char*> {};

TEST_P(CellCaptures, GiveTheCellsOfTheTruthAndNoOthers)
{
    if (captures_folder().empty())
        GTEST_SKIP() << "the recordings with known content are not there";
    const std::string set = GetParam();
    for (const json& capture : captures_of(set)) {
        SCOPED_TRACE(capture.at("file").get<std::string>());
        const ScannedCells scanned = scan_cells(set, capture);
        // A recording of this set holds LTE cells, which it does not list.
        EXPECT_EQ(std::ranges::count(scanned.cells, "gsm", &Cell::technology),
                  static_cast<std::ptrdiff_t>(capture.at("cells").size()));
        for (const json& truth : capture.at("cells")) {
            const Cell* cell = find_cell(scanned, truth, capture);
            ASSERT_NE(cell, nullptr) << "BSIC " << truth.at("bsic");
            expect_identity(*cell, truth);
            expect_frames(*cell, truth, capture.at("sample_rate_hz").get<double>());
            expect_messages(*cell, truth);
            expect_paging(*cell, truth);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Sets, CellCaptures, ::testing::Values("gsm", "gsm-network"));

} // namespace
} // namespace gacsong::test
