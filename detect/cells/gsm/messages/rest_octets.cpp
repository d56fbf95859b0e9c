// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/rest_octets.hpp"

#include "detect/cells/gsm/messages/elements.hpp"

#include <algorithm>
#include <array>

namespace gacsong::detect::gsm {

namespace {

/// {L | H CBQ 1, CRO 6, TO 3, PT 5}
void read_selection_parameters(BitReader& reader, Broadcast& out)
{
    if (!reader.high())
        return;
    read_fields(reader, {{"cell_bar_qualify", 1}, {"cell_reselect_offset_db", 6, FieldKind::number, 2}}, out.fields);
    const std::uint32_t temporary = reader.bits(3);
    put(out.fields, "temporary_offset_db", temporary == 7 ? std::int64_t{-1} : std::int64_t{10} * temporary);
    read_fields(reader, {{"penalty_time_s", 5, FieldKind::number, 20, 20}}, out.fields);
}

/// {L | H power offset 2}
void read_power_offset(BitReader& reader, Broadcast& out)
{
    if (reader.high())
        read_fields(reader, {{"power_offset_db", 2, FieldKind::number, 2}}, out.fields);
}

/// {L | H RA colour 3, SI13 position 1}
bool read_gprs_indicator(BitReader& reader, Broadcast& out)
{
    const bool gprs = reader.high();
    put_flag(out.fields, "gprs", gprs);
    if (gprs)
        read_fields(reader, {{"ra_colour", 3}, {"si13_position", 1}}, out.fields);
    return gprs;
}

/// Localised service areas: {0 identity 24 | 1 short identity 10} {0 | 1 more}
void read_lsa_identities(BitReader& reader, Broadcast& out)
{
    std::vector<std::int64_t> whole;
    std::vector<std::int64_t> brief;
    do {
        if (reader.bit())
            brief.push_back(reader.bits(10));
        else
            whole.push_back(reader.bits(24));
    } while (reader.bit() && reader.left() > 0);
    put(out.fields, "lsa_ids", std::move(whole));
    put(out.fields, "lsa_short_ids", std::move(brief));
}

void read_lsa_parameters(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"lsa_prio_thr", 3}, {"lsa_offset", 3}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"lsa_mcc", 12}, {"lsa_mnc", 12}}, out.fields);
}

bool flag(BitReader& reader, const char* name, Broadcast& out)
{
    const bool set = reader.high();
    put_flag(out.fields, name, set);
    return set;
}

} // namespace

void read_si1_rest(BitReader& reader, Broadcast& out)
{
    if (reader.high())
        read_fields(reader, {{"nch_position", 5}}, out.fields);
    put(out.fields, "band_indicator", std::string(reader.high() ? "1900" : "1800"));
}

void read_si3_rest(BitReader& reader, Broadcast& out)
{
    read_selection_parameters(reader, out);
    read_power_offset(reader, out);
    flag(reader, "si2ter", out);
    flag(reader, "early_classmark", out);
    if (flag(reader, "si9", out))
        read_fields(reader, {{"si9_position", 3}}, out.fields);
    const bool gprs = read_gprs_indicator(reader, out);
    flag(reader, "early_classmark_3g", out);
    if (flag(reader, "si2quater", out))
        read_fields(reader, {{"si2quater_position", 1}}, out.fields);
    if (!gprs && reader.high())
        read_fields(reader, {{"si13alt_position", 1}}, out.fields);
    if (flag(reader, "si21", out))
        read_fields(reader, {{"si21_position", 1}}, out.fields);
}

void read_si4_rest(BitReader& reader, Broadcast& out)
{
    read_selection_parameters(reader, out);
    read_power_offset(reader, out);
    read_gprs_indicator(reader, out);
    const bool extended = flag(reader, "si4_rest_octets_s", out);
    if (!extended) {
        flag(reader, "break_indicator", out);
        return;
    }
    if (reader.high())
        read_lsa_parameters(reader, out);
    if (reader.high())
        read_fields(reader, {{"rest_cell", 16}}, out.fields);
    if (reader.high())
        read_lsa_identities(reader, out);
    if (reader.high())
        read_fields(reader, {{"rest_cbq3", 2}}, out.fields);
}

void read_si16_rest(BitReader& reader, Broadcast& out)
{
    if (!reader.high())
        return;
    read_lsa_parameters(reader, out);
    read_lsa_identities(reader, out);
}

void read_cbch(BitReader& reader, const Octets& octets, Broadcast& out)
{
    const std::size_t end = std::min<std::size_t>(octets.size(), 1 + (octets[0] >> 2U));
    std::size_t at = reader.position() / 8;
    out.facts.cbch = at + 4 <= end && octets[at] == 0x64;
    put_flag(out.fields, "cbch", *out.facts.cbch);
    if (*out.facts.cbch) {
        reader.skip(8);
        read_fields(reader, {{"cbch_type", 5}, {"cbch_timeslot", 3}, {"cbch_tsc", 3}}, out.fields);
        const bool hopping = reader.bit();
        put_flag(out.fields, "cbch_hopping", hopping);
        if (hopping)
            read_fields(reader, {{"cbch_maio", 6}, {"cbch_hsn", 6}}, out.fields);
        else
            read_fields(reader, {{"", 2, FieldKind::hidden}, {"cbch_arfcn", 10}}, out.fields);
        at += 4;
    }
    if (at + 2 <= end && octets[at] == 0x72 && at + 2 + octets[at + 1] <= end) {
        const std::size_t length = octets[at + 1];
        std::string mask;
        for (std::size_t i = 0; i < length; ++i) {
            constexpr std::string_view digits = "0123456789abcdef";
            mask += digits[octets[at + 2 + i] >> 4U];
            mask += digits[octets[at + 2 + i] & 15U];
        }
        put(out.fields, "cbch_mobile_allocation", std::move(mask));
        at += 2 + length;
    }
    reader.skip(8 * std::max(at, end) - reader.position());
}

} // namespace gacsong::detect::gsm
