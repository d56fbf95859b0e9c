// SPDX-License-Identifier: GPL-3.0-or-later
// DJI aircraft: DroneID frames of the OcuSync link, OFDM 9 MHz wide with two known symbols. The check of a frame makes
// it certain, the known symbols alone nearly so. Of what a frame says only the model of the aircraft is read.
#include "detect/signatures/signature.hpp"
#include "detect/signatures/wideband/dji_frame.hpp"
#include "dsp/demod/resample.hpp"

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 6e6;
constexpr double widest_hz = 25e6; ///< the link's own frames share the channel
constexpr std::size_t most_frames = 8;

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && look.replay().sample_rate_hz >= dji_rate_hz;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 5e6;
    wanted.rate_hz = dji_rate_hz;
    wanted.most_s = 30e-3;
    wanted.margin_s = 60e-6;
    wanted.join_s = 300e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    Sighting s;
    bool alike = false;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const auto samples = dsp::resampled(clip.piece(p), clip.rate_hz, dji_rate_hz);
        for (const DjiFrame& frame : dji_frames(samples, most_frames)) {
            alike = true;
            if (!frame.octets)
                continue;
            ++s.frames;
            if (const auto model = dji_model(*frame.octets); model && !model->empty())
                s.identity["model"] = std::string(*model);
        }
    }
    if (!alike)
        return std::nullopt;
    s.system = "DJI";
    s.checked = true;
    s.confidence = s.frames > 0 ? 0.99 : 0.9;
    s.modulation = Modulation{"OFDM", 0.97, 14e3, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_dji;
const Signature signature_dji{
    .info = {.id = "dji", .system = "DJI", .proof = Proof::crc, .mistaken_for = "Wi-Fi, LTE, digital video"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
