// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace gacsong {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Range {
    char32_t first;
    char32_t last;
};

// Marks that stand on the character before them, and characters without a width (Unicode 15, categories Mn, Cf).
constexpr std::array<Range, 7> zero_width{{{0x0300, 0x036F},
                                           {0x1AB0, 0x1AFF},
                                           {0x1DC0, 0x1DFF},
                                           {0x200B, 0x200F},
                                           {0x20D0, 0x20FF},
                                           {0xFE00, 0xFE0F},
                                           {0xFE20, 0xFE2F}}};

// East Asian Wide and Fullwidth (Unicode 15, UAX #11), emoji included.
constexpr std::array<Range, 9> double_width{{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0x1F300, 0x1FAFF},
                                             {0x20000, 0x3FFFD}}};

// Control characters C0 and C1, line and paragraph separators, and marks of direction (UAX #9).
constexpr std::array<Range, 6> not_printable{
    {{0x0000, 0x001F}, {0x007F, 0x009F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFFF9, 0xFFFB}}};

bool in(std::span<const Range> ranges, char32_t value)
{
    return std::ranges::any_of(ranges, [&](const Range& r) { return value >= r.first && value <= r.last; });
}

std::size_t width_of(char32_t value)
{
    if (in(zero_width, value))
        return 0;
    return in(double_width, value) ? 2 : 1;
}

/// Length that the first byte of a sequence announces; 0 where it cannot be a first byte.
std::size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

} // namespace

CodePoint code_point(std::string_view text, std::size_t at)
{
    constexpr CodePoint broken{replacement, 1, false};
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size() - at)
        return broken;
    if (length == 1)
        return {lead, 1, true};
    char32_t value = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xC0u) != 0x80u)
            return broken;
        value = (value << 6) | (next & 0x3Fu);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < smallest[length] || value > 0x10FFFF || surrogate)
        return broken;
    return {value, length, true};
}

void append_utf8(std::string& out, char32_t value)
{
    const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | (value >> 6));
        put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    } else {
        put(0xF0 | (value >> 18));
        put(0x80 | ((value >> 12) & 0x3F));
        put(0x80 | ((value >> 6) & 0x3F));
        put(0x80 | (value & 0x3F));
    }
}

std::string printable(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (point.valid && !in(not_printable, point.value))
            out.append(text.substr(at, point.bytes));
        else
            append_utf8(out, replacement);
        at += point.bytes;
    }
    return out;
}

std::size_t display_width(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        width += width_of(point.value);
        at += point.bytes;
    }
    return width;
}

std::string cut_to_width(std::string_view text, std::size_t width)
{
    if (display_width(text) <= width)
        return std::string(text);
    if (width == 0)
        return {};
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const CodePoint point = code_point(text, at);
        const std::size_t more = width_of(point.value);
        if (used + more > width - 1)
            break;
        used += more;
        at += point.bytes;
    }
    return std::string(text.substr(0, at)) + "…";
}

std::string pad_to_width(std::string_view text, std::size_t width, bool right)
{
    const std::size_t have = display_width(text);
    const std::string fill(have < width ? width - have : 0, ' ');
    return right ? fill + std::string(text) : std::string(text) + fill;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width)
{
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty())
            continue;
        if (lines.back().empty())
            lines.back() = word;
        else if (display_width(lines.back()) + 1 + display_width(word) <= width)
            lines.back().append(" ").append(word);
        else
            lines.emplace_back(word);
    }
    return lines;
}

std::string upper_ascii(std::string text)
{
    for (char& c : text)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

} // namespace gacsong
