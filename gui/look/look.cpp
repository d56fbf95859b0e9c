// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/look.hpp"

#include "report/picture/sheet.hpp"

#include <QFontMetrics>
#include <QMap>
#include <algorithm>

namespace gacsong::gui {

int column_width(const QTableView& table, int column, int wanted)
{
    const QFont font = picture::text_font(table.font().pixelSize() > 0 ? table.font().pixelSize() : 13);
    const QString heading = table.model()->headerData(column, Qt::Horizontal).toString();
    constexpr int sides = 12;
    constexpr int mark = 16;
    return std::max(wanted, QFontMetrics(font).horizontalAdvance(heading) + sides + mark);
}

QPalette palette(const paint::Theme& t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.panel);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.panel);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.text3);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.danger);
    p.setColor(QPalette::Highlight, t.selection);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.line);
    p.setColor(QPalette::Light, t.raised);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.text3);
    return p;
}

QString style_sheet(const paint::Theme& t, const Density& d)
{
    QString sheet = R"(
* { font-size: @textpx; }
QMainWindow, QDialog, QStatusBar { background: @panel; color: @text; }
QMenuBar { background: @panel; color: @text; spacing: 2px; padding: 1px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected, QMenu::item:selected { background: @selection; color: @text; }
QMenu { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }
QPushButton, QToolButton { background: transparent; color: @text; border: 1px solid @border; border-radius: 4px;
  padding: 0px 12px; min-height: @buttoninnerpx; }
QToolButton { padding: 0px 8px; }
QPushButton, QToolButton { icon-size: @iconpx; }
QPushButton:hover, QToolButton:hover { background: @raised; }
QPushButton:pressed, QToolButton:pressed { background: @selection; }
QPushButton:disabled, QToolButton:disabled { color: @text3; border-color: @line; }
QPushButton[primary="true"] { background: @accent; color: @accentink; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: @line; color: @text3; border-color: @line; }
QToolButton[flat="true"], QPushButton[flat="true"] { border-color: transparent; }
QToolButton:checked, QPushButton:checked { background: @selection; border-color: @accent; color: @text; }
QToolButton::menu-indicator { image: none; }
QPushButton[pill="true"] { border-radius: @pillpx; padding: 0px 10px; min-height: @pillinnerpx; min-width: @pillleastpx; }
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QTableView:focus, QPlainTextEdit:focus, QCheckBox:focus, QListWidget:focus, QTextBrowser:focus, QDateTimeEdit:focus
  { border: 2px solid @accent; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QLineEdit { background: @bg; color: @text; border: 1px solid @border; border-radius: 4px; padding: 0px 6px;
  selection-background-color: @selection; selection-color: @text; }
QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QListWidget, QDateTimeEdit { background: @bg; color: @text;
  border: 1px solid @border; border-radius: 4px; padding: 2px 8px; min-height: @fieldpx;
  selection-background-color: @selection; selection-color: @text; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line;
  selection-background-color: @selection; selection-color: @text; }
QTableView { background: @panel; color: @text; border: 2px solid transparent; gridline-color: transparent;
  selection-background-color: @selection; selection-color: @text; }
QHeaderView { background: @raised; }
QHeaderView::section { background: @raised; color: @text2; border: none; border-bottom: 1px solid @line;
  padding: 3px 6px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: margin; subcontrol-position: top center;
  width: 9px; height: 7px; }
QCheckBox::indicator { width: @markpx; height: @markpx; border: 1px solid @border; border-radius: 3px;
  background: @bg; }
QCheckBox::indicator:checked { border: 1px solid @accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.7,
  fx: 0.5, fy: 0.5, stop: 0 @accent, stop: 0.6 @accent, stop: 0.61 @bg, stop: 1 @bg); }
QCheckBox { spacing: 8px; }
QTabBar::tab { background: @panel; color: @text2; padding: 6px 14px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { border: 2px solid @accent; }
QTreeView { background: @panel; color: @text; border: 1px solid @line; selection-background-color: @selection;
  selection-color: @text; }
QTreeView:focus { border: 2px solid @accent; }
QSplitter::handle { background: @line; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: none;
  width: 0; height: 0; }
QScrollArea { border: none; background: @panel; }
QTextBrowser { background: @panel; color: @text; border: 1px solid @line; border-radius: 4px; padding: 8px; }
QLabel#sentence { border: 2px solid transparent; }
QLabel#sentence:focus { border: 2px solid @accent; }
QLabel[dim="true"] { color: @text2; }
QLabel[hint="true"] { color: @text3; }
QLabel[section="true"] { font-size: @titlepx; font-weight: 600; }
QLabel[strong="true"] { font-weight: 600; }
QFrame[line="true"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[upright="true"] { background: @line; border: none; max-width: 1px; min-width: 1px; }
QWidget[bar="true"] { background: @panel; }
QWidget[ground="true"] { background: @bg; }
)";
    const QMap<QString, QString> values{
        {"@textpx", QString("%1px").arg(d.text())},
        {"@titlepx", QString("%1px").arg(d.title())},
        {"@buttoninnerpx", QString("%1px").arg(d.button() - 2)},
        {"@pillinnerpx", QString("%1px").arg(d.scaled(d.car ? 46 : 26))},
        {"@pillleastpx", QString("%1px").arg(d.scaled(d.car ? 46 : 26) - 17)}, // never narrower than it is high
        {"@pillpx", QString("%1px").arg(d.scaled(d.car ? 46 : 26) / 2 + 1)},
        {"@fieldpx", QString("%1px").arg(d.scaled(d.car ? 44 : 26))},
        {"@markpx", QString("%1px").arg(d.scaled(d.car ? 24 : 14))},
        {"@iconpx", QString("%1px").arg(d.scaled(d.car ? 20 : 16))},
        {"@accentink", t.accent_ink.name()},
        {"@accent", t.accent.name()},
        {"@panel", t.panel.name()},
        {"@raised", t.raised.name()},
        {"@selection", t.selection.name()},
        {"@border", t.border.name()},
        {"@line", t.line.name()},
        {"@text2", t.text2.name()},
        {"@text3", t.text3.name()},
        {"@text", t.text.name()},
        {"@bg", t.background.name()},
    };
    // Longer names first: @text is the beginning of @text2.
    QStringList names = values.keys();
    std::sort(names.begin(), names.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& name : names)
        sheet.replace(name, values[name]);
    return sheet;
}

} // namespace gacsong::gui
