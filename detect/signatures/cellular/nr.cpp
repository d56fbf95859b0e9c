// SPDX-License-Identifier: GPL-3.0-or-later
// A base of NR (5G) by its synchronisation block. Where blocks stand is known to 50 kHz and more where the recording's
// centre is (3GPP TS 38.104 §5.4.3); without it nothing is looked for. Broadcast information is not read.
#include "detect/signatures/cellular/nr_blocks.hpp"
#include "detect/signatures/signature.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 1.8e6; ///< of the signals themselves at 15 kHz, where only they are sent
constexpr double widest_look_hz = 24e6;
constexpr double look_s = 0.0215; ///< blocks come every 20 ms unless a cell is not meant for newcomers
constexpr double off = 20e-6;     ///< of a receiver's clock
constexpr double block_subcarriers = 240.0;

struct Range {
    double low_hz;
    double high_hz;
};
/// Where 3GPP has down-links of NR below 6 GHz (TS 38.104 table 5.2-1); others' bands between them are left out.
constexpr std::array<Range, 5> ranges{
    {{600e6, 960e6}, {1427e6, 2200e6}, {2300e6, 2400e6}, {2496e6, 2690e6}, {3300e6, 5000e6}}};
constexpr double half_spacing_up_to_hz = 3000e6; ///< 15 kHz below, 30 kHz everywhere

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.end_s - e.start_s >= 0.001 &&
           std::ranges::any_of(ranges, [&](const Range& r) { return look.within(r.low_hz, r.high_hz); });
}

std::optional<Sighting> look_at(Look& look)
{
    const double center_hz = *look.center_hz();
    const double width_hz = std::min(look.emission().bandwidth_hz, widest_look_hz);
    Cut wanted;
    wanted.half_width_hz = 0.5 * width_hz;
    wanted.rate_hz = 1.2 * width_hz;
    wanted.most_s = look_s;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.join_s = look_s;
    wanted.margin_s = 1e-4;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    for (const double spacing_hz : {30e3, 15e3}) {
        if (spacing_hz < 30e3 && center_hz > half_spacing_up_to_hz)
            continue;
        // All of a block lies in the carrier; the emission's edges are known to a few per cent.
        const double room_hz = std::max(0.05 * width_hz, 0.55 * width_hz - 0.5 * block_subcarriers * spacing_hz);
        auto places = nr_block_raster_hz(center_hz - room_hz, center_hz + room_hz);
        for (double& place : places)
            place -= center_hz;
        const auto block = find_nr_block(clip, places, spacing_hz, off * center_hz);
        if (!block)
            continue;
        Sighting s;
        s.system = "NR";
        s.checked = true;
        s.confidence = 0.97;
        s.modulation = Modulation{"OFDM", 0.95, std::nullopt, std::nullopt};
        s.seen.emplace_back(
            "signature.seen.nr_block",
            std::vector<Argument>{{"center", Quantity{center_hz + block->reference_hz, Unit::frequency}},
                                  {"width", Quantity{spacing_hz, Unit::bandwidth}},
                                  {"n", static_cast<std::int64_t>(block->pci)}});
        return s;
    }
    return std::nullopt;
}

} // namespace

extern const Signature signature_nr;
const Signature signature_nr{.info = {.id = "nr", .system = "NR", .proof = Proof::sync, .mistaken_for = "LTE, UMTS"},
                             .admits = admits,
                             .look = look_at};

} // namespace gacsong::detect
