// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sound/listener.hpp"

#include "gui/session/levels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gacsong::gui {
namespace {

constexpr int hand_over_ms = 20;
constexpr std::size_t block = dsp::SoundMaker::rate_hz / 20;          ///< values made at a time
constexpr std::size_t most_ready = dsp::SoundMaker::rate_hz / 5;      ///< values made ahead
constexpr std::int64_t most_apart = 3 * dsp::SoundMaker::rate_hz / 2; ///< from what the picture shows
constexpr double newest_row_s = 0.15;
constexpr double behind_s = 0.5; ///< of a receiver: what is there for sure

/// Services of the band plan that everybody may listen to.
constexpr std::array<std::string_view, 5> public_services{
    "broadcasting FM", "broadcasting AM", "broadcasting shortwave", "amateur", "amateur and radiolocation"};

tl::unexpected<Error> refusal(const char* key, const Emission& emission)
{
    const Quantity center{emission.center_hz.value_or(emission.offset_hz), Unit::frequency, 1e3};
    return failure(key, {{"center", center}});
}

} // namespace

Result<dsp::SoundKind> sound_of(const Emission& emission)
{
    if (!emission.center_hz || emission.verdict == Verdict::protected_band ||
        std::ranges::find(public_services, emission.service) == public_services.end())
        return refusal("gui.sound.not_public", emission);
    if (emission.modulation.name == "AM")
        return dsp::SoundKind::am;
    if (emission.modulation.name == "NFM")
        return dsp::SoundKind::nfm;
    if (emission.modulation.name == "WFM")
        return dsp::SoundKind::wfm;
    return refusal("gui.sound.not_sound", emission);
}

Listener::Listener(Session& session, QObject* parent) : QObject(parent), session_(session), output_(make_sound_output())
{
    timer_.setInterval(hand_over_ms);
    connect(&timer_, &QTimer::timeout, this, &Listener::hand_over);
}

Listener::~Listener() { stop(); }

Status Listener::open_output()
{
    if (open_)
        return {};
    const Status started = output_->start();
    open_ = started.has_value();
    if (open_)
        timer_.start();
    return started;
}

Status Listener::listen(const Emission& emission)
{
    const auto kind = sound_of(emission);
    if (!kind)
        return tl::unexpected(kind.error());
    stop();
    if (const Status opened = open_output(); !opened)
        return opened;
    const double rate = session_.recording()->timeline.sample_rate_hz();
    worker_ = std::jthread([this, maker = dsp::SoundMaker(rate, emission.offset_hz, *kind),
                            history = session_.recording()->history,
                            rate](const std::stop_token& stop) { work(stop, maker, history, rate); });
    follow(at_s_, moving_);
    return {};
}

Status Listener::sound_level(const Emission& emission)
{
    stop();
    if (const Status opened = open_output(); !opened)
        return opened;
    const double half = 0.5 * emission.bandwidth_hz;
    band_ = Band{emission.offset_hz - half, emission.offset_hz + half};
    return {};
}

void Listener::stop()
{
    timer_.stop();
    if (worker_.joinable()) {
        worker_.request_stop();
        wake_.notify_all();
        worker_.join();
    }
    band_.reset();
    ready_.clear();
    target_.reset();
    if (open_)
        output_->stop();
    open_ = false;
}

void Listener::follow(double at_s, bool moving)
{
    at_s_ = at_s;
    moving_ = moving;
    if (!listening() || !session_.recording())
        return;
    const Timeline& timeline = session_.recording()->timeline;
    const double rate = timeline.sample_rate_hz();
    const double wanted_s = session_.recording()->live() ? at_s - behind_s : at_s;
    const auto sample = static_cast<std::int64_t>(wanted_s * rate);
    const Stretch* stretch = moving ? timeline.stretch_at(sample) : nullptr;
    const std::lock_guard lock(mutex_);
    target_.reset();
    if (stretch != nullptr) {
        const auto stored = static_cast<double>(static_cast<std::int64_t>(stretch->stored) + sample - stretch->first);
        target_ = static_cast<std::int64_t>(stored / rate * dsp::SoundMaker::rate_hz);
        jumped_ = jumped_ || *target_ < last_target_ || *target_ > last_target_ + most_apart;
        last_target_ = *target_;
    } else {
        ready_.clear();
    }
    wake_.notify_all();
}

void Listener::work(const std::stop_token& stop, const dsp::SoundMaker& maker,
                    const std::shared_ptr<const History>& history, double sample_rate_hz)
{
    std::optional<std::int64_t> next;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return target_ && ready_.size() < most_ready; }))
                return;
            // Sound goes on by itself; where the picture has gone elsewhere, it follows.
            if (!next || jumped_ || std::abs(*next - *target_) > most_apart) {
                next = *target_;
                jumped_ = false;
                ready_.clear();
            }
        }
        const auto end = static_cast<std::uint64_t>(static_cast<double>(*next + static_cast<std::int64_t>(block)) /
                                                    dsp::SoundMaker::rate_hz * sample_rate_hz);
        if (end + maker.look_ahead() > history->end()) {
            // The end of a recording, or a receiver has not given it yet: when there is news it is looked at again.
            std::unique_lock lock(mutex_);
            target_.reset();
            continue;
        }
        const std::vector<float> made = maker.make(*history, *next, block);
        *next += static_cast<std::int64_t>(block);
        const std::lock_guard lock(mutex_);
        if (target_)
            ready_.insert(ready_.end(), made.begin(), made.end());
    }
}

void Listener::push(std::span<const float> values)
{
    std::vector<std::int16_t> out(values.size());
    std::ranges::transform(values, out.begin(), [](float value) {
        return static_cast<std::int16_t>(std::lround(32'000.0F * std::clamp(value, -1.0F, 1.0F)));
    });
    output_->write(out);
}

void Listener::hand_over()
{
    const std::size_t room = output_->room();
    if (band_) {
        const std::size_t count = std::min<std::size_t>(room, dsp::SoundMaker::rate_hz * hand_over_ms / 1'000 * 2);
        // The newest row of a receiver is not there yet.
        const double at_s = std::max(0.0, at_s_ - newest_row_s);
        const auto power =
            session_.recording() ? power_at(session_, band_->low_hz, band_->high_hz, at_s) : std::optional<double>();
        push(tone_.next(moving_ && power && *power > 0.0 ? std::optional(10.0 * std::log10(*power)) : std::nullopt,
                        count));
        return;
    }
    std::vector<float> part;
    {
        const std::lock_guard lock(mutex_);
        const std::size_t count = std::min(room, ready_.size());
        part.assign(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(count));
        ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(count));
    }
    wake_.notify_all();
    if (!part.empty())
        push(part);
}

} // namespace gacsong::gui
