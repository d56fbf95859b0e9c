// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/designator.hpp"

#include <array>
#include <cmath>

namespace gacsong {

namespace {

constexpr std::string_view modulations = "NAHRJBCFGDPKLMQVWX";
constexpr std::string_view signals = "0123789X";
constexpr std::string_view informations = "NABCDEFWX";
constexpr std::string_view details = "ABCDEFGHJKLMNWX";
constexpr std::string_view multiplexes = "NCFTWX";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

double unit_of(char c)
{
    switch (c) {
    case 'H':
        return 1.0;
    case 'K':
        return 1e3;
    case 'M':
        return 1e6;
    case 'G':
        return 1e9;
    default:
        return 0.0;
    }
}

/// Three digits and a unit letter at the decimal point. Only `H` may stand first, a zero never.
std::optional<double> parse_bandwidth(std::string_view four)
{
    std::size_t letter = four.size();
    int digits = 0;
    for (std::size_t i = 0; i < four.size(); ++i) {
        if (is_digit(four[i])) {
            digits = digits * 10 + (four[i] - '0');
        } else if (letter == four.size() && unit_of(four[i]) > 0.0) {
            letter = i;
        } else {
            return std::nullopt;
        }
    }
    if (letter == four.size() || four[0] == '0' || (letter == 0 && four[0] != 'H')) {
        return std::nullopt;
    }
    constexpr std::array<double, 4> place{1e3, 1e2, 1e1, 1.0}; // digits behind the letter
    return digits * unit_of(four[letter]) / place[letter];
}

bool one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

} // namespace

std::optional<Designator> parse_designator(std::string_view text)
{
    if (text.size() != 7 && text.size() != 9) {
        return std::nullopt;
    }
    const auto bandwidth = parse_bandwidth(text.substr(0, 4));
    if (!bandwidth || !one_of(modulations, text[4]) || !one_of(signals, text[5]) || !one_of(informations, text[6])) {
        return std::nullopt;
    }
    Designator designator{.bandwidth_hz = *bandwidth,
                          .modulation = text[4],
                          .signal = text[5],
                          .information = text[6],
                          .detail = {},
                          .multiplex = {}};
    if (text.size() == 9) {
        if (!one_of(details, text[7]) || !one_of(multiplexes, text[8])) {
            return std::nullopt;
        }
        designator.detail = text[7];
        designator.multiplex = text[8];
    }
    return designator;
}

std::optional<std::string> designator_bandwidth(double bandwidth_hz)
{
    if (!(bandwidth_hz >= 0.0005) || bandwidth_hz >= 999.5e9) {
        return std::nullopt;
    }
    // Below 1 Hz the letter stands first and the digits are thousandths.
    if (bandwidth_hz < 0.9995) {
        const auto thousandths = static_cast<int>(std::lround(bandwidth_hz * 1e3));
        std::string text = std::to_string(thousandths);
        return "H" + std::string(3 - text.size(), '0') + text;
    }
    constexpr std::string_view letters = "HKMG";
    double value = bandwidth_hz;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < letters.size()) {
        value /= 1e3;
        ++unit;
    }
    std::size_t whole = value < 9.995 ? 1 : value < 99.95 ? 2 : 3;
    const double scale = whole == 1 ? 100.0 : whole == 2 ? 10.0 : 1.0;
    std::string text = std::to_string(std::lround(value * scale));
    return text.insert(whole, 1, letters[unit]);
}

} // namespace gacsong
