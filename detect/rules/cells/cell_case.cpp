// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/cells/cell_case.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

namespace {

constexpr double multiframe_s = 0.2354;       ///< one BCCH block
constexpr double strip_km = 40.0;             ///< of the border, where foreign networks are heard
constexpr double edge_s = 2.0 * multiframe_s; ///< first and last blocks are seldom whole

/// The content of a message that was received most often.
const CellMessage* usual(const Cell& cell, std::string_view name)
{
    const CellMessage* best = nullptr;
    for (const auto& message : cell.messages) {
        if (message.name == name && (best == nullptr || message.count > best->count))
            best = &message;
    }
    return best;
}

const BroadcastValue* find(const Cell& cell, std::string_view message, std::string_view field)
{
    const auto* usual_one = usual(cell, message);
    if (usual_one == nullptr)
        return nullptr;
    for (const auto& [name, value] : usual_one->contents) {
        if (name == field)
            return &value;
    }
    return nullptr;
}

} // namespace

CellCase::CellCase(const Cell& cell, std::span<const Cell> scan, const JudgeContext& context, Instant when, bool dated)
    : cell_(cell), scan_(scan), context_(context), when_(when), dated_(dated)
{
    if (!context.cells || cell.plmn.empty())
        return;
    covers_ = context.cells->covers(cell.technology, cell.plmn);
    if (!cell.cell)
        return;
    for (const auto* row : context.cells->find(cell.technology, cell.plmn, cell.area, *cell.cell)) {
        if (row->validity.holds(when))
            rows_.push_back(row);
    }
    excused_ = std::any_of(rows_.begin(), rows_.end(), [](const auto* row) { return !row->status.empty(); });
}

std::uint64_t CellCase::blocks(std::string_view message) const
{
    std::uint64_t count = 0;
    for (const auto& one : cell_.messages)
        count += one.name == message ? one.count : 0;
    return count;
}

std::optional<std::int64_t> CellCase::number(std::string_view message, std::string_view field) const
{
    const auto* value = find(cell_, message, field);
    const auto* number = value != nullptr ? std::get_if<std::int64_t>(value) : nullptr;
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<bool> CellCase::flag(std::string_view message, std::string_view field) const
{
    const auto* value = find(cell_, message, field);
    const auto* flag = value != nullptr ? std::get_if<bool>(value) : nullptr;
    return flag != nullptr ? std::optional(*flag) : std::nullopt;
}

std::vector<std::int64_t> CellCase::list(std::string_view message, std::string_view field) const
{
    const auto* value = find(cell_, message, field);
    const auto* list = value != nullptr ? std::get_if<std::vector<std::int64_t>>(value) : nullptr;
    return list != nullptr ? *list : std::vector<std::int64_t>{};
}

std::optional<bool> CellCase::sends_sib(int number) const
{
    const auto* value = find(cell_, "SIB1", "scheduling");
    const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
    if (text == nullptr)
        return std::nullopt;
    // `16:3 32:5,7`: period in frames, then the blocks of that message.
    bool blocks = false;
    int current = 0;
    for (const char c : *text + " ") {
        if (c >= '0' && c <= '9') {
            current = 10 * current + (c - '0');
            continue;
        }
        if (blocks && current == number)
            return true;
        blocks = c == ':' || (blocks && c != ' ');
        current = 0;
    }
    return false;
}

bool CellCase::certain(std::initializer_list<std::string_view> messages) const
{
    constexpr double least_gsm_snr_db = 6.0;
    constexpr double least_lte_snr_db = 3.0;
    std::uint64_t count = 0;
    for (const auto message : messages)
        count += blocks(message);
    const double least = gsm() ? least_gsm_snr_db : least_lte_snr_db;
    return count >= 2 && cell_.snr_db.value_or(0.0) >= least;
}

bool CellCase::identified() const
{
    if (cell_.plmn.empty() || !cell_.cell || !cell_.area)
        return false;
    if (!gsm()) // one transport block with its CRC names the cell; two make it certain, short recordings hold one
        return blocks("SIB1") >= 1;
    return certain({"SI3"}) || (certain({"SI3", "SI4"}) && blocks("SI3") > 0 && blocks("SI4") > 0);
}

double CellCase::cycle() const
{
    if (!gsm())
        return blocks("SIB1") > 0 && blocks("SI") > 0 ? 1.0 : 0.0;
    std::uint64_t bcch = 0;
    for (const auto& message : cell_.messages)
        bcch += message.channel == "BCCH" ? message.count : 0;
    const double seen_s = dwell_s();
    const double expected = std::max(1.0, (seen_s - edge_s) / multiframe_s);
    if (static_cast<double>(bcch) < 0.9 * std::floor(expected))
        return 0.0;
    // The last block of a rotation begins seven multiframes after the first.
    return seen_s >= bcch_rotation_s - multiframe_s ? 1.0 : (seen_s >= 0.5 * bcch_rotation_s - edge_s ? 0.5 : 0.0);
}

std::optional<double> CellCase::own_border_km() const
{
    if (!context_.place)
        return std::nullopt;
    std::string country;
    for (const auto& network : context_.plan.networks) {
        if (network.plmn == cell_.plmn && network.role == "foreign")
            country = network.country;
    }
    std::optional<double> least;
    for (const auto& border : context_.plan.borders) {
        if (country.empty() || border.country != country || !border.row.validity.holds(when_))
            continue;
        const double km = distance_to_line_km(*context_.place, border.line);
        least = std::min(least.value_or(km), km);
    }
    return least;
}

bool CellCase::border_cell() const
{
    const auto km = own_border_km();
    return km && *km <= strip_km;
}

std::string cell_name(const Cell& cell)
{
    std::string name;
    const auto put = [&](const char* what, std::optional<std::uint64_t> value) {
        if (value)
            name += (name.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(*value);
    };
    const bool gsm = cell.technology == "gsm";
    put(gsm ? "CI" : "ECI", cell.cell);
    put(gsm ? "LAC" : "TAC", cell.area);
    put(gsm ? "BSIC" : "PCI", gsm ? cell.bsic : cell.pci);
    return name;
}

} // namespace gacsong
