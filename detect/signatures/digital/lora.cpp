// SPDX-License-Identifier: GPL-3.0-or-later
// LoRa (Semtech AN1200.22): symbols of 2^SF/width seconds that sweep the width once; a preamble of equal up-chirps, two
// symbols of sync word, then 2¼ down-chirps. Data are not read.
#include "detect/signatures/signature.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::detect {

namespace {

constexpr std::array<double, 10> widths_hz{7812.5, 10417., 15625., 20833., 31250., 41667., 62500., 125e3, 250e3, 500e3};
constexpr double gathered = 0.12;      ///< least share of a window's power in one line; noise alone has some hundredths
constexpr double off_bin = 1.5;        ///< symbols of a preamble differ by no more
constexpr std::size_t least_equal = 6; ///< windows in a row: (3/2^SF)^5 in random symbols
constexpr std::size_t down_within = 5; ///< windows after the last equal one
constexpr double down_over_up = 2.0;   ///< a down-chirp shows a line against an up-chirp, not the other way round
constexpr double shown_symbols = 40.0;
constexpr double shortest_look_s = 0.4;

struct LoraShape {
    double width_hz = 0.0;
    unsigned factor = 0;
};

/// Width and spreading factor with that symbol rate, nearest to the measured bandwidth.
std::optional<LoraShape> shape_of(double bandwidth_hz, double symbol_rate_hz)
{
    std::optional<LoraShape> best;
    for (const double width : widths_hz) {
        const double factor = std::log2(width / symbol_rate_hz);
        if (bandwidth_hz < 0.75 * width || bandwidth_hz > 1.3 * width || factor < 5.5 || factor > 12.5 ||
            std::abs(factor - std::round(factor)) > 0.02)
            continue;
        if (!best || std::abs(bandwidth_hz - width) < std::abs(bandwidth_hz - best->width_hz))
            best = LoraShape{width, static_cast<unsigned>(std::lround(factor))};
    }
    return best;
}

/// The strongest line of a window after a sweep is taken off.
struct LoraLine {
    double frequency_hz = 0.0;
    double share = 0.0; ///< of the window's power
};

class Dechirp {
public:
    Dechirp(double rate_hz, double slope, std::size_t window)
        : rate_hz_(rate_hz), sweep_(window), in_(std::bit_ceil(2 * window)), out_(in_.size()),
          plan_(in_.size(), dsp::Direction::forward, dsp::Planning::quick)
    {
        for (std::size_t i = 0; i < window; ++i) {
            const double t = static_cast<double>(i) / rate_hz;
            const double turns = std::fmod(0.5 * slope * t * t, 1.0);
            sweep_[i] = std::complex<float>(std::polar(1.0, -2.0 * std::numbers::pi * turns));
        }
    }

    /// `x`: one window.
    [[nodiscard]] LoraLine line(std::span<const std::complex<float>> x)
    {
        std::fill_n(in_.data(), in_.size(), std::complex<float>{});
        double power = 0.0;
        for (std::size_t i = 0; i < sweep_.size(); ++i) {
            in_[i] = x[i] * sweep_[i];
            power += static_cast<double>(std::norm(in_[i]));
        }
        plan_.execute(in_.data(), out_.data());
        std::size_t best = 0;
        for (std::size_t k = 1; k < out_.size(); ++k)
            best = std::norm(out_[k]) > std::norm(out_[best]) ? k : best;
        return {static_cast<double>(best) * rate_hz_ / static_cast<double>(out_.size()),
                static_cast<double>(std::norm(out_[best])) /
                    std::max(1e-30, power * static_cast<double>(sweep_.size()))};
    }

private:
    double rate_hz_;
    std::vector<std::complex<float>> sweep_;
    dsp::AlignedArray<std::complex<float>> in_;
    dsp::AlignedArray<std::complex<float>> out_;
    dsp::FftPlan plan_;
};

/// Preambles with their down-chirps in a stretch.
std::int64_t preambles_in(std::span<const std::complex<float>> x, double rate_hz, const LoraShape& shape)
{
    const double symbol_rate = shape.width_hz / static_cast<double>(1U << shape.factor);
    const double length = rate_hz / symbol_rate;
    const auto window = static_cast<std::size_t>(length);
    Dechirp up(rate_hz, shape.width_hz * symbol_rate, window);
    Dechirp down(rate_hz, -shape.width_hz * symbol_rate, window);
    std::int64_t found = 0;
    std::size_t equal = 0;
    std::size_t since = down_within; ///< windows after a preamble that still waits for its down-chirps
    LoraLine before;
    for (std::size_t m = 0;; ++m) {
        const auto first = static_cast<std::size_t>(std::round(static_cast<double>(m) * length));
        if (first + window > x.size())
            return found;
        const LoraLine rising = up.line(x.subspan(first, window));
        const double apart = std::remainder(rising.frequency_hz - before.frequency_hz, shape.width_hz);
        const bool same =
            rising.share >= gathered && before.share >= gathered && std::abs(apart) < off_bin * symbol_rate;
        equal = same ? equal + 1 : 1;
        since = equal >= least_equal ? 0 : since + 1;
        before = rising;
        if (since == 0 || since > down_within)
            continue;
        const LoraLine falling = down.line(x.subspan(first, window));
        if (falling.share >= gathered && falling.share > down_over_up * rising.share) {
            ++found;
            since = down_within;
        }
    }
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.modulation.name == "CSS" && e.modulation.symbol_rate_hz &&
           shape_of(e.bandwidth_hz, *e.modulation.symbol_rate_hz);
}

std::optional<Sighting> look_at(Look& look)
{
    const Emission& e = look.emission();
    const auto shape = shape_of(e.bandwidth_hz, *e.modulation.symbol_rate_hz);
    Cut wanted;
    wanted.half_width_hz = 0.6 * shape->width_hz;
    wanted.rate_hz = 2.0 * shape->width_hz;
    wanted.most_s = std::max(shortest_look_s, shown_symbols / *e.modulation.symbol_rate_hz);
    wanted.margin_s = 1.0 / *e.modulation.symbol_rate_hz;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    Sighting s;
    s.system = "LoRa";
    if (clip.rate_hz >= shape->width_hz) {
        for (std::size_t p = 0; p < clip.pieces.size(); ++p)
            s.frames += preambles_in(clip.piece(p), clip.rate_hz, *shape);
    }
    if (s.frames == 0) // sweeps of radars and jammers can have the same slope
        return std::nullopt;
    s.checked = true;
    s.confidence = 0.95;
    s.identity["bandwidth_hz"] = std::to_string(std::lround(shape->width_hz));
    s.identity["spreading_factor"] = std::to_string(shape->factor);
    return s;
}

} // namespace

extern const Signature signature_lora;
const Signature signature_lora{
    .info = {.id = "lora", .system = "LoRa", .proof = Proof::sync, .mistaken_for = "radar, jammer"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
