// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/draft.hpp"
#include "sdr/formats/wav.hpp"
#include "sdr/names/civil_time.hpp"

#include <pugixml.hpp>

#include <cstring>

namespace gacsong::sdr {

namespace {

constexpr std::size_t largest_xml = 65536; // SDR Console writes 1.5 to 3 KiB

/// Windows SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond, 16 bits each.
std::optional<Instant> system_time(std::span<const std::byte> chunk, std::size_t at)
{
    if (chunk.size() < at + 16)
        return std::nullopt;
    const auto word = [&](std::size_t i) { return static_cast<int>(little(chunk, at + 2 * i, 2)); };
    return to_instant({word(0), word(1), word(3), word(4), word(5), word(6), std::int64_t{word(7)} * 1'000'000});
}

bool zeros(std::span<const std::byte> bytes)
{
    for (const std::byte b : bytes) {
        if (b != std::byte{0})
            return false;
    }
    return true;
}

WavFacts read_structure(std::span<const std::byte> chunk, double rate_hz)
{
    WavFacts facts;
    if (chunk.size() < 16)
        return facts;
    const auto start = system_time(chunk, 0);
    // SDRangel leaves the stop time empty, repeats the sample rate as ADFrequency and writes local time.
    const bool local =
        chunk.size() >= 40 && zeros(chunk.subspan(16, 16)) && static_cast<double>(little(chunk, 36, 4)) == rate_hz;
    (local ? facts.local_start : facts.start) = start;
    if (const auto center = little(chunk, 32, 4); center != 0)
        facts.center_hz = static_cast<double>(center);
    return facts;
}

/// UTF-16LE to UTF-8; lone surrogates become U+FFFD. Stops at the first NUL.
std::string utf8_of_utf16(std::span<const std::byte> chunk)
{
    std::string text;
    const auto put = [&](std::uint32_t c) {
        if (c < 0x80U) {
            text += static_cast<char>(c);
        } else if (c < 0x800U) {
            text += static_cast<char>(0xC0U | c >> 6U);
            text += static_cast<char>(0x80U | (c & 0x3FU));
        } else if (c < 0x10000U) {
            text += static_cast<char>(0xE0U | c >> 12U);
            text += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
            text += static_cast<char>(0x80U | (c & 0x3FU));
        } else {
            text += static_cast<char>(0xF0U | c >> 18U);
            text += static_cast<char>(0x80U | (c >> 12U & 0x3FU));
            text += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
            text += static_cast<char>(0x80U | (c & 0x3FU));
        }
    };
    for (std::size_t at = 0; at + 2 <= chunk.size(); at += 2) {
        auto unit = static_cast<std::uint32_t>(little(chunk, at, 2));
        if (unit == 0)
            break;
        if (unit >= 0xD800U && unit < 0xDC00U && at + 4 <= chunk.size()) {
            const auto low = static_cast<std::uint32_t>(little(chunk, at + 2, 2));
            if (low >= 0xDC00U && low < 0xE000U) {
                unit = 0x10000U + ((unit - 0xD800U) << 10U) + (low - 0xDC00U);
                at += 2;
            }
        }
        put(unit >= 0xD800U && unit < 0xE000U ? 0xFFFDU : unit);
    }
    return text;
}

WavFacts read_xml(const std::string& text)
{
    WavFacts facts;
    pugi::xml_document document;
    // parse_minimal: no entities are expanded, no doctype is followed, whatever the text declares.
    if (!document.load_buffer(text.data(), text.size(), pugi::parse_minimal, pugi::encoding_utf8))
        return facts;
    const pugi::xml_node definition = document.document_element().child("Definition");
    if (const double center = definition.attribute("RadioCenterFreq").as_double(); center > 0.0)
        facts.center_hz = center;
    if (const double rate = definition.attribute("SampleRate").as_double(); rate > 0.0)
        facts.sample_rate_hz = rate;
    const long long seconds = definition.attribute("UTCSeconds").as_llong();
    constexpr long long last_second = 9'200'000'000; // what 64-bit nanoseconds hold
    if (seconds > 0 && seconds < last_second)
        facts.start = Instant{std::int64_t{seconds} * 1'000'000'000};
    facts.receiver = definition.attribute("RadioModel").as_string();
    facts.recorder = definition.attribute("SoftwareName").as_string();
    return facts;
}

} // namespace

std::optional<std::string> auxi_xml(std::span<const std::byte> chunk)
{
    const auto starts = [&](std::string_view mark) {
        return chunk.size() >= mark.size() && std::memcmp(chunk.data(), mark.data(), mark.size()) == 0;
    };
    const bool xml = starts(std::string_view("<\0", 2)) || starts(std::string_view("\xFF\xFE<\0", 4)) ||
                     starts("<?xml") || starts("<SDR");
    if (!xml)
        return std::nullopt;
    if (chunk.size() > largest_xml)
        return std::string{};
    if (starts(std::string_view("<\0", 2)))
        return utf8_of_utf16(chunk);
    if (starts(std::string_view("\xFF\xFE<\0", 4)))
        return utf8_of_utf16(chunk.subspan(2));
    std::string text(reinterpret_cast<const char*>(chunk.data()), chunk.size());
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
}

WavFacts read_auxi(std::span<const std::byte> chunk, double rate_hz)
{
    if (const auto xml = auxi_xml(chunk))
        return read_xml(*xml);
    return read_structure(chunk, rate_hz);
}

WavFacts read_rcvr(std::span<const std::byte> chunk)
{
    WavFacts facts;
    if (chunk.size() < 12)
        return facts;
    const auto center = static_cast<std::int32_t>(little(chunk, 0, 4));
    if (center > 0)
        facts.center_hz = static_cast<double>(center);
    if (const auto seconds = little(chunk, 8, 4); seconds != 0)
        facts.start = Instant{static_cast<std::int64_t>(seconds) * 1'000'000'000};
    facts.receiver = "Perseus";
    return facts;
}

} // namespace gacsong::sdr
