// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/table/columns.hpp"

#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <array>

namespace gacsong {
namespace {

/// A frequency in `unit` hertz, with the digits that its uncertainty allows (at least 1 Hz).
std::string frequency_cell(double hz, double uncertainty_hz, double unit, const Wording& words)
{
    const double step = uncertainty_hz > 0.0 ? uncertainty_hz : 1.0;
    return number_text(hz / unit, decimals_for(step / unit), words.language());
}

std::string id(const Emission& e, const Wording&) { return printable(e.id); }

std::string center(const Emission& e, const Wording& words)
{
    return e.center_hz ? frequency_cell(*e.center_hz, e.uncertainty.center_hz, 1e6, words) : std::string{};
}

std::string offset(const Emission& e, const Wording& words)
{
    return e.center_hz ? std::string{} : frequency_cell(e.offset_hz, e.uncertainty.center_hz, 1e3, words);
}

std::string bandwidth(const Emission& e, const Wording& words)
{
    if (e.bandwidth_hz <= 0.0)
        return {};
    const std::string width =
        quantity_text({e.bandwidth_hz, Unit::bandwidth, e.uncertainty.bandwidth_hz}, words.language());
    return e.bandwidth_estimate ? "≈" + width : width;
}

std::string level(const Emission& e, const Wording& words)
{
    return number_text(e.power_dbfs, 1, words.language()) + (e.clipped ? "*" : "");
}

std::string snr(const Emission& e, const Wording& words) { return number_text(e.snr_db, 1, words.language()); }

std::string start(const Emission& e, const Wording& words)
{
    if (e.start)
        return clock_text(*e.start, words.language());
    return quantity_text({e.start_s, Unit::at, 0.001}, words.language());
}

std::string duration(const Emission& e, const Wording& words)
{
    return quantity_text({e.end_s - e.start_s, Unit::seconds}, words.language());
}

std::string duty(const Emission& e, const Wording& words)
{
    return quantity_text({e.duty, Unit::parts, 0.01}, words.language());
}

std::string bursts(const Emission& e, const Wording& words)
{
    return number_text(static_cast<std::int64_t>(e.bursts), words.language());
}

std::string quality(const Emission& e, const Wording& words)
{
    // The word for `poor` is a whole warning; a cell takes its short form.
    return words.text(e.quality == Quality::poor ? "quality.poor_short" : fmt::format("quality.{}", code(e.quality)));
}

std::string modulation(const Emission& e, const Wording& words) { return words.term(e.modulation.name); }

std::string system(const Emission& e, const Wording& words) { return words.term(e.system.name); }

std::string service(const Emission& e, const Wording& words)
{
    return e.service.empty() ? std::string{} : words.term(e.service);
}

std::string licence(const Emission& e, const Wording&) { return e.licence ? printable(e.licence->id) : std::string{}; }

std::string verdict(const Emission& e, const Wording& words)
{
    return words.text(fmt::format("verdict.{}.short", code(e.verdict)));
}

constexpr std::array<Column, 16> columns{{
    {"id", 5, Side::left, 2, id},
    {"center", 13, Side::mark, 0, center},
    {"offset", 12, Side::mark, 0, offset},
    {"bandwidth", 10, Side::right, 3, bandwidth},
    {"verdict", 22, Side::left, 1, verdict},
    {"system", 18, Side::left, 4, system},
    {"modulation", 8, Side::left, 9, modulation},
    {"level", 12, Side::mark, 5, level},
    {"snr", 8, Side::mark, 10, snr},
    {"start", 12, Side::right, 6, start},
    {"duration", 16, Side::right, 7, duration},
    {"duty", 6, Side::right, 13, duty},
    {"bursts", 6, Side::right, 14, bursts},
    {"quality", 10, Side::left, 8, quality},
    {"service", 18, Side::left, 11, service},
    {"licence", 12, Side::left, 12, licence},
}};

} // namespace

std::span<const Column> emission_columns() { return columns; }

} // namespace gacsong
