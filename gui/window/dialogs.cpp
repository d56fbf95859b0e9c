// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/dialogs.hpp"

#include "gui/models/emissions_model.hpp"
#include "gui/window/actions.hpp"
#include "gui/window/dialogs/form.hpp"
#include "report/records/codes.hpp"
#include "report/text/time_text.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

template <class T> QString origin_hint(const Words& words, const sdr::Fact<T>& fact)
{
    if (!fact.value)
        return words("gui.missing.unknown");
    if (fact.origin == Origin::file_name)
        return words("gui.missing.by_name");
    return words(Message("gui.missing.stated",
                         {{"source", words.wording().text(fmt::format("gui.origin.{}", code(fact.origin)))}}));
}

} // namespace

std::optional<sdr::InputFlags> ask_missing_facts(QWidget* parent, const Words& words, const sdr::Inspection& inspection,
                                                 const sdr::InputFlags& known)
{
    Form form(parent, words, words("gui.missing.title"), words("gui.missing.open"));
    form.setObjectName("missing_facts");
    const auto& facts = inspection.facts;
    auto* type = new QComboBox;
    type->setObjectName("type");
    type->setEditable(false);
    type->addItem(words("gui.missing.choose"), QString());
    for (const char* name : {"cu8", "cs8", "cs16", "cs32", "cf32", "cf64", "cs16_be", "cf32_be"})
        type->addItem(name, QString(name));
    QString type_hint = origin_hint(words, facts.type);
    if (facts.type.value) {
        type->setCurrentIndex(type->findData(qt(facts.type.value->name())));
    } else if (inspection.type_hint) {
        type->setCurrentIndex(type->findData(qt(*inspection.type_hint)));
        type_hint = words("gui.missing.by_samples");
    }
    form.add(words("gui.missing.type"), type, type_hint);
    auto* rate = new QLineEdit(
        facts.rate_hz.value ? qt(number_text_trimmed(*facts.rate_hz.value / 1e6, 6, words.language())) : QString());
    rate->setObjectName("rate");
    rate->setPlaceholderText("2.4 MHz, 250k");
    form.add(words("gui.missing.rate"), rate, origin_hint(words, facts.rate_hz));
    auto* center = new QLineEdit(
        facts.center_hz.value ? qt(number_text_trimmed(*facts.center_hz.value / 1e6, 6, words.language())) : QString());
    center->setObjectName("center");
    center->setPlaceholderText("98.0");
    form.add(words("gui.missing.center"), center,
             facts.center_hz.value ? origin_hint(words, facts.center_hz) : words("gui.missing.no_center"));
    auto* start = new QLineEdit(facts.start.value ? qt(rfc3339(*facts.start.value, 0)) : QString());
    start->setObjectName("start");
    start->setPlaceholderText("2026-11-02T10:15:00+07:00");
    form.add(words("gui.missing.start"), start,
             facts.start.value ? origin_hint(words, facts.start) : words("gui.missing.no_start"));
    sdr::InputFlags flags = known;
    form.check = [&]() -> QString {
        flags = known;
        flags.type = parse_sample_format(type->currentData().toString().toStdString());
        if (!flags.type)
            return words("gui.missing.needs_type");
        flags.rate_hz = read_frequency(rate->text());
        if (!flags.rate_hz || *flags.rate_hz <= 0.0)
            return words("gui.missing.needs_rate");
        flags.center_hz = read_frequency(center->text());
        if (!flags.center_hz && !center->text().trimmed().isEmpty())
            return words("gui.missing.bad_center");
        flags.start = parse_rfc3339(start->text().trimmed().toStdString());
        if (!flags.start && !start->text().trimmed().isEmpty())
            return words("gui.missing.bad_start");
        return {};
    };
    return form.exec() == QDialog::Accepted ? std::optional(flags) : std::nullopt;
}

