// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/names/name_facts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace gacsong::sdr {

namespace {

/// Fastest sample rate that a lone number with M may mean.
constexpr double fastest_rate_hz = 200e6;

bool alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool digit(char c) { return c >= '0' && c <= '9'; }

/// What the unit behind a number says that the number is.
enum class Meaning { none, center, rate, lone_mega, lone_kilo, letter_mega };

struct Token {
    Meaning meaning = Meaning::none;
    double value_hz = 0.0;
};

struct UnitWord {
    std::string_view word;
    Meaning meaning;
    double factor;
};

constexpr std::array<UnitWord, 7> unit_words{{
    {"hz", Meaning::center, 1.0},
    {"khz", Meaning::center, 1e3},
    {"mhz", Meaning::center, 1e6},
    {"ghz", Meaning::center, 1e9},
    {"sps", Meaning::rate, 1.0},
    {"ksps", Meaning::rate, 1e3},
    {"msps", Meaning::rate, 1e6},
}};

std::optional<double> number(std::string_view text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// `1M92` is 1.92 M: the letter in the place of the decimal point (IEC 60062; radio regulations, appendix 1).
std::optional<Token> letter_as_point(std::string_view word)
{
    const std::size_t at = word.find_first_not_of("0123456789");
    if (at == 0 || at == std::string_view::npos || at + 1 == word.size() || word[at] != 'M')
        return std::nullopt;
    const std::string_view decimals = word.substr(at + 1);
    if (!std::all_of(decimals.begin(), decimals.end(), digit))
        return std::nullopt;
    const auto value = number(std::string(word.substr(0, at)) + '.' + std::string(decimals));
    return value ? std::optional(Token{Meaning::letter_mega, *value * 1e6}) : std::nullopt;
}

/// Reads one bounded word such as `433.92M`, `98MHz`, `250k`.
Token read_token(std::string_view word)
{
    if (const auto token = letter_as_point(word))
        return *token;
    const std::size_t at = word.find_first_not_of("0123456789.");
    if (at == 0 || at == std::string_view::npos)
        return {};
    const auto value = number(word.substr(0, at));
    if (!value)
        return {};
    const std::string_view unit = word.substr(at);
    if (unit == "M")
        return {Meaning::lone_mega, *value * 1e6};
    if (unit == "k" || unit == "K")
        return {Meaning::lone_kilo, *value * 1e3};
    const std::string small = lower_case(unit);
    for (const auto& entry : unit_words) {
        if (entry.word == small)
            return {entry.meaning, *value * entry.factor};
    }
    return {};
}

/// Cuts a name into words of letters and digits; a dot between two digits, or before the first, belongs to the word.
std::vector<std::string_view> words_of(std::string_view name)
{
    std::vector<std::string_view> words;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const bool leads = i == 0 || digit(name[i - 1]) || !alphanumeric(name[i - 1]);
        const bool point = i + 1 < name.size() && name[i] == '.' && leads && digit(name[i + 1]);
        if (i < name.size() && (alphanumeric(name[i]) || point))
            continue;
        if (i > from)
            words.push_back(name.substr(from, i - from));
        from = i + 1;
    }
    return words;
}

/// The only value among those given, nothing where they differ.
std::optional<double> agreed(const std::vector<double>& values, std::string_view what, std::string& contradiction)
{
    if (values.empty())
        return std::nullopt;
    if (std::any_of(values.begin(), values.end(), [&](double value) { return value != values.front(); })) {
        contradiction = what;
        return std::nullopt;
    }
    return values.front();
}

bool is_mega(const Token& token)
{
    return token.meaning == Meaning::lone_mega || token.meaning == Meaning::letter_mega;
}

/// A lone `M` is a centre and a lone `k` a rate (rtl_433); where a centre stands before it and no rate is stated,
/// the last lone `M` is the rate, as in `1090M_2M`. One `1M92` with nothing beside it can be either: it says nothing.
void take_numbers(const std::vector<Token>& tokens, NameFacts& facts)
{
    std::vector<double> centers;
    std::vector<double> rates;
    std::vector<double> lone_rates;
    for (const auto& token : tokens) {
        if (token.meaning == Meaning::rate)
            rates.push_back(token.value_hz);
        if (token.meaning == Meaning::lone_kilo)
            lone_rates.push_back(token.value_hz);
    }
    if (rates.empty())
        rates = lone_rates;
    const bool states_rate = !rates.empty();
    const auto last_mega = std::find_if(tokens.rbegin(), tokens.rend(), is_mega);
    for (const Token& token : tokens) {
        if (token.meaning != Meaning::center && !is_mega(token))
            continue;
        const bool is_last = last_mega != tokens.rend() && &token == &*last_mega;
        if (token.meaning == Meaning::letter_mega && is_last && centers.empty() && !states_rate)
            continue;
        const bool is_rate = !states_rate && !centers.empty() && is_last && token.value_hz <= fastest_rate_hz;
        (is_rate ? rates : centers).push_back(token.value_hz);
    }
    facts.center_hz = agreed(centers, "center_hz", facts.contradiction);
    facts.rate_hz = agreed(rates, "sample_rate_hz", facts.contradiction);
}

struct TypeWord {
    std::string_view word;
    std::string_view type;
};

/// Extensions of headerless files (formats-and-radios.md §1.3).
constexpr std::array<TypeWord, 28> extensions{{
    {"cu8", "cu8"},   {"u8", "cu8"},          {"uc8", "cu8"},    {"data", "cu8"},     {"complex16u", "cu8"},
    {"cs8", "cs8"},   {"s8", "cs8"},          {"sc8", "cs8"},    {"c8", "cs8"},       {"complex16s", "cs8"},
    {"ci8", "cs8"},   {"cs16", "cs16"},       {"sc16", "cs16"},  {"c16", "cs16"},     {"complex32s", "cs16"},
    {"ci16", "cs16"}, {"cs24", "cs24"},       {"cs32", "cs32"},  {"ci32", "cs32"},    {"cf32", "cf32"},
    {"fc32", "cf32"}, {"32cf", "cf32"},       {"cfile", "cf32"}, {"complex", "cf32"}, {"cf64", "cf64"},
    {"fc64", "cf64"}, {"sc16q11", "sc16q11"}, {"sc32", "cs32"},
}};

/// Words that set a type when they stand alone in a name; the general ones (`data`, `complex`) do not.
constexpr std::array<std::string_view, 14> type_words{"cu8",   "cs8",        "cs16",       "cs24",   "cs32",
                                                      "cf32",  "cf64",       "fc32",       "sc16",   "ci16",
                                                      "cfile", "complex16u", "complex16s", "sc16q11"};

} // namespace

