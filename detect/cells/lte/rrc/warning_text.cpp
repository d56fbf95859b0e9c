// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/warning_text.hpp"

#include <array>
#include <cstddef>

namespace gacsong::detect::lte {

namespace {

constexpr std::size_t page_octets = 82;
constexpr std::size_t most_pages = 15;
constexpr char16_t escape = 0x1B;
constexpr char32_t unreadable = 0xFFFD;

/// The default alphabet (3GPP TS 23.038 §6.2.1).
constexpr std::u16string_view alphabet = u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                                         u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static_assert(alphabet.size() == 128);

/// Behind an escape (§6.2.1.1).
constexpr std::array<std::pair<std::uint8_t, char16_t>, 9> escaped{{{0x14, u'^'},
                                                                    {0x28, u'{'},
                                                                    {0x29, u'}'},
                                                                    {0x2F, u'\\'},
                                                                    {0x3C, u'['},
                                                                    {0x3D, u'~'},
                                                                    {0x3E, u']'},
                                                                    {0x40, u'|'},
                                                                    {0x65, u'€'}}};

void append(std::string& out, char32_t code)
{
    if (code < 0x20 && code != U'\n')
        return;
    const auto more = [&](unsigned shift) { out += static_cast<char>(0x80U | (code >> shift & 0x3FU)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | code >> 6U);
        more(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | code >> 12U);
        more(6);
        more(0);
    } else {
        out += static_cast<char>(0xF0U | code >> 18U);
        more(12);
        more(6);
        more(0);
    }
}

void append_default(std::string& out, std::span<const std::uint8_t> page)
{
    bool behind_escape = false;
    const std::size_t count = 8 * page.size() / 7;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = 7 * i;
        unsigned pair = page[at / 8];
        if (at / 8 + 1 < page.size())
            pair |= static_cast<unsigned>(page[at / 8 + 1]) << 8U;
        const auto septet = static_cast<std::uint8_t>(pair >> at % 8 & 0x7FU);
        char32_t code = alphabet[septet];
        if (behind_escape)
            for (const auto& [from, to] : escaped)
                if (from == septet)
                    code = to;
        behind_escape = !behind_escape && septet == escape;
        append(out, code);
    }
}

void append_wide(std::string& out, std::span<const std::uint8_t> page)
{
    char32_t high = 0;
    for (std::size_t i = 0; i + 1 < page.size(); i += 2) {
        const char32_t unit = static_cast<char32_t>(page[i]) << 8U | page[i + 1];
        const bool second = unit >= 0xDC00 && unit < 0xE000;
        if (high != 0 && second)
            append(out, 0x10000U + ((high - 0xD800U) << 10U) + (unit - 0xDC00U));
        else if (high != 0 || second)
            append(out, unreadable);
        const bool first = unit >= 0xD800 && unit < 0xDC00;
        if (!first && !second)
            append(out, unit);
        high = first ? unit : 0;
    }
    if (high != 0)
        append(out, unreadable);
}

enum class Alphabet { usual, wide, other };

struct Coding {
    Alphabet alphabet = Alphabet::other;
    std::size_t language = 0; ///< characters (of UCS2 octets) in front of the text that name it
};

Coding coding_of(std::uint8_t scheme)
{
    const unsigned group = scheme >> 4U;
    const unsigned low = scheme & 0xFU;
    const unsigned kind = scheme >> 2U & 3U;
    if (group == 1)
        return low == 0 ? Coding{Alphabet::usual, 2} : low == 1 ? Coding{Alphabet::wide, 2} : Coding{};
    if (group <= 3)
        return {Alphabet::usual, 0};
    const bool general = group == 4 || group == 5;
    const unsigned data = general ? kind : group == 15 ? (low >> 2U & 1U) : 3U;
    if (data == 1 || data == 3)
        return {};
    return {data == 0 ? Alphabet::usual : Alphabet::wide, 0};
}

} // namespace

std::optional<std::string> warning_text(std::span<const std::uint8_t> octets, std::uint8_t coding)
{
    const auto [kind, language] = coding_of(coding);
    if (kind == Alphabet::other || octets.empty() || octets[0] == 0 || octets[0] > most_pages ||
        octets.size() < 1 + octets[0] * (page_octets + 1))
        return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < octets[0]; ++i) {
        const auto page = octets.subspan(1 + i * (page_octets + 1), page_octets + 1);
        const std::size_t used = page[page_octets];
        if (used > page_octets)
            return std::nullopt;
        std::string text;
        if (kind == Alphabet::wide)
            append_wide(text, page.first(used).subspan(i == 0 && used >= language ? language : 0));
        else
            append_default(text, page.first(used));
        // Padding is carriage returns, which are left out.
        out += kind == Alphabet::usual && i == 0 && text.size() >= language ? text.substr(language) : text;
    }
    return out;
}

std::optional<std::string> WarningTexts::take(const WarningSegment& segment)
{
    constexpr std::size_t most_warnings = 16;
    const std::tuple key{segment.type, segment.message, segment.serial};
    if (warnings_.size() >= most_warnings && !warnings_.contains(key))
        return std::nullopt;
    Warning& warning = warnings_[key];
    warning.segments.insert_or_assign(segment.number, segment);
    const auto& [last, end] = *warning.segments.rbegin();
    const auto& first = warning.segments.begin()->second;
    if (warning.told || !end.last || warning.segments.size() != last + 1 || !first.coding)
        return std::nullopt;
    std::vector<std::uint8_t> all;
    for (const auto& [number, one] : warning.segments)
        all.insert(all.end(), one.octets.begin(), one.octets.end());
    warning.told = true;
    return warning_text(all, *first.coding);
}

} // namespace gacsong::detect::lte