std::optional<IgnoreChoice> ask_ignore(QWidget* parent, const Words& words, const Emission& emission)
{
    Form form(parent, words, words("gui.ignore.title"), words("gui.ignore.accept"));
    form.setObjectName("ignore");
    auto* reason = new QComboBox;
    reason->setObjectName("reason");
    reason->setEditable(true);
    for (const char* key : {"gui.ignore.own", "gui.ignore.known", "gui.ignore.receiver"})
        reason->addItem(words(key));
    reason->setCurrentText({});
    form.add(words("gui.ignore.reason"), reason, words("gui.ignore.reason_hint"));
    auto* until = new QLineEdit;
    until->setObjectName("until");
    until->setPlaceholderText("31/12/2026");
    form.add(words("gui.ignore.until"), until, words("gui.ignore.until_hint"));
    auto* width = new QLineEdit(qt(number_text(std::max(1.2 * emission.bandwidth_hz, 1e3) / 1e3, 1, words.language())));
    form.add(words("gui.ignore.width"), width);
    IgnoreChoice choice;
    form.check = [&]() -> QString {
        choice.reason = reason->currentText().trimmed().toStdString();
        if (choice.reason.empty())
            return words("gui.ignore.needs_reason");
        choice.until.clear();
        if (const QString text = until->text().trimmed(); !text.isEmpty()) {
            const QDate day = QDate::fromString(text, "d/M/yyyy");
            if (!day.isValid())
                return words("gui.ignore.bad_day");
            choice.until = day.toString(Qt::ISODate).toStdString();
        }
        QString number = width->text().trimmed();
        number = words.language() == Language::vi ? number.remove('.').replace(',', '.') : number.remove(',');
        bool read = false;
        choice.width_hz = number.toDouble(&read) * 1e3;
        return read && choice.width_hz > 0.0 ? QString() : words("gui.ignore.bad_width");
    };
    return form.exec() == QDialog::Accepted ? std::optional(choice) : std::nullopt;
}

std::optional<CaseChoice> ask_case(QWidget* parent, const Words& words, const std::vector<CaseFile>& open_cases)
{
    Form form(parent, words, words("gui.case.title"), words("gui.case.accept"));
    form.setObjectName("case");
    auto* which = form.add(words("gui.case.which"), new QComboBox);
    which->setObjectName("which");
    which->addItem(words("gui.case.new"), QString());
    for (const CaseFile& one : open_cases)
        which->addItem(qt(printable(one.case_id + " · " + one.title)), qt(one.case_id));
    if (!open_cases.empty())
        which->setCurrentIndex(1);
    auto* title = form.add(words("gui.case.name"), new QLineEdit, words("gui.case.name_hint"));
    title->setObjectName("title");
    const auto follow = [which, title] { title->setEnabled(which->currentData().toString().isEmpty()); };
    QObject::connect(which, &QComboBox::currentIndexChanged, title, follow);
    follow();
    CaseChoice choice;
    form.check = [&]() -> QString {
        choice = {which->currentData().toString().toStdString(), title->text().trimmed().toStdString()};
        return choice.id.empty() && choice.title.empty() ? words("gui.case.needs_name") : QString();
    };
    return form.exec() == QDialog::Accepted ? std::optional(choice) : std::nullopt;
}

bool ask_yes(QWidget* parent, const Words& words, const QString& title, const QString& line, const QString& yes)
{
    Form form(parent, words, title, yes);
    auto* text = new QLabel(line);
    text->setWordWrap(true);
    form.layout()->addWidget(text);
    return form.exec() == QDialog::Accepted;
}

