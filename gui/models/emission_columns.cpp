// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/emission_columns.hpp"

#include "report/paint/theme.hpp"
#include "report/records/codes.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

QString number(double value, int decimals, const Words& words)
{
    return qt(number_text(value, decimals, words.language()));
}

QString quality_word(const Emission& e, const Words& words)
{
    return words(e.quality == Quality::poor ? "quality.poor_short" : fmt::format("quality.{}", code(e.quality)));
}

QString moment(const std::optional<Instant>& absolute, double seconds, const Words& words)
{
    return qt(absolute ? clock_text(*absolute, words.language())
                       : quantity_text({seconds, Unit::at, 0.001}, words.language()));
}

double frequency(const Emission& e) { return e.center_hz.value_or(e.offset_hz); }

constexpr std::array<EmissionColumn, 17> columns{{
    {"verdict", 176, false, true,
     [](const Emission& e, const Words& w) { return w(fmt::format("verdict.{}.short", code(e.verdict))); },
     [](const Emission& e, const Words&) { return QVariant(urgency(e)); }},
    {"frequency", 82, true, true,
     [](const Emission& e, const Words& w) { return number(frequency(e) / (e.center_hz ? 1e6 : 1e3), 3, w); },
     [](const Emission& e, const Words&) { return QVariant(frequency(e)); }},
    {"identified", 0, false, true, identified,
     [](const Emission& e, const Words& w) { return QVariant(identified(e, w)); }},
    {"width", 78, true, true, [](const Emission& e, const Words& w) { return number(e.bandwidth_hz / 1e3, 1, w); },
     [](const Emission& e, const Words&) { return QVariant(e.bandwidth_hz); }},
    {"snr", 64, true, true, [](const Emission& e, const Words& w) { return number(e.snr_db, 1, w); },
     [](const Emission& e, const Words&) { return QVariant(e.snr_db); }},
    {"level", 84, true, false, [](const Emission& e, const Words& w) { return number(e.power_dbfs, 1, w); },
     [](const Emission& e, const Words&) { return QVariant(e.power_dbfs); }},
    {"level_dbm", 84, true, false,
     [](const Emission& e, const Words& w) {
         return e.power_dbm ? number(*e.power_dbm, 1, w) : QString::fromUtf8("—");
     },
     [](const Emission& e, const Words&) { return QVariant(e.power_dbm.value_or(e.power_dbfs - 1e3)); }},
    {"first", 100, true, false, [](const Emission& e, const Words& w) { return moment(e.start, e.start_s, w); },
     [](const Emission& e, const Words&) { return QVariant(e.start_s); }},
    {"last", 100, true, false, [](const Emission& e, const Words& w) { return moment(e.end, e.end_s, w); },
     [](const Emission& e, const Words&) { return QVariant(e.end_s); }},
    {"duration", 84, true, false, [](const Emission& e, const Words& w) { return number(e.end_s - e.start_s, 2, w); },
     [](const Emission& e, const Words&) { return QVariant(e.end_s - e.start_s); }},
    {"bursts", 70, true, false,
     [](const Emission& e, const Words& w) { return number(static_cast<double>(e.bursts), 0, w); },
     [](const Emission& e, const Words&) { return QVariant(static_cast<qulonglong>(e.bursts)); }},
    {"duty", 70, true, false, [](const Emission& e, const Words& w) { return number(100.0 * e.duty, 0, w); },
     [](const Emission& e, const Words&) { return QVariant(e.duty); }},
    {"modulation", 90, false, false,
     [](const Emission& e, const Words& w) { return qt(w.wording().term(e.modulation.name)); },
     [](const Emission& e, const Words&) { return QVariant(qt(e.modulation.name)); }},
    {"service", 140, false, false,
     [](const Emission& e, const Words& w) { return e.service.empty() ? QString() : qt(w.wording().term(e.service)); },
     [](const Emission& e, const Words&) { return QVariant(qt(e.service)); }},
    {"licence", 100, false, false,
     [](const Emission& e, const Words&) { return e.licence ? qt(printable(e.licence->id)) : QString(); },
     [](const Emission& e, const Words&) { return QVariant(e.licence ? qt(e.licence->id) : QString()); }},
    {"quality", 80, false, false, quality_word,
     [](const Emission& e, const Words&) { return QVariant(static_cast<int>(e.quality)); }},
    {"id", 60, false, false, [](const Emission& e, const Words&) { return qt(printable(e.id)); },
     [](const Emission& e, const Words&) { return QVariant(qt(e.id).mid(1).toLongLong()); }},
}};

} // namespace

std::span<const EmissionColumn> emission_columns() { return columns; }

int column_of(std::string_view key)
{
    const auto found = std::ranges::find(columns, key, &EmissionColumn::key);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

QString identified(const Emission& emission, const Words& words)
{
    const auto text = [](const char* key, const Emission& e) {
        const auto found = e.system.identity.find(key);
        return found == e.system.identity.end() ? QString() : qt(printable(found->second));
    };
    const bool named = emission.system.name != "unknown" && !emission.system.name.empty();
    QString name = named ? qt(words.wording().term(emission.system.name)) : QString();
    if (name.isEmpty() && emission.modulation.name != "unknown")
        name = qt(words.wording().term(emission.modulation.name));
    for (const char* key : {"rds_ps", "callsign", "mmsi", "icao"}) {
        if (const QString own = text(key, emission); !own.isEmpty())
            return name + QString::fromUtf8(" · ") + own;
    }
    return name.isEmpty() ? QString::fromUtf8("—") : name;
}

double urgency(const Emission& emission)
{
    // Levels lie within some hundred decibels: gravity decides first. A poor one is never a finding.
    const int poor = emission.quality == Quality::poor ? 1 : 0;
    return 1e4 * static_cast<double>(paint::gravity(emission.verdict)) + 1e3 * poor - emission.power_dbfs;
}

} // namespace gacsong::gui
