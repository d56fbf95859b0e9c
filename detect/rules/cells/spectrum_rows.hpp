// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"
#include "detect/records/cell.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// A stretch of spectrum, hertz.
struct FrequencyRange {
    double low_hz = 0.0;
    double high_hz = 0.0;
};

/// What a cell's carrier occupies (3GPP TS 45.005 §2: 200 kHz; LTE: the channel where its width is known, else its
/// centre alone). Nothing where the frequency is not known.
[[nodiscard]] std::optional<FrequencyRange> occupied(const Cell& cell);

/// Channel bandwidth of an LTE cell (3GPP TS 36.101 table 5.6-1); nothing for another number of resource blocks.
[[nodiscard]] std::optional<double> channel_bandwidth_hz(std::uint64_t resource_blocks);

/// Downlink centre of a channel number (3GPP TS 45.005 §2, 36.101 §5.7.3): GSM 850, 900, 1800; E-UTRA bands 1, 3, 5, 7,
/// 8, 28, 38, 40, 41, 42; UTRA bands I and VIII (25.101 §5.4.3). Nothing for others. GSM numbers 512–885 are read as
/// 1800 MHz: 1900 MHz is not used here.
[[nodiscard]] std::optional<double> channel_hz(const std::string& technology, std::uint64_t channel);

/// Downlink of an E-UTRA band (36.101 table 5.5-1) among those of channel_hz(); nothing for others.
[[nodiscard]] std::optional<FrequencyRange> lte_band_range(std::uint64_t band);

/// The blocks of operators that are marked `yes`, for one technology at one time.
class OperatorBlocks {
public:
    OperatorBlocks(const Plan& plan, const std::string& technology, Instant when);

    /// Whether the band around it has a block at all: then all blocks of the band are taken as known.
    [[nodiscard]] bool complete(const FrequencyRange& band) const;
    [[nodiscard]] bool holds_any(const std::string& plmn) const;
    /// Inside one of the operator's blocks, or several that touch; edges with 0.1 MHz of tolerance.
    [[nodiscard]] bool inside(const FrequencyRange& band, const std::string& plmn) const;
    /// Inside anybody's.
    [[nodiscard]] bool owned(const FrequencyRange& band) const;

private:
    std::vector<const MobileBlock*> blocks_;
};

} // namespace gacsong
