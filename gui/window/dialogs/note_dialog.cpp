// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/dialogs.hpp"
#include "gui/window/dialogs/form.hpp"
#include "report/wording/value_text.hpp"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <array>

namespace gacsong::gui {
namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

/// A number as the language writes it, or with a point.
std::optional<double> number_in(const QLineEdit& field)
{
    QString text = field.text().trimmed();
    text.replace(',', '.').replace(QString::fromUtf8("\u2212"), "-");
    bool read = false;
    const double value = text.toDouble(&read);
    return read && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<Note> ask_note(QWidget* parent, const Words& words, const Note& note, std::optional<double> center_hz)
{
    Form form(parent, words, words("gui.note.title"), words("gui.note.accept"));
    form.setObjectName("note");
    auto* label = form.add(words("gui.note.label"), new QLineEdit(qt(note.label)), words("gui.note.label_hint"));
    label->setObjectName("label");
    auto* comment = form.add(words("gui.note.comment"), new QPlainTextEdit(qt(note.comment)));
    comment->setObjectName("comment");
    comment->setTabChangesFocus(true);
    comment->setFixedHeight(4 * comment->fontMetrics().height() + 16);
    // Megahertz where the centre is known, otherwise kilohertz from it.
    const double unit = center_hz ? 1e6 : 1e3;
    const double zero = center_hz.value_or(0.0);
    const auto field = [&](const char* key, const char* name, const QString& value, const QString& hint = {}) {
        auto* made = form.add(words(key), new QLineEdit(value), hint);
        made->setObjectName(name);
        return made;
    };
    const auto edge = [&](bool upper) {
        if (!note.edges_hz)
            return QString();
        const double hz = zero + (upper ? note.edges_hz->second : note.edges_hz->first);
        return qt(number_text(hz / unit, center_hz ? 6 : 3, words.language()));
    };
    auto* low = field(center_hz ? "gui.note.low" : "gui.note.low_offset", "low", edge(false));
    auto* high =
        field(center_hz ? "gui.note.high" : "gui.note.high_offset", "high", edge(true), words("gui.note.edges_hint"));
    auto* from = field("gui.note.start", "from", qt(number_text(note.from_s, 6, words.language())));
    auto* to = field("gui.note.end", "to", qt(number_text(note.to_s, 6, words.language())));
    const std::array before{low->text(), high->text(), from->text(), to->text()};
    Note answer = note;
    form.check = [&]() -> QString {
        answer = note;
        answer.label = label->text().trimmed().toStdString();
        answer.comment = comment->toPlainText().trimmed().toStdString();
        if (answer.label.empty() && answer.comment.empty())
            return words("gui.note.needs_words");
        // What was not touched stays as exact as it was.
        if (low->text() != before[0] || high->text() != before[1]) {
            answer.edges_hz.reset();
            if (!low->text().trimmed().isEmpty() || !high->text().trimmed().isEmpty()) {
                const auto lower = number_in(*low);
                const auto upper = number_in(*high);
                if (!lower || !upper || *lower >= *upper)
                    return words("gui.note.bad_edges");
                answer.edges_hz = std::pair(*lower * unit - zero, *upper * unit - zero);
            }
        }
        if (from->text() != before[2] || to->text() != before[3]) {
            const auto begin = number_in(*from);
            const auto end = number_in(*to);
            if (!begin || !end || *begin < 0.0 || *end < *begin)
                return words("gui.note.bad_times");
            answer.from_s = *begin;
            answer.to_s = *end;
        }
        return {};
    };
    label->setFocus();
    return form.exec() == QDialog::Accepted ? std::optional(answer) : std::nullopt;
}

} // namespace gacsong::gui
