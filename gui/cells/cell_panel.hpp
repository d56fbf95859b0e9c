// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/cells/score_bar.hpp"
#include "gui/look/look.hpp"
#include "gui/session/session.hpp"
#include "gui/window/actions.hpp"

#include <QCheckBox>
#include <QLabel>
#include <QScrollArea>
#include <QTableWidget>
#include <QTreeWidget>
#include <optional>

namespace gacsong::gui {

/// What is known of one base station: sentence, actions, the score with every indicator and its arithmetic, what could
/// not be evaluated, and everything it broadcast as a tree.
class CellPanel final : public QScrollArea {
    Q_OBJECT

public:
    CellPanel(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
              const Actions& actions, QWidget* parent = nullptr);

    void show_cell(std::optional<int> row);
    [[nodiscard]] const QTableWidget& ledger() const { return *ledger_; }
    [[nodiscard]] QTreeWidget& tree() { return *tree_; }
    [[nodiscard]] QCheckBox& odd_only() { return *odd_only_; }

private:
    void build_ledger();
    void build(const Actions& actions);
    void fit_ledger();
    void fill_ledger(const Cell& cell);
    void fill_tree(const Cell& cell);
    [[nodiscard]] QString arithmetic(const Cell& cell, const CellIndicator& one) const;

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    Density density_;
    std::optional<int> row_;
    QLabel* empty_ = nullptr;
    QWidget* content_ = nullptr;
    QLabel* marker_ = nullptr;
    QLabel* title_ = nullptr;
    QLabel* verdict_ = nullptr;
    QLabel* score_ = nullptr;
    QLabel* sentence_ = nullptr;
    ScoreBar* bar_ = nullptr;
    QTableWidget* ledger_ = nullptr;
    QLabel* sum_ = nullptr;
    QLabel* left_out_ = nullptr;
    QLabel* counts_ = nullptr;
    QCheckBox* odd_only_ = nullptr;
    QTreeWidget* tree_ = nullptr;
};

} // namespace gacsong::gui
