// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/elements.hpp"

#include <algorithm>
#include <array>
#include <utility>

extern "C" {
#include <osmocom/gsm/gsm48_ie.h>
}

namespace gacsong::detect::gsm {

void put(BroadcastFields& out, const char* name, std::int64_t value) { out.emplace_back(name, value); }
void put_flag(BroadcastFields& out, const char* name, bool value) { out.emplace_back(name, value); }
void put(BroadcastFields& out, const char* name, std::vector<std::int64_t> values)
{
    out.emplace_back(name, std::move(values));
}
void put(BroadcastFields& out, const char* name, std::string text) { out.emplace_back(name, std::move(text)); }

void read_fields(BitReader& reader, std::span<const FieldSpec> table, BroadcastFields& out)
{
    for (const FieldSpec& spec : table) {
        const std::uint32_t bits = reader.bits(spec.bits);
        if (spec.kind == FieldKind::flag)
            put_flag(out, spec.name, bits != 0);
        else if (spec.kind == FieldKind::number)
            put(out, spec.name, spec.first + static_cast<std::int64_t>(spec.step) * static_cast<std::int64_t>(bits));
    }
}

void read_fields(BitReader& reader, std::initializer_list<FieldSpec> table, BroadcastFields& out)
{
    read_fields(reader, std::span(table.begin(), table.size()), out);
}

void read_lai(BitReader& reader, Broadcast& out)
{
    std::array<unsigned, 6> digits{}; // in the order of the nibbles: MCC2 MCC1, MNC3 MCC3, MNC2 MNC1
    for (unsigned& digit : digits)
        digit = reader.bits(4);
    const unsigned lac = reader.bits(16);
    const bool decimal = digits[0] < 10 && digits[1] < 10 && digits[3] < 10 && digits[4] < 10 && digits[5] < 10 &&
                         (digits[2] < 10 || digits[2] == 15);
    const auto text = [](std::initializer_list<unsigned> list) {
        std::string out_text;
        for (const unsigned digit : list)
            out_text += "0123456789abcdef"[digit];
        return out_text;
    };
    std::string mcc = text({digits[1], digits[0], digits[3]});
    std::string mnc = digits[2] == 15 ? text({digits[5], digits[4]}) : text({digits[5], digits[4], digits[2]});
    put(out.fields, "mcc", mcc);
    put(out.fields, "mnc", mnc);
    put(out.fields, "lac", lac);
    if (decimal)
        out.facts.plmn = mcc + "-" + mnc;
    out.facts.lac = lac;
}

void read_control_channel(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"mscr", 1}, {"att", 1, FieldKind::flag}, {"bs_ag_blks_res", 3}}, out.fields);
    out.facts.ccch_conf = reader.bits(3);
    put(out.fields, "ccch_conf", *out.facts.ccch_conf);
    read_fields(reader,
                {{"si22ind", 1, FieldKind::flag},
                 {"cbq3", 2},
                 {"", 2, FieldKind::hidden},
                 {"bs_pa_mfrms", 3, FieldKind::number, 1, 2},
                 {"t3212_min", 8, FieldKind::number, 6}},
                out.fields);
}

void read_cell_options(BitReader& reader, Broadcast& out)
{
    read_fields(reader,
                {{"dn_ind", 1, FieldKind::flag},
                 {"pwrc", 1, FieldKind::flag},
                 {"dtx", 2},
                 {"radio_link_timeout", 4, FieldKind::number, 4, 4}},
                out.fields);
}

void read_cell_selection(BitReader& reader, Broadcast& out)
{
    read_fields(reader,
                {{"cell_reselect_hysteresis_db", 3, FieldKind::number, 2},
                 {"ms_txpwr_max_cch", 5},
                 {"acs", 1, FieldKind::flag},
                 {"neci", 1, FieldKind::flag},
                 {"rxlev_access_min_dbm", 6, FieldKind::number, 1, -110}},
                out.fields);
}

void read_rach_control(BitReader& reader, Broadcast& out)
{
    constexpr std::array<int, 4> retransmissions{1, 2, 4, 7};
    constexpr std::array<int, 16> spread{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 25, 32, 50};
    put(out.fields, "max_retrans", retransmissions[reader.bits(2)]);
    put(out.fields, "tx_integer", spread[reader.bits(4)]);
    read_fields(reader, {{"cell_bar_access", 1, FieldKind::flag}, {"re_establishment_barred", 1, FieldKind::flag}},
                out.fields);
    std::vector<std::int64_t> barred;
    const std::uint32_t classes = reader.bits(16);
    for (unsigned c = 0; c < 16; ++c)
        if ((classes >> c & 1U) != 0)
            barred.push_back(c);
    put(out.fields, "access_classes_barred", std::move(barred)); // 10: emergency calls
}

std::vector<unsigned> read_frequency_list(std::span<const std::uint8_t, 16> octets)
{
    std::array<gsm_sysinfo_freq, 1024> marks{};
    std::array<std::uint8_t, 16> list{};
    std::copy(octets.begin(), octets.end(), list.begin());
    constexpr std::uint8_t mark = 1;
    std::vector<unsigned> arfcns;
    if (gsm48_decode_freq_list(marks.data(), list.data(), static_cast<std::uint8_t>(list.size()), 0xCE, mark) != 0)
        return arfcns;
    for (unsigned arfcn = 0; arfcn < marks.size(); ++arfcn)
        if ((marks.at(arfcn).mask & mark) != 0)
            arfcns.push_back(arfcn);
    return arfcns;
}

} // namespace gacsong::detect::gsm
