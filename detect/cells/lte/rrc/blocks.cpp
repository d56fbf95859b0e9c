// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/blocks.hpp"

#include "detect/cells/lte/rrc/neighbours.hpp"

#include <array>
#include <string>
#include <string_view>

namespace gacsong::detect::lte {

namespace {

/// Ends an extensible sequence.
void close(UperReader& in, bool extended)
{
    if (extended)
        in.skip_additions();
}

void skip_access_barring(UperReader& in) { in.skip(4 + 3 + 5); }

void read_random_access(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool group_a = in.bit();
    out.fields.emplace_back("ra_preambles", std::int64_t{4} * (in.enumerated(16) + 1));
    if (group_a) {
        const bool group_extended = in.bit();
        in.skip(4 + 2 + 3);
        close(in, group_extended);
    }
    in.skip(2);
    out.fields.emplace_back("preamble_target_power_dbm", std::int64_t{2} * in.enumerated(16) - 120);
    in.skip(4 + 3 + 3 + 3);
    close(in, extended);
}

void read_radio_resources(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    read_random_access(in, out);
    in.skip(2);
    out.fields.emplace_back("paging_cycle_frames", std::int64_t{32} << in.enumerated(4));
    out.facts.paging = PagingOccasions::of(in.enumerated(8));
    out.fields.emplace_back("root_sequence", in.integer(0, 837));
    out.fields.emplace_back("prach_index", in.integer(0, 63));
    in.skip(1 + 4 + 7);
    out.fields.emplace_back("reference_signal_power_dbm", in.integer(-60, 50));
    in.skip(2);
    in.skip(2 + 1 + 7 + 1 + 1 + 5 + 1 + 3); // PUSCH
    in.skip(2 + 7 + 3 + 11);                // PUCCH
    if (in.bit()) {                         // sounding reference signals
        const bool more = in.bit();
        in.skip(3 + 4 + 1 + (more ? 1 : 0));
    }
    in.skip(8 + 3 + 5 + 5 * 2 + 3); // power control
    in.skip(1);
    close(in, extended);
}

/// What all phones need before they send.
void read_shared_configuration(UperReader& in, Broadcast& out)
{
    static constexpr std::array<std::int64_t, 8> t300{100, 200, 300, 400, 600, 1000, 1500, 2000};
    const bool extended = in.bit();
    const bool barring = in.bit();
    const bool multicast = in.bit();
    out.fields.emplace_back("ac_barring_info", barring);
    if (barring) {
        const bool signalling = in.bit();
        const bool data = in.bit();
        out.fields.emplace_back("ac_barring_for_emergency", in.bit());
        for (const bool there : {signalling, data})
            if (there)
                skip_access_barring(in);
    }
    read_radio_resources(in, out);
    const bool timers_extended = in.bit();
    out.fields.emplace_back("t300_ms", t300.at(in.enumerated(8)));
    in.skip(3 + 3 + 3 + 3 + 3);
    close(in, timers_extended);
    const bool uplink = in.bit();
    const bool bandwidth = in.bit();
    if (uplink)
        out.fields.emplace_back("ul_channel", in.integer(0, 65535));
    if (bandwidth)
        in.skip(3);
    in.skip(5);
    if (multicast) {
        const auto count = in.integer(1, 8);
        for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
            in.skip(3 + 3);
            in.skip(in.bit() ? 24 : 6);
        }
    }
    in.skip(3);
    close(in, extended);
}

void read_reselection(UperReader& in, Broadcast& out)
{
    static constexpr std::array<std::int64_t, 16> hysteresis{0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24};
    const bool extended = in.bit();
    const bool speed = in.bit();
    out.fields.emplace_back("q_hyst_db", hysteresis.at(in.enumerated(16)));
    if (speed)
        in.skip(3 + 3 + 4 + 4 + 2 + 2);
    if (in.bit())
        out.fields.emplace_back("s_non_intra_search", in.integer(0, 31));
    out.fields.emplace_back("thresh_serving_low", in.integer(0, 31));
    out.fields.emplace_back("priority", in.integer(0, 7));
    const bool power = in.bit();
    const bool intra = in.bit();
    const bool bandwidth = in.bit();
    const bool speed_factor = in.bit();
    out.fields.emplace_back("sib3_q_rx_lev_min_dbm", 2 * in.integer(-70, -22));
    if (power)
        out.fields.emplace_back("sib3_p_max_dbm", in.integer(-30, 33));
    if (intra)
        out.fields.emplace_back("s_intra_search", in.integer(0, 31));
    if (bandwidth)
        in.skip(3);
    in.skip(1 + 2);
    out.fields.emplace_back("t_reselection_s", in.integer(0, 7));
    if (speed_factor)
        in.skip(4);
    close(in, extended);
}

/// The name of a home base station may be a person's and is passed over, but for those that makers of stacks give.
void read_home_name(UperReader& in, Broadcast& out)
{
    static constexpr std::array<std::string_view, 10> stacks{"openbts", "openbsc", "osmo",    "yatebts", "srsran",
                                                             "srslte",  "srsenb",  "openair", "open5gs", "amarisoft"};
    const bool extended = in.bit();
    std::string name;
    if (in.bit()) {
        const auto length = in.integer(1, 48);
        for (std::int64_t i = 0; i < length && !in.failed(); ++i) {
            const auto octet = static_cast<char>(in.bits(8));
            name += octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet + ('a' - 'A')) : octet;
        }
    }
    close(in, extended);
    for (const std::string_view stack : stacks)
        if (!in.failed() && name.find(stack) != std::string::npos) {
            out.fields.emplace_back("stack_name", std::string(stack));
            return;
        }
}

