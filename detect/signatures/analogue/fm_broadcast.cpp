// SPDX-License-Identifier: GPL-3.0-or-later
// FM sound broadcasting: pilot-tone stereo (ITU-R BS.450-3), 19 kHz ± 2 Hz in the multiplex; radio data (IEC 62106) on
// 57 kHz, which a station without stereo may have too.
#include "detect/signatures/analogue/rds_station.hpp"
#include "detect/signatures/analogue/rds_subcarrier.hpp"
#include "detect/signatures/signature.hpp"
#include "dsp/demod/lines.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 40e3;
constexpr double widest_hz = 320e3;
constexpr double pilot_hz = 19e3;
constexpr double clock_ppm = 100.0;     ///< of both ends
constexpr double least_pilot_db = 20.0; ///< over the median beside it. A cell is exponential: 1e-40 for each at 20 dB
constexpr double glance_s = 0.25;
constexpr double glance_clear = 6.0; ///< of a subcarrier, to listen longer
constexpr double sure_clear = 13.0;
constexpr double half_width_hz = 110e3;
constexpr double most_noise_hz = 1000.0; ///< of the discriminator: more of it and no deviation is stated
constexpr double peak_quantile = 0.999;  ///< what a peak is, so that clicks are none
constexpr double reference_hz = 19e3;    ///< a sine of that deviation is 0 dBr (ITU-R SM.1268)
constexpr double listen_s = 5.0;         ///< a name takes 0.4 s at least, mostly 1 s; a long text 5 s

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.duty > 0.5 && e.end_s - e.start_s > 0.05;
}

/// The multiplex: instantaneous frequency, hertz.
struct Multiplex {
    double rate_hz = 0.0;
    std::vector<float> deviation;
};

Multiplex multiplex_of(const Look& look, double most_s)
{
    Cut wanted;
    wanted.half_width_hz = half_width_hz;
    wanted.rate_hz = 300e3; // a lower one costs more: its filter must be steeper
    wanted.most_s = most_s;
    wanted.most_samples = std::size_t{1} << 21U;
    wanted.most_input = std::size_t{45} * 1000 * 1000;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    return {clip.rate_hz, dsp::instantaneous_frequency(clip.longest(), clip.rate_hz)};
}

std::optional<dsp::SpectralLine> pilot_of(const Multiplex& multiplex)
{
    dsp::LineSpectra spectra(multiplex.rate_hz, multiplex.deviation.size());
    spectra.add(multiplex.deviation);
    const auto line = dsp::strongest_line(spectra.sum(), 18e3, 20e3);
    if (!line || line->ratio < std::pow(10.0, least_pilot_db / 10.0))
        return std::nullopt;
    const double tolerance = 2.0 + pilot_hz * clock_ppm * 1e-6 + 0.2 * spectra.sum().step_hz;
    if (std::abs(line->frequency_hz - pilot_hz) > tolerance)
        return std::nullopt;
    return line;
}

/// Listens longer, to `heard_last`, where a subcarrier shows at a glance.
std::optional<RdsStation> station_of(const Look& look, const Multiplex& glance, Multiplex& heard_last)
{
    const auto subcarrier = rds_subcarrier(glance.deviation, glance.rate_hz, glance_clear);
    if (!subcarrier)
        return std::nullopt;
    heard_last = multiplex_of(look, listen_s);
    const auto heard = rds_subcarrier(heard_last.deviation, heard_last.rate_hz, sure_clear);
    return heard ? read_rds(heard->soft) : read_rds(subcarrier->soft);
}

struct Deviation {
    double peak_hz = 0.0;
    double power_dbr = 0.0; ///< of the multiplex
    double seconds = 0.0;
};

