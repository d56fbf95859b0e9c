// SPDX-License-Identifier: GPL-3.0-or-later
// LTE recordings whose content is known: real ones, and the signal of a real base station stack.
#include "tests/detect/cells/captures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {
namespace {

using nlohmann::json;

const Cell* find_cell(const ScannedCells& scanned, const json& truth)
{
    for (const Cell& cell : scanned.cells)
        if (cell.pci == truth.at("pci").get<std::uint64_t>() &&
            std::abs(cell.baseband_hz - truth.at("baseband_hz").get<double>()) < 2e3)
            return &cell;
    return nullptr;
}

void expect_fields(const Cell& cell, const json& truth)
{
    EXPECT_EQ(cell.technology, "lte");
    EXPECT_EQ(cell.duplex, truth.at("duplex").get<std::string>());
    EXPECT_EQ(cell.cyclic_prefix, truth.at("cyclic_prefix").get<std::string>());
    if (truth.contains("phich")) {
        EXPECT_EQ(cell.ports, truth.at("ports").get<std::uint64_t>());
        EXPECT_EQ(cell.resource_blocks, truth.at("resource_blocks").get<std::uint64_t>());
        EXPECT_EQ(cell.phich, truth.at("phich").get<std::string>());
    }
    if (truth.contains("channel")) {
        EXPECT_EQ(cell.channel, truth.at("channel").get<std::uint64_t>());
    }
    if (truth.contains("first_sample_sfn")) {
        const std::uint64_t next = truth.at("first_sample_sfn").get<std::uint64_t>() + 1;
        EXPECT_EQ(cell.sfn, next % 1024);
        const double into_ms = truth.at("first_sample_ms_into_frame").get<double>();
        EXPECT_NEAR(cell.frame_start_s.value_or(-1.0), (10.0 - into_ms) * 1e-3, 5e-6);
    }
}

/// Messages as the truth has them, apart from the padding that some of it has.
void expect_messages(const Cell& cell, const json& truth)
{
    const auto trimmed = [](std::string hex) { return hex.substr(0, hex.find_last_not_of('0') + 1); };
    for (const json& message : truth.value("messages", json::array())) {
        if (message.value("may_be_missed", false))
            continue;
        const std::string hex = trimmed(message.at("hex").get<std::string>());
        const bool heard = std::ranges::any_of(
            cell.messages, [&](const CellMessage& m) { return m.name == message.at("name") && trimmed(m.hex) == hex; });
        EXPECT_TRUE(heard) << message.at("name") << ' ' << hex;
    }
    if (truth.contains("plmn")) {
        EXPECT_EQ(cell.plmn, truth.at("plmn").get<std::string>());
        EXPECT_EQ(cell.area, truth.at("area").get<std::uint64_t>());
        EXPECT_EQ(cell.cell, truth.at("cell").get<std::uint64_t>());
    }
}

/// What has to be read: all but those that the truth itself is not sure of.
bool certain(const json& truth) { return truth.contains("mib_hex") || truth.contains("mib_hex_example"); }

class LteCaptures : public ::testing::TestWithParam<const char*> {};

TEST_P(LteCaptures, GiveTheCellsOfTheTruthAndNoOthers)
{
    if (captures_folder().empty())
        GTEST_SKIP() << "the recordings with known content are not there";
    const std::string set = GetParam();
    for (const json& capture : captures_of(set)) {
        SCOPED_TRACE(capture.at("file").get<std::string>());
        const ScannedCells scanned = scan_cells(set, capture);
        std::size_t known = 0;
        for (const json& truth : capture.at("cells")) {
            const Cell* cell = find_cell(scanned, truth);
            known += cell != nullptr ? 1U : 0U;
            if (certain(truth)) {
                ASSERT_NE(cell, nullptr) << "PCI " << truth.at("pci");
            }
            if (cell != nullptr) {
                expect_fields(*cell, truth);
                expect_messages(*cell, truth);
            }
        }
        if (capture.at("complete_list").get<bool>()) {
            EXPECT_EQ(scanned.cells.size(), known);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Sets, LteCaptures, ::testing::Values("lte", "lte-network"));

} // namespace
} // namespace gacsong::test
