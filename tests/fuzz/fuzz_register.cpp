// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that users bring: any bytes give licences that make sense, or a problem with its row.
#include "detect/plan/tables/blocks.hpp"
#include "detect/plan/tables/cell_register.hpp"
#include "detect/plan/tables/ignore_list.hpp"
#include "detect/plan/tables/licences.hpp"
#include "detect/plan/tables/open_cell_id.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "detect/rules/licence_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace gacsong;

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

void check_licence(const Licence& licence)
{
    require(!licence.id.empty() && is_utf8(licence.id) && is_utf8(licence.holder));
    require(std::isfinite(licence.center_hz) && licence.center_hz > 0.0);
    require(!licence.bandwidth_hz || (std::isfinite(*licence.bandwidth_hz) && *licence.bandwidth_hz > 0.0));
    require(!licence.place || std::abs(licence.place->latitude) <= 90.0);
    require(!licence.validity.empty());
}

void check_register(std::string_view text)
{
    std::vector<Message> problems;
    const auto licences = parse_register(text, "fuzz.csv", problems);
    if (!licences) {
        return;
    }
    for (const auto& licence : licences->licences()) {
        check_licence(licence);
        const Heard heard{
            .center_hz = licence.center_hz + 1e3, .bandwidth_hz = 12.5e3, .u_center_hz = 2e3, .bandwidth_known = true};
        const auto found = search_licences(*licences, heard, nullptr, Tolerance{.hz = 1e3}, Place{10.0, 105.0},
                                           Instant{1'800'000'000'000'000'000});
        require(found.nearest != nullptr);
        const auto meeting = licences->meeting(licence.center_hz, licence.center_hz);
        require(std::find(meeting.begin(), meeting.end(), &licence) != meeting.end());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_register(text);
    std::vector<Message> problems;
    if (const auto list = parse_ignore_list(text, "fuzz.csv", problems)) {
        for (const auto& row : list->rows) {
            require(row.center_hz > 0.0 && row.bandwidth_hz >= 0.0);
            static_cast<void>(list->find(row.center_hz, 1e3, 100.0, Instant{0}));
        }
    }
    if (const auto blocks = parse_blocks(text, "fuzz.csv", problems)) {
        for (const auto& block : *blocks) {
            require(block.row.low_hz < block.row.high_hz && !block.row.validity.empty());
        }
    }
    // What is imported is a register that can be read without a complaint of a row.
    if (const auto imported = import_open_cell_id(text, "fuzz.csv", problems)) {
        std::vector<Message> of_rows;
        const auto cells = parse_cell_register(imported->table, "cells.csv", of_rows);
        require(cells && cells->cells().size() == imported->rows);
    }
    if (const auto cells = parse_cell_register(text, "fuzz.csv", problems)) {
        for (const auto& cell : cells->cells()) {
            require(!cells->find(cell.technology, cell.plmn, cell.area, cell.cell).empty());
        }
    }
    return 0;
}
