// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that others bring to the office: bookmarks of other programs, tables of devices.
#include "report/inspections/device_table.hpp"
#include "report/inspections/imei.hpp"
#include "report/lists/bookmarks.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto bookmarks = gacsong::parse_bookmarks(text)) {
        if (bookmarks->list.size() > gacsong::most_bookmarks || gacsong::bookmark_table(*bookmarks).empty())
            std::abort();
    }
    static_cast<void>(gacsong::imei_check(text));
    const gacsong::Wording words(gacsong::Language::en);
    std::vector<gacsong::Message> problems;
    const auto devices = gacsong::parse_device_table(text, "x", {}, problems);
    if (devices && !devices->empty()) {
        const std::string written = gacsong::device_table(*devices, words, false);
        const auto again = gacsong::parse_device_table(written, "x", {}, problems);
        if (!again || gacsong::device_table(*again, words, false) != written)
            std::abort();
    }
    return 0;
}
