// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text/csv_text.hpp"

#include "report/text/utf8.hpp"

namespace gacsong {

std::string csv_field(std::string_view text)
{
    const std::string clean = printable(text);
    const bool spaced = clean.starts_with(' ') || clean.ends_with(' ');
    if (!spaced && clean.find_first_of(",;\"") == std::string::npos)
        return clean;
    std::string out = "\"";
    for (const char c : clean) {
        out += c;
        if (c == '"')
            out += '"';
    }
    return out + '"';
}

std::string csv_line(std::span<const std::string> fields)
{
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i)
        line += (i > 0 ? "," : "") + csv_field(fields[i]);
    return line + "\r\n";
}

} // namespace gacsong
