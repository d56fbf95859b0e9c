// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/cell_builder.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect::lte {

namespace {

double db(double ratio) { return 10.0 * std::log10(std::max(ratio, 1e-20)); }

constexpr double farthest_ppm = 100.0;
constexpr double same_s = 0.5e-3; ///< a subframe that two stretches hold

std::vector<std::uint8_t> octets_of(std::span<const std::uint8_t> bits)
{
    std::vector<std::uint8_t> out((bits.size() + 7) / 8);
    for (std::size_t i = 0; i < bits.size(); ++i)
        out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | bits[i] << (7U - i % 8));
    return out;
}

std::string hex_of(std::span<const std::uint8_t> octets)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t octet : octets) {
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
    }
    return out;
}

std::string phich_of(const MasterInformation& master)
{
    static constexpr std::array<std::string_view, 4> resources{"1/6", "1/2", "1", "2"};
    return std::string(master.phich_extended ? "extended " : "normal ") +
           std::string(resources.at(master.phich_resource));
}

} // namespace

CellBuilder::CellBuilder(const CellInput& input, const CellReading& first) : input_(input), identity_(first.identity)
{
    cell_.technology = "lte";
    cell_.pci = identity_.pci;
    cell_.duplex = identity_.tdd ? "tdd" : "fdd";
    cell_.cyclic_prefix = identity_.numerology.normal_prefix ? "normal" : "extended";
}

void CellBuilder::choose_channel(const Measured& measured)
{
    if (!input_.center_hz)
        return;
    const double seen = *input_.center_hz + measured.place.shift_hz;
    double best = farthest_ppm;
    for (const Channel& one : channels_near(seen, seen * farthest_ppm * 1e-6)) {
        if (one.tdd != identity_.tdd)
            continue;
        // The carrier whose error the clock shows as well; where that is not certain, the nearest.
        const double ppm = (seen - one.carrier_hz) / one.carrier_hz * 1e6;
        const double misfit =
            0.02 * std::abs(ppm) + (measured.pace ? std::abs(ppm - (1.0 - *measured.pace) * 1e6) : 0.0);
        if (misfit < best) {
            best = misfit;
            channel_ = one;
        }
    }
}

void CellBuilder::take_first(const Measured& measured, double frame_at)
{
    cell_.first_s = frame_at;
    cell_.frame_start_s = frame_at;
    const double own = 1.0 / static_cast<double>(sampling_for(input_.sample_rate_hz, 6).points);
    cell_.rsrp_dbfs = db(measured.reference_power * own);
    cell_.rsrq_db = db(measured.reference_power / (12.0 * measured.total));
    cell_.snr_db = db(measured.reference_power / measured.noise);
    cell_.baseband_hz = measured.place.shift_hz;
    choose_channel(measured);
    if (channel_) {
        cell_.band = band_name(channel_->band);
        cell_.channel = channel_->earfcn;
        cell_.carrier_hz = channel_->carrier_hz;
        const double carrier = (*input_.center_hz + cell_.baseband_hz) * (1.0 - input_.clock_correction_ppm * 1e-6);
        cell_.offset_hz = carrier - channel_->carrier_hz;
        cell_.ppm = *cell_.offset_hz / channel_->carrier_hz * 1e6;
    } else if (!input_.center_hz && measured.pace) {
        cell_.ppm = (1.0 - *measured.pace) * 1e6;
    }
}

void CellBuilder::take_first(const MasterInformation& master, double frame_at)
{
    // The number of the frame in which the cell was first heard.
    constexpr std::int64_t numbers = 1024;
    const std::int64_t since = std::llround((frame_at - cell_.first_s) / 1e-2);
    const std::int64_t number = (static_cast<std::int64_t>(master.frame) - since) % numbers;
    cell_.sfn = static_cast<std::uint64_t>((number + numbers) % numbers);
    cell_.ports = master.ports;
    cell_.resource_blocks = master.blocks;
    cell_.phich = phich_of(master);
    cell_.level_dbfs = *cell_.rsrp_dbfs + db(12.0 * master.blocks);
    cell_.decoded.insert(cell_.decoded.begin(), "MIB");
    cell_.messages.insert(cell_.messages.begin(), {"MIB",
                                                   "BCCH-BCH",
                                                   hex_of(octets_of(master.bits)),
                                                   0,
                                                   {{"resource_blocks", std::int64_t{master.blocks}},
                                                    {"phich", *cell_.phich},
                                                    {"sfn", std::int64_t{master.frame}}}});
}

