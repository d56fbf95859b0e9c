// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/spectrum_rows.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gacsong {

namespace {

constexpr double tolerance_hz = 0.1e6;
constexpr double gsm_half_hz = 0.1e6;

/// Downlinks of the bands that mobile networks use here: a block says something about its own band only.
constexpr std::array<FrequencyRange, 8> bands{{{758e6, 803e6},
                                               {869e6, 894e6},
                                               {925e6, 960e6},
                                               {1805e6, 1880e6},
                                               {2110e6, 2170e6},
                                               {2300e6, 2400e6},
                                               {2496e6, 2690e6},
                                               {3400e6, 4000e6}}};

const FrequencyRange* band_of(double hz)
{
    for (const auto& band : bands) {
        if (hz >= band.low_hz && hz <= band.high_hz)
            return &band;
    }
    return nullptr;
}

struct LteBand {
    std::uint64_t band;
    std::uint64_t first;
    std::uint64_t last;
    double low_mhz;
};

/// 3GPP TS 36.101 table 5.7.3-1.
constexpr std::array<LteBand, 10> lte_bands{{{1, 0, 599, 2110.0},
                                             {3, 1200, 1949, 1805.0},
                                             {5, 2400, 2649, 869.0},
                                             {7, 2750, 3449, 2620.0},
                                             {8, 3450, 3799, 925.0},
                                             {28, 9210, 9659, 758.0},
                                             {38, 37750, 38249, 2570.0},
                                             {40, 38650, 39649, 2300.0},
                                             {41, 39650, 41589, 2496.0},
                                             {42, 41590, 43589, 3400.0}}};

} // namespace

std::optional<double> channel_bandwidth_hz(std::uint64_t resource_blocks)
{
    constexpr std::array<std::pair<std::uint64_t, double>, 6> widths{
        {{6, 1.4e6}, {15, 3e6}, {25, 5e6}, {50, 10e6}, {75, 15e6}, {100, 20e6}}};
    for (const auto& [blocks, width] : widths) {
        if (blocks == resource_blocks)
            return width;
    }
    return std::nullopt;
}

std::optional<FrequencyRange> occupied(const Cell& cell)
{
    if (!cell.carrier_hz)
        return std::nullopt;
    const auto width = cell.resource_blocks ? channel_bandwidth_hz(*cell.resource_blocks) : std::nullopt;
    const double half = cell.technology == "gsm" ? gsm_half_hz : 0.5 * width.value_or(0.0);
    return FrequencyRange{*cell.carrier_hz - half, *cell.carrier_hz + half};
}

std::optional<double> channel_hz(const std::string& technology, std::uint64_t channel)
{
    const auto n = static_cast<double>(channel);
    if (technology == "gsm") {
        if (channel <= 124)
            return 935e6 + 0.2e6 * n;
        if (channel >= 975 && channel <= 1023)
            return 935e6 + 0.2e6 * (n - 1024.0);
        if (channel >= 512 && channel <= 885)
            return 1805.2e6 + 0.2e6 * (n - 512.0);
        if (channel >= 128 && channel <= 251)
            return 869.2e6 + 0.2e6 * (n - 128.0);
        return std::nullopt;
    }
    if (technology == "umts") {
        if (channel >= 10562 && channel <= 10838)
            return 0.2e6 * n;
        if (channel >= 2937 && channel <= 3088)
            return 340e6 + 0.2e6 * n;
    }
    if (technology == "lte") {
        for (const auto& band : lte_bands) {
            if (channel >= band.first && channel <= band.last)
                return 1e6 * band.low_mhz + 0.1e6 * static_cast<double>(channel - band.first);
        }
    }
    return std::nullopt;
}

std::optional<FrequencyRange> lte_band_range(std::uint64_t band)
{
    for (const auto& one : lte_bands) {
        if (one.band == band)
            return FrequencyRange{1e6 * one.low_mhz,
                                  1e6 * one.low_mhz + 0.1e6 * static_cast<double>(one.last + 1 - one.first)};
    }
    return std::nullopt;
}

OperatorBlocks::OperatorBlocks(const Plan& plan, const std::string& technology, Instant when)
{
    for (const auto& block : plan.blocks) {
        const auto& of = block.technologies;
        const bool fits = of.empty() || std::find(of.begin(), of.end(), technology) != of.end() ||
                          std::find(of.begin(), of.end(), "any") != of.end();
        if (fits && block.row.verified == Verified::yes && block.row.validity.holds(when))
            blocks_.push_back(&block);
    }
}

bool OperatorBlocks::complete(const FrequencyRange& band) const
{
    const auto* around = band_of(0.5 * (band.low_hz + band.high_hz));
    return around != nullptr && std::any_of(blocks_.begin(), blocks_.end(), [&](const auto* block) {
               return block->row.low_hz < around->high_hz && block->row.high_hz > around->low_hz;
           });
}

bool OperatorBlocks::holds_any(const std::string& plmn) const
{
    return std::any_of(blocks_.begin(), blocks_.end(), [&](const auto* block) {
        return std::find(block->plmn.begin(), block->plmn.end(), plmn) != block->plmn.end();
    });
}

namespace {

/// Whether the blocks that `admit` lets through cover the stretch without a hole.
template <class Admit>
bool covered(const std::vector<const MobileBlock*>& blocks, const FrequencyRange& band, Admit admit)
{
    double reached = band.low_hz;
    for (bool grown = true; grown && reached < band.high_hz;) {
        grown = false;
        for (const auto* block : blocks) {
            if (admit(*block) && block->row.low_hz - tolerance_hz <= reached &&
                block->row.high_hz + tolerance_hz > reached) {
                reached = block->row.high_hz + tolerance_hz;
                grown = true;
            }
        }
    }
    const bool point = band.low_hz == band.high_hz;
    return point ? std::any_of(blocks.begin(), blocks.end(),
                               [&](const auto* block) {
                                   return admit(*block) && block->row.low_hz <= band.low_hz &&
                                          block->row.high_hz >= band.high_hz;
                               })
                 : reached >= band.high_hz;
}

} // namespace

bool OperatorBlocks::inside(const FrequencyRange& band, const std::string& plmn) const
{
    return covered(blocks_, band, [&](const MobileBlock& block) {
        return std::find(block.plmn.begin(), block.plmn.end(), plmn) != block.plmn.end();
    });
}

bool OperatorBlocks::owned(const FrequencyRange& band) const
{
    return covered(blocks_, band, [](const MobileBlock&) { return true; });
}

} // namespace gacsong
