// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/cell_text.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gacsong::gui {
namespace {

const QString dash = QString::fromUtf8("—");

QString qt(const std::string& text) { return QString::fromStdString(text); }

bool unchecked(const Cell& cell) { return cell.reason && cell.reason->key.ends_with(".no_list"); }

std::string known_verdict(const Cell& cell) { return cell.verdict.empty() ? "unknown" : cell.verdict; }

/// Which fields an indicator looks at.
struct OddField {
    std::string_view code;
    std::string_view field;
};
constexpr std::array odd_fields{
    OddField{"R01", "mcc"},
    OddField{"R01", "mnc"},
    OddField{"R03", "cell"},
    OddField{"R03", "lac"},
    OddField{"R03", "tac"},
    OddField{"R05", "lac"},
    OddField{"R05", "tac"},
    OddField{"R08", "mcc"},
    OddField{"R08", "mnc"},
    OddField{"C01", "lac"},
    OddField{"C04", "att"},
    OddField{"C04", "t3212_min"},
    OddField{"C05", "access_classes_barred"},
    OddField{"C05", "cell_bar_access"},
    OddField{"C06", "arfcns"},
    OddField{"C06", "cell_arfcns"},
    OddField{"N01", "arfcns"},
    OddField{"N02", "arfcns"},
    OddField{"N03", "arfcns"},
    OddField{"N05", "arfcns"},
    OddField{"N07", "arfcns"},
    OddField{"S01", "cell_reselect_offset_db"},
    OddField{"S02", "rxlev_access_min_dbm"},
    OddField{"S02", "q_rx_lev_min_dbm"},
    OddField{"S03", "lac"},
    OddField{"S03", "tac"},
    OddField{"S05", "t3212_min"},
};

} // namespace

paint::MarkerStyle cell_marker(const Cell& cell, const Words& words)
{
    paint::MarkerStyle style;
    const std::string verdict = known_verdict(cell);
    if (verdict == "fake")
        style = {paint::Shape::octagon, paint::Gravity::danger, {}};
    else if (verdict == "suspect")
        style = {paint::Shape::triangle, paint::Gravity::serious, {}};
    else if (verdict == "registered" || verdict == "foreign")
        style = {paint::Shape::square, paint::Gravity::allowed, {}};
    style.letter = words(fmt::format("gui.cells.letter.{}", unchecked(cell) ? "unknown" : verdict));
    return style;
}

QString cell_verdict(const Cell& cell, const Words& words)
{
    if (unchecked(cell))
        return words(fmt::format("verdict.{}.no_list_short", known_verdict(cell)));
    return words(fmt::format("verdict.{}.short", known_verdict(cell)));
}

QString cell_network(const Cell& cell, const std::string& name)
{
    if (cell.plmn.empty())
        return dash;
    return qt(printable(name.empty() ? cell.plmn : cell.plmn + " " + name));
}

QString cell_identity(const Cell& cell)
{
    if (!cell.area && !cell.cell)
        return dash;
    const auto number = [](const auto& value) { return value ? QString::number(*value) : dash; };
    return number(cell.area) + " / " + number(cell.cell);
}

QString cell_frequency(const Cell& cell, const Words& words)
{
    if (cell.carrier_hz)
        return qt(number_text(*cell.carrier_hz / 1e6, 3, words.language())) + QString::fromUtf8("\u00A0MHz");
    return qt(number_text(cell.baseband_hz / 1e3, 1, words.language())) + QString::fromUtf8("\u00A0kHz");
}

QString cell_title(const Cell& cell, const Words& words)
{
    if (!cell.channel)
        return cell_frequency(cell, words);
    return words(Message("gui.cells.title", {{"frequency", cell_frequency(cell, words).toStdString()},
                                             {"channel", std::to_string(*cell.channel)}}));
}

QString cell_sentence(const Cell& cell, const std::string& network, const Words& words)
{
    QString text = cell_verdict(cell, words) + ". " + cell_title(cell, words) + ", " + cell_network(cell, network) +
                   ", " + cell_identity(cell);
    if (cell.level_dbfs)
        text += ", " + qt(quantity_text({*cell.level_dbfs, Unit::dbfs}, words.language()));
    if (cell.score)
        text += ", " + words(Message("gui.cells.score_of", {{"score", std::to_string(*cell.score)}}));
    return words.spoken(text) + ".";
}

double cell_urgency(const Cell& cell)
{
    constexpr std::array<std::string_view, 6> order{"fake",    "suspect", "unregistered",
                                                    "unknown", "foreign", "registered"};
    const auto at = std::ranges::find(order, known_verdict(cell)) - order.begin();
    return 1e3 * static_cast<double>(at) - static_cast<double>(cell.score.value_or(0)) -
           1e-3 * cell.level_dbfs.value_or(-200.0);
}

bool field_is_odd(const Cell& cell, std::string_view field)
{
    return std::ranges::any_of(odd_fields, [&](const OddField& odd) {
        return odd.field == field &&
               std::ranges::any_of(cell.indicators, [&](const CellIndicator& fired) { return fired.code == odd.code; });
    });
}

} // namespace gacsong::gui
