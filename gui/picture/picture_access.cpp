// SPDX-License-Identifier: GPL-3.0-or-later
// For a screen reader the picture is a table of its emissions and annotations, one sentence each.
#include "gui/models/notes_model.hpp"
#include "gui/picture/picture_view.hpp"
#include "report/explain/explain.hpp"
#include "report/wording/value_text.hpp"

#include <QAccessible>
#include <QAccessibleWidget>
#include <map>
#include <memory>

namespace gacsong::gui {
namespace {

class PictureAccess;

/// One emission, or behind them one annotation.
class EmissionAccess final : public QAccessibleInterface {
public:
    EmissionAccess(PictureAccess& picture, int row) : picture_(picture), row_(row) {}

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override { return {}; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;

private:
    PictureAccess& picture_;
    int row_;
};

class PictureAccess final : public QAccessibleWidget {
public:
    PictureAccess(PictureView& view, Session& session, const Words& words)
        : QAccessibleWidget(&view, QAccessible::Table), view_(view), session_(session), words_(words)
    {
    }
    ~PictureAccess() override
    {
        for (const auto& [row, id] : ids_)
            QAccessible::deleteAccessibleInterface(id);
    }
    PictureAccess(const PictureAccess&) = delete;
    PictureAccess& operator=(const PictureAccess&) = delete;

    [[nodiscard]] int childCount() const override { return emissions() + static_cast<int>(view_.notes().size()); }
    [[nodiscard]] QAccessibleInterface* child(int row) const override
    {
        if (row < 0 || row >= childCount())
            return nullptr;
        auto& id = ids_[row];
        if (id == 0)
            id = QAccessible::registerAccessibleInterface(new EmissionAccess(const_cast<PictureAccess&>(*this), row));
        return QAccessible::accessibleInterface(id);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [row, id] : ids_) {
            if (QAccessible::accessibleInterface(id) == child)
                return row;
        }
        return -1;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Name || !session_.recording())
            return QAccessibleWidget::text(kind);
        std::int64_t shown = 0;
        std::int64_t grave = 0;
        for (const Emission& e : session_.emissions()) {
            ++shown;
            grave += paint::gravity(e.verdict) <= paint::Gravity::serious ? 1 : 0;
        }
        const double centre = view_.scene().center_hz.value_or(0.0);
        return words_.spoken(words_(
            Message("gui.picture.spoken", {{"low", Quantity{centre + view_.view().low_hz, Unit::frequency, 1e3}},
                                           {"high", Quantity{centre + view_.view().high_hz, Unit::frequency, 1e3}},
                                           {"shown", shown},
                                           {"grave", grave}})));
    }

    [[nodiscard]] QString sentence(int row) const
    {
        if (row >= emissions())
            return words_.spoken(note_sentence(note(row), view_.scene().center_hz, words_));
        const Emission& e = session_.emissions()[static_cast<std::size_t>(row)];
        return words_.spoken(QString::fromStdString(emission_sentence(e, words_.wording())));
    }
    [[nodiscard]] bool selected(int row) const
    {
        return row < emissions() ? view_.selected() == row : view_.selected_note() == note(row).id;
    }

private:
    [[nodiscard]] int emissions() const { return static_cast<int>(session_.emissions().size()); }
    [[nodiscard]] const Note& note(int row) const { return view_.notes()[static_cast<std::size_t>(row - emissions())]; }

    PictureView& view_;
    Session& session_;
    const Words& words_;
    mutable std::map<int, QAccessible::Id> ids_;
};

bool EmissionAccess::isValid() const { return row_ < picture_.childCount(); }
QAccessibleInterface* EmissionAccess::parent() const { return &picture_; }
QString EmissionAccess::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Name && isValid() ? picture_.sentence(row_) : QString();
}
QAccessible::State EmissionAccess::state() const
{
    QAccessible::State state;
    state.selectable = true;
    state.selected = picture_.selected(row_);
    return state;
}

QAccessibleInterface* make_access(const QString& /*name*/, QObject* object)
{
    if (auto* view = qobject_cast<PictureView*>(object))
        return new PictureAccess(*view, view->session(), view->words());
    return nullptr;
}

} // namespace

void install_picture_access() { QAccessible::installFactory(make_access); }

} // namespace gacsong::gui
