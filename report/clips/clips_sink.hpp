// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "dsp/sample_source.hpp"
#include "report/clips/clip.hpp"
#include "report/wording/wording.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gacsong {

/// Remembers the segments of a source, so that what was found can be found in its history again.
class SegmentTap final : public SampleSource {
public:
    /// `inner` must outlive it.
    explicit SegmentTap(SampleSource& inner) : inner_(inner), info_(inner.info()) {}

    /// Says where it was received, where the source does not know.
    void set_place(double latitude, double longitude)
    {
        info_.latitude = latitude;
        info_.longitude = longitude;
    }

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override;
    [[nodiscard]] std::optional<Message> shortfall() const override { return inner_.shortfall(); }
    [[nodiscard]] std::vector<Message> take_notes() override { return inner_.take_notes(); }

    [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
    [[nodiscard]] std::uint64_t samples() const { return samples_; }

private:
    SampleSource& inner_;
    StreamInfo info_;
    std::vector<Segment> segments_;
    std::uint64_t samples_ = 0;
};

/// How clips are cut.
struct ClipSettings {
    std::filesystem::path folder;
    std::string program;
    double before_s = 2.0;
    double after_s = 2.0;
    double longest_s = 10.0;               ///< of the emission; the rest of it is left out
    double longest_gsm_s = 5.0;            ///< more than two turns of the system information
    double longest_lte_s = 1.0;            ///< many turns of SIB1
    std::uint64_t keep_free = 500'000'000; ///< bytes that must stay free on the disk

    /// Of a base station.
    [[nodiscard]] double longest_of(const Cell& cell) const
    {
        return cell.technology == "lte" ? longest_lte_s : longest_gsm_s;
    }
};

/// Writes a clip of I/Q as SigMF for every finding: of an emission when it is told of while it is on, else when it has
/// ended; of a base station what it broadcasts, and nothing else (write_cell_clip()). The folder is made.
class ClipsSink final : public Sink {
public:
    using Warn = std::function<void(const Message&)>;

    /// `source` and `history` belong to one run and must outlive it, `words` too. `warn` is told of a base station that
    /// has no clip, and why.
    ClipsSink(ClipSettings settings, const SegmentTap& source, const History& history, const Wording& words, Warn warn);

    Status cell(const Cell& cell) override;
    Status heard(const Cell& cell, std::span<const Finding> findings) override;
    Status emission(const Emission& emission) override;
    Status finding(const Finding& finding) override;
    Status started(const Emission& emission, std::span<const Finding> findings) override;
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

    [[nodiscard]] std::size_t written() const { return written_; }

private:
    [[nodiscard]] Status write_waiting();
    [[nodiscard]] Status write_suspects(double now_s);
    [[nodiscard]] Status write(const Emission& emission, const std::vector<std::string>& rules);
    [[nodiscard]] Status write(const Cell& cell);
    [[nodiscard]] Status make_room(const std::filesystem::path& path) const;
    [[nodiscard]] ClipSource cut_from() const;
    [[nodiscard]] std::optional<double> safe_from_s(const Timeline& timeline) const;

    ClipSettings settings_;
    const SegmentTap& source_;
    const History& history_;
    const Wording& words_;
    Warn warn_;
    std::map<std::string, Cell> suspects_; ///< being received, on which something was found, by id
    std::deque<Cell> cells_;               ///< the last ones, of which findings may still come
    std::optional<Emission> waiting_;      ///< the last emission, of which findings may still come
    std::vector<std::string> rules_;       ///< that fired on it
    std::set<std::string> done_;           ///< ids of what has its clip from when it was on
    std::size_t written_ = 0;
    Status late_; ///< what went wrong when nobody could be told
};

} // namespace gacsong
