// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/names/civil_time.hpp"
#include "sdr/resolve.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

/// Time stamps of neighbours that differ by less go on without a break: writers round to a millisecond.
constexpr std::int64_t time_slack_ns = 2'000'000;

/// Builds pieces and segments from captures in order.
class Placement {
public:
    Placement(const Draft& draft, const InputFlags& flags, Resolved& resolved)
        : draft_(draft), flags_(flags), resolved_(resolved)
    {
    }

    Layout run(std::uint64_t length, const std::string& name)
    {
        Layout layout;
        layout.name = name;
        layout.bytes = draft_.data;
        layout.transform = {*resolved_.facts.type.value, draft_.channels, flags_.swap_iq, draft_.unsigned_words};
        frame_ = layout.transform.frame();
        end_ = draft_.offset + length;
        std::vector<Capture> captures = draft_.captures;
        if (captures.empty())
            captures.emplace_back();
        std::uint64_t skipped = 0;
        for (std::size_t i = 0; i < captures.size(); ++i) {
            const bool far = captures[i].first_sample > end_ / frame_ || captures[i].skip_bytes > end_ - skipped;
            skipped += far ? 0 : captures[i].skip_bytes;
            const std::uint64_t from = far ? end_ : draft_.offset + skipped + captures[i].first_sample * frame_;
            if (from >= end_) {
                beyond_ = captures.size() - i;
                break;
            }
            std::uint64_t samples = (end_ - from) / frame_;
            if (i + 1 < captures.size())
                samples = std::min(samples, captures[i + 1].first_sample - captures[i].first_sample);
            add(captures[i], i == 0, from, samples, layout);
        }
        layout.samples = samples_;
        if (beyond_ > 0)
            resolved_.warnings.emplace_back(
                "sigmf.capture_beyond",
                std::vector<Argument>{{"file", layout.name}, {"n", static_cast<std::int64_t>(beyond_)}});
        return layout;
    }

private:
    /// The centre of a capture as the flag moves it: the first is where the flag says, others keep their distance.
    [[nodiscard]] std::optional<double> center(const Capture& capture, bool first) const
    {
        const auto& stated = resolved_.facts.center_hz;
        if (first || draft_.captures.empty())
            return stated.value;
        const auto& in_file = draft_.facts.center_hz.value;
        if (stated.origin == Origin::flag && in_file && capture.center_hz)
            return *stated.value + (*capture.center_hz - *in_file);
        if (!capture.center_hz && !in_file)
            return stated.value; // nothing is stated anywhere in the file: flag or name speak for all of it
        return capture.center_hz;
    }

    [[nodiscard]] std::optional<Instant> start(const Capture& capture, bool first) const
    {
        const auto& stated = resolved_.facts.start;
        if (first)
            return stated.value;
        const auto& in_file = draft_.facts.start.value;
        if (capture.start && stated.origin == Origin::flag && in_file)
            return Instant{stated.value->unix_ns + (capture.start->unix_ns - in_file->unix_ns)};
        return capture.start ? capture.start : expected_start(capture.lost_before);
    }

    /// When the next sample comes if nothing but `lost` samples lies between.
    [[nodiscard]] std::optional<Instant> expected_start(std::uint64_t lost) const
    {
        const auto& rate = resolved_.facts.rate_hz.value;
        if (resolved_.segments.empty() || !resolved_.segments.back().start || !rate)
            return std::nullopt;
        const Segment& last = resolved_.segments.back();
        return after_samples(*last.start, static_cast<double>(samples_ - last.first_sample + lost), *rate);
    }

    [[nodiscard]] bool goes_on(const Segment& next) const
    {
        if (resolved_.segments.empty() || next.lost_before > 0)
            return false;
        if (resolved_.segments.back().center_hz != next.center_hz)
            return false;
        const auto expected = expected_start(0);
        if (!expected || !next.start)
            return expected.has_value() == next.start.has_value();
        return std::abs(expected->unix_ns - next.start->unix_ns) <= time_slack_ns;
    }

    void add(const Capture& capture, bool first, std::uint64_t offset, std::uint64_t samples, Layout& layout)
    {
        pending_lost_ += capture.lost_before;
        if (!capture.lost_why.empty())
            pending_why_ = capture.lost_why;
        Segment next;
        next.first_sample = samples_;
        next.center_hz = center(capture, first);
        next.lost_before = first ? 0 : pending_lost_;
        next.lost_why = next.lost_before > 0 ? pending_why_ : std::string{};
        next.start = start(capture, first);
        if (samples == 0)
            return; // two captures at one sample: the later one speaks
        pending_lost_ = 0;
        Piece piece{offset, samples_, samples, std::nullopt};
        const bool adjoins =
            !layout.pieces.empty() && layout.pieces.back().offset + layout.pieces.back().samples * frame_ == offset;
        const bool same = goes_on(next);
        if (!same) {
            resolved_.segments.push_back(next);
            piece.begins = next;
        }
        if (same && adjoins)
            layout.pieces.back().samples += samples;
        else
            layout.pieces.push_back(piece);
        samples_ += samples;
    }

    const Draft& draft_;
    const InputFlags& flags_;
    Resolved& resolved_;
    std::size_t frame_ = 1;
    std::uint64_t end_ = 0;
    std::uint64_t samples_ = 0;
    std::uint64_t pending_lost_ = 0;
    std::string pending_why_;
    std::uint64_t beyond_ = 0;
};

} // namespace

void place_samples(const Draft& draft, const std::string& name, const InputFlags& flags, std::uint64_t length,
                   Resolved& resolved)
{
    Placement placement(draft, flags, resolved);
    resolved.layout = std::make_shared<Layout>(placement.run(length, name));
}

} // namespace gacsong::sdr