void CellBuilder::take(const CellReading& reading, double begin_s, std::vector<BroadcastBlock>& blocks)
{
    const double frame_at = begin_s + reading.measured.place.frame_s;
    if (!heard_)
        take_first(reading.measured, frame_at);
    heard_ = true;
    cell_.last_s = std::max(cell_.last_s, begin_s + reading.last_s);
    if (!reading.master)
        return;
    if (masters_ == 0)
        take_first(*reading.master, frame_at);
    cell_.messages.front().count = ++masters_;
    BroadcastBlock master = block(reading.master->frame, frame_at);
    master.channel = "BCCH-BCH";
    master.octets = octets_of(reading.master->bits);
    blocks.push_back(std::move(master));
    take(reading.references);
    looked_at_ += reading.shared.blocks;
    used_ += reading.shared.used;
    if (looked_at_ > 0)
        cell_.pdsch_share = static_cast<double>(used_) / static_cast<double>(looked_at_);
    for (const SystemMessage& message : reading.shared.messages)
        take(message, begin_s, blocks);
    for (const Occasion& occasion : reading.shared.occasions)
        take(occasion, begin_s);
    answering_ += reading.shared.answering;
    for (const ResponseTime& time : reading.shared.responses)
        take(time, begin_s);
}

/// What reference signals show beside what the broadcast channel says of them stands with that.
void CellBuilder::take(const ReferenceQuality& references)
{
    if (references.evm_percent) {
        evm_sum_ += *references.evm_percent * *references.evm_percent;
        evm_count_ += 1.0;
        cell_.reference_evm_percent = std::sqrt(evm_sum_ / evm_count_);
    }
    const auto put = [&](const char* name, std::optional<unsigned> value) {
        auto& fields = cell_.messages.front().contents;
        const bool known = std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
        if (value && !known)
            fields.emplace_back(name, std::int64_t{*value});
    };
    put("reference_ports", references.ports);
    put("reference_blocks", references.blocks);
}

BroadcastBlock CellBuilder::block(unsigned frame, double at_s) const
{
    BroadcastBlock out;
    out.technology = "lte";
    out.channel = "BCCH-DL-SCH";
    out.arfcn = cell_.channel;
    out.frame_number = frame;
    out.level_dbfs = cell_.rsrp_dbfs.value_or(0.0);
    out.snr_db = cell_.snr_db.value_or(0.0);
    out.at_s = at_s;
    if (input_.start)
        out.at = Instant{input_.start->unix_ns + std::llround((at_s - input_.start_s) * 1e9)};
    return out;
}

void CellBuilder::take(const SystemMessage& message, double begin_s, std::vector<BroadcastBlock>& blocks)
{
    const double at_s = begin_s + message.at_s;
    if (last_message_ && at_s < *last_message_ + same_s)
        return;
    last_message_ = at_s;
    ++others_;
    const Broadcast& content = message.content;
    const BroadcastFacts& facts = content.facts;
    if (!facts.plmn.empty())
        cell_.plmn = facts.plmn;
    if (facts.area)
        cell_.area = facts.area;
    if (facts.cell)
        cell_.cell = facts.cell;
    announced_.take(facts);
    if (facts.band && channel_)
        if (const auto named = channel_in_band(channel_->carrier_hz, *facts.band)) {
            channel_ = named;
            cell_.band = band_name(named->band);
            cell_.channel = named->earfcn;
        }
    for (const Neighbour& neighbour : facts.neighbours)
        if (std::ranges::find(cell_.neighbours, neighbour) == cell_.neighbours.end())
            cell_.neighbours.push_back(neighbour);
    for (const std::string& name : content.decoded)
        if (std::ranges::find(cell_.decoded, name) == cell_.decoded.end())
            cell_.decoded.push_back(name);

    // The transport block is padded with zeros.
    std::size_t bits = message.bits.size();
    while (bits > 1 && message.bits[bits - 1] == 0)
        --bits;
    bits = std::max(bits, content.bits);
    const auto octets = octets_of(std::span(message.bits).first(bits));
    const std::string hex = hex_of(octets);
    const auto known = std::ranges::find_if(
        cell_.messages, [&](const CellMessage& m) { return m.hex == hex && m.name == content.name; });
    const bool heard_before = known != cell_.messages.end();
    if (heard_before) {
        ++known->count;
        known->last_s = at_s;
    } else {
        cell_.messages.push_back({content.name, "BCCH-DL-SCH", hex, 1, content.fields, at_s, at_s});
    }
    for (const WarningSegment& segment : facts.warnings)
        if (auto text = warnings_.take(segment); text && !heard_before)
            cell_.messages.back().contents.emplace_back("warning_text", std::move(*text));
    BroadcastBlock one = block(message.frame, at_s);
    one.subslot = message.subframe;
    one.octets = octets;
    blocks.push_back(std::move(one));
}

