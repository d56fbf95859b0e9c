// SPDX-License-Identifier: GPL-3.0-or-later
// Captures of LTE-Cell-Scanner: 128 bytes before the samples, eight pairs of a double that marks the place and a
// 64-bit integer: centre asked for, centre tuned to, rate asked for, rate got, four zeros.
// Source of the layout: Evrytania/LTE-Cell-Scanner and forks, src/capbuf.cpp, write_header_to_bin().
#include "sdr/formats/draft.hpp"
#include "sdr/formats/readers.hpp"

#include <array>
#include <bit>

namespace gacsong::sdr {

namespace {

constexpr std::size_t header_bytes = 128;
constexpr std::array<double, 8> marks{73492.215,  -0.7923597,   -189978508.0, 93.126712,
                                      -53243.129, 0.0008123898, -6.0098321,   237.09983};

bool claims_lte_cell_scanner(const Candidate& candidate)
{
    if (candidate.head.size() < header_bytes)
        return false;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (std::bit_cast<double>(little(candidate.head, 16 * i, 8)) != marks[i])
            return false;
    }
    return true;
}

Result<Draft> read_lte_cell_scanner(const Candidate& candidate)
{
    const auto value = [&](std::size_t pair) -> std::optional<double> {
        constexpr std::uint64_t most = 1'000'000'000'000;
        const std::uint64_t number = little(candidate.head, 16 * pair + 8, 8);
        return number > 0 && number <= most ? std::optional(static_cast<double>(number)) : std::nullopt;
    };
    Draft draft;
    draft.container = "lte-cell-scanner";
    draft.data = candidate.bytes;
    draft.data_name = candidate.base_name;
    draft.offset = header_bytes;
    draft.length = candidate.bytes->size() - header_bytes;
    draft.length_unknown = true;
    draft.facts.center_hz.offer(value(1) ? value(1) : value(0), Origin::header);
    draft.facts.rate_hz.offer(value(3) ? value(3) : value(2), Origin::header);
    return draft;
}

} // namespace

const FormatInfo lte_cell_scanner_format{"LTE-Cell-Scanner", "bin", claims_lte_cell_scanner, read_lte_cell_scanner};

} // namespace gacsong::sdr
