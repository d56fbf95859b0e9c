// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/sfnt_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace gacsong::typeset {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t most_bytes = std::size_t{32} << 20U;
constexpr std::size_t header_bytes = 12;
constexpr std::size_t record_bytes = 16;
constexpr std::size_t name_record_bytes = 12;
constexpr std::size_t most_tables = 64;
constexpr std::uint32_t tag_name = 0x6E616D65; // "name"

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
        value = (value << 8U) | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

void put(std::string& out, std::uint32_t value, std::size_t width)
{
    for (std::size_t i = width; i-- > 0;)
        out += static_cast<char>((value >> (8U * i)) & 0xFFU);
}

/// Place of the name table's record in the directory; nothing where the file is no font.
std::optional<std::size_t> name_record(Bytes font)
{
    if (font.size() < header_bytes || font.size() > most_bytes)
        return std::nullopt;
    const std::uint32_t kind = number(font, 0, 4);
    if (kind != 0x00010000 && kind != 0x4F54544F) // TrueType, "OTTO"
        return std::nullopt;
    const std::size_t tables = number(font, 4, 2);
    if (tables > most_tables || font.size() < header_bytes + tables * record_bytes)
        return std::nullopt;
    for (std::size_t i = 0; i < tables; ++i) {
        const std::size_t at = header_bytes + i * record_bytes;
        const std::size_t offset = number(font, at + 8, 4);
        const std::size_t length = number(font, at + 12, 4);
        if (offset > font.size() || length > font.size() - offset)
            return std::nullopt;
        if (number(font, at, 4) == tag_name)
            return at;
    }
    return std::nullopt;
}

std::string utf16(const std::string& ascii)
{
    std::string out;
    for (const char c : ascii) {
        out += '\0';
        out += c;
    }
    return out;
}

/// A name table (format 0) with Windows names in American English alone.
std::string name_table(const std::string& family, const std::string& style)
{
    std::string compact = family + "-" + style;
    std::erase(compact, ' ');
    const std::array<std::pair<std::uint32_t, std::string>, 5> names{
        {{1, family}, {2, style}, {3, compact + " (Gac Song)"}, {4, family + " " + style}, {6, compact}}};
    std::string table;
    std::string texts;
    put(table, 0, 2);
    put(table, static_cast<std::uint32_t>(names.size()), 2);
    put(table, static_cast<std::uint32_t>(6 + names.size() * name_record_bytes), 2);
    for (const auto& [id, text] : names) {
        const std::string wide = utf16(text);
        for (const std::uint32_t field : {3U, 1U, 0x0409U, id})
            put(table, field, 2);
        put(table, static_cast<std::uint32_t>(wide.size()), 2);
        put(table, static_cast<std::uint32_t>(texts.size()), 2);
        texts += wide;
    }
    return table + texts;
}

std::uint32_t checksum(std::string table)
{
    table.resize((table.size() + 3) / 4 * 4);
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < table.size(); at += 4)
        sum += number(std::as_bytes(std::span(table)), at, 4);
    return sum;
}

} // namespace

std::optional<std::string> with_family(Bytes font, const std::string& family, const std::string& style)
{
    const auto record = name_record(font);
    if (!record)
        return std::nullopt;
    std::string out(reinterpret_cast<const char*>(font.data()), font.size());
    out.resize((out.size() + 3) / 4 * 4);
    const std::string table = name_table(family, style);
    std::string entry;
    put(entry, tag_name, 4);
    put(entry, checksum(table), 4);
    put(entry, static_cast<std::uint32_t>(out.size()), 4);
    put(entry, static_cast<std::uint32_t>(table.size()), 4);
    out.replace(*record, entry.size(), entry);
    return out + table;
}

std::optional<std::string> family_of(Bytes font)
{
    const auto record = name_record(font);
    if (!record)
        return std::nullopt;
    const Bytes table = font.subspan(number(font, *record + 8, 4), number(font, *record + 12, 4));
    if (table.size() < 6)
        return std::nullopt;
    const std::size_t count = number(table, 2, 2);
    const std::size_t texts = number(table, 4, 2);
    for (std::size_t i = 0; i < count && 6 + (i + 1) * name_record_bytes <= table.size(); ++i) {
        const std::size_t at = 6 + i * name_record_bytes;
        const std::size_t length = number(table, at + 8, 2);
        const std::size_t offset = texts + number(table, at + 10, 2);
        if (number(table, at, 2) != 3 || number(table, at + 6, 2) != 1 || offset + length > table.size())
            continue;
        std::string family;
        for (std::size_t k = 1; k < length; k += 2)
            family += static_cast<char>(table[offset + k]);
        return family;
    }
    return std::nullopt;
}

} // namespace gacsong::typeset
