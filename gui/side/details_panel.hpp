// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "gui/session/archive.hpp"
#include "gui/session/session.hpp"
#include "gui/side/small_plot.hpp"
#include "gui/words.hpp"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <optional>

namespace gacsong::gui {

/// One emission: the sentence first, then what can be done, then what was measured and how well.
class DetailsPanel final : public QScrollArea {
    Q_OBJECT

public:
    struct Actions {
        QAction* report = nullptr;
        QAction* save_clip = nullptr;
        QAction* ignore = nullptr;
        QAction* add_to_register = nullptr;
        QAction* copy = nullptr;
        QAction* annotate = nullptr;
    };
    DetailsPanel(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
                 const Actions& actions, QWidget* parent = nullptr);

    void show_emission(std::optional<int> row);
    /// A button that leads back to the table, where both do not fit.
    void set_back_visible(bool visible);
    /// What the store knows of the emission that is shown.
    void show_past(const Past& past);

Q_SIGNALS:
    void why_wanted(int row);
    void back_wanted();

private:
    void build(const Actions& actions);
    void fill(const Emission& emission);
    void add_value(const QString& name, const QString& value, const QString& uncertainty,
                   std::optional<Quality> quality = std::nullopt);
    void add_fact(const QString& name, const QString& value);
    void fill_measured(const Emission& emission);
    void fill_facts(const Emission& emission);
    void fill_licence(const Emission& emission);
    [[nodiscard]] QString licence_text(const Licence& licence) const;
    void show_plots();
    void show_modulation(const picture::ModulationView& view);

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    Density density_;
    std::optional<int> row_;
    QLabel* empty_ = nullptr;
    QWidget* content_ = nullptr;
    QToolButton* back_ = nullptr;
    QLabel* marker_ = nullptr;
    QLabel* frequency_ = nullptr;
    QLabel* verdict_ = nullptr;
    QLabel* on_air_ = nullptr;
    QLabel* sentence_ = nullptr;
    QGridLayout* values_ = nullptr;
    QGridLayout* facts_ = nullptr;
    QLabel* past_ = nullptr;
    SmallPlot* spectrum_ = nullptr;
    SmallPlot* modulation_ = nullptr;
    SmallPlot* level_ = nullptr;
};

} // namespace gacsong::gui
