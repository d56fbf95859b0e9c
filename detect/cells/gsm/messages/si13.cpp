// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/elements.hpp"
#include "detect/cells/gsm/messages/rest_octets.hpp"

#include <algorithm>
#include <array>

namespace gacsong::detect::gsm {

namespace {

/// A number, and more of them as long as a 1 stands in front of each.
std::vector<std::int64_t> read_list(BitReader& reader, unsigned bits)
{
    std::vector<std::int64_t> values;
    do
        values.push_back(reader.bits(bits));
    while (reader.bit() && reader.left() > 0);
    return values;
}

/// GPRS mobile allocation (3GPP TS 44.060 §12.10a).
void read_mobile_allocation(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"gprs_hsn", 6}}, out.fields);
    if (reader.bit())
        put(out.fields, "gprs_rfl_numbers", read_list(reader, 4));
    if (!reader.bit()) {
        const unsigned length = reader.bits(6) + 1;
        std::string mask;
        for (unsigned i = 0; i < length && reader.left() > 0; ++i)
            mask += reader.bit() ? '1' : '0';
        put(out.fields, "gprs_ma_bitmap", std::move(mask));
    } else if (reader.bit()) {
        put(out.fields, "gprs_arfcn_index", read_list(reader, 6));
    }
}

/// Extension of the GPRS cell options (3GPP TS 44.060 §12.24); `end` is where it ends.
void read_options_extension(BitReader& reader, std::size_t end, Broadcast& out)
{
    const auto there = [&](std::size_t bits) { return reader.position() + bits <= end; };
    if (there(1)) {
        const bool egprs = reader.bit();
        put_flag(out.fields, "egprs", egprs);
        if (egprs && there(5))
            read_fields(reader, {{"egprs_packet_channel_request", 1}, {"bep_period", 4}}, out.fields);
    }
    constexpr std::array<const char*, 8> flags{"pfc_feature_mode", "dtm_support",     "bss_paging_coordination",
                                               "ccn_active",       "nw_ext_utbf",     "multiple_tbf_capability",
                                               "ext_utbf_nodata",  "dtm_enhancements"};
    for (const char* name : flags)
        if (there(1))
            put_flag(out.fields, name, reader.bit());
    if (there(1) && reader.bit() && there(2))
        read_fields(reader, {{"mbms_notification", 1, FieldKind::flag}, {"mnci_support", 1, FieldKind::flag}},
                    out.fields);
    if (there(1))
        put_flag(out.fields, "reduced_latency_access", reader.bit());
    reader.skip(end > reader.position() ? end - reader.position() : 0);
}

/// GPRS cell options (3GPP TS 44.060 §12.24).
void read_gprs_options(BitReader& reader, Broadcast& out)
{
    constexpr std::array<int, 8> t3192_ms{500, 1000, 1500, 0, 80, 120, 160, 200};
    read_fields(reader, {{"nmo", 2, FieldKind::number, 1, 1}, {"t3168_ms", 3, FieldKind::number, 500, 500}},
                out.fields);
    put(out.fields, "t3192_ms", t3192_ms.at(reader.bits(3)));
    const unsigned drx = reader.bits(3);
    put(out.fields, "drx_timer_max_s", drx == 0 ? 0 : std::int64_t{1} << (drx - 1));
    read_fields(reader, {{"access_burst_type", 1}, {"control_ack_type", 1}, {"bs_cv_max", 4}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"pan_dec", 3}, {"pan_inc", 3}, {"pan_max", 3}}, out.fields);
    if (reader.bit()) {
        const std::size_t length = reader.bits(6) + 1;
        read_options_extension(reader, std::min(reader.position() + length, reader.size()), out);
    }
}

void read_pbcch(BitReader& reader, Broadcast& out)
{
    read_fields(
        reader,
        {{"psi1_repeat_period", 4, FieldKind::number, 1, 1}, {"pbcch_pb", 4}, {"pbcch_tsc", 3}, {"pbcch_timeslot", 3}},
        out.fields);
    if (reader.bit())
        read_fields(reader, {{"pbcch_maio", 6}}, out.fields);
    else if (reader.bit())
        read_fields(reader, {{"pbcch_arfcn", 10}}, out.fields);
}

} // namespace

void read_si13_rest(BitReader& reader, Broadcast& out)
{
    if (!reader.high())
        return;
    read_fields(reader, {{"bcch_change_mark", 3}, {"si_change_field", 4}}, out.fields);
    if (reader.bit()) {
        read_fields(reader, {{"si13_change_mark", 2}}, out.fields);
        read_mobile_allocation(reader, out);
    }
    const bool pbcch = reader.bit();
    put_flag(out.fields, "pbcch", pbcch);
    if (pbcch) {
        read_pbcch(reader, out);
    } else {
        read_fields(reader,
                    {{"rac", 8},
                     {"spgc_ccch_sup", 1, FieldKind::flag},
                     {"priority_access_thr", 3},
                     {"network_control_order", 2}},
                    out.fields);
        read_gprs_options(reader, out);
        read_fields(reader, {{"alpha", 4}, {"t_avg_w", 5}, {"t_avg_t", 5}, {"pc_meas_chan", 1}, {"n_avg_i", 4}},
                    out.fields);
    }
    if (!reader.high())
        return;
    read_fields(reader, {{"sgsnr", 1}}, out.fields);
    if (!reader.high())
        return;
    read_fields(reader, {{"si_status_ind", 1, FieldKind::flag}}, out.fields);
    if (!reader.high())
        return;
    if (reader.bit())
        read_fields(reader, {{"lb_ms_txpwr_max_cch", 5}}, out.fields);
    read_fields(reader, {{"si2n_support", 2}}, out.fields);
}

} // namespace gacsong::detect::gsm
