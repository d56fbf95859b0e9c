// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "dsp/demod/sound.hpp"
#include "gui/session/session.hpp"
#include "gui/sound/sound_output.hpp"

#include <QObject>
#include <QTimer>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace gacsong::gui {

/// How an emission may be listened to: only what is meant for everybody or is amateur radio by the band plan, and is
/// AM or FM. Errors: gui.sound.not_public, gui.sound.not_sound.
[[nodiscard]] Result<dsp::SoundKind> sound_of(const Emission& emission);

/// Makes one emission audible, or its level. Nothing of it is kept. The samples are demodulated in a thread of its own.
class Listener final : public QObject {
    Q_OBJECT

public:
    explicit Listener(Session& session, QObject* parent = nullptr);
    ~Listener() override;

    void set_output(std::unique_ptr<SoundOutput> output) { output_ = std::move(output); }

    /// Begins to make an emission audible. Errors: those of sound_of() and of the output.
    [[nodiscard]] Status listen(const Emission& emission);
    /// Begins to sound the level of an emission; its content is not heard. Errors: those of the output.
    [[nodiscard]] Status sound_level(const Emission& emission);
    void stop();

    [[nodiscard]] bool listening() const { return worker_.joinable(); }
    [[nodiscard]] bool sounding_level() const { return band_.has_value(); }

    /// Where the picture stands; `moving`: it follows the time, so that there is something to hear.
    void follow(double at_s, bool moving);

private:
    struct Band {
        double low_hz = 0.0;
        double high_hz = 0.0;
    };
    [[nodiscard]] Status open_output();
    void work(const std::stop_token& stop, const dsp::SoundMaker& maker, const std::shared_ptr<const History>& history,
              double sample_rate_hz);
    void hand_over();
    void push(std::span<const float> values);

    Session& session_;
    std::unique_ptr<SoundOutput> output_;
    bool open_ = false;
    QTimer timer_;
    std::optional<Band> band_; ///< whose level sounds
    dsp::LevelTone tone_;
    double at_s_ = 0.0;
    bool moving_ = false;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<float> ready_;           ///< demodulated, not yet handed over
    std::optional<std::int64_t> target_; ///< value that should be heard now; nothing: silence
    std::int64_t last_target_ = 0;
    bool jumped_ = false; ///< the picture went elsewhere
    std::jthread worker_;
};

} // namespace gacsong::gui
