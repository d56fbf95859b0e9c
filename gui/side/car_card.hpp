// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "gui/session/session.hpp"
#include "gui/words.hpp"

#include <QLabel>
#include <QWidget>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// Whether a transmitter comes closer: the last 6 seconds against the 24 before.
enum class Trend : std::uint8_t { unknown, closer, steady, away };
struct Movement {
    Trend trend = Trend::unknown;
    double change_db = 0.0;
};
/// `levels` in dBFS, one a second, the newest last; nothing where nothing was received.
[[nodiscard]] Movement movement(const std::vector<std::optional<double>>& levels);

/// Mean level of a band in each of the last `seconds` seconds before `to_s`, from the rows at hand.
[[nodiscard]] std::vector<std::optional<double>> levels_of(const Session& session, double low_hz, double high_hz,
                                                           double to_s, int seconds);

/// Bars of the level, the last six seconds stronger.
class LevelBars final : public QWidget {
public:
    explicit LevelBars(const paint::Theme& theme, QWidget* parent = nullptr);
    void show_levels(std::vector<std::optional<double>> levels);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const paint::Theme& theme_;
    std::vector<std::optional<double>> levels_;
};

/// A sentence in as many lines as there is room for; the last of them ends in "…" where words are left out. The whole
/// is its accessible name and its tip.
class Sentence final : public QLabel {
public:
    explicit Sentence(QWidget* parent = nullptr);
    void say(const QString& text);

    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QString whole_;
};

/// The gravest finding for a look of thirty seconds: what, where, why, how strong, and whether it comes closer.
class CarCard final : public QFrame {
    Q_OBJECT

public:
    CarCard(Session& session, const Words& words, const paint::Theme& theme, const Density& density,
            QWidget* parent = nullptr);

    /// The one to show; nothing: the gravest there is. `to_s`: the time that is looked at.
    void refresh(std::optional<int> row, double to_s);
    [[nodiscard]] std::optional<int> shown() const { return shown_; }

private:
    void fill(const Emission& emission);

    Session& session_;
    const Words& words_;
    const paint::Theme& theme_;
    Density density_;
    std::optional<int> shown_;
    QLabel* marker_ = nullptr;
    QLabel* title_ = nullptr;
    QLabel* where_ = nullptr;
    Sentence* why_ = nullptr;
    QLabel* level_ = nullptr;
    QLabel* trend_ = nullptr;
    LevelBars* bars_ = nullptr;
};

} // namespace gacsong::gui