/// Nothing where noise of the discriminator, √((N0/C)·W³/3) (monitoring.md §1.3), would be counted as modulation. What
/// seconds show is indicative: the recommendation asks for a mean over 60 s and for an hour of it.
std::optional<Deviation> deviation_of(const Look& look, const Multiplex& multiplex)
{
    const double carrier = std::pow(10.0, look.emission().power_dbfs / 10.0);
    const double noise_hz = std::sqrt(look.noise_density() / carrier * std::pow(half_width_hz, 3) / 3.0);
    if (noise_hz > most_noise_hz)
        return std::nullopt;
    double mean = 0.0;
    double squares = 0.0;
    const auto count = static_cast<double>(multiplex.deviation.size());
    for (const float value : multiplex.deviation) {
        mean += static_cast<double>(value) / count;
        squares += static_cast<double>(value) * static_cast<double>(value) / count;
    }
    std::vector<float> sizes;
    for (const float value : multiplex.deviation)
        sizes.push_back(std::abs(value - static_cast<float>(mean)));
    Deviation out;
    out.peak_hz = static_cast<double>(dsp::quantile(sizes, peak_quantile));
    const double power = std::max(1.0, squares - mean * mean - noise_hz * noise_hz);
    out.power_dbr = 10.0 * std::log10(2.0 * power / (reference_hz * reference_hz));
    out.seconds = count / multiplex.rate_hz;
    return out;
}

std::string hex_of(std::uint16_t value)
{
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%04X", static_cast<unsigned>(value));
    return text.data();
}

void tell(const RdsStation& station, Sighting& s)
{
    s.frames = static_cast<std::int64_t>(station.groups);
    s.identity["rds_pi"] = hex_of(station.pi);
    if (!station.ps.empty())
        s.identity["rds_ps"] = station.ps;
    if (!station.text.empty())
        s.identity["rds_text"] = station.text;
    s.seen.emplace_back("signature.seen.rds", std::vector<Argument>{{"n", static_cast<std::int64_t>(station.groups)}});
}

std::optional<Sighting> look_at(Look& look)
{
    const Multiplex glance = multiplex_of(look, glance_s);
    if (static_cast<double>(glance.deviation.size()) < 0.05 * glance.rate_hz || glance.rate_hz < 60e3)
        return std::nullopt;
    const auto pilot = pilot_of(glance);
    Multiplex longer;
    const auto station = station_of(look, glance, longer);
    if (!pilot && !station)
        return std::nullopt;
    Sighting s;
    s.system = "FM broadcast";
    s.checked = true;
    s.confidence = station ? 0.99 : 0.9;
    if (pilot) {
        s.identity["pilot_hz"] = std::to_string(std::lround(pilot->frequency_hz));
        s.seen.emplace_back(
            "signature.seen.pilot",
            std::vector<Argument>{{"center", Quantity{pilot->frequency_hz, Unit::frequency, 1.0}},
                                  {"deviation", Quantity{2.0 * std::sqrt(pilot->power), Unit::bandwidth}}});
    }
    if (station)
        tell(*station, s);
    s.modulation = Modulation{"WFM", 0.95, std::nullopt, std::nullopt};
    if (const auto deviation = deviation_of(look, longer.deviation.empty() ? glance : longer)) {
        s.modulation->deviation_hz = deviation->peak_hz;
        s.seen.emplace_back("signature.seen.multiplex",
                            std::vector<Argument>{{"deviation", Quantity{deviation->peak_hz, Unit::bandwidth}},
                                                  {"level", Quantity{deviation->power_dbr, Unit::db, 0.1}},
                                                  {"duration", Quantity{deviation->seconds, Unit::seconds}}});
    }
    return s;
}

} // namespace

extern const Signature signature_fm_broadcast;
const Signature signature_fm_broadcast{.info = {.id = "fm-broadcast",
                                                .system = "FM broadcast",
                                                .proof = Proof::crc,
                                                .mistaken_for = "wireless microphone"},
                                       .admits = admits,
                                       .look = look_at,
                                       .early = true};

} // namespace gacsong::detect
