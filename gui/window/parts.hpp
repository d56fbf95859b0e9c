// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/look/look.hpp"
#include "gui/session/session.hpp"
#include "gui/window/actions.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

namespace gacsong::gui {

/// What the parts of the window are made with.
struct Makings {
    Session& session;
    const Words& words;
    const paint::Theme& theme;
    Density density;
    const Actions& actions;
};

/// Above everything: what is open, where it is tuned, switches of the picture.
class ToolBar final : public QWidget {
    Q_OBJECT

public:
    ToolBar(const Makings& makings, bool narrow, QWidget* parent = nullptr);

    void take_recording();
    void take_view(double span_hz, double resolution_hz);

Q_SIGNALS:
    void source_wanted(QPoint below);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build_switches(QHBoxLayout& row);
    void fit();
    void name_source();

    Makings with_;
    bool narrow_ = false;
    QToolButton* source_ = nullptr;
    std::vector<QToolButton*> switches_;
    QToolButton* more_ = nullptr; ///< in whose menu the switches are where there is no room for them
    std::vector<QToolButton*> views_;
    std::vector<QWidget*> span_pair_;
    std::vector<QWidget*> resolution_pair_;
    QLabel* centre_ = nullptr;
    QLabel* span_ = nullptr;
    QLabel* resolution_ = nullptr;
};

/// Below the picture: play, speed, loop, clock, next finding.
class Transport final : public QWidget {
    Q_OBJECT

public:
    Transport(const Makings& makings, bool narrow, QWidget* parent = nullptr);

    void take_position(double at_s, bool playing);
    [[nodiscard]] double speed() const { return speed_; } ///< 0: as fast as possible

Q_SIGNALS:
    void speed_chosen(double speed);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    Makings with_;
    double speed_ = 1.0;
    QToolButton* play_ = nullptr;
    QLabel* clock_ = nullptr;
    QLabel* zone_ = nullptr;
    std::vector<QToolButton*> words_; ///< whose texts give way to their icons
    bool narrow_ = false;
};

/// In a car: six large buttons in the place of the line below the picture.
class CarButtons final : public QWidget {
    Q_OBJECT

public:
    explicit CarButtons(const Makings& makings, QWidget* parent = nullptr);

    void take_source(bool live);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Button {
        QPushButton* button = nullptr;
        QString text;
    };

    int picture_px_;
    std::vector<Button> live_;
    std::vector<Button> replay_;
};

/// The last line: whether everything is as it should be.
class HealthLine final : public QWidget {
    Q_OBJECT

public:
    explicit HealthLine(const Makings& makings, QWidget* parent = nullptr);

    void refresh(bool playing);

Q_SIGNALS:
    void cancel_wanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Item {
        QWidget* box = nullptr;
        QLabel* icon = nullptr;
        QLabel* name = nullptr;
        QLabel* value = nullptr;
        bool said = false; ///< there is something to say
        bool wrong = false;
    };
    void fit();
    Item add(QHBoxLayout& row, const QString& icon);
    void set(Item& item, const QString& icon, const QString& name, const QString& value, bool wrong);
    [[nodiscard]] QString disk_left() const;

    Makings with_;
    Item state_, gaps_, overload_, floor_, clock_, position_, disk_, analysed_;
    QPushButton* cancel_ = nullptr;
};

/// Messages that stay until they are dealt with; at most two, the newest on top.
class Banners final : public QWidget {
    Q_OBJECT

public:
    enum class Kind { danger, warning, notice };
    struct Button {
        QString text;
        std::function<void()> act;
    };
    Banners(const Words& words, const paint::Theme& theme, const Density& density, QWidget* parent = nullptr);

    /// `key`: a later message of the same key replaces it.
    void show_message(const QString& key, Kind kind, const QString& title, const QString& text,
                      std::vector<Button> buttons);
    void remove(const QString& key);
    void clear();

private:
    const Words& words_;
    const paint::Theme& theme_;
    Density density_;
};

/// What is shown while nothing is open.
class Welcome final : public QWidget {
    Q_OBJECT

public:
    explicit Welcome(const Makings& makings, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const paint::Theme& theme_;
};

/// A button of an action: icon and text, or the icon alone.
[[nodiscard]] QToolButton* action_button(QAction& action, bool text, const Density& density);

} // namespace gacsong::gui
