// SPDX-License-Identifier: GPL-3.0-or-later
// Listening to what is meant for everybody, and a tone for the level of anything. Off at every start, entered in the
// log of the store, never recorded.
#include "gui/window/window.hpp"
#include "report/json/message_json.hpp"

namespace gacsong::gui {

void Window::connect_sound()
{
    connect(&action(Act::listen), &QAction::triggered, this,
            [this](bool on) { sound(on ? Sound::content : Sound::none); });
    connect(&action(Act::homing_tone), &QAction::triggered, this,
            [this](bool on) { sound(on ? Sound::level : Sound::none); });
    show_sound();
}

void Window::show_sound()
{
    action(Act::listen).setChecked(listener_.listening());
    action(Act::homing_tone).setChecked(listener_.sounding_level());
    for (const Act act : {Act::listen, Act::homing_tone})
        action(act).setEnabled(session_.recording().has_value());
    if (session_.recording())
        listener_.follow(picture_->view().to_s, playing_);
}

void Window::sound(Sound what)
{
    listener_.stop();
    if (what == Sound::none || !session_.recording())
        return show_sound();
    // What is pointed at comes before what is selected: one looks and listens along the band.
    const std::optional<int> row = picture_->pointed() ? picture_->pointed() : selected_;
    if (!row || *row >= static_cast<int>(session_.emissions().size())) {
        banners_->show_message("sound", Banners::Kind::notice, (*words_)("gui.sound.refused"),
                               (*words_)("gui.sound.needs_emission"), {});
        return show_sound();
    }
    if (row != selected_)
        select(row, false);
    const Emission& emission = session_.emissions()[static_cast<std::size_t>(*row)];
    Status begun = what == Sound::level ? listener_.sound_level(emission) : Status{};
    if (what == Sound::content) {
        // Who listened to what can be looked up, or nobody listens.
        if (!archive_.has_store())
            begun = failure("gui.sound.no_log");
        else
            begun = listener_.listen(emission);
    }
    if (!begun) {
        banners_->show_message("sound", Banners::Kind::warning, (*words_)("gui.sound.refused"),
                               (*words_)(begun.error().message), {});
    } else {
        banners_->remove("sound");
        if (what == Sound::content) {
            const Quantity center{emission.center_hz.value_or(0.0), Unit::frequency, 1e3};
            archive_.log("listen", emission.id, message_json(Message("gui.sound.logged", {{"center", center}})));
        }
    }
    show_sound();
}

} // namespace gacsong::gui
