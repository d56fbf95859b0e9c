// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/cell_carriers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect {

namespace {

constexpr double block_hz = 180e3; ///< a resource block (3GPP TS 36.211 §6.2.3)
constexpr double element_hz = 15e3;
constexpr double fewest_blocks = 6.0; ///< hold what was received where the bandwidth is not known
constexpr double lte_room_hz = 60e3;
constexpr double lte_above = 10.0; ///< 10 dB: data may be sent stronger than reference signals, and fade otherwise
/// To each side of a GSM carrier: 99 % of it lie in ±122 kHz; at ±200 kHz, where the next carrier stands, its
/// modulation is 30 dB down (3GPP TS 45.005 §4.2.1).
constexpr double gsm_core_hz = 130e3;
constexpr double gsm_skirts_hz = 180e3;
constexpr double gsm_above = 4.0;  ///< 6 dB: as strong as this, a part may be the carrier itself
constexpr double gsm_below = 0.06; ///< −12 dB: skirts
constexpr double main_share = 0.3; ///< of a carrier: what is wider than this stands for it while it goes on
constexpr double same_carrier_hz = 60e3;
constexpr double slack_s = 1.0;

double ratio(double db) { return std::pow(10.0, db / 10.0); }

Band around(double middle_hz, double half_hz) { return {middle_hz - half_hz, middle_hz + half_hz}; }

bool inside(const Band& core, const Band& wide) { return wide.overlap(core) >= 0.8 * core.width(); }

} // namespace

std::optional<CellCarriers::Carrier> CellCarriers::carrier_of(const Cell& cell)
{
    Carrier out;
    out.technology = cell.technology;
    out.first_s = cell.first_s;
    out.last_s = cell.last_s;
    if (cell.technology == "lte" && cell.rsrp_dbfs) {
        const double blocks = cell.resource_blocks ? static_cast<double>(*cell.resource_blocks) : fewest_blocks;
        out.core = out.skirts = around(cell.baseband_hz, 0.5 * blocks * block_hz + lte_room_hz);
        out.density = ratio(*cell.rsrp_dbfs) / element_hz;
    } else if (cell.technology == "gsm" && cell.level_dbfs) {
        out.core = around(cell.baseband_hz, gsm_core_hz);
        out.skirts = around(cell.baseband_hz, gsm_skirts_hz);
        out.power = ratio(*cell.level_dbfs);
    } else {
        return std::nullopt;
    }
    out.cells = {cell};
    return out;
}

void CellCarriers::add(std::span<const Cell> cells)
{
    for (const Cell& cell : cells) {
        auto fresh = carrier_of(cell);
        if (!fresh)
            continue;
        const auto known = std::ranges::find_if(carriers_, [&](const Carrier& one) {
            return one.technology == fresh->technology &&
                   std::abs(one.core.center() - fresh->core.center()) < same_carrier_hz;
        });
        if (known == carriers_.end()) {
            carriers_.push_back(std::move(*fresh));
            continue;
        }
        Carrier& carrier = *known;
        carrier.first_s = std::min(carrier.first_s, fresh->first_s);
        carrier.last_s = std::max(carrier.last_s, fresh->last_s);
        carrier.core.include(fresh->core);
        carrier.skirts.include(fresh->skirts);
        carrier.density = std::max(carrier.density, fresh->density);
        carrier.power = std::max(carrier.power, fresh->power);
        const auto same = std::ranges::find_if(
            carrier.cells, [&](const Cell& other) { return other.bsic == cell.bsic && other.pci == cell.pci; });
        if (same == carrier.cells.end())
            carrier.cells.push_back(cell);
        else
            *same = cell;
    }
}

bool CellCarriers::part(const Carrier& carrier, const Track& track)
{
    if (track.time.end_s < carrier.first_s - slack_s || track.time.start_s > carrier.last_s + slack_s)
        return false;
    const double width = std::max(track.core.width(), track.bin_hz);
    if (carrier.technology == "lte")
        return inside(track.core, carrier.core) && track.power() <= lte_above * carrier.density * width;
    if (inside(track.core, carrier.core))
        return track.power() <= gsm_above * carrier.power;
    return inside(track.core, carrier.skirts) && track.power() <= gsm_below * carrier.power;
}

CellCarriers::Claimed CellCarriers::named(const Carrier& carrier, Track track)
{
    const bool gsm = carrier.technology == "gsm";
    Claimed out{std::move(track), {}, {}, {}, true};
    out.modulation.name = gsm ? "GMSK" : "OFDM";
    out.modulation.confidence = 1.0;
    if (gsm)
        out.modulation.symbol_rate_hz = 1625e3 / 6.0;
    out.system.name = gsm ? "GSM" : "LTE";
    out.system.confidence = 1.0;
    std::string numbers;
    for (const Cell& cell : carrier.cells)
        if (const auto& number = gsm ? cell.bsic : cell.pci)
            numbers += (numbers.empty() ? "" : ", ") + std::to_string(*number);
    const Cell& first = carrier.cells.front();
    if (first.channel)
        out.system.identity["channel"] = std::to_string(*first.channel);
    // Sectors of one operator say the same; where they do not, the cells say what each is.
    const bool one_network = std::ranges::all_of(carrier.cells, [&](const Cell& c) { return c.plmn == first.plmn; });
    if (const auto dash = first.plmn.find('-'); one_network && dash != std::string::npos) {
        out.system.identity["mcc"] = first.plmn.substr(0, dash);
        out.system.identity["mnc"] = first.plmn.substr(dash + 1);
    }
    out.seen = Message(gsm ? "signature.seen.gsm_cell" : "signature.seen.lte_cell", {{"n", numbers}});
    return out;
}

void CellCarriers::claim(std::vector<Track>& tracks)
{
    std::vector<Track> others;
    for (Track& track : tracks) {
        const auto owner =
            std::ranges::find_if(carriers_, [&](const Carrier& carrier) { return part(carrier, track); });
        if (owner == carriers_.end())
            others.push_back(std::move(track));
        else if (owner->claimed)
            join(*owner->claimed, std::move(track));
        else
            owner->claimed = std::move(track);
    }
    tracks = std::move(others);
}

std::vector<CellCarriers::Claimed> CellCarriers::take()
{
    std::vector<Claimed> out;
    for (Carrier& carrier : carriers_)
        if (auto track = std::exchange(carrier.claimed, std::nullopt))
            out.push_back(named(carrier, std::move(*track)));
    return out;
}

std::optional<CellCarriers::Claimed> CellCarriers::of(const Track& track) const
{
    const auto owner = std::ranges::find_if(carriers_, [&](const Carrier& carrier) { return part(carrier, track); });
    if (owner == carriers_.end())
        return std::nullopt;
    Claimed out = named(*owner, track);
    out.main = track.core.width() >= main_share * owner->core.width();
    return out;
}

bool CellCarriers::holds(const Band& core) const
{
    return std::ranges::any_of(carriers_,
                               [&](const Carrier& carrier) { return carrier.claimed && inside(core, carrier.core); });
}

} // namespace gacsong::detect
