// SPDX-License-Identifier: GPL-3.0-or-later
// Morse code (ITU-R M.1677-1): a carrier that is keyed in dots of one unit and dashes of three, pauses of 1, 3, 7
// units.
#include "detect/signatures/signature.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double widest_hz = 600.0;
constexpr double shortest_s = 0.02; ///< 60 words a minute
constexpr double longest_s = 0.3;   ///< 4 words a minute
constexpr std::size_t least_signs = 12;
constexpr double on_grid = 0.25; ///< of a unit

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return (e.modulation.name == "OOK" || e.modulation.name == "ASK") && e.bandwidth_hz <= widest_hz &&
           e.burst_list.size() >= least_signs;
}

std::optional<Sighting> look_at(Look& look)
{
    std::vector<double> on;
    for (const Burst& burst : look.emission().burst_list)
        on.push_back(burst.end_s - burst.start_s);
    std::vector<double> sorted = on;
    std::sort(sorted.begin(), sorted.end());
    const double unit = sorted[sorted.size() / 6];
    if (unit < shortest_s || unit > longest_s)
        return std::nullopt;
    std::size_t dots = 0;
    std::size_t dashes = 0;
    for (const double length : on) {
        dots += std::abs(length / unit - 1.0) < on_grid ? 1U : 0U;
        dashes += std::abs(length / unit - 3.0) < 3.0 * on_grid ? 1U : 0U;
    }
    const auto signs = static_cast<double>(on.size());
    if (static_cast<double>(dots + dashes) < 0.85 * signs || static_cast<double>(dots) < 0.15 * signs ||
        static_cast<double>(dashes) < 0.15 * signs)
        return std::nullopt;
    Sighting s;
    s.system = "Morse";
    s.confidence = 0.75;
    s.seen.emplace_back("signature.seen.morse", std::vector<Argument>{{"n", static_cast<std::int64_t>(dots + dashes)},
                                                                      {"duration", Quantity{unit, Unit::seconds}}});
    return s;
}

} // namespace

extern const Signature signature_morse;
const Signature signature_morse{
    .info = {.id = "morse", .system = "Morse", .proof = Proof::pattern, .mistaken_for = "ISM device"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
