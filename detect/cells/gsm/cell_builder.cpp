// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/cell_builder.hpp"

#include "detect/cells/gsm/messages/reading.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect::gsm {

namespace {

/// A lone synchronisation burst is believed from this SNR on: its parity alone lets one in a thousand wrong ones pass.
constexpr double single_sync_snr_db = 4.0;

/// Below this SNR, or from fewer bursts, nothing is said of the modulation.
constexpr double modulation_snr_db = 18.0;
constexpr std::size_t modulation_bursts = 4;

/// From the beginning of a bit's interval to the middle of what the linear model takes for its pulse.
constexpr double pulse_delay_symbols = 1.0;

double db(double ratio) { return 10.0 * std::log10(std::max(ratio, 1e-20)); }

std::string hex_of(const Octets& octets)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t octet : octets) {
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
    }
    return out;
}

} // namespace

CellBuilder::CellBuilder(const CellInput& input, std::optional<Channel> channel, unsigned bsic, double place_hz)
    : input_(input), channel_(channel), bsic_(bsic), place_hz_(place_hz)
{
    cell_.technology = "gsm";
    paging_.assignments = 0;
    paging_.rejects = 0;
    cell_.bsic = bsic;
    if (channel_) {
        cell_.band = channel_->band;
        cell_.channel = channel_->arfcn;
        cell_.carrier_hz = channel_->carrier_hz;
    }
}

double CellBuilder::snr_db(double power, double noise, const ChannelScale& scale) const
{
    return db(power / std::max(noise, 1e-30)) - db(symbol_rate_hz / scale.noise_bandwidth_hz);
}

void CellBuilder::add_message(const Octets& octets, double at_s, const std::string& name, BroadcastFields contents)
{
    constexpr const char* channel_name = "BCCH";
    const std::string hex = hex_of(octets);
    const auto known = std::ranges::find_if(cell_.messages, [&](const CellMessage& m) {
        return m.hex == hex && m.name == name && m.channel == channel_name;
    });
    if (known != cell_.messages.end()) {
        ++known->count;
        known->last_s = at_s;
        return;
    }
    if (std::ranges::find(cell_.decoded, name) == cell_.decoded.end())
        cell_.decoded.push_back(name);
    cell_.messages.push_back({name, channel_name, hex, 1, std::move(contents), at_s, at_s});
}

std::optional<BroadcastBlock> CellBuilder::take(const DecodedBlock& block, const ChannelScale& scale)
{
    Reading reading = read_message(block.octets);
    // SI messages may also come in blocks of CCCH: the extended BCCH.
    paging_.blocks += reading.broadcast ? 0 : 1;
    switch (reading.kind) {
    case Reading::Kind::paging:
        ++(reading.identities > 0 ? paging_.requests : paging_.empty_requests);
        paging_.identities += reading.identities;
        imsi_ += reading.imsis;
        break;
    case Reading::Kind::assignment:
        *paging_.assignments += reading.assignments;
        break;
    case Reading::Kind::reject:
        ++*paging_.rejects;
        break;
    default:
        break;
    }
    if (!reading.broadcast)
        return std::nullopt;
    const BroadcastFacts& facts = reading.broadcast->facts;
    // SI3 names the cell as a whole; what SI4 says of its area counts only before SI3 was heard.
    if (facts.cell || !cell_.cell) {
        if (!facts.plmn.empty())
            cell_.plmn = facts.plmn;
        if (facts.lac)
            cell_.area = *facts.lac;
    }
    if (facts.cell)
        cell_.cell = *facts.cell;
    if (facts.cbch)
        cell_.cbch = *facts.cbch;
    if (facts.ccch_conf)
        control_ = ControlChannels{*facts.ccch_conf == 1, *facts.ccch_conf / 2 + 1};
    gsm_neighbours_.insert(facts.arfcns.begin(), facts.arfcns.end());
    umts_neighbours_.insert(facts.uarfcns.begin(), facts.uarfcns.end());
    for (const auto& lte : facts.earfcns) {
        auto& priority = lte_neighbours_[lte.earfcn];
        if (lte.priority)
            priority = *lte.priority;
    }
    const double at_s = input_.start_s + block.position / scale.rate_hz;
    add_message(block.octets, at_s, reading.broadcast->name, std::move(reading.broadcast->fields));

    BroadcastBlock out;
    out.technology = "gsm";
    out.channel = "BCCH";
    out.arfcn = cell_.channel;
    out.pcs = channel_ && channel_->band == "PCS1900";
    out.frame_number = block.frame_number;
    out.timeslot = block.timeslot;
    out.level_dbfs = db(block.power);
    out.snr_db = snr_db(block.power, block.noise, scale);
    out.at_s = at_s;
    if (input_.start)
        out.at = Instant{input_.start->unix_ns + std::llround(block.position / scale.rate_hz * 1e9)};
    out.octets.assign(block.octets.begin(), block.octets.end());
    return out;
}

