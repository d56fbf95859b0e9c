// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/receiver_link.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto list_deadline = 5s;
constexpr auto open_deadline = 20s;
constexpr auto start_deadline = 10s;
constexpr auto tune_deadline = 5s;
constexpr auto first_samples = 5s;
constexpr auto letting_go = 2000ms; ///< what a lost receiver gets to close
constexpr auto watch_every = 20ms;
constexpr double most_ring_bytes = 1.25e9;
constexpr double usual_buffer_s = 0.05;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::string name_of(const std::map<std::string, std::string>& args)
{
    std::string name;
    for (const char* key : {"driver", "remote", "serial", "file"}) {
        if (const auto found = args.find(key); found != args.end())
            name += (name.empty() ? "" : " ") + found->second;
    }
    return name;
}

json open_request(const ReceiverSettings& settings)
{
    json request{{"do", "open"}, {"args", settings.args}, {"gains", settings.gains}, {"antenna", settings.antenna}};
    if (settings.rate_hz)
        request["rate_hz"] = *settings.rate_hz;
    if (settings.center_hz)
        request["center_hz"] = *settings.center_hz;
    return request;
}

/// Names the receiver in an error that does not.
Error with_name(Error error, const std::string& name)
{
    auto& arguments = error.message.arguments;
    if (std::none_of(arguments.begin(), arguments.end(), [](const Argument& a) { return a.name == "device"; }))
        arguments.push_back({"device", name});
    return error;
}

void pause(std::chrono::milliseconds time, const std::stop_token& stop)
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(5ms);
}

} // namespace

Result<ReceiverFacts> ReceiverLink::facts_of(const json& told) const
{
    try {
        ReceiverFacts facts;
        facts.name = name_of(settings_.args);
        facts.driver = told.at("driver").get<std::string>();
        facts.hardware = told.at("hardware").get<std::string>();
        facts.serial = told.at("serial").get<std::string>();
        const auto format = parse_sample_format(told.at("format").get<std::string>());
        facts.format = format.value_or(SampleFormat::of(Component::f32));
        facts.format.full_scale = told.at("full_scale").get<double>();
        facts.rate_hz = told.at("rate_hz").get<double>();
        facts.center_hz = told.at("center_hz").get<double>();
        facts.low_hz = told.at("low_hz").get<double>();
        facts.high_hz = told.at("high_hz").get<double>();
        facts.gains = told.at("gains").get<std::map<std::string, double>>();
        facts.antenna = told.at("antenna").get<std::string>();
        facts.recording = told.at("recording").get<bool>();
        facts.lossless = told.at("lossless").get<bool>();
        return facts;
    } catch (const json::exception& wrong) {
        return failure("receiver.driver", {{"why", std::string(wrong.what())}});
    }
}

Result<std::unique_ptr<ReceiverProcess>> ReceiverLink::connect(bool again)
{
    auto process = ReceiverProcess::start(settings_.program);
    if (!process)
        return tl::unexpected(process.error());
    (*process)->set_patience(letting_go);
    const auto told = (*process)->ask(open_request(settings_), open_deadline);
    if (!told)
        return tl::unexpected(told.error());
    auto facts = facts_of(*told);
    if (!facts)
        return tl::unexpected(facts.error());
    if (again && (facts->format != facts_.format || facts->rate_hz != facts_.rate_hz))
        return failure("receiver.changed", {{"device", facts->name}});
    if (!again) // others read them from then on
        facts_ = std::move(*facts);
    if (!ring_) {
        const auto width = static_cast<double>(facts_.format.bytes_per_sample());
        const double samples = std::min(settings_.history_s * facts_.rate_hz, most_ring_bytes / width);
        auto ring = SharedRing::make(static_cast<std::size_t>(samples), facts_.format.bytes_per_sample());
        if (!ring)
            return tl::unexpected(ring.error());
        ring_ = std::move(*ring);
    }
    const auto started = (*process)->ask({{"do", "start"}, {"again", again}, {"hops", settings_.hops}}, start_deadline,
                                         ring_->descriptor());
    if (!started)
        return tl::unexpected(started.error());
    if (!again)
        facts_.settle_s = started->value("settle_s", 0.0);
    return std::move(*process);
}