std::optional<RegisterChoice> ask_register(QWidget* parent, const Words& words, const Emission& emission)
{
    Form form(parent, words, words("gui.register.title"), words("gui.register.accept"));
    form.setObjectName("register");
    auto* id = form.add(words("gui.register.id"), new QLineEdit);
    auto* holder = form.add(words("gui.register.holder"), new QLineEdit);
    auto* note = form.add(
        words("gui.register.note"), new QLineEdit,
        words(Message("gui.register.hint", {{"center", Quantity{emission.center_hz.value_or(0.0), Unit::frequency}}})));
    RegisterChoice choice;
    form.check = [&]() -> QString {
        choice = {id->text().trimmed().toStdString(), holder->text().trimmed().toStdString(),
                  note->text().trimmed().toStdString()};
        return choice.id.empty() ? words("gui.register.needs_id") : QString();
    };
    return form.exec() == QDialog::Accepted ? std::optional(choice) : std::nullopt;
}

std::optional<QString> ask_line(QWidget* parent, const Words& words, const QString& title, const QString& label,
                                const QString& value)
{
    Form form(parent, words, title, words("gui.dialog.go"));
    auto* line = form.add(label, new QLineEdit(value));
    line->selectAll();
    return form.exec() == QDialog::Accepted ? std::optional(line->text()) : std::nullopt;
}

void show_sections(QWidget* parent, const Words& words, const QString& title, const std::vector<Section>& sections)
{
    QDialog dialog(parent);
    dialog.setObjectName("sections");
    dialog.setWindowTitle(title);
    dialog.resize(680, 560);
    auto* column = new QVBoxLayout(&dialog);
    auto* text = new QTextBrowser;
    text->setAccessibleName(title);
    QString html;
    for (const Section& section : sections) {
        html += QString("<h3>%1</h3>").arg(qt(section.title).toHtmlEscaped());
        for (const std::string& sentence : section.sentences)
            html += QString("<p>%1</p>").arg(qt(sentence).toHtmlEscaped());
    }
    text->setHtml(html);
    column->addWidget(text);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(words("gui.dialog.close"), QDialogButtonBox::RejectRole);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column->addWidget(buttons);
    dialog.exec();
}

void show_shortcuts(QWidget* parent, const Words& words, bool single_keys)
{
    QDialog dialog(parent);
    dialog.setObjectName("shortcuts_sheet");
    dialog.setWindowTitle(words("gui.shortcuts.title"));
    dialog.resize(860, 600);
    auto* column = new QVBoxLayout(&dialog);
    auto* search = new QLineEdit;
    search->setPlaceholderText(words("gui.shortcuts.search"));
    search->setAccessibleName(words("gui.shortcuts.search"));
    column->addWidget(search);
    auto* text = new QTextBrowser;
    text->setAccessibleName(dialog.windowTitle());
    column->addWidget(text, 1);
    const auto fill = [&, single_keys](const QString& wanted) {
        struct Column {
            const char* title;
            std::vector<Group> groups;
        };
        const std::array<Column, 3> columns{{{"gui.shortcuts.picture", {Group::picture, Group::replay}},
                                             {"gui.shortcuts.findings", {Group::findings}},
                                             {"gui.shortcuts.program", {Group::file, Group::view, Group::help}}}};
        QString html = "<table width='100%'><tr>";
        for (const Column& one : columns) {
            html += QString("<td width='33%' valign='top'><h3>%1</h3><table>").arg(words(one.title));
            for (const ActionSpec& spec : action_specs()) {
                const QString name = words(fmt::format("gui.act.{}", spec.key)).remove(QString::fromUtf8("…"));
                const bool here = std::ranges::find(one.groups, spec.group) != one.groups.end();
                if (!here || *spec.keys == '\0' || (spec.single && !single_keys) ||
                    !folded(name).contains(folded(wanted)))
                    continue;
                html += QString("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                            .arg(QString(spec.keys).toHtmlEscaped(), name);
            }
            html += "</table></td>";
        }
        text->setHtml(html + "</tr></table><p>" + words("gui.shortcuts.mouse") + "</p>");
    };
    fill({});
    QObject::connect(search, &QLineEdit::textChanged, &dialog, fill);
    dialog.exec();
}

} // namespace gacsong::gui