std::string lower_case(std::string_view text)
{
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return small;
}

std::string extension_of(std::string_view base_name)
{
    const std::size_t dot = base_name.rfind('.');
    return dot == std::string_view::npos ? std::string{} : lower_case(base_name.substr(dot + 1));
}

std::optional<SampleFormat> type_of_extension(std::string_view extension)
{
    const std::string small = lower_case(extension);
    for (const auto& entry : extensions) {
        if (entry.word != small)
            continue;
        if (entry.type == "sc16q11") // bladeRF: 12 bits in 16, full scale 2048
            return SampleFormat{Component::s16, false, 2048.0};
        return parse_sample_format(entry.type);
    }
    return std::nullopt;
}

NameFacts read_name_tokens(std::string_view base_name)
{
    NameFacts facts;
    std::vector<Token> tokens;
    const auto words = words_of(base_name);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const Token token = read_token(words[i]); token.meaning != Meaning::none)
            tokens.push_back(token);
        const std::string small = lower_case(words[i]);
        if (std::find(type_words.begin(), type_words.end(), small) == type_words.end())
            continue;
        const bool big_endian = i + 1 < words.size() && lower_case(words[i + 1]) == "be";
        facts.type = type_of_extension(small);
        if (big_endian && facts.type)
            facts.type = SampleFormat::of(facts.type->component, true);
    }
    take_numbers(tokens, facts);
    if (const auto type = type_of_extension(extension_of(base_name)); type && !(facts.type && facts.type->big_endian))
        facts.type = type;
    return facts;
}

NameFacts read_name(std::string_view base_name)
{
    const NameFacts general = read_name_tokens(base_name);
    auto own = read_program_name(std::string(base_name));
    if (!own)
        return general;
    if (!own->type)
        own->type = general.type;
    return *own;
}

} // namespace gacsong::sdr
