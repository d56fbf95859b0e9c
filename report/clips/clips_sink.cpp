// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clips/clips_sink.hpp"

#include "report/clips/cell_clip.hpp"
#include "sdr/recorder/sample_file.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace gacsong {

Result<std::optional<Block>> SegmentTap::next(std::size_t most)
{
    auto block = inner_.next(most);
    if (block && *block) {
        const Block& one = **block;
        if (one.begins)
            segments_.push_back(*one.begins);
        samples_ = one.first_sample + one.bytes.size() / info().format.bytes_per_sample();
    }
    return block;
}

namespace {

constexpr std::size_t most_cells = 256; ///< whose findings may still come
constexpr double being_written_s = 0.5; ///< of a receiver's memory is overwritten while a clip is read

} // namespace

ClipsSink::ClipsSink(ClipSettings settings, const SegmentTap& source, const History& history, const Wording& words,
                     Warn warn)
    : settings_(std::move(settings)), source_(source), history_(history), words_(words), warn_(std::move(warn))
{
}

ClipSource ClipsSink::cut_from() const
{
    const StreamInfo& stream = source_.info();
    return {stream,
            Timeline(source_.segments(), source_.samples(), stream.sample_rate_hz),
            &history_,
            settings_.program,
            settings_.before_s,
            settings_.after_s};
}

/// Of a receiver only the last seconds are still there: from when on, seconds; nothing where everything is.
std::optional<double> ClipsSink::safe_from_s(const Timeline& timeline) const
{
    const std::uint64_t oldest = history_.first();
    const auto& stretches = timeline.stretches();
    const auto held = std::ranges::find_if(
        stretches, [&](const Stretch& s) { return s.stored + static_cast<std::uint64_t>(s.count) > oldest; });
    if (held == stretches.end() || oldest <= held->stored)
        return std::nullopt;
    const auto first = static_cast<double>(held->first) + static_cast<double>(oldest - held->stored);
    return first / timeline.sample_rate_hz() + being_written_s;
}

Status ClipsSink::make_room(const std::filesystem::path& path) const
{
    std::error_code error;
    std::filesystem::create_directories(settings_.folder, error);
    if (error)
        return failure("output.write", {{"file", settings_.folder.string()}, {"why", error.message()}}, Fault::output);
    if (sdr::free_bytes(settings_.folder.string()) < settings_.keep_free)
        return failure("output.full", {{"file", path.string()}}, Fault::output);
    return {};
}

Status ClipsSink::write(const Emission& emission, const std::vector<std::string>& rules)
{
    const std::filesystem::path path = settings_.folder / clip_name(emission);
    if (Status room = make_room(path); !room)
        return room;
    ClipSource source = cut_from();
    Emission cut = emission;
    if (const auto safe_s = safe_from_s(source.timeline)) {
        cut.start_s = std::max(cut.start_s, *safe_s);
        source.before_s = std::min(source.before_s, cut.start_s - *safe_s);
    }
    cut.end_s = std::clamp(cut.end_s, cut.start_s, cut.start_s + settings_.longest_s);
    const auto made = write_clip(source, cut, rules, path, words_, {});
    if (!made)
        return tl::unexpected(made.error());
    ++written_;
    return {};
}

Status ClipsSink::write(const Cell& cell)
{
    const std::filesystem::path path = settings_.folder / clip_name(cell, source_.info().center_hz);
    if (Status room = make_room(path); !room)
        return room;
    const ClipSource source = cut_from();
    const double from_s = std::max(cell.first_s, safe_from_s(source.timeline).value_or(0.0));
    const auto made = write_cell_clip(source, cell, from_s, settings_.longest_of(cell), path, words_);
    if (made) {
        ++written_;
        return {};
    }
    if (made.error().fault == Fault::output)
        return tl::unexpected(made.error());
    warn_(made.error().message); // the next one may be there
    return {};
}

/// Once it was heard for as long as a clip is: what it sent is soon gone from a receiver's memory.
Status ClipsSink::heard(const Cell& cell, std::span<const Finding> findings)
{
    if (!findings.empty() && !done_.contains(cell.id))
        suspects_.insert_or_assign(cell.id, cell);
    return write_waiting();
}

Status ClipsSink::write_suspects(double now_s)
{
    for (auto suspect = suspects_.begin(); suspect != suspects_.end();) {
        const Cell& cell = suspect->second;
        if (now_s < cell.first_s + settings_.longest_of(cell)) {
            ++suspect;
            continue;
        }
        if (Status written = write(cell); !written)
            return written;
        done_.insert(suspect->first);
        suspect = suspects_.erase(suspect);
    }
    return {};
}

Status ClipsSink::cell(const Cell& cell)
{
    suspects_.erase(cell.id);
    if (done_.erase(cell.id) > 0)
        return {};
    cells_.push_back(cell);
    if (cells_.size() > most_cells)
        cells_.pop_front();
    return {};
}

Status ClipsSink::write_waiting()
{
    if (!late_)
        return std::exchange(late_, {});
    const auto emission = std::exchange(waiting_, std::nullopt);
    const auto rules = std::exchange(rules_, {});
    return emission && !rules.empty() ? write(*emission, rules) : Status{};
}

Status ClipsSink::emission(const Emission& emission)
{
    Status written = write_waiting();
    if (done_.erase(emission.id) == 0)
        waiting_ = emission;
    return written;
}

Status ClipsSink::finding(const Finding& finding)
{
    if (waiting_ && finding.subject == waiting_->id)
        rules_.push_back(finding.rule);
    const auto subject = std::ranges::find(cells_, finding.subject, &Cell::id);
    if (subject == cells_.end())
        return {};
    const Cell cell = std::move(*subject);
    cells_.erase(subject);
    return write(cell);
}

Status ClipsSink::started(const Emission& emission, std::span<const Finding> findings)
{
    Status written = write_waiting();
    if (findings.empty() || !written)
        return written;
    std::vector<std::string> rules;
    for (const Finding& finding : findings)
        rules.push_back(finding.rule);
    done_.insert(emission.id);
    return write(emission, rules);
}

void ClipsSink::progress(const Progress& progress)
{
    Status written = write_waiting();
    if (written)
        written = write_suspects(progress.done_s);
    if (!written)
        late_ = std::move(written); // told with the next record
}

Status ClipsSink::end(const End& /*end*/) { return write_waiting(); }

} // namespace gacsong
