// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"
#include "detect/records/emission.hpp"
#include "detect/spectral/tracker.hpp"

#include <span>
#include <string>
#include <vector>

namespace gacsong::detect {

/// The carriers of base stations that were decoded. What the spectrum shows of such a carrier in pieces (resource
/// blocks that come and go, the skirts of a modulation) is one transmitter, and its system is known; what is too strong
/// to be the cell's own stays apart.
class CellCarriers {
public:
    /// The cells that are known now, beside those of earlier calls.
    void add(std::span<const Cell> cells);

    /// Takes those of `tracks` that are parts of a carrier.
    void claim(std::vector<Track>& tracks);

    /// What one carrier sent, as one track.
    struct Claimed {
        Track track;
        Modulation modulation;
        System system;
        Message seen;     ///< what names it
        bool main = true; ///< the track is most of the carrier
    };

    /// All that was claimed since the last call, a track for each carrier.
    [[nodiscard]] std::vector<Claimed> take();

    /// A track that is part of a carrier, with the carrier's name; nothing where it is none.
    [[nodiscard]] std::optional<Claimed> of(const Track& track) const;

    /// Whether something was claimed that lies around a core and is not given out.
    [[nodiscard]] bool holds(const Band& core) const;

    /// Nothing is known of what follows: tuned elsewhere.
    void clear() { carriers_.clear(); }

private:
    struct Carrier {
        std::string technology;
        Band core;            ///< what lies in it may be as strong as the carrier
        Band skirts;          ///< … and here only much weaker
        double density = 0.0; ///< LTE: of its reference signals, power per hertz
        double power = 0.0;   ///< GSM: of the carrier
        double first_s = 0.0;
        double last_s = 0.0;
        std::vector<Cell> cells;
        std::optional<Track> claimed;
    };

    [[nodiscard]] static std::optional<Carrier> carrier_of(const Cell& cell);
    [[nodiscard]] static bool part(const Carrier& carrier, const Track& track);
    [[nodiscard]] static Claimed named(const Carrier& carrier, Track track);

    std::vector<Carrier> carriers_;
};

} // namespace gacsong::detect
