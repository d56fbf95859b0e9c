// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "gui/models/emissions_model.hpp"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QWidget>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// Everything found, to be sorted, filtered and searched. What is to be looked at comes first.
class EmissionTable final : public QWidget {
    Q_OBJECT

public:
    /// `narrow`: there is room for four columns.
    EmissionTable(Session& session, const Words& words, const paint::Theme& theme, const Density& density, bool narrow,
                  QWidget* parent = nullptr);

    void take_emissions(); ///< some were added
    void reset();          ///< the list is another one
    void changed(int row);
    void leaving(int row); ///< a row is about to go
    void left();

    /// Row of the session's list.
    void set_selected(std::optional<int> row);
    [[nodiscard]] std::optional<int> selected() const;
    /// The next (or previous) row in the order of the table; nothing at its end. With `findings` only those to look at.
    [[nodiscard]] std::optional<int> step(bool forward, bool findings) const;

    /// To the field to search with, which may have given way.
    void find();

    [[nodiscard]] QTableView& view() { return *table_; }
    [[nodiscard]] QLineEdit& search() { return *search_; }
    [[nodiscard]] EmissionFilter& filter() { return filter_; }
    /// The selected row as text with tabs, its headings above it.
    [[nodiscard]] QString copied() const;

    /// Whether a store is there that knows what was heard before.
    void set_memory(bool there);
    [[nodiscard]] QComboBox& since() { return *since_; }

Q_SIGNALS:
    /// What is new here since so many days is wanted (0: what no earlier run heard); nothing: everything.
    void since_wanted(std::optional<int> days);
    void picked(int row);
    void details_wanted(int row);
    void menu_wanted(QPoint where, int row);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit_columns();
    void fit_height();
    void build(const Density& density, bool narrow);
    void build_pills();
    void update_counts();
    void say_state();

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    EmissionsModel model_;
    EmissionFilter filter_;
    QWidget* head_ = nullptr;
    QWidget* filters_ = nullptr;
    QLabel* title_ = nullptr;
    QLabel* count_ = nullptr;
    QLineEdit* search_ = nullptr;
    QComboBox* since_ = nullptr;
    QHBoxLayout* pills_ = nullptr;
    QButtonGroup* group_ = nullptr;
    QTableView* table_ = nullptr;
    bool car_ = false;
    QLabel* empty_ = nullptr;
    int pill_marker_ = 16;       ///< pixels
    std::vector<int> given_way_; ///< columns that are hidden for want of room
    bool telling_ = false;       ///< the selection is being set from outside
};

} // namespace gacsong::gui
