// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"

#include <QLineEdit>

namespace gacsong::gui {

/// A field to search with. What can be searched stands in it where it has room for that whole, else a short word, and
/// it is always the field's accessible name and its tip.
class SearchField final : public QLineEdit {
public:
    SearchField(const QString& hint, const QString& short_hint, const Density& density, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QString hint_;
    QString short_hint_;
};

} // namespace gacsong::gui
