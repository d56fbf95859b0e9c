// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/utran.hpp"

#include "detect/cells/gsm/messages/elements.hpp"

#include <array>
#include <bit>
#include <utility>

namespace gacsong::detect::gsm {

namespace {

// Bits of the cell information for so many cells (3GPP TS 44.018 §9.1.54).
constexpr std::array<unsigned, 17> fdd_bits{0, 10, 19, 28, 36, 44, 52, 60, 67, 74, 81, 88, 95, 102, 109, 116, 122};
constexpr std::array<unsigned, 21> tdd_bits{0,  9,  17, 25, 32,  39,  46,  53,  59,  65, 71,
                                            77, 83, 89, 95, 101, 106, 111, 116, 121, 126};

constexpr unsigned fdd_word = 10; // diversity, scrambling code 9
constexpr unsigned tdd_word = 9;  // diversity, sync case, cell parameter 7

struct FieldNames {
    const char* uarfcns;
    const char* cells;
    const char* codes;
};

/// Remainder of 1 to modulus.
std::int64_t remainder_from_one(std::int64_t value, std::int64_t modulus)
{
    return (value - 1 + modulus) % modulus + 1;
}

/// `number` values of 1 to 2^bits - 1, coded as frequency lists of so wide a range are (3GPP TS 44.018 §10.5.2.13.3): a
/// binary tree whose nodes hold the distance from their parent, modulo half of what the parent's is.
std::vector<std::int64_t> read_range(BitReader& reader, unsigned number, unsigned bits)
{
    std::vector<std::int64_t> words(number + 1, 0);
    for (unsigned k = 1; k <= number; ++k)
        words[k] = reader.bits(bits + 1 - static_cast<unsigned>(std::bit_width(k)));
    std::vector<std::int64_t> values;
    for (unsigned k = 1; k <= number; ++k) {
        std::int64_t value = words[k];
        for (unsigned node = k; node > 1;) {
            const unsigned row = std::bit_floor(node);
            const std::int64_t half = (std::int64_t{1} << bits) / row;
            const bool left = 2 * node < 3 * row;
            node -= left ? row / 2 : row;
            value = remainder_from_one(value + words[node] - (left ? half : 0), 2 * half - 1);
        }
        values.push_back(value);
    }
    return values;
}

/// {1 0 UARFCN 14, Indic0 1, number of cells 5, cell information} 0. The codes of all carriers follow one another, as
/// many for each as it has cells; 0, which Indic0 stands for, is one more and comes first.
template <std::size_t Size>
void read_uarfcns(BitReader& reader, const std::array<unsigned, Size>& lengths, unsigned word, unsigned code_bits,
                  const FieldNames& names, Broadcast& out)
{
    std::vector<std::int64_t> uarfcns;
    std::vector<std::int64_t> numbers;
    std::vector<std::int64_t> codes;
    while (reader.left() > 0 && reader.bit()) {
        if (reader.bit())
            break; // reserved
        const unsigned uarfcn = reader.bits(14);
        const bool zero = reader.bit();
        const unsigned number = reader.bits(5);
        if (reader.overrun())
            break;
        if (zero)
            codes.push_back(0);
        const std::size_t end = reader.position() + (number < lengths.size() ? lengths[number] : 0);
        if (number < lengths.size() && end <= reader.size())
            for (const std::int64_t value : read_range(reader, number, word))
                codes.push_back(value % (std::int64_t{1} << code_bits));
        reader.skip(end - reader.position());
        uarfcns.push_back(uarfcn);
        numbers.push_back(number);
        out.facts.uarfcns.push_back(uarfcn);
    }
    put(out.fields, names.uarfcns, std::move(uarfcns));
    put(out.fields, names.cells, std::move(numbers));
    put(out.fields, names.codes, std::move(codes));
}

} // namespace

void read_utran_fdd(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader, {{"bandwidth_fdd", 3}}, out.fields);
    read_uarfcns(reader, fdd_bits, fdd_word, 9, {"uarfcns", "uarfcn_cells", "scrambling_codes"}, out);
}

void read_utran_tdd(BitReader& reader, Broadcast& out)
{
    if (reader.bit())
        read_fields(reader, {{"bandwidth_tdd", 3}}, out.fields);
    read_uarfcns(reader, tdd_bits, tdd_word, 7, {"tdd_uarfcns", "tdd_uarfcn_cells", "tdd_cell_parameters"}, out);
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