void CellBuilder::take(const CarrierFacts& facts, const ChannelScale& scale)
{
    const std::uint64_t weight = facts.syncs + facts.blocks;
    if (weight == 0)
        return;
    const double first_s = input_.start_s + facts.first_position / scale.rate_hz;
    const double last_s = input_.start_s + facts.last_position / scale.rate_hz;
    if (weight_ == 0) {
        cell_.first_s = first_s;
        cell_.frame_number = facts.first_frame;
        const double frame_s = frame_symbols / symbol_rate_hz / (1.0 + facts.clock_ppm * 1e-6);
        // From the first tap to the middle of the channel, and from there to the beginning of the first bit.
        const double begin_s = first_s + (facts.delay - pulse_delay_symbols) / symbol_rate_hz;
        cell_.first_s = std::max(begin_s, input_.start_s);
        cell_.frame_start_s = begin_s - std::floor((begin_s - input_.start_s) / frame_s) * frame_s;
    }
    cell_.last_s = std::max(cell_.last_s, last_s);
    heard_s_ += last_s - first_s;
    const auto mean = [&](double old, double now) {
        return (old * static_cast<double>(weight_) + now * static_cast<double>(weight)) /
               static_cast<double>(weight_ + weight);
    };
    cell_.baseband_hz = mean(cell_.baseband_hz, scale.base_hz + facts.offset_hz);
    cell_.level_dbfs = mean(cell_.level_dbfs.value_or(0.0), db(facts.power));
    cell_.snr_db = mean(cell_.snr_db.value_or(0.0), snr_db(facts.power, facts.noise, scale));
    if (channel_ && input_.center_hz) {
        // What the receiver calls f is f·(1 − c) with its clock fast by c.
        const double carrier = (*input_.center_hz + cell_.baseband_hz) * (1.0 - input_.clock_correction_ppm * 1e-6);
        cell_.offset_hz = carrier - channel_->carrier_hz;
        cell_.ppm = *cell_.offset_hz / channel_->carrier_hz * 1e6;
    } else if (facts.clock_measured) {
        cell_.ppm = facts.clock_ppm;
    }
    if (facts.modulation.bursts() >= modulation_bursts && *cell_.snr_db >= modulation_snr_db) {
        cell_.phase_error_deg = facts.modulation.rms_deg();
        cell_.phase_error_peak_deg = facts.modulation.peak_deg();
    }
    syncs_ += facts.syncs;
    blocks_ += facts.blocks;
    tried_syncs_ += facts.tried_syncs;
    tried_blocks_ += facts.tried_blocks;
    weight_ += weight;
}

bool CellBuilder::certain() const
{
    return syncs_ + blocks_ >= 2 || (syncs_ == 1 && cell_.snr_db.value_or(-99.0) >= single_sync_snr_db);
}

Message CellBuilder::received() const
{
    const auto count = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    const double hz = channel_ ? channel_->carrier_hz : cell_.baseband_hz;
    return Message("cells.received", {{"center", Quantity{hz, Unit::frequency, 1e3}},
                                      {"bsic", count(bsic_)},
                                      {"syncs", count(syncs_)},
                                      {"tried_syncs", count(tried_syncs_)},
                                      {"blocks", count(blocks_)},
                                      {"tried_blocks", count(tried_blocks_)}});
}

Cell CellBuilder::cell() const
{
    Cell cell = cell_;
    for (const auto arfcn : gsm_neighbours_)
        cell.neighbours.push_back({"gsm", arfcn, std::nullopt});
    for (const auto uarfcn : umts_neighbours_)
        cell.neighbours.push_back({"umts", uarfcn, std::nullopt});
    for (const auto& [earfcn, priority] : lte_neighbours_)
        cell.neighbours.push_back({"lte", earfcn, priority});
    Paging paging = paging_;
    if (paging.identities > 0)
        paging.imsi_share = static_cast<double>(imsi_) / static_cast<double>(paging.identities);
    if (paging.blocks > 0 && heard_s_ > 0.0) {
        paging.requests_per_min = static_cast<double>(paging.requests) * 60.0 / heard_s_;
        paging.assignments_per_min = static_cast<double>(*paging.assignments) * 60.0 / heard_s_;
        cell.paging = paging;
    }
    return cell;
}

} // namespace gacsong::detect::gsm
