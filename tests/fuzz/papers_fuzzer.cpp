// SPDX-License-Identifier: GPL-3.0-or-later
// Templates of papers, and fonts that are to get another name.
#include "report/papers/template.hpp"
#include "report/typeset/sfnt_name.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(gacsong::papers::parse_template(text, "fuzz"));
    const auto bytes = std::as_bytes(std::span(data, size));
    static_cast<void>(gacsong::typeset::family_of(bytes));
    if (const auto renamed = gacsong::typeset::with_family(bytes, "Gac Song Serif", "Bold")) {
        if (gacsong::typeset::family_of(std::as_bytes(std::span(*renamed))) != "Gac Song Serif")
            std::abort();
    }
    return 0;
}