Result<std::shared_ptr<ReceiverLink>> ReceiverLink::open(const ReceiverSettings& settings)
{
    std::shared_ptr<ReceiverLink> link(new ReceiverLink(settings));
    const std::string name = name_of(settings.args);
    auto process = link->connect(false);
    if (!process)
        return tl::unexpected(with_name(process.error(), name));
    link->process_ = std::move(*process);
    link->pid_ = link->process_->pid();
    const auto deadline = std::chrono::steady_clock::now() + first_samples;
    while (link->ring_->written() == 0 && !link->ring_->finished()) {
        if (std::chrono::steady_clock::now() > deadline)
            return failure("receiver.no_samples", {{"device", name}});
        std::this_thread::sleep_for(1ms);
    }
    // What comes back after a loss must be the same receiver, set to the same.
    auto& asked = link->settings_;
    if (!link->facts_.serial.empty() && !asked.args.contains("serial"))
        asked.args["serial"] = link->facts_.serial;
    asked.rate_hz = link->facts_.rate_hz;
    asked.center_hz = link->facts_.center_hz;
    link->policy_.emplace(usual_buffer_s);
    link->policy_->opened(now_s());
    link->state_ = ReconnectPolicy::State::streaming;
    link->keeper_ = std::jthread([self = link.get()](const std::stop_token& stop) { self->keep(stop); });
    return link;
}

ReceiverLink::~ReceiverLink()
{
    if (keeper_.joinable()) {
        keeper_.request_stop();
        keeper_.join();
    }
}

void ReceiverLink::note(Message message)
{
    const std::scoped_lock lock(telling_);
    notes_.push_back(std::move(message));
}

std::vector<Message> ReceiverLink::take_notes()
{
    const std::scoped_lock lock(telling_);
    return std::exchange(notes_, {});
}

Result<double> ReceiverLink::tune(double center_hz)
{
    const std::scoped_lock lock(asking_);
    settings_.center_hz = center_hz; // also for a receiver that comes back
    if (!process_)
        return failure("receiver.away", {{"device", facts_.name}});
    const auto told = process_->ask({{"do", "tune"}, {"center_hz", center_hz}}, tune_deadline);
    if (!told)
        return tl::unexpected(with_name(told.error(), facts_.name));
    return told->value("center_hz", center_hz);
}

/// Lets go of a receiver that gives nothing any more, and tries to get it back.
void ReceiverLink::lose(const std::stop_token& stop)
{
    ++losses_;
    pid_ = -1;
    const auto at_s = static_cast<double>(ring_->written()) / facts_.rate_hz;
    note(Message("device.lost", {{"device", facts_.name}, {"at", Quantity{at_s, Unit::at, 0.001}}}));
    {
        const std::scoped_lock lock(asking_);
        process_.reset();
    }
    while (!stop.stop_requested()) {
        const double wait_s = policy_->next_attempt_s().value_or(now_s()) - now_s();
        pause(std::chrono::milliseconds(std::llround(1e3 * std::max(wait_s, 0.0))), stop);
        if (stop.stop_requested())
            return;
        const std::scoped_lock lock(asking_);
        auto process = connect(true);
        if (process) {
            process_ = std::move(*process);
            pid_ = process_->pid();
            policy_->opened(now_s());
            note(Message("device.back", {{"device", facts_.name}}));
            return;
        }
        policy_->failed(now_s());
    }
}

void ReceiverLink::keep(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pause(watch_every, stop);
        if (ring_->finished())
            continue;
        policy_->progress(ring_->written(), now_s());
        // One that loses nothing waits for those who read.
        if (facts_.lossless && ring_->crowded())
            policy_->opened(now_s());
        bool dead = policy_->state() == ReconnectPolicy::State::lost;
        if (!dead) {
            const std::scoped_lock lock(asking_);
            dead = !process_->alive() && !ring_->finished();
        }
        if (dead) {
            state_ = ReconnectPolicy::State::lost;
            lose(stop);
        }
        state_ = policy_->state();
    }
}

Result<std::vector<std::map<std::string, std::string>>> list_receivers(const std::map<std::string, std::string>& args,
                                                                       const std::string& program)
{
    auto process = ReceiverProcess::start(program);
    if (!process)
        return tl::unexpected(process.error());
    const auto told = (*process)->ask({{"do", "list"}, {"args", args}}, list_deadline);
    if (!told)
        return tl::unexpected(with_name(told.error(), name_of(args)));
    return told->value("found", std::vector<std::map<std::string, std::string>>{});
}

Result<std::vector<std::string>> list_drivers(const std::string& program)
{
    auto process = ReceiverProcess::start(program);
    if (!process)
        return tl::unexpected(process.error());
    const auto told = (*process)->ask({{"do", "drivers"}}, list_deadline);
    if (!told)
        return tl::unexpected(told.error());
    return told->value("drivers", std::vector<std::string>{});
}

} // namespace gacsong::sdr
