// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clips/clips_sink.hpp"

#include "report/clips/clip.hpp"
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

ClipsSink::ClipsSink(ClipSettings settings, const SegmentTap& source, const History& history, const Wording& words)
    : settings_(std::move(settings)), source_(source), history_(history), words_(words)
{
}

Status ClipsSink::write(const Emission& emission, const std::vector<std::string>& rules)
{
    std::error_code error;
    std::filesystem::create_directories(settings_.folder, error);
    if (error)
        return failure("output.write", {{"file", settings_.folder.string()}, {"why", error.message()}}, Fault::output);
    const std::filesystem::path path = settings_.folder / clip_name(emission);
    if (sdr::free_bytes(path.string()) < settings_.keep_free)
        return failure("output.full", {{"file", path.string()}}, Fault::output);
    const StreamInfo& stream = source_.info();
    const double rate = stream.sample_rate_hz;
    ClipSource source{stream,
                      Timeline(source_.segments(), source_.samples(), rate),
                      &history_,
                      settings_.program,
                      settings_.before_s,
                      settings_.after_s};
    Emission cut = emission;
    // Of a receiver only the last seconds are still there.
    if (const auto& stretches = source.timeline.stretches(); !stretches.empty()) {
        const std::uint64_t oldest = history_.first();
        const auto held = std::ranges::find_if(
            stretches, [&](const Stretch& s) { return s.stored + static_cast<std::uint64_t>(s.count) > oldest; });
        if (held != stretches.end() && oldest > held->stored) {
            const auto first = static_cast<double>(held->first) + static_cast<double>(oldest - held->stored);
            const double safe_s = first / rate + 0.5; // more is overwritten while this is being read
            cut.start_s = std::max(cut.start_s, safe_s);
            source.before_s = std::min(source.before_s, cut.start_s - safe_s);
        }
    }
    cut.end_s = std::clamp(cut.end_s, cut.start_s, cut.start_s + settings_.longest_s);
    const auto made = write_clip(source, cut, rules, path, words_, {});
    if (!made)
        return tl::unexpected(made.error());
    ++written_;
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
    return {};
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

void ClipsSink::progress(const Progress& /*progress*/)
{
    if (Status written = write_waiting(); !written)
        late_ = std::move(written); // told with the next record
}

Status ClipsSink::end(const End& /*end*/) { return write_waiting(); }

} // namespace gacsong