void read_primary_warning(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool security = in.bit();
    out.fields.emplace_back("warning_message", std::int64_t{in.bits(16)});
    out.fields.emplace_back("warning_serial", std::int64_t{in.bits(16)});
    out.fields.emplace_back("warning_type", std::int64_t{in.bits(16)});
    if (security)
        in.skip(8 * 50);
    close(in, extended);
}

/// A segment of a warning of types 11 and 12.
void read_warning(unsigned type, UperReader& in, Broadcast& out)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const bool extended = in.bit();
    const bool coding = in.bit();
    const bool later = type == 12 && in.bit();
    WarningSegment segment;
    segment.type = type;
    segment.message = in.bits(16);
    segment.serial = in.bits(16);
    segment.last = in.bit();
    segment.number = static_cast<unsigned>(in.integer(0, 63));
    const std::size_t length = in.length();
    std::string text;
    for (std::size_t i = 0; i < length && !in.failed(); ++i) {
        const auto octet = static_cast<std::uint8_t>(in.bits(8));
        segment.octets.push_back(octet);
        text += digits[octet >> 4U];
        text += digits[octet & 15U];
    }
    if (coding)
        segment.coding = static_cast<std::uint8_t>(in.bits(8));
    if (later)
        in.skip(8 * in.length());
    close(in, extended);
    out.fields.emplace_back("warning_message", std::int64_t{segment.message});
    out.fields.emplace_back("warning_serial", std::int64_t{segment.serial});
    out.fields.emplace_back("warning_last_segment", segment.last);
    out.fields.emplace_back("warning_segment", std::int64_t{segment.number});
    out.fields.emplace_back("warning_text_hex", std::move(text));
    if (segment.coding)
        out.fields.emplace_back("warning_coding", std::int64_t{*segment.coding});
    if (!in.failed())
        out.facts.warnings.push_back(std::move(segment));
}

} // namespace

bool read_block(unsigned type, UperReader& in, Broadcast& out)
{
    switch (type) {
    case 2:
        read_shared_configuration(in, out);
        return true;
    case 3:
        read_reselection(in, out);
        return true;
    case 4:
        read_own_carrier(in, out);
        return true;
    case 5:
        read_other_carriers(in, out);
        return true;
    case 6:
        read_umts_carriers(in, out);
        return true;
    case 7:
        read_gsm_carriers(in, out);
        return true;
    case 8:
        read_cdma_carriers(in, out);
        return true;
    case 9:
        read_home_name(in, out);
        return true;
    case 10:
        read_primary_warning(in, out);
        return true;
    case 11:
    case 12:
        read_warning(type, in, out);
        return true;
    default:
        return false;
    }
}

} // namespace gacsong::detect::lte
