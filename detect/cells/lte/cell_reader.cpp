// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/cell_reader.hpp"

#include "detect/cells/lte/phy/steady_channel.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned inner_blocks = 6;
constexpr std::size_t most_frames = 32;
constexpr unsigned most_ports = 4;
constexpr double least_evidence = 8.0; ///< of reference signals
/// Of reference signals, and of these with both synchronisation signals, for a cell without a broadcast channel. Some
/// e²¹ identities, places and frequencies are tried in a recording, so noise reaches the sum in e⁻²⁶ of them.
constexpr double proving_evidence = 9.0;
constexpr double proving_secondary = 18.0; ///< this one's terms are few, so repeating signals do not deceive it
constexpr double proving_sum = 55.0;
/// What repeats exactly repeats its likeness to reference signals as well, which these figures take for new evidence
/// each time. Weak cells have 1.0 to 1.5, a strong signal of another kind as much as there are half frames.
constexpr double most_unexplained = 3.0;

/// Frame by frame, and where that cannot be read with a channel that stands still meanwhile.
std::optional<MasterInformation> read_master(SubframeReader& reader, ChannelEstimator& estimator, const Place& place,
                                             Identity identity, std::size_t& count)
{
    std::vector<BroadcastFrame> frames;
    std::vector<Grid> grids;
    Grid grid;
    for (std::int64_t frame = 0; grids.size() < most_frames && reader.read(place, 10 * frame, grid); ++frame) {
        frames.push_back(broadcast_frame(grid, identity, estimator.estimate(grid, 0, most_ports), frame));
        grids.push_back(grid);
    }
    count = frames.size();
    if (auto master = decode_broadcast(frames, identity))
        return master;
    const SteadyChannel channel(reader, estimator, place, most_ports);
    if (channel.empty())
        return std::nullopt;
    for (BroadcastFrame& one : frames)
        one = broadcast_frame(grids[static_cast<std::size_t>(one.frame)], identity,
                              channel.at(estimator, 2 * one.frame), one.frame);
    return decode_broadcast(frames, identity, true);
}

} // namespace

CellReading read_cell(const Stretch& stretch, const Candidate& candidate, const Announced& announced)
{
    SubframeReader reader(stretch, candidate.identity.numerology, inner_blocks);
    ChannelEstimator estimator(candidate.identity, inner_blocks);
    CellReading out;
    out.identity = candidate.identity;
    out.measured =
        track(reader, estimator, candidate.identity, candidate.place, stretch.seconds(), candidate.other_paces);
    if (out.measured.evidence < least_evidence)
        return out;
    // The first frame of the stretch that has its begin there.
    Place& place = out.measured.place;
    const double frame_s = 1e-2 * place.lasting;
    const auto frames_before = static_cast<std::int64_t>(std::floor(place.frame_s / frame_s + 1e-4));
    place.frame_s -= frame_s * static_cast<double>(frames_before);
    place.late_first += 2 * frames_before;
    std::size_t frames = 0;
    out.master = read_master(reader, estimator, place, candidate.identity, frames);
    const double sum = candidate.primary_evidence + candidate.secondary_evidence + out.measured.evidence;
    const bool proven =
        out.master || (out.measured.evidence >= proving_evidence && candidate.secondary_evidence >= proving_secondary &&
                       sum >= proving_sum && candidate.unexplained <= most_unexplained);
    out.kind = proven ? CellReading::Kind::cell : CellReading::Kind::candidate;
    if (out.master) {
        out.references = measure_references(stretch, out.measured, candidate.identity, *out.master);
        out.shared = read_system_information(stretch, place, candidate.identity, *out.master, announced);
    }
    out.last_s = SubframeReader::begin_s(place, 10 * static_cast<std::int64_t>(frames));
    return out;
}

} // namespace gacsong::detect::lte
