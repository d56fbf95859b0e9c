// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of findings: what is read is written the same again.
#include "report/cases/item_address.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    if (const auto address = gacsong::parse_item_address(text)) {
        const std::string again = address->run ? std::to_string(*address->run) + "/" + address->id : address->id;
        if (gacsong::parse_item_address(again) != address)
            std::abort();
    }
    return 0;
}
