// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/elements.hpp"
#include "detect/cells/gsm/messages/utran.hpp"

#include <utility>

namespace gacsong::detect::gsm {

namespace {

/// {0 | 1 first, {0 | 1 threshold 6}, {0 | 1 offset 3}}
void read_reporting(BitReader& reader, FieldSpec first, const char* threshold_2, const char* offset, Broadcast& out)
{
    if (!reader.bit())
        return;
    read_fields(reader, {first}, out.fields);
    if (reader.bit())
        read_fields(reader, {{threshold_2, 6}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{offset, 3}}, out.fields);
}

void read_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"qsearch_c_eutran_initial", 4}, {"eutran_rep_quant", 1}, {"eutran_multirat_reporting", 2}},
                out.fields);
    const bool offsets = reader.bit();
    read_reporting(reader,
                   offsets ? FieldSpec{"eutran_fdd_measurement_report_offset", 6}
                           : FieldSpec{"eutran_fdd_reporting_threshold", 3},
                   "eutran_fdd_reporting_threshold_2", "eutran_fdd_reporting_offset", out);
    read_reporting(reader,
                   offsets ? FieldSpec{"eutran_tdd_measurement_report_offset", 6}
                           : FieldSpec{"eutran_tdd_reporting_threshold", 3},
                   "eutran_tdd_reporting_threshold_2", "eutran_tdd_reporting_offset", out);
    if (offsets)
        read_fields(reader, {{"reporting_granularity", 1}}, out.fields);
}

void read_gprs_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"qsearch_p_eutran", 4}, {"gprs_eutran_rep_quant", 1}, {"gprs_eutran_multirat_reporting", 2}},
                out.fields);
    read_reporting(reader, {"gprs_eutran_fdd_reporting_threshold", 3}, "gprs_eutran_fdd_reporting_threshold_2",
                   "gprs_eutran_fdd_reporting_offset", out);
    read_reporting(reader, {"gprs_eutran_tdd_reporting_threshold", 3}, "gprs_eutran_tdd_reporting_threshold_2",
                   "gprs_eutran_tdd_reporting_offset", out);
}

/// Carriers of one priority and what a phone needs to choose them; values follow in the order of the groups.
struct Carriers {
    std::vector<std::int64_t> earfcns;
    std::vector<std::int64_t> bandwidths; ///< of those that say one
    std::vector<std::int64_t> priorities;
    std::vector<std::int64_t> high;
    std::vector<std::int64_t> low;
    std::vector<std::int64_t> levels;
};

void read_group(BitReader& reader, Carriers& all, Broadcast& out)
{
    const std::size_t first = out.facts.earfcns.size();
    while (reader.left() > 0 && reader.bit()) {
        const unsigned earfcn = reader.bits(16);
        if (reader.overrun())
            break;
        all.earfcns.push_back(earfcn);
        out.facts.earfcns.push_back({earfcn, std::nullopt});
        if (reader.bit())
            all.bandwidths.push_back(reader.bits(3));
    }
    if (reader.bit()) {
        const unsigned priority = reader.bits(3);
        all.priorities.push_back(priority);
        for (std::size_t i = first; i < out.facts.earfcns.size(); ++i)
            out.facts.earfcns[i].priority = priority;
    }
    all.high.push_back(2 * static_cast<std::int64_t>(reader.bits(5)));
    if (reader.bit())
        all.low.push_back(2 * static_cast<std::int64_t>(reader.bits(5)));
    if (reader.bit())
        all.levels.push_back(2 * static_cast<std::int64_t>(reader.bits(5)) - 140);
}

/// Physical cell identities: {1 PCI 9} 0, {0 | 1 bitmap of groups 6}, {1 length 3, pattern, sense 1} 0
void read_pcid_group(BitReader& reader, std::vector<std::int64_t>& identities)
{
    while (reader.left() > 0 && reader.bit())
        identities.push_back(reader.bits(9));
    if (reader.bit())
        reader.skip(6);
    while (reader.left() > 0 && reader.bit()) {
        const unsigned length = reader.bits(3) + 1;
        reader.skip(length + 1);
    }
}

void read_not_allowed(BitReader& reader, Broadcast& out)
{
    std::vector<std::int64_t> identities;
    while (reader.left() > 0 && reader.bit()) {
        read_pcid_group(reader, identities);
        while (reader.left() > 0 && reader.bit())
            reader.skip(3);
    }
    put(out.fields, "eutran_not_allowed_pci", std::move(identities));
}

} // namespace

void read_eutran(BitReader& reader, Broadcast& out)
{
    read_fields(reader,
                {{"eutran_ccn_active", 1, FieldKind::flag},
                 {"eutran_start", 1, FieldKind::flag},
                 {"eutran_stop", 1, FieldKind::flag}},
                out.fields);
    if (reader.bit())
        read_measurement(reader, out);
    if (reader.bit())
        read_gprs_measurement(reader, out);
    Carriers all;
    while (reader.left() > 0 && reader.bit())
        read_group(reader, all, out);
    put(out.fields, "earfcns", std::move(all.earfcns));
    put(out.fields, "eutran_measurement_bandwidth", std::move(all.bandwidths));
    put(out.fields, "eutran_priority", std::move(all.priorities));
    put(out.fields, "thresh_eutran_high_db", std::move(all.high));
    put(out.fields, "thresh_eutran_low_db", std::move(all.low));
    put(out.fields, "eutran_qrxlevmin_dbm", std::move(all.levels));
    read_not_allowed(reader, out);
    while (reader.left() > 0 && reader.bit()) { // tracking areas of physical cells
        std::vector<std::int64_t> identities;
        while (reader.left() > 0 && reader.bit())
            read_pcid_group(reader, identities);
        while (reader.left() > 0 && reader.bit())
            reader.skip(3);
    }
}

} // namespace gacsong::detect::gsm
