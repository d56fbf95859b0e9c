// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/utran.hpp"

#include "detect/cells/gsm/messages/elements.hpp"

#include <array>
#include <utility>

namespace gacsong::detect::gsm {

namespace {

// Bits of the cell information for so many cells (3GPP TS 44.018 §9.1.54).
constexpr std::array<unsigned, 17> fdd_bits{0, 10, 19, 28, 36, 44, 52, 60, 67, 74, 81, 88, 95, 102, 109, 116, 122};
constexpr std::array<unsigned, 21> tdd_bits{0,  9,  17, 25, 32,  39,  46,  53,  59,  65, 71,
                                            77, 83, 89, 95, 101, 106, 111, 116, 121, 126};

/// {1 0 UARFCN 14, Indic0 1, number of cells 5, cell information} 0
template <std::size_t Size>
void read_uarfcns(BitReader& reader, const std::array<unsigned, Size>& lengths, const char* list, const char* cells,
                  Broadcast& out)
{
    std::vector<std::int64_t> uarfcns;
    std::vector<std::int64_t> numbers;
    while (reader.left() > 0 && reader.bit()) {
        if (reader.bit())
            break; // reserved
        const unsigned uarfcn = reader.bits(14);
        reader.bit();
        const unsigned number = reader.bits(5);
        if (reader.overrun())
            break;
        reader.skip(number < lengths.size() ? lengths[number] : 0);
        uarfcns.push_back(uarfcn);
        numbers.push_back(number);
        out.facts.uarfcns.push_back(uarfcn);
    }
    put(out.fields, list, std::move(uarfcns));
    put(out.fields, cells, std::move(numbers));
}

} // namespace

void read_utran_fdd(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader, {{"bandwidth_fdd", 3}}, out.fields);
    read_uarfcns(reader, fdd_bits, "uarfcns", "uarfcn_cells", out);
}

void read_utran_tdd(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader, {{"bandwidth_tdd", 3}}, out.fields);
    read_uarfcns(reader, tdd_bits, "tdd_uarfcns", "tdd_uarfcn_cells", out);
}

void read_utran_measurement(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"qsearch_i", 4}, {"qsearch_c_initial", 1}}, out.fields);
    if (reader.bit())
        read_fields(reader, {{"fdd_qoffset", 4}, {"fdd_rep_quant", 1}, {"fdd_multirat_reporting", 2}, {"fdd_qmin", 3}},
                    out.fields);
    if (reader.bit())
        read_fields(reader, {{"tdd_qoffset", 4}, {"tdd_multirat_reporting", 2}}, out.fields);
}

void read_utran_priorities(BitReader& reader, Broadcast& out)
{
    read_fields(reader, {{"utran_start", 1, FieldKind::flag}, {"utran_stop", 1, FieldKind::flag}}, out.fields);
    if (reader.bit())
        read_fields(reader,
                    {{"default_utran_priority", 3},
                     {"default_thresh_utran_db", 5, FieldKind::number, 2},
                     {"default_utran_qrxlevmin_dbm", 5, FieldKind::number, 2, -119}},
                    out.fields);
    std::vector<std::int64_t> indices;
    std::vector<std::int64_t> priorities;
    std::vector<std::int64_t> high;
    std::vector<std::int64_t> low;
    std::vector<std::int64_t> levels;
    while (reader.left() > 0 && reader.bit()) {
        while (reader.left() > 0 && reader.bit())
            indices.push_back(reader.bits(5));
        if (reader.bit())
            priorities.push_back(reader.bits(3));
        high.push_back(2 * reader.bits(5));
        if (reader.bit())
            low.push_back(2 * reader.bits(5));
        if (reader.bit())
            levels.push_back(2 * static_cast<std::int64_t>(reader.bits(5)) - 119);
    }
    put(out.fields, "utran_frequency_index", std::move(indices));
    put(out.fields, "utran_priority", std::move(priorities));
    put(out.fields, "thresh_utran_high_db", std::move(high));
    put(out.fields, "thresh_utran_low_db", std::move(low));
    put(out.fields, "utran_qrxlevmin_dbm", std::move(levels));
}

} // namespace gacsong::detect::gsm