void CellBuilder::take(const Occasion& occasion, double begin_s)
{
    const double at_s = begin_s + occasion.at_s;
    if (last_occasion_ && at_s < *last_occasion_ + same_s)
        return;
    last_occasion_ = at_s;
    ++paging_.blocks;
    const PagingCounts counts = occasion.paged.value_or(PagingCounts{});
    paging_.information_changes = paging_.information_changes.value_or(0) + (counts.information_changes ? 1U : 0U);
    paging_.etws_indications = paging_.etws_indications.value_or(0) + (counts.earthquake_warning ? 1U : 0U);
    paging_.cmas_indications = paging_.cmas_indications.value_or(0) + (counts.public_warning ? 1U : 0U);
    if (!occasion.paged)
        return;
    ++(counts.identities > 0 ? paging_.requests : paging_.empty_requests);
    paging_.identities += counts.identities;
    imsis_ += counts.imsis;
}

void CellBuilder::take(const ResponseTime& time, double begin_s)
{
    const double at_s = begin_s + time.at_s;
    if (last_response_ && at_s < *last_response_ + same_s)
        return;
    last_response_ = at_s;
    ++listened_;
    responses_ += time.counts.responses;
    backoffs_ += time.counts.backoff ? 1U : 0U;
}

/// What the share of subframes that was listened to makes of a minute.
void CellBuilder::add_responses(Paging& to) const
{
    constexpr double frame_s = 1e-2;
    constexpr double minute_s = 60.0;
    const unsigned in_frame = announced_.answering_subframes(identity_);
    if (listened_ == 0 || in_frame == 0)
        return;
    const auto listened = static_cast<double>(listened_);
    to.responses = responses_;
    to.backoff_indications = backoffs_;
    to.responses_per_min = static_cast<double>(responses_) * minute_s / (listened * frame_s / in_frame);
    to.responses_share = std::min(1.0, listened / static_cast<double>(answering_));
}

Cell CellBuilder::cell() const
{
    Cell out = cell_;
    Paging counted;
    add_responses(counted);
    const bool paged = paging_.blocks > 0 && announced_.paging;
    if (paged || counted.responses)
        out.paging = paged ? paging_ : counted;
    if (!paged)
        return out;
    add_responses(*out.paging);
    constexpr double frame_s = 1e-2;
    constexpr double minute_s = 60.0;
    const double heard_s = static_cast<double>(paging_.blocks) * frame_s * announced_.paging->every_frames /
                           static_cast<double>(announced_.paging->in_frame);
    if (paging_.identities > 0)
        out.paging->imsi_share = static_cast<double>(imsis_) / static_cast<double>(paging_.identities);
    out.paging->requests_per_min = static_cast<double>(paging_.requests) * minute_s / heard_s;
    return out;
}

Message CellBuilder::received() const
{
    const double hz = channel_ ? channel_->carrier_hz : cell_.baseband_hz;
    return Message("cells.lte_received", {{"center", Quantity{hz, Unit::frequency, 1e3}},
                                          {"pci", static_cast<std::int64_t>(identity_.pci)},
                                          {"masters", static_cast<std::int64_t>(masters_)},
                                          {"others", static_cast<std::int64_t>(others_)}});
}

} // namespace gacsong::detect::lte
