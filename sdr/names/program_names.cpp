// SPDX-License-Identifier: GPL-3.0-or-later
// How the programs of the field name their recordings (formats-and-radios.md §2). One row a program.
#include "sdr/names/civil_time.hpp"
#include "sdr/names/name_facts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>
#include <vector>

namespace gacsong::sdr {

namespace {

using Groups = std::smatch;

std::optional<double> real(const std::string& text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<double> scaled(const std::string& text, double factor)
{
    const auto value = real(text);
    return value ? std::optional(*value * factor) : std::nullopt;
}

int whole(const std::string& text)
{
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// `20261102` and `031500`.
std::optional<Instant> compact_time(const std::string& date, const std::string& clock)
{
    return to_instant({whole(date.substr(0, 4)), whole(date.substr(4, 2)), whole(date.substr(6, 2)),
                       whole(clock.substr(0, 2)), whole(clock.substr(2, 2)), whole(clock.substr(4, 2)), 0});
}

/// `Z` behind the time makes it UTC; without it the zone is not stated.
void place_time(NameFacts& facts, std::optional<Instant> time, bool utc)
{
    (utc ? facts.start : facts.local_start) = time;
}

SampleFormat float32() { return SampleFormat::of(Component::f32); }

void rtl_433(const Groups& at, NameFacts& facts)
{
    facts.center_hz = scaled(at[2], 1e6);
    facts.rate_hz = scaled(at[3], 1e3);
}

void gqrx(const Groups& at, NameFacts& facts)
{
    facts.start = compact_time(at[1], at[2]);
    facts.center_hz = real(at[3]);
    facts.rate_hz = real(at[4]);
    facts.type = float32();
}

void sdrpp(const Groups& at, NameFacts& facts)
{
    facts.sound = at[1] == "audio";
    facts.center_hz = real(at[2]);
    // Local by default; the user may have chosen UTC, and the name does not say.
    facts.local_start =
        to_instant({whole(at[8]), whole(at[7]), whole(at[6]), whole(at[3]), whole(at[4]), whole(at[5]), 0});
}

/// SDR#, and hackrf_transfer -w in its manner: date, time, Z, frequency, kind.
void dated_frequency(const Groups& at, NameFacts& facts, double unit_hz)
{
    place_time(facts, compact_time(at[1], at[2]), at[3].length() > 0);
    facts.center_hz = scaled(at[4], unit_hz);
    facts.sound = at.size() > 5 && at[5] == "AF";
}

void sdr_sharp(const Groups& at, NameFacts& facts) { dated_frequency(at, facts, 1.0); }

void dated_kilohertz(const Groups& at, NameFacts& facts) { dated_frequency(at, facts, 1e3); }

void sdr_console(const Groups& at, NameFacts& facts)
{
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::string name = at[2];
    const auto month = std::find(months.begin(), months.end(), name);
    const std::string clock = at[4];
    CivilTime time{whole(at[3]),
                   static_cast<int>(month - months.begin()) + 1,
                   whole(at[1]),
                   whole(clock.substr(0, 2)),
                   whole(clock.substr(2, 2)),
                   whole(clock.substr(4, 2)),
                   std::int64_t{whole(at[5])} * 1'000'000};
    facts.local_start = month == months.end() ? std::nullopt : to_instant(time);
    facts.center_hz = scaled(at[6], 1e6);
}

void sdrangel(const Groups& at, NameFacts& facts)
{
    facts.start = to_instant({whole(at[1]), whole(at[2]), whole(at[3]), whole(at[4]), whole(at[5]), whole(at[6]),
                              std::int64_t{whole(at[7])} * 1'000'000});
}

void sigdigger(const Groups& at, NameFacts& facts)
{
    if (at[1].matched)
        facts.start = compact_time(at[1], at[2]);
    facts.rate_hz = real(at[3]); // rate first, then centre
    facts.center_hz = real(at[4]);
    facts.type = float32();
}

double prefix(const std::string& letter)
{
    return letter == "k" ? 1e3 : letter == "M" ? 1e6 : letter == "G" ? 1e9 : 1.0;
}

void urh(const Groups& at, NameFacts& facts)
{
    const auto decimal = [](std::string text) {
        std::replace(text.begin(), text.end(), '_', '.');
        return text;
    };
    facts.local_start = compact_time(at[1], at[2]);
    facts.center_hz = scaled(decimal(at[3]), prefix(at[4]));
    facts.rate_hz = scaled(decimal(at[5]), prefix(at[6]));
}

/// Its sidecar tells more. The time in dated names has no leading zeros, so it is ambiguous and not used.
void portapack(const Groups& at, NameFacts& facts)
{
    if (at[2].matched)
        facts.center_hz = real(at[2]);
}

struct Custom {
    std::string_view program;
    const char* pattern;
    void (*take)(const Groups& at, NameFacts& facts);
};

constexpr std::array<Custom, 12> customs{{
    {"rtl_433", R"(^g(\d{3,})_([\d.]+)M_([\d.]+)k\.(cu8|cs16|sigmf)$)", rtl_433},
    {"gqrx", R"(^gqrx_(\d{8})_(\d{6})_(\d+)_(\d+)_fc\.(raw|sigmf-(?:meta|data))$)", gqrx},
    {"SDR++", R"(^(baseband|audio)_(\d+)Hz_(\d\d)-(\d\d)-(\d\d)_(\d\d)-(\d\d)-(\d{4}))", sdrpp},
    {"SDR#", R"(^SDRSharp_(\d{8})_(\d{6})(Z?)_(\d+)Hz_(IQ|AF))", sdr_sharp},
    {"HDSDR", R"(^HDSDR_(\d{8})_(\d{6})(Z?)_(\d+)kHz_(RF|AF))", dated_kilohertz},
    {"SDRuno", R"(^SDRuno_(\d{8})_(\d{6})(Z?)_([\d.]+)kHz)", dated_kilohertz},
    {"SDR Console", R"(^(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d{6})\.(\d{3}) ([\d.]+)MHz(?: (\d{3}))?)", sdr_console},
    {"SDRangel", R"((\d{4})-(\d\d)-(\d\d)T(\d\d)_(\d\d)_(\d\d)_(\d{3})\.(sdriq|wav)$)", sdrangel},
    {"SigDigger", R"(^sigdigger_(?:(\d{8})_(\d{6})Z_)?(\d+)_([\d.e+]+)_float32_iq\.raw$)", sigdigger},
    {"hackrf_transfer", R"(^HackRF_(\d{8})_(\d{6})(Z?)_(\d+)kHz_(IQ))", dated_kilohertz},
    {"PortaPack", R"(^BBD_(\d{4})(?:.*?_(\d+)Hz)?.*\.(?:C8|C16)$)", portapack},
    {"URH", R"(-(\d{8})_(\d{6})-([\d_]+)([kMG]?)Hz-([\d_]+)([kMG]?)Sps)", urh},
}};

/// The patterns, compiled when the first name is read.
const std::vector<std::regex>& patterns()
{
    static const std::vector<std::regex> compiled = [] {
        std::vector<std::regex> list;
        for (const auto& custom : customs)
            list.emplace_back(custom.pattern, std::regex::ECMAScript | std::regex::optimize);
        return list;
    }();
    return compiled;
}

} // namespace

std::optional<NameFacts> read_program_name(const std::string& base_name)
{
    constexpr std::size_t longest_name = 255; // of a file on Linux; also bounds the matcher's depth
    if (base_name.size() > longest_name)
        return std::nullopt;
    for (std::size_t i = 0; i < customs.size(); ++i) {
        std::smatch groups;
        if (!std::regex_search(base_name, groups, patterns()[i]))
            continue;
        NameFacts facts;
        facts.program = customs[i].program;
        customs[i].take(groups, facts);
        return facts;
    }
    return std::nullopt;
}

} // namespace gacsong::sdr
