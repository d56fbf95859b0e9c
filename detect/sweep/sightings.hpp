// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/records/run.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace gacsong::detect {

/// One look as it was made.
struct Looked {
    Look look;
    double rate_hz = 0.0;
    unsigned round = 0;

    [[nodiscard]] double end_s() const { return look.at_s + look.seconds; }
};

/// What speaks for a transmitter, and against.
enum class Standing {
    once,      ///< seen at one tuning only, or at the tuned centre: the receiver may have made it
    confirmed, ///< seen at two tunings
    artefact,  ///< steady, and at one tuning only: the receiver makes it
};

/// A transmitter as a sweep knows it: what its looks showed, joined.
struct Sighted {
    Emission best;                ///< the best of what was measured; times from the start of the sweep
    std::vector<double> tunings;  ///< at which it was seen away from the tuned centre
    std::vector<double> tried;    ///< at which it was looked for
    double first_tuning_hz = 0.0; ///< of the look that saw it first
    std::vector<Burst> on;        ///< when it was seen, at most 2 000
    double on_s = 0.0;            ///< sum of that
    std::uint64_t bursts = 0;     ///< sum of what the looks counted
    double start_s = 0.0;         ///< first and last sight of it
    double end_s = 0.0;
    std::optional<Instant> start;
    std::optional<Instant> end;
    bool steady = true;   ///< it filled every look that saw it
    bool cut_low = false; ///< the best sight of it ends where the receiver's band does
    bool cut_high = false;
    unsigned last_round = 0;
    std::uint64_t number = 0; ///< in the order in which they were first seen
    Standing standing = Standing::once;
    bool dwelt = false; ///< a longer look was taken

    [[nodiscard]] double center_hz() const { return best.center_hz.value_or(0.0); }
};

/// Joins what the looks of a sweep show, so that what stands at an edge, or is seen again and again, counts once.
class Sightings {
public:
    /// Takes an emission of a look: frequencies absolute, times from the start of the sweep. Gives the number of the
    /// transmitter it belongs to; nothing where another look is to tell of it.
    std::optional<std::uint64_t> add(const Emission& emission, const Looked& looked);

    /// Whether a look showed this one: the transmitter gets its standing from it. To be called after the emissions of
    /// a look that was taken because of it have been added.
    void judge_second_look(std::uint64_t number, const Looked& looked);

    [[nodiscard]] const std::vector<Sighted>& all() const { return all_; }
    [[nodiscard]] Sighted* find(std::uint64_t number);

    /// Joins neighbours that are the two sides of one emission wider than the receiver's band.
    void join_wide();

    /// Forgets what one look showed weakly beside something strong that is confirmed: the line tells such products of
    /// a keyed or modulated emission by its times, for which a look is too short. How many there were.
    std::size_t drop_skirts();

    /// Takes out what was last seen before `round`.
    [[nodiscard]] std::vector<Sighted> take_older(unsigned round);

    /// The emission that a sweep tells of: times, bursts and share of time over all looks. What was seen at one
    /// tuning only is of poor quality, whatever the single look said.
    [[nodiscard]] static Emission told(const Sighted& sighted, const std::vector<Looked>& looks);

private:
    [[nodiscard]] Sighted* home(const Emission& emission);
    [[nodiscard]] Sighted* whole_of(const Emission& part);
    void swallow_parts(const Emission& whole);
    [[nodiscard]] Sighted& begin(const Emission& emission, const Looked& looked);
    static void note(Sighted& known, const Emission& emission, const Looked& looked);
    [[nodiscard]] bool skirt(const Sighted& weak) const;

    std::vector<Sighted> all_;
    std::uint64_t last_ = 0;
};

} // namespace gacsong::detect
