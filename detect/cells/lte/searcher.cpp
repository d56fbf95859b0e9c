// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/searcher.hpp"

#include "detect/cells/lte/cell_builder.hpp"
#include "detect/cells/lte/channel_search.hpp"
#include "detect/cells/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gacsong::detect::lte {

namespace {

constexpr double least_rate_hz = 1.9e6;
constexpr double chunk_s = 0.64;
constexpr std::size_t most_chunk_bytes = std::size_t{96} << 20U;
constexpr double kept_s = 0.011; ///< of a chunk, before the next one: a frame that is cut is whole there
constexpr std::size_t eager_chunks = 4;
constexpr std::size_t eager_wide_chunks = 2; ///< where a search costs as much as half a second of signal
constexpr double wide_hz = 2.6e6;
constexpr std::size_t lazy_step = 8;
constexpr unsigned most_missed = 4; ///< chunks without a cell before it is given up
constexpr double same_cell_hz = 30e3;
constexpr std::size_t most_noted = 12;

/// A cell that is listened to.
struct Tracked {
    Candidate candidate; ///< its place in the present chunk
    std::size_t cell = 0;
    unsigned missed = 0;
};

/// A candidate of which it was said why it is no cell.
struct Noted {
    unsigned pci = 0;
    CellReading::Kind kind = CellReading::Kind::no_cell;
    double shift_hz = 0.0;
};

class Searcher final : public CellSearcher {
public:
    explicit Searcher(const CellInput& input)
        : input_(input), search_(input, {}), width_(input.format.bytes_per_sample()),
          chunk_(static_cast<std::size_t>(chunk_s * input.sample_rate_hz))
    {
        chunk_ = std::min(chunk_, most_chunk_bytes / width_);
    }

