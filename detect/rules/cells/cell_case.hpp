// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/rules/cells/answer.hpp"
#include "detect/rules/cells/baseline.hpp"
#include "detect/rules/cells/surroundings.hpp"
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
    /// `when`: time of reception, or of the office where the recording has none. All must outlive it.
    CellCase(const Cell& cell, const Surroundings& around, const JudgeContext& context, Instant when, bool dated);

    [[nodiscard]] const Cell& cell() const { return cell_; }
    [[nodiscard]] const Surroundings& around() const { return around_; }
    [[nodiscard]] std::span<const Cell> scan() const { return around_.scan(); }
    [[nodiscard]] const JudgeContext& context() const { return context_; }
    [[nodiscard]] Instant when() const { return when_; }
    [[nodiscard]] bool dated() const { return dated_; }
    [[nodiscard]] bool gsm() const { return cell_.technology == "gsm"; }
    [[nodiscard]] double dwell_s() const { return cell_.last_s - cell_.first_s; }
    [[nodiscard]] std::string country() const { return cell_.plmn.substr(0, 3); }
    /// BSIC or PCI.
    [[nodiscard]] std::optional<std::uint64_t> code() const { return gsm() ? cell_.bsic : cell_.pci; }
    /// At the antenna; nothing where the receiver's level is not calibrated.
    [[nodiscard]] std::optional<double> level_dbm() const;

    // What it broadcast: cell_fields.hpp.
    [[nodiscard]] std::uint64_t blocks(std::string_view message) const;
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view message, std::string_view field) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view message, std::string_view field) const;
    [[nodiscard]] std::vector<std::int64_t> list(std::string_view message, std::string_view field) const;
    [[nodiscard]] std::optional<bool> sends_sib(unsigned number) const;

    /// D1: the fields of the message (for GSM of SI3 and SI4, what both carry) are certain.
    [[nodiscard]] bool certain(std::initializer_list<std::string_view> messages) const;
    /// Network and identity are certain (D1).
    [[nodiscard]] bool identified() const;
    /// D2: a whole cycle of the broadcast channel; 1, 0.5 where it was missed by a small margin, 0 otherwise. LTE:
    /// watched_periods(), and every block that SIB1 announces was read.
    [[nodiscard]] double cycle() const;
    /// LTE: 1 where the cell was received for twice the longest period of its messages, 0.5 for once, 0 below.
    [[nodiscard]] double watched_periods() const;
    /// D3: a minute of paging and access grants, four of five blocks good: 1; 0.5 from half a minute on, 0 below.
    [[nodiscard]] double watched_traffic() const;

    /// How far the frame begins from where those of at least three other cells of the operator in this scan begin
    /// together (within 3 µs and 10 km of path, 3GPP TS 36.133 §7.4.2); 0 where it begins with them. Nothing where
    /// there are too few, where the others do not begin together either (GSM cells need not), and for LTE FDD.
    [[nodiscard]] std::optional<double> off_the_common_frame_s() const;

    /// A closed group's cell that is weak enough to be heard through a wall, received out of doors (X7).
    [[nodiscard]] bool home_cell_outside() const;

    /// BL: the operator's other cells of this technology.
    [[nodiscard]] const Baseline& baseline() const { return baseline_; }
    /// Those of them that tell of the place itself: all for a receiver that stood, else what was received within 3 km
    /// of where it was when it heard the cell (X3).
    [[nodiscard]] const Baseline& baseline_here() const { return moving() ? baseline_near_ : baseline_; }

    /// Where the receiver was when it heard the cell.
    [[nodiscard]] const std::optional<Place>& place() const { return place_; }
    /// How fast it went meanwhile, where that was followed.
    [[nodiscard]] double receiver_m_s() const { return receiver_m_s_; }
    /// It did not stand (ST, X3).
    [[nodiscard]] bool moving() const;

    /// Rows of the register with this identity that are valid at the time.
    [[nodiscard]] const std::vector<const RegisteredCell*>& rows() const { return rows_; }
    /// Whether the register can say anything about the network.
    [[nodiscard]] bool register_covers() const { return covers_; }
    /// The rows of the network are what phones reported: no proof that a cell is the operator's.
    [[nodiscard]] bool only_reported() const { return reported_; }
    /// Share of the network's cells that the register knows.
    [[nodiscard]] double completeness() const;
    /// It states of when it is, and that is more than 45 days before the reception. One that states no date is taken
    /// as current.
    [[nodiscard]] bool register_is_old() const;
    /// RG: 1, 0.5 where the register knows half to seven tenths of what is heard here, 0 below.
    [[nodiscard]] double register_quality() const;
    /// A row says that the station is under maintenance, a test or an event (X5).
    [[nodiscard]] bool excused() const { return excused_; }
    /// Kilometres to the border of the network's own country, where that is a neighbour whose border the plan has.
    [[nodiscard]] std::optional<double> own_border_km() const;
    /// A foreign network in its border strip (X4).
    [[nodiscard]] bool border_cell() const;

private:
    [[nodiscard]] double away_km(const HeardCell& other) const;

    const Cell& cell_;
    const Surroundings& around_;
    const JudgeContext& context_;
    Instant when_;
    bool dated_;
    bool covers_ = false;
    bool reported_ = false;
    bool excused_ = false;
    std::vector<const RegisteredCell*> rows_;
    Baseline baseline_;
    Baseline baseline_near_;
    std::optional<Place> place_;
    double receiver_m_s_ = 0.0;
};

/// Quality of an answer that needs all of these: the least; 0 where one is 0 or more than one was missed (§2.0).
[[nodiscard]] double quality_of(std::initializer_list<double> prerequisites);

} // namespace gacsong
