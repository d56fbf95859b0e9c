// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/rules/cells/answer.hpp"
#include "detect/rules/cells/sighting.hpp"
#include "detect/rules/context.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// All of TC, 8 × 51-multiframe (3GPP TS 45.002 §6.3.1.3): the cycle of GSM's broadcast channel.
inline constexpr double bcch_rotation_s = 1.883;

/// One cell before the indicators, and everything they may compare it with.
class CellCase {
public:
    /// `scan`: all cells of the scan, this one among them. `when`: time of reception, or of the office where the
    /// recording has none.
    CellCase(const Cell& cell, std::span<const Cell> scan, const JudgeContext& context, Instant when, bool dated);

    [[nodiscard]] const Cell& cell() const { return cell_; }
    [[nodiscard]] std::span<const Cell> scan() const { return scan_; }
    [[nodiscard]] const JudgeContext& context() const { return context_; }
    [[nodiscard]] Instant when() const { return when_; }
    [[nodiscard]] bool dated() const { return dated_; }
    [[nodiscard]] bool gsm() const { return cell_.technology == "gsm"; }
    [[nodiscard]] double dwell_s() const { return cell_.last_s - cell_.first_s; }
    [[nodiscard]] std::string country() const { return cell_.plmn.substr(0, 3); }
    /// BSIC or PCI.
    [[nodiscard]] std::optional<std::uint64_t> code() const { return gsm() ? cell_.bsic : cell_.pci; }

    /// Blocks of a message, over all its contents.
    [[nodiscard]] std::uint64_t blocks(std::string_view message) const;
    /// A field of the message that was received most often.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view message, std::string_view field) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view message, std::string_view field) const;
    [[nodiscard]] std::vector<std::int64_t> list(std::string_view message, std::string_view field) const;

    /// LTE: whether the cell says in SIB1 that it sends that block; nothing where SIB1 was not read.
    [[nodiscard]] std::optional<bool> sends_sib(int number) const;

    /// D1: the fields of the message (for GSM of SI3 and SI4, what both carry) are certain.
    [[nodiscard]] bool certain(std::initializer_list<std::string_view> messages) const;
    /// Network and identity are certain (D1).
    [[nodiscard]] bool identified() const;
    /// D2: a whole cycle of the broadcast channel; 1, 0.5 where it was missed by a small margin, 0 otherwise.
    [[nodiscard]] double cycle() const;

    /// Rows of the register with this identity that are valid at the time.
    [[nodiscard]] const std::vector<const RegisteredCell*>& rows() const { return rows_; }
    /// Whether the register can say anything about the network (RG).
    [[nodiscard]] bool register_covers() const { return covers_; }
    /// A row says that the station is under maintenance, a test or an event (X5).
    [[nodiscard]] bool excused() const { return excused_; }
    /// Kilometres to the border of the network's own country, where that is a neighbour whose border the plan has.
    [[nodiscard]] std::optional<double> own_border_km() const;
    /// A foreign network in its border strip (X4).
    [[nodiscard]] bool border_cell() const;

private:
    const Cell& cell_;
    std::span<const Cell> scan_;
    const JudgeContext& context_;
    Instant when_;
    bool dated_;
    bool covers_ = false;
    bool excused_ = false;
    std::vector<const RegisteredCell*> rows_;
};

/// `CI 30121, LAC 12001`; what the sentences call a cell.
[[nodiscard]] std::string cell_name(const Cell& cell);

} // namespace gacsong
