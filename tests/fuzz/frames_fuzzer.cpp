// SPDX-License-Identifier: GPL-3.0-or-later
// Bits and soft bits of digital systems: HDLC frames, fields and blocks with check sequences.
#include "detect/signatures/digital/dect_field.hpp"
#include "detect/signatures/digital/hdlc.hpp"
#include "detect/signatures/digital/tetra_sync.hpp"
#include "detect/signatures/telemetry/packet_bits.hpp"
#include "detect/signatures/telemetry/sonde_frames.hpp"
#include "detect/signatures/wideband/ble_packet.hpp"
#include "detect/signatures/wideband/wifi_fields.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace gacsong::detect;

void read_hdlc(const std::vector<std::uint8_t>& bits, std::size_t least)
{
    for (const HdlcFrame& frame : hdlc_frames(bits, least)) {
        if (frame.size() < least || 8 * frame.size() > bits.size())
            std::abort();
    }
}

void read_dect(const std::vector<float>& soft)
{
    std::array<float, dect_field_bits> field{};
    std::copy_n(soft.begin(), std::min(soft.size(), field.size()), field.begin());
    const auto read = dect_field(field);
    if (read && (read->kind > 7 || read->tail >> 40U != 0))
        std::abort();
}

void read_wifi(const std::vector<float>& soft)
{
    std::array<WifiSymbol, 2> symbols{};
    for (std::size_t i = 0; i < soft.size() && i < 4 * wifi_carriers; ++i) {
        WifiSymbol& symbol = symbols[i / (2 * wifi_carriers)];
        (i % 2 == 0 ? symbol.along : symbol.across)[i / 2 % wifi_carriers] = soft[i];
    }
    const auto signal = wifi_signal(symbols[0]);
    if (signal && (signal->rate > 15 || signal->length > 4095))
        std::abort();
    static_cast<void>(wifi_mode_is(WifiMode::ht, symbols[0], symbols[1]));
    static_cast<void>(wifi_mode_is(WifiMode::vht, symbols[0], symbols[1]));
}

void read_sonde(const std::vector<std::uint8_t>& bits, const std::vector<float>& soft)
{
    if (soft.size() >= dfm_symbols && dfm_good_words(std::span(soft).first(dfm_symbols)) > dfm_words)
        std::abort();
    const auto serial = rs41_serial(bits);
    if (serial && serial->size() != 8)
        std::abort();
}

void read_packets(const std::vector<std::uint8_t>& bits, const std::vector<float>& soft)
{
    for (const PacketBits& packet : packets_in(soft, 1000.0, -8.0F, 8.0F)) {
        if (packet.bits.size() > 5000 || packet.preamble > packet.bits.size())
            std::abort();
        static_cast<void>(checked_packet(packet));
    }
    const auto checked = checked_packet({1000.0, std::min<std::size_t>(bits.size(), 24), bits});
    if (checked && checked->octets.size() != checked->octets.at(0) + std::size_t{1})
        std::abort();
}

void read_tetra(const std::vector<float>& soft)
{
    std::array<float, tetra_block_bits> block{};
    std::copy_n(soft.begin(), std::min(soft.size(), block.size()), block.begin());
    const auto network = tetra_network(block);
    if (network && (network->mcc > 1023 || network->mnc > 16383 || network->colour > 63))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::vector<std::uint8_t> bits;
    std::vector<float> soft;
    for (std::size_t i = 0; i < size; ++i) {
        soft.push_back(static_cast<float>(static_cast<std::int8_t>(data[i])));
        for (unsigned bit = 0; bit < 8; ++bit)
            bits.push_back(static_cast<std::uint8_t>(data[i] >> bit & 1U));
    }
    read_hdlc(bits, size % 20);
    read_dect(soft);
    read_wifi(soft);
    read_sonde(bits, soft);
    read_packets(bits, soft);
    read_tetra(soft);
    static_cast<void>(ble_packet(bits));
    return 0;
}
