// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/cell_reader.hpp"

#include <cmath>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned inner_blocks = 6;
constexpr std::size_t most_frames = 32;
constexpr double least_evidence = 8.0; ///< of reference signals
/// Of reference signals, and of these with both synchronisation signals, for a cell without a broadcast channel. Some
/// e²¹ identities, places and frequencies are tried in a recording, so noise reaches the sum in e⁻²⁶ of them.
constexpr double proving_evidence = 9.0;
constexpr double proving_sum = 55.0;

} // namespace

CellReading read_cell(const Stretch& stretch, const Candidate& candidate, const std::optional<Schedule>& schedule)
{
    SubframeReader reader(stretch, candidate.identity.numerology, inner_blocks);
    ChannelEstimator estimator(candidate.identity, inner_blocks);
    CellReading out;
    out.identity = candidate.identity;
    out.measured = track(reader, estimator, candidate.identity, candidate.place, stretch.seconds());
    if (out.measured.evidence < least_evidence)
        return out;
    // The first frame of the stretch that has its begin there.
    Place& place = out.measured.place;
    const double frame_s = 1e-2 * place.lasting;
    const auto frames_before = static_cast<std::int64_t>(std::floor(place.frame_s / frame_s + 1e-4));
    place.frame_s -= frame_s * static_cast<double>(frames_before);
    place.late_first += 2 * frames_before;
    std::vector<BroadcastFrame> frames;
    Grid grid;
    for (std::int64_t frame = 0; frames.size() < most_frames && reader.read(place, 10 * frame, grid); ++frame)
        frames.push_back(broadcast_frame(grid, candidate.identity, estimator.estimate(grid, 0, 4), frame));
    out.master = decode_broadcast(frames, candidate.identity);
    const double sum = candidate.primary_evidence + candidate.secondary_evidence + out.measured.evidence;
    const bool proven = out.master || (out.measured.evidence >= proving_evidence && sum >= proving_sum);
    out.kind = proven ? CellReading::Kind::cell : CellReading::Kind::candidate;
    if (out.master)
        out.messages = read_system_information(stretch, place, candidate.identity, *out.master, schedule);
    out.last_s = SubframeReader::begin_s(place, 10 * static_cast<std::int64_t>(frames.size()));
    return out;
}

} // namespace gacsong::detect::lte
