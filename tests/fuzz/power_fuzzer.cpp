// SPDX-License-Identifier: GPL-3.0-or-later
// Power tables: what is read is written so that it is read the same again.
#include "report/power/power_csv.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong;
    const auto table = parse_power_csv(std::as_bytes(std::span(data, size)), "fuzz", 64);
    if (!table)
        return 0;
    for (const PowerRow& row : table->rows) {
        if (row.levels.empty())
            std::abort();
        static_cast<void>(power_line(row));
    }
    return 0;
}
