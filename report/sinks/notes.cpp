// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/notes.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace gacsong {
namespace {

using namespace std::chrono_literals;

/// Inputs that are done sooner show no progress.
constexpr auto show_after = 1s;
constexpr auto show_every = 100ms;

/// Warnings of one kind that are told one by one; the rest is counted.
constexpr std::uint64_t most_of_a_kind = 10;

constexpr std::string_view clear_line = "\r\033[K";

double seconds_between(std::chrono::steady_clock::time_point a, std::chrono::steady_clock::time_point b)
{
    return std::chrono::duration<double>(b - a).count();
}

/// `━━━━──────`: a bar of `width` columns.
std::string bar(double share, std::size_t width)
{
    const auto filled = static_cast<std::size_t>(std::lround(share * static_cast<double>(width)));
    std::string out;
    for (std::size_t i = 0; i < width; ++i)
        out += i < filled ? "━" : "─";
    return out;
}

/// Where standard error itself cannot be written nobody can be told, and that is no reason to stop a scan.
void put(const Status& /*written*/) {}

/// Whether a warning says that an output could not be written: that is told even when all is to be quiet.
bool output_failed(const Message& message)
{
    constexpr std::array<std::string_view, 5> beginnings{"sink.", "store.", "output.", "annotate.", "disk."};
    return std::ranges::any_of(beginnings, [&](std::string_view one) { return message.key.starts_with(one); });
}

} // namespace

void Notes::write(std::string_view label, const std::string& sentence)
{
    clear_progress();
    put(output_.line(fmt::format("{}: {}", words_.text(fmt::format("word.{}", label)), sentence)));
}

Status Notes::begin(const Run& run)
{
    begun_ = shown_ = clock_();
    told_.clear();
    sample_rate_hz_ = run.stream.sample_rate_hz;
    if (settings_.verbose && !settings_.quiet)
        for (const std::string& setting : run.settings)
            write("note", printable(setting));
    return {};
}

void Notes::say(const Message& message)
{
    if (output_failed(message)) {
        write("error", words_.text(message));
        return;
    }
    const bool enough = ++told_[message.key] > most_of_a_kind && !settings_.verbose;
    if (!settings_.quiet && !enough)
        write("warning", words_.text(message));
}

Status Notes::gap(const Gap& gap)
{
    const double lost_s = sample_rate_hz_ > 0.0 ? static_cast<double>(gap.samples) / sample_rate_hz_ : 0.0;
    std::string key = "gap." + gap.why;
    if (!words_.find(key))
        key = "gap.unknown";
    say(Message(key, {{"n", static_cast<std::int64_t>(gap.samples)},
                      {"at", Quantity{gap.at_s, Unit::at, 0.001}},
                      {"duration", Quantity{lost_s, Unit::seconds}}}));
    return {};
}

Status Notes::warning(const Message& message)
{
    say(message);
    return {};
}

Status Notes::note(const Message& message)
{
    if (settings_.verbose && !settings_.quiet)
        write("note", words_.text(message));
    return {};
}

std::string Notes::progress_line(const Progress& progress, double elapsed_s) const
{
    const double speed = elapsed_s > 0.0 ? progress.done_s / elapsed_s : 0.0;
    const auto nested = [](Message message) -> Value { return std::vector<Message>{std::move(message)}; };
    const Argument speed_words{
        "speed",
        nested(Message("word.realtime", {{"x", number_text(speed, speed < 10.0 ? 1 : 0, words_.language())}}))};
    const Argument emissions{
        "emissions", nested(Message("count.emissions", {{"n", static_cast<std::int64_t>(progress.emissions)}}))};
    if (!progress.total_s || *progress.total_s <= 0.0)
        return words_.text(
            Message("progress.open", {{"done", Quantity{progress.done_s, Unit::seconds}}, emissions, speed_words}));
    const double share = std::clamp(progress.done_s / *progress.total_s, 0.0, 1.0);
    const double left_s = speed > 0.0 ? std::max(0.0, *progress.total_s - progress.done_s) / speed : 0.0;
    const std::string text =
        words_.text(Message("progress.line", {{"percent", Quantity{share, Unit::parts, 0.01}},
                                              emissions,
                                              {"eta", Quantity{std::ceil(left_s), Unit::seconds, 1.0}},
                                              speed_words}));
    return fmt::format("{} {}", bar(share, 20), text);
}

void Notes::progress(const Progress& progress)
{
    if (!settings_.progress || settings_.quiet)
        return;
    const auto now = clock_();
    if (now - begun_ < show_after || (progress_shown_ && now - shown_ < show_every))
        return;
    shown_ = now;
    progress_shown_ = true;
    const std::string line = cut_to_width(progress_line(progress, seconds_between(begun_, now)), settings_.width - 1);
    put(output_.text(fmt::format("{}{}", clear_line, line)));
    put(output_.flush());
}

void Notes::clear_progress()
{
    if (!progress_shown_)
        return;
    progress_shown_ = false;
    put(output_.text(clear_line));
}

Status Notes::end(const End& /*end*/)
{
    clear_progress();
    for (const auto& [key, count] : told_) {
        if (settings_.quiet || settings_.verbose || count <= most_of_a_kind)
            continue;
        const auto more = static_cast<std::int64_t>(count - most_of_a_kind);
        write("warning", words_.text(Message("note.more", {{"n", more}, {"key", key}})));
    }
    put(output_.flush());
    return {};
}

} // namespace gacsong
