// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/cells/sent_cells.hpp"

#include "detect/cells/gsm/cell_builder.hpp"
#include "detect/cells/lte/cell_builder.hpp"
#include "detect/cells/lte/rrc/broadcast.hpp"
#include "detect/rules/cells/spectrum_rows.hpp"

#include <cmath>

namespace gacsong::test {

namespace {

using Bits = std::vector<std::uint8_t>;

void put(Bits& bits, std::uint64_t value, unsigned count)
{
    for (unsigned i = count; i-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(value >> i & 1U));
}

void put_octets(Bits& bits, std::initializer_list<unsigned> octets)
{
    for (const unsigned octet : octets)
        put(bits, octet, 8);
}

/// A bit of rest octets that is H or L: against the padding 0x2B at its place.
void put_mark(Bits& bits, bool high)
{
    const bool padding = (0x2BU >> (7U - bits.size() % 8U) & 1U) != 0;
    bits.push_back(static_cast<std::uint8_t>(padding != high));
}

unsigned digit(char c) { return static_cast<unsigned>(c - '0'); }

void put_area(Bits& bits, const SentGsm& sent)
{
    const auto& p = sent.plmn;
    put_octets(bits, {digit(p[1]) << 4U | digit(p[0]), 0xF0U | digit(p[2]), digit(p[5]) << 4U | digit(p[4])});
    put(bits, sent.lac, 16);
}

void put_access(Bits& bits, const SentGsm& sent)
{
    put(bits, 2, 2);  // four retransmissions
    put(bits, 14, 4); // spread over 32
    put(bits, sent.barred ? 1 : 0, 1);
    put(bits, 0, 1);
    put(bits, 0, 16);
}

void put_selection(Bits& bits, const SentGsm& sent)
{
    put(bits, sent.hysteresis, 3);
    put(bits, 5, 5);
    put(bits, 0, 2);
    put(bits, sent.access_min, 6);
}

/// Bit map 0 of channels 1 to 124.
void put_channels(Bits& bits, const std::vector<unsigned>& arfcns)
{
    Bits map(128, 0);
    for (const unsigned arfcn : arfcns)
        map[128 - arfcn] = 1;
    bits.insert(bits.end(), map.begin(), map.end());
}

void put_reselection(Bits& bits, const SentGsm& sent)
{
    put_mark(bits, true);
    put(bits, 0, 1);
    put(bits, sent.offset, 6);
    put(bits, 1, 3);
    put(bits, sent.penalty, 5);
}

detect::gsm::Octets block_of(Bits bits)
{
    constexpr std::size_t all = 23 * 8;
    while (bits.size() < all)
        put_mark(bits, false);
    detect::gsm::Octets out{};
    for (std::size_t i = 0; i < all; ++i)
        out[i / 8] = static_cast<std::uint8_t>(out[i / 8] << 1U | bits[i]);
    return out;
}

detect::gsm::Octets message(unsigned number, const SentGsm& sent)
{
    Bits bits;
    switch (number) {
    case 1:
        put_octets(bits, {0x55, 0x06, 0x19});
        put_channels(bits, {sent.arfcn});
        put_access(bits, sent);
        break;
    case 2:
        put_octets(bits, {0x59, 0x06, 0x1A});
        put_channels(bits, sent.neighbours);
        put_octets(bits, {0xFF});
        put_access(bits, sent);
        break;
    case 3:
        put_octets(bits, {0x49, 0x06, 0x1B});
        put(bits, sent.cell, 16);
        put_area(bits, sent);
        put_octets(bits, {0x40, 0x02, sent.t3212, 0x0F});
        put_selection(bits, sent);
        put_access(bits, sent);
        put_reselection(bits, sent);
        break;
    default:
        put_octets(bits, {0x31, 0x06, 0x1C});
        put_area(bits, sent);
        put_selection(bits, sent);
        put_access(bits, sent);
        put_reselection(bits, sent);
    }
    return block_of(bits);
}

/// A paging request that names two temporary identities, type 2.
detect::gsm::Octets paging()
{
    Bits bits;
    put_octets(bits, {0x2D, 0x06, 0x22, 0x00, 1, 2, 3, 4, 5, 6, 7, 8});
    return block_of(bits);
}

} // namespace

Cell decoded(const SentGsm& sent)
{
    constexpr double rate_hz = 1e6;
    constexpr double multiframe_s = 0.235385;
    constexpr unsigned by_tc[] = {1, 2, 3, 4, 2, 2, 3, 4};
    const double hz = *channel_hz("gsm", sent.arfcn);
    detect::CellInput input;
    input.sample_rate_hz = rate_hz;
    input.center_hz = hz;
    detect::gsm::CellBuilder builder(input, detect::gsm::nearest_channel(hz), sent.bsic, 0.0);
    const detect::gsm::ChannelScale scale{rate_hz, 200e3, 0.0};
    detect::gsm::DecodedBlock block;
    const double power = std::pow(10.0, sent.level_dbm / 10.0);
    block.power = power;
    block.noise = power * std::pow(10.0, -sent.snr_db / 10.0);
    const auto multiframes = static_cast<unsigned>(sent.seconds / multiframe_s);
    for (unsigned i = 0; i < multiframes; ++i) {
        block.position = i * multiframe_s * rate_hz;
        block.octets = message(by_tc[i % 8], sent);
        static_cast<void>(builder.take(block, scale));
        for (unsigned ccch = 0; ccch < 9; ++ccch) {
            Bits empty;
            put_octets(empty, {0x15, 0x06, 0x21, 0x00, 0x01, 0xF0});
            block.octets = 9 * i + ccch < sent.pagings ? paging() : block_of(empty);
            static_cast<void>(builder.take(block, scale));
        }
    }
    detect::gsm::CarrierFacts facts;
    facts.power = power;
    facts.noise = block.noise;
    facts.last_position = sent.seconds * rate_hz;
    facts.syncs = 5UL * multiframes;
    facts.blocks = multiframes;
    builder.take(facts, scale);
    return builder.cell();
}

namespace {

void put_reselection(Bits& bits, const SentLte& sent)
{
    put(bits, 1, 4); // SIB3 of 2 … 11
    put(bits, 0, 2);
    put(bits, 4, 4);
    put(bits, 1, 1);
    put(bits, 8, 5);
    put(bits, sent.serving_low, 5);
    put(bits, sent.priority, 3);
    put(bits, 0, 4);
    put(bits, 8, 6);
    put(bits, 0, 3 + 3);
}

void put_eutra(Bits& bits, const SentLte& sent)
{
    put(bits, 3, 4); // SIB5
    put(bits, 0, 1);
    put(bits, sent.eutra.size() - 1, 3);
    for (const unsigned earfcn : sent.eutra) {
        put(bits, 0b0001000, 7); // a priority alone
        put(bits, earfcn, 16);
        put(bits, 0, 14);
        put(bits, 4, 5);
        put(bits, 0, 4);
        put(bits, 5, 3);
        put(bits, 0, 2);
    }
}

void put_geran(Bits& bits, const SentLte& sent)
{
    put(bits, 5, 4);        // SIB7
    put(bits, 0b001000, 6); // a list, and 3 bits of time
    put(bits, sent.geran.size() - 1, 4);
    for (const unsigned arfcn : sent.geran) {
        put(bits, 0, 1);
        put(bits, arfcn, 10);
        put(bits, 0, 1 + 2 + 5); // none follows
        put(bits, 0b10, 2);
        put(bits, 2, 3);
        put(bits, 0, 8 + 6 + 5 + 5);
    }
}

Bits first_block(const SentLte& sent)
{
    Bits bits{0, 1, 0, 0, 0, static_cast<std::uint8_t>(sent.closed_group ? 1 : 0)};
    put(bits, 0, 3);
    put(bits, 1, 1);
    for (const std::size_t i : {0U, 1U, 2U})
        put(bits, digit(sent.plmn[i]), 4);
    put(bits, 0, 1);
    for (const std::size_t i : {4U, 5U})
        put(bits, digit(sent.plmn[i]), 4);
    put(bits, 1, 1); // not reserved
    put(bits, sent.tac, 16);
    put(bits, sent.cell, 28);
    put(bits, 1, 1); // not barred
    put(bits, 0, 1);
    put(bits, sent.closed_group ? 1 : 0, 1);
    if (sent.closed_group)
        put(bits, *sent.closed_group, 27);
    put(bits, 0, 1);
    put(bits, 8, 6);
    put(bits, 2, 6); // band 3
    put(bits, 0, 5); // one message
    put(bits, 1, 3);
    put(bits, 1U + (sent.eutra.empty() ? 0U : 1U) + (sent.geran.empty() ? 0U : 1U), 5);
    put(bits, 0, 5);
    if (!sent.eutra.empty())
        put(bits, 2, 5);
    if (!sent.geran.empty())
        put(bits, 4, 5);
    put(bits, 3, 3);
    put(bits, 1, 5);
    return bits;
}

Bits information(const SentLte& sent)
{
    Bits bits{0, 0, 0, 0};
    const unsigned blocks = 1U + (sent.eutra.empty() ? 0U : 1U) + (sent.geran.empty() ? 0U : 1U);
    put(bits, blocks - 1, 5);
    put(bits, 0, 1);
    put_reselection(bits, sent);
    if (!sent.eutra.empty()) {
        put(bits, 0, 1);
        put_eutra(bits, sent);
    }
    if (!sent.geran.empty()) {
        put(bits, 0, 1);
        put_geran(bits, sent);
    }
    put(bits, 0, 16); // padding
    return bits;
}

} // namespace

Cell decoded(const SentLte& sent)
{
    namespace lte = detect::lte;
    detect::CellInput input;
    input.sample_rate_hz = 15.36e6;
    input.center_hz = *channel_hz("lte", sent.earfcn);
    lte::CellReading reading;
    reading.identity.pci = sent.pci;
    reading.measured.reference_power = 1.0;
    reading.measured.noise = std::pow(10.0, -sent.snr_db / 10.0);
    reading.measured.total = 1.0;
    lte::MasterInformation master;
    master.bits.assign(24, 0);
    master.blocks = 50;
    master.ports = 2;
    reading.master = master;
    reading.last_s = sent.seconds;
    for (const Bits& bits : {first_block(sent), information(sent), first_block(sent), information(sent)}) {
        lte::SystemMessage message;
        message.at_s = 0.1 * static_cast<double>(reading.shared.messages.size() + 1);
        message.bits = bits;
        if (auto content = lte::read_broadcast(bits)) {
            message.content = std::move(*content);
            reading.shared.messages.push_back(std::move(message));
        }
    }
    lte::CellBuilder builder(input, reading);
    std::vector<BroadcastBlock> blocks;
    builder.take(reading, 0.0, blocks);
    Cell cell = builder.cell();
    cell.rsrp_dbfs = sent.level_dbm;
    cell.pdsch_share = 0.3;
    return cell;
}

} // namespace gacsong::test