    void add(std::span<const std::byte> bytes) override
    {
        while (!bytes.empty()) {
            const std::size_t room = chunk_ * width_ - bytes_.size();
            const std::size_t take = std::min(room, bytes.size());
            bytes_.insert(bytes_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
            bytes = bytes.subspan(take);
            if (bytes_.size() == chunk_ * width_) {
                process();
                drop();
            }
        }
    }

    void finish() override;
    [[nodiscard]] CellReport take() override { return std::exchange(report_, {}); }
    [[nodiscard]] std::vector<Cell> heard() const override
    {
        std::vector<Cell> out;
        for (const CellBuilder& cell : cells_)
            out.push_back(cell.cell());
        return out;
    }

private:
    void process();
    void drop();
    void note(const CellReading& reading);
    [[nodiscard]] std::vector<Candidate> candidates(const Stretch& stretch);
    [[nodiscard]] bool is_elsewhere(const Stretch& stretch, std::size_t cell, const CellReading& found) const;
    [[nodiscard]] double begin_s() const
    {
        return input_.start_s + static_cast<double>(first_) / input_.sample_rate_hz;
    }

    CellInput input_;
    ChannelSearch search_;
    std::size_t width_;
    std::size_t chunk_;
    std::vector<std::byte> bytes_;
    std::uint64_t first_ = 0; ///< number of the first sample in bytes_
    std::size_t chunks_ = 0;
    std::vector<Tracked> tracked_;
    std::vector<CellBuilder> cells_;
    std::vector<Noted> noted_;
    CellReport report_;
};

bool same_place(const Candidate& a, const Candidate& b)
{
    const double apart = std::remainder(a.place.frame_s - b.place.frame_s, 1e-2 * a.place.lasting);
    return a.identity.pci == b.identity.pci && std::abs(a.place.shift_hz - b.place.shift_hz) < same_cell_hz &&
           std::abs(apart) < 20e-6;
}

/// Begins of frames at the begin of a chunk, or at its end, are the same.
bool same_frames(const Place& a, const Place& b, bool at_end)
{
    const auto begin = [at_end](const Place& place) {
        return place.frame_s + (place.late.empty() ? 0.0 : at_end ? place.late.back() : place.late.front());
    };
    return std::abs(std::remainder(begin(a) - begin(b), 1e-2 * a.lasting)) < 20e-6;
}

/// The cell is received all the time with frames that begin at another time, and so is what was found: another
/// transmitter, though it has the same identity on the same carrier. Where samples are missing, and after a cell was
/// lost, one transmitter may have two times as well, one after the other.
bool Searcher::is_elsewhere(const Stretch& stretch, std::size_t cell, const CellReading& found) const
{
    const Place& place = found.measured.place;
    const auto same = [&](const Tracked& one) {
        return same_frames(one.candidate.place, place, false) || same_frames(one.candidate.place, place, true);
    };
    const auto received = [&](const Tracked& one) {
        return one.cell == cell && one.missed == 0 && is_steady(stretch, one.candidate.place, one.candidate.identity);
    };
    return std::ranges::none_of(tracked_, [&](const Tracked& one) { return one.cell == cell && same(one); }) &&
           std::ranges::any_of(tracked_, received) && is_steady(stretch, place, found.identity);
}

/// Signals of a cell repeat, so they may fit those of another cell again and again: beside a cell none is believed
/// without its broadcast channel.
void doubt_weaker(std::vector<CellReading>& readings)
{
    using enum CellReading::Kind;
    constexpr double beside_hz = 1.4e6;
    for (CellReading& one : readings) {
        if (one.kind != cell || one.master)
            continue;
        const bool beside = std::ranges::any_of(readings, [&](const CellReading& other) {
            const double apart_hz = one.measured.place.shift_hz - other.measured.place.shift_hz;
            return &other != &one && other.kind == cell && std::abs(apart_hz) < beside_hz &&
                   (other.master || other.measured.evidence > one.measured.evidence);
        });
        if (beside)
            one.kind = candidate;
    }
}

std::vector<Candidate> Searcher::candidates(const Stretch& stretch)
{
    std::vector<Candidate> out;
    for (const Tracked& tracked : tracked_)
        out.push_back(tracked.candidate);
    if (chunks_ < (input_.sample_rate_hz > wide_hz ? eager_wide_chunks : eager_chunks) || chunks_ % lazy_step == 0)
        for (const Candidate& one : search_.search(stretch))
            if (std::ranges::none_of(out, [&](const Candidate& other) { return same_place(one, other); }))
                out.push_back(one);
    return out;
}

void Searcher::process()
{
    Stretch stretch{input_.format, bytes_, input_.sample_rate_hz};
    stretch.mean = mean_of(stretch);
    const auto all = candidates(stretch);
    std::vector<CellReading> readings(all.size());
    in_parallel(input_.threads, all.size(), [&](std::size_t i, unsigned) {
        const bool known = i < tracked_.size();
        readings[i] = read_cell(stretch, all[i], known ? cells_[tracked_[i].cell].announced() : Announced{});
    });
    doubt_weaker(readings);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool known = i < tracked_.size();
        const CellReading& reading = readings[i];
        if (reading.kind != CellReading::Kind::cell) {
            if (known)
                ++tracked_[i].missed;
            else
                note(reading);
            continue;
        }
        std::size_t cell = 0;
        if (known) {
            cell = tracked_[i].cell;
            tracked_[i].missed = 0;
            tracked_[i].candidate.place = reading.measured.place;
        } else {
            const auto there = std::ranges::find_if(cells_, [&](const CellBuilder& other) {
                return other.identity().pci == reading.identity.pci && other.identity().tdd == reading.identity.tdd &&
                       std::abs(other.shift_hz() - reading.measured.place.shift_hz) < same_cell_hz &&
                       !is_elsewhere(stretch, static_cast<std::size_t>(&other - cells_.data()), reading);
            });
            cell = static_cast<std::size_t>(there - cells_.begin());
            if (there == cells_.end())
                cells_.emplace_back(input_, reading);
            Candidate candidate = all[i];
            candidate.place = reading.measured.place;
            candidate.other_paces = {};
            tracked_.push_back({candidate, cell, 0});
        }
        cells_[cell].take(reading, begin_s(), report_.blocks);
    }
    std::erase_if(tracked_, [](const Tracked& one) { return one.missed > most_missed; });
    ++chunks_;
}

/// Says of a candidate why it is no cell, once for each identity and kind.
void Searcher::note(const CellReading& reading)
{
    const bool alone = reading.kind == CellReading::Kind::no_cell;
    const Place& place = reading.measured.place;
    const auto same = [&](const Noted& other) {
        return other.pci == reading.identity.pci && other.kind == reading.kind &&
               std::abs(other.shift_hz - place.shift_hz) < same_cell_hz;
    };
    if (noted_.size() >= most_noted || std::ranges::any_of(noted_, same))
        return;
    noted_.push_back({reading.identity.pci, reading.kind, place.shift_hz});
    report_.notes.push_back(
        Message(alone ? "cells.lte_synchronisation" : "cells.lte_candidate",
                {{"center", Quantity{input_.center_hz.value_or(0.0) + place.shift_hz, Unit::frequency, 1e3}},
                 {"pci", static_cast<std::int64_t>(reading.identity.pci)}}));
}

void Searcher::drop()
{
    const std::size_t kept = std::min(bytes_.size() / width_, static_cast<std::size_t>(kept_s * input_.sample_rate_hz));
    const std::size_t gone = bytes_.size() / width_ - kept;
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(gone * width_));
    first_ += gone;
    for (Tracked& one : tracked_) {
        Place& place = one.candidate.place;
        if (!place.late.empty())
            place.frame_s += place.late.back();
        place.late.clear();
        const double frame_s = 1e-2 * place.lasting;
        place.frame_s -= static_cast<double>(gone) / input_.sample_rate_hz;
        place.frame_s -= frame_s * std::floor(place.frame_s / frame_s);
    }
}

void Searcher::finish()
{
    constexpr double least_s = 4.5e-3;
    const double fresh_s = static_cast<double>(bytes_.size() / width_) / input_.sample_rate_hz;
    if (fresh_s > (chunks_ == 0 ? least_s : 2.0 * kept_s))
        process();
    for (const CellBuilder& cell : cells_) {
        report_.cells.push_back(cell.cell());
        report_.notes.push_back(cell.received());
    }
    std::ranges::stable_sort(report_.cells, {}, &Cell::baseband_hz);
}

} // namespace

std::unique_ptr<CellSearcher> make_searcher(const CellInput& input)
{
    if (input.sample_rate_hz < least_rate_hz || !ChannelSearch(input, {}).possible())
        return nullptr;
    return std::make_unique<Searcher>(input);
}

} // namespace gacsong::detect::lte
