// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "gui/words.hpp"
#include "report/paint/theme.hpp"

#include <QWidget>

namespace gacsong::gui {

/// The score as a stacked bar of its groups, 0 to 100, with the marks from which a cell is doubtful (41) and shows
/// signs of a fake one (60). Where the ladder lowers or raises the sum, the mark of the score stands apart from the end
/// of the bar.
class ScoreBar final : public QWidget {
public:
    ScoreBar(const Words& words, const paint::Theme& theme, const QFont& font, QWidget* parent = nullptr);

    void show_cell(const Cell& cell);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Words& words_;
    const paint::Theme& theme_;
    Cell cell_;
};

/// Sum of the groups of a cell, before the ladder.
[[nodiscard]] double sum_of_groups(const Cell& cell);

} // namespace gacsong::gui
