// SPDX-License-Identifier: GPL-3.0-or-later
// Amplitude-modulated broadcasting: a carrier with sound beside it that stands on a channel of the medium waves (531
// kHz and every 9 kHz, the plan of Geneva 1975 for Region 3) or of the broadcasting bands below 30 MHz (5 kHz apart,
// ITU Radio Regulations, Article 5 and Appendix 11). Only its place tells it from other speech, so that it resembles
// one.
#include "detect/signatures/signature.hpp"

#include <array>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 2000.0;
constexpr double widest_hz = 25e3;
constexpr double least_s = 0.2;
constexpr double off_hz = 200.0; ///< as well as a centre is measured; stations keep to 10 Hz
constexpr double clock = 50e-6;  ///< by which a receiver's clock is off at most

struct BroadcastBand {
    double low_hz;
    double high_hz;
    double first_hz;
    double raster_hz;
};

constexpr std::array<BroadcastBand, 9> bands{{{526.5e3, 1606.5e3, 531e3, 9e3},
                                              {5.9e6, 6.2e6, 5.9e6, 5e3},
                                              {7.2e6, 7.45e6, 7.2e6, 5e3},
                                              {9.4e6, 9.9e6, 9.4e6, 5e3},
                                              {11.6e6, 12.1e6, 11.6e6, 5e3},
                                              {13.57e6, 13.87e6, 13.57e6, 5e3},
                                              {15.1e6, 15.8e6, 15.1e6, 5e3},
                                              {17.48e6, 17.9e6, 17.48e6, 5e3},
                                              {21.45e6, 21.85e6, 21.45e6, 5e3}}};

bool on_a_channel(double hz)
{
    for (const BroadcastBand& band : bands) {
        if (hz < band.low_hz || hz > band.high_hz)
            continue;
        const double beside_hz = std::abs(std::remainder(hz - band.first_hz, band.raster_hz));
        return beside_hz <= off_hz + clock * hz;
    }
    return false;
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.modulation.name == "AM" && e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz &&
           e.end_s - e.start_s > least_s && e.duty > 0.9 && look.center_hz() && on_a_channel(*look.center_hz());
}

std::optional<Sighting> look_at(Look& /*look*/)
{
    Sighting s;
    s.system = "AM broadcast";
    s.confidence = 0.7;
    return s;
}

} // namespace

extern const Signature signature_am_broadcast;
const Signature signature_am_broadcast{
    .info = {.id = "am-broadcast", .system = "AM broadcast", .proof = Proof::pattern, .mistaken_for = "analogue voice"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
