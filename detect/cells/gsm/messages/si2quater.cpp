// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/elements.hpp"
#include "detect/cells/gsm/messages/rest_octets.hpp"
#include "detect/cells/gsm/messages/utran.hpp"

#include <array>
#include <utility>

namespace gacsong::detect::gsm {

namespace {

/// {0 | 1 {0 | 1 start 5} {0 difference} 1 {0 {0 difference} 1} 1}
void read_time_differences(BitReader& reader, unsigned bits, std::vector<std::int64_t>& out)
{
    if (!reader.bit())
        return;
    if (reader.bit())
        reader.skip(5);
    const auto list = [&] {
        while (reader.left() > 0 && !reader.bit())
            out.push_back(reader.bits(bits));
    };
    list();
    while (reader.left() > 0 && !reader.bit())
        list();
}

void read_gprs_bsics(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        reader.skip(5);
    std::vector<std::int64_t> bsics{reader.bits(6)};
    for (unsigned left = reader.bits(7); left > 0 && reader.left() >= 7; --left) {
        reader.skip(1);
        bsics.push_back(reader.bits(6));
    }
    put(out.fields, "gprs_bsics", std::move(bsics));
}

void read_gprs_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"report_type", 1}, {"reporting_rate", 1}, {"invalid_bsic_reporting", 1}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"multiband_reporting", 2}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"gprs_serving_band_reporting", 2}}, out.fields);
    read_fields(reader, {{"scale_ord", 2}}, out.fields);
    struct Band {
        const char* offset;
        const char* threshold;
    };
    constexpr std::array<Band, 5> bands{{{"offset_900", "threshold_900"},
                                         {"offset_1800", "threshold_1800"},
                                         {"offset_400", "threshold_400"},
                                         {"offset_1900", "threshold_1900"},
                                         {"offset_850", "threshold_850"}}};
    for (const Band& band : bands)
        if (reader.bit())
            read_fields(reader, {{band.offset, 3}, {band.threshold, 3}}, out.fields);
}

void read_nc_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"network_control_order", 2}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"nc_non_drx_period", 3}, {"nc_reporting_period_i", 3}, {"nc_reporting_period_t", 3}},
                    out.fields);
}

void read_utran_neighbours(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader, {{"index_start_3g", 7}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"absolute_index_start_emr", 7}}, out.fields);
    if (reader.bit())
        read_utran_fdd(reader, out);
    if (reader.bit())
        read_utran_tdd(reader, out);
}

void read_gprs_utran_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"qsearch_p", 4}, {"search_prio_3g", 1}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"gprs_fdd_rep_quant", 1}, {"gprs_fdd_multirat_reporting", 2}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"fdd_reporting_offset", 3}, {"fdd_reporting_threshold", 3}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"gprs_tdd_multirat_reporting", 2}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"tdd_reporting_offset", 3}, {"tdd_reporting_threshold", 3}}, out.fields);
}

void read_priorities(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader,
                    {{"geran_priority", 3},
                     {"thresh_priority_search", 4},
                     {"thresh_gsm_low_db", 4, FieldKind::number, 2},
                     {"h_prio", 2},
                     {"t_reselection_s", 2, FieldKind::number, 5, 5}},
                    out.fields);
    if (reader.bit())
        read_utran_priorities(reader, out);
    if (reader.bit())
        read_eutran(reader, out);
}

/// What releases 5 to 8 added, each only where the one before is there.
void read_additions(BitReader& reader, Broadcast& out)
{
    if (!reader.high()) // release 5
        return;
    if (reader.bit())
        read_fields(reader, {{"fdd_qmin_offset", 3}, {"fdd_rscpmin", 4}}, out.fields);
    if (reader.bit() && reader.bit())
        read_fields(reader, {{"fdd_reporting_threshold_2", 6}}, out.fields);
    if (!reader.high()) // release 6
        return;
    read_fields(reader, {{"ccn_active_3g", 1, FieldKind::flag}}, out.fields);
    if (!reader.high()) // release 7
        return;
    if (reader.bit())
        read_fields(reader, {{"offset_700", 3}, {"threshold_700", 3}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"offset_810", 3}, {"threshold_810", 3}}, out.fields);
    if (!reader.high()) // release 8
        return;
    if (reader.bit())
        read_priorities(reader, out);
}

} // namespace

void read_si2ter_rest(BitReader& reader, Broadcast& out)
{
    if (!reader.high())
        return;
    read_fields(reader,
                {{"si2ter_mp_change_mark", 1}, {"si2ter_3g_change_mark", 1}, {"si2ter_index", 3}, {"si2ter_count", 3}},
                out.fields);
    if (reader.bit())
        read_utran_fdd(reader, out);
    if (reader.bit())
        read_utran_tdd(reader, out);
    if (reader.bit())
        read_utran_measurement(reader, out);
}

void read_si2quater_rest(BitReader& reader, Broadcast& out)
{
    read_fields(
        reader,
        {{"ba_ind", 1}, {"ba_ind_3g", 1}, {"mp_change_mark", 1}, {"si2quater_index", 4}, {"si2quater_count", 4}},
        out.fields);
    if (reader.bit())
        read_fields(reader, {{"gsm_report_type", 1}, {"serving_band_reporting", 2}}, out.fields);
    if (reader.bit()) {
        std::vector<std::int64_t> differences;
        read_time_differences(reader, 6, differences);
        read_time_differences(reader, 12, differences);
        put(out.fields, "gprs_time_differences", std::move(differences));
    }
    if (reader.bit())
        read_gprs_bsics(reader, out);
    if (reader.bit()) {
        const unsigned number = reader.bits(7);
        put(out.fields, "gprs_report_priorities", number);
        reader.skip(number);
    }
    if (reader.bit())
        read_gprs_measurement(reader, out);
    if (reader.bit())
        read_nc_measurement(reader, out);
    if (reader.bit()) {
        const unsigned length = reader.bits(8) + 1;
        reader.skip(length);
    }
    if (reader.bit())
        read_utran_neighbours(reader, out);
    if (reader.bit())
        read_utran_measurement(reader, out);
    if (reader.bit())
        read_gprs_utran_measurement(reader, out);
    read_additions(reader, out);
}

} // namespace gacsong::detect::gsm
