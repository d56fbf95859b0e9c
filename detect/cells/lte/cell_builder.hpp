// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "detect/cells/lte/cell_reader.hpp"
#include "detect/cells/lte/raster.hpp"
#include "detect/cells/lte/rrc/warning_text.hpp"

#include <optional>
#include <vector>

namespace gacsong::detect::lte {

/// Collects what one cell broadcast.
class CellBuilder {
public:
    CellBuilder(const CellInput& input, const CellReading& first);

    /// Takes what was read in a stretch that begins `begin_s` seconds after the recording does; blocks that outputs may
    /// keep are added to `blocks`.
    void take(const CellReading& reading, double begin_s, std::vector<BroadcastBlock>& blocks);

    [[nodiscard]] Identity identity() const { return identity_; }
    [[nodiscard]] double shift_hz() const { return cell_.baseband_hz; }

    /// What the system information says of when things are sent, as far as that was decoded.
    [[nodiscard]] const Announced& announced() const { return announced_; }

    [[nodiscard]] Cell cell() const;

    /// How much was decoded, for those who want details.
    [[nodiscard]] Message received() const;

private:
    void choose_channel(const Measured& measured);
    void take_first(const Measured& measured, double frame_at);
    void take_first(const MasterInformation& master, double frame_at);
    void take(const ReferenceQuality& references);
    void take(const Occasion& occasion, double begin_s);
    void take(const ResponseTime& time, double begin_s);
    void add_responses(Paging& to) const;
    void take(const SystemMessage& message, double begin_s, std::vector<BroadcastBlock>& blocks);
    [[nodiscard]] BroadcastBlock block(unsigned frame, double at_s) const;

    CellInput input_;
    Identity identity_;
    Cell cell_;
    std::optional<Channel> channel_;
    Announced announced_;
    std::optional<double> last_message_; ///< when it began, so that none counts twice
    WarningTexts warnings_;
    std::optional<double> last_occasion_;
    Paging paging_;
    std::uint64_t imsis_ = 0; ///< of the identities
    std::optional<double> last_response_;
    std::uint64_t listened_ = 0;  ///< subframes, for responses to random access
    std::uint64_t answering_ = 0; ///< of subframes that may hold them
    std::uint64_t responses_ = 0;
    std::uint64_t backoffs_ = 0;
    bool heard_ = false;
    double evm_sum_ = 0.0; ///< of squares, over stretches
    double evm_count_ = 0.0;
    std::uint64_t looked_at_ = 0; ///< resource blocks
    std::uint64_t used_ = 0;      ///< of these
    std::uint64_t masters_ = 0;
    std::uint64_t others_ = 0;
};

} // namespace gacsong::detect::lte
