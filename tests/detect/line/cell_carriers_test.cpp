// SPDX-License-Identifier: GPL-3.0-or-later
// What the spectrum shows of a decoded base station is one transmitter with a name; what it cannot have sent is not
// its.
#include "detect/line/cell_carriers.hpp"
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/gsm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gacsong::test {

using detect::CellCarriers;
using detect::Track;

namespace {

double linear(double db) { return std::pow(10.0, db / 10.0); }

Cell lte_cell(double baseband_hz = 1e6, std::uint64_t pci = 7)
{
    Cell cell;
    cell.technology = "lte";
    cell.baseband_hz = baseband_hz;
    cell.pci = pci;
    cell.plmn = "452-04";
    cell.channel = 1650;
    cell.resource_blocks = 50;
    cell.rsrp_dbfs = -60.0;
    cell.last_s = 1.0;
    return cell;
}

/// A track around a frequency with a power density in dB per 15 kHz.
Track track(double middle_hz, double width_hz, double density_db, double start_s = 0.2, double end_s = 0.3)
{
    Track out;
    out.core = {middle_hz - 0.5 * width_hz, middle_hz + 0.5 * width_hz};
    out.reach = out.last_core = out.core;
    out.bin_hz = 1000.0;
    out.time = {start_s, end_s};
    out.bursts = {out.time};
    out.burst_count = 1;
    out.on_s = end_s - start_s;
    out.energy = linear(density_db) / 15e3 * width_hz * out.on_s;
    out.strongest = out.power();
    return out;
}

} // namespace

TEST(CellCarriers, TakePiecesOfAnLteCarrierForOne)
{
    CellCarriers carriers;
    carriers.add(std::vector{lte_cell()});
    std::vector<Track> tracks{track(-2e6, 180e3, -60.0), track(3e6, 360e3, -55.0), track(1e6, 1e6, -58.0, 0.0, 1.0)};
    carriers.claim(tracks);
    EXPECT_TRUE(tracks.empty());
    const auto claimed = carriers.take();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].system.name, "LTE");
    EXPECT_EQ(claimed[0].modulation.name, "OFDM");
    EXPECT_EQ(claimed[0].system.identity.at("mnc"), "04");
    EXPECT_DOUBLE_EQ(claimed[0].track.time.end_s, 1.0);
    EXPECT_DOUBLE_EQ(claimed[0].track.core.low_hz, -2.09e6);
    EXPECT_TRUE(carriers.take().empty()) << "given out once";
}

TEST(CellCarriers, LeaveWhatACellCannotHaveSent)
{
    CellCarriers carriers;
    carriers.add(std::vector{lte_cell()});
    std::vector<Track> tracks{
        track(2e6, 10e3, -45.0),            // a line 15 dB above the reference signals
        track(6.2e6, 180e3, -60.0),         // beside the carrier
        track(1e6, 180e3, -60.0, 5.0, 6.0), // when the cell was not heard
        track(1e6, 15e6, -70.0),            // wider than the carrier
    };
    carriers.claim(tracks);
    EXPECT_EQ(tracks.size(), 4U);
    EXPECT_TRUE(carriers.take().empty());
}

TEST(CellCarriers, OfTwoCellsAreOne)
{
    CellCarriers carriers;
    Cell other = lte_cell(1e6 + 20.0, 8);
    other.plmn = "452-01";
    carriers.add(std::vector{lte_cell(), other});
    carriers.add(std::vector{lte_cell(), other});
    std::vector<Track> tracks{track(1e6, 9e6, -60.0)};
    carriers.claim(tracks);
    const auto claimed = carriers.take();
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_FALSE(claimed[0].system.identity.contains("mnc")) << "two networks";
    EXPECT_EQ(std::get<std::string>(claimed[0].seen.arguments.front().value), "7, 8");
}

TEST(CellCarriers, OfGsmHaveSkirts)
{
    Cell cell;
    cell.technology = "gsm";
    cell.level_dbfs = -30.0;
    cell.bsic = 23;
    cell.last_s = 1.0;
    CellCarriers carriers;
    carriers.add(std::vector{cell});
    const auto at = [](double hz, double width_hz, double power_db) {
        Track out = track(hz, width_hz, 0.0);
        out.energy = linear(power_db) * out.on_s;
        return out;
    };
    std::vector<Track> tracks{at(2e3, 240e3, -29.0), at(-140e3, 5e3, -50.0), at(140e3, 5e3, -35.0), at(0.0, 5e3, -20.0),
                              at(400e3, 5e3, -60.0)};
    carriers.claim(tracks);
    ASSERT_EQ(tracks.size(), 3U) << "a line as strong as the carrier beside it, one stronger on it, one further away";
    ASSERT_EQ(carriers.take().size(), 1U);
}

TEST(CellCarriers, GiveTheLineOneNamedEmissionForACell)
{
    GsmSettings cell;
    cell.first_frame = 1200000;
    cell.frames = 51 * 8;
    cell.bcch = gsm_system_information();
    cell.ccch = {gsm_empty_paging()};
    Scene scene;
    scene.sample_rate_hz = 13e6 / 6.0;
    scene.center_hz = 947.0e6;
    scene.duration_s = 1.9;
    scene.noise_dbfs_hz = -20.0 - 25.0 - 10.0 * std::log10(13e6 / 48.0);
    Placed placed;
    placed.waveform = gsm(cell);
    placed.offset_hz = 400e3;
    placed.level = Level::dbfs(-20.0);
    scene.signals.push_back(placed);
    Placed intruder;
    intruder.waveform = carrier();
    intruder.offset_hz = -500e3;
    intruder.level = Level::dbfs(-40.0);
    scene.signals.push_back(intruder);
    LineSettings settings;
    const auto found = scan(scene, "cs16", settings);
    const auto solid = found.solid();
    ASSERT_EQ(solid.size(), 2U);
    EXPECT_EQ(found.cells.size(), 1U);
    const auto gsm_carrier = std::ranges::find(solid, "GSM", [](const Emission& e) { return e.system.name; });
    ASSERT_NE(gsm_carrier, solid.end());
    EXPECT_NEAR(gsm_carrier->offset_hz, 400e3, 10e3);
    EXPECT_EQ(gsm_carrier->modulation.name, "GMSK");
    EXPECT_EQ(gsm_carrier->designator, "200KG7W");
    settings.announce_after_s = 1.0;
    const auto live = scan(scene, "cs16", settings);
    EXPECT_EQ(live.solid().size(), 2U);
    EXPECT_TRUE(live.withdrawn.empty());
}

} // namespace gacsong::test
