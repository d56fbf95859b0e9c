// SPDX-License-Identifier: GPL-3.0-or-later
// DAB and DAB+ (ETSI EN 300 401 §14, transmission mode I, the only one since V2.1.1): a frame of 96 ms begins with a
// null symbol of 1.297 ms and the phase reference symbol, 1536 carriers 1 kHz apart whose phases are known (§14.3.2,
// tables 23 and 24). No programme is read.
#include "detect/signatures/signature.hpp"
#include "dsp/aligned.hpp"
#include "dsp/demod/resample.hpp"
#include "dsp/demod/views.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr double narrowest_hz = 1.3e6;
constexpr double widest_hz = 1.75e6;
constexpr double rate_hz = 2.048e6; ///< in which a symbol has 2048 samples
constexpr std::size_t useful = 2048;
constexpr std::size_t hop = 400; ///< of 504 samples of the prefix: one window lies in the symbol whatever its start
constexpr double frame_s = 0.096;
constexpr double symbol_s = 2552.0 / rate_hz;
constexpr double look_s = 0.25;
constexpr double least_s = 0.0125; ///< the prefixes of ten symbols give the fraction of the frequency
constexpr double null_s = 1.3e-3;
constexpr int carriers_each_side = 768;
constexpr int most_off = 40; ///< carriers, to which the measured centre may be wrong
/// Correlation of the steps from carrier to carrier. Random ones reach it with exp(−1534 · 0.25²) = 2e-42 a window and
/// frequency; some 10⁵ are looked at.
constexpr double clear = 0.25;
constexpr double off_pace_s = 0.4e-3; ///< most that a frame may begin off its time, two hops

/// Table 24: quarters of a turn, by row and place; the second half repeats the first.
constexpr std::array<std::array<int, 16>, 4> rows{{{0, 2, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 2, 2, 1, 1},
                                                   {0, 3, 2, 3, 0, 1, 3, 0, 2, 1, 2, 3, 2, 3, 3, 0},
                                                   {0, 0, 0, 2, 0, 2, 1, 3, 2, 2, 0, 2, 2, 0, 1, 3},
                                                   {0, 1, 2, 1, 0, 3, 3, 2, 2, 3, 2, 1, 2, 1, 3, 2}}};
/// Table 23: quarters of a turn that each block of 32 carriers adds, from the lowest on. Below the centre the rows of
/// table 24 follow each other as 0, 1, 2, 3, above it as 0, 3, 2, 1.
constexpr std::array<int, 48> added{1, 2, 0, 1, 3, 2, 2, 3, 2, 1, 2, 3, 1, 2, 3, 3, 2, 2, 2, 1, 1, 3, 1, 2,
                                    3, 1, 1, 1, 2, 2, 1, 0, 2, 2, 3, 3, 0, 2, 1, 3, 3, 3, 3, 0, 3, 0, 1, 1};

/// Phase of a carrier −768 … 768 but 0 in the phase reference symbol, quarters of a turn.
int phase_of(int carrier)
{
    const int from_lowest = carrier + carriers_each_side - (carrier > 0 ? 1 : 0);
    const int block = from_lowest / 32;
    const int row = block < 24 ? block % 4 : (4 - block % 4) % 4;
    const auto place = static_cast<std::size_t>(from_lowest % 16);
    return (rows.at(static_cast<std::size_t>(row)).at(place) + added.at(static_cast<std::size_t>(block))) % 4;
}

/// The step from each carrier to the next, the two around the centre left out.
std::vector<Complex> known_steps()
{
    constexpr std::array<Complex, 4> turns{Complex{1, 0}, Complex{0, 1}, Complex{-1, 0}, Complex{0, -1}};
    std::vector<Complex> out;
    for (int k = -carriers_each_side; k < carriers_each_side; ++k)
        out.push_back(k == -1 || k == 0 ? Complex{}
                                        : turns.at(static_cast<std::size_t>((phase_of(k + 1) - phase_of(k) + 4) % 4)));
    return out;
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz && e.duty > 0.9 &&
           e.end_s - e.start_s >= least_s;
}

/// The part of a carrier's spacing by which the frequency is off, from what symbols and their prefixes turn.
double fraction_hz(std::span<const Complex> x)
{
    std::complex<double> sum;
    for (std::size_t n = 0; n + useful < x.size(); ++n)
        sum += std::complex<double>(x[n + useful] * std::conj(x[n]));
    return std::arg(sum) / (2.0 * std::numbers::pi) * rate_hz / static_cast<double>(useful);
}

/// Windows of the length of a symbol, one after the other.
class Windows {
public:
    Windows() : plan_(useful, dsp::Direction::forward, dsp::Planning::quick), in_(useful), out_(useful) {}

    /// How well the steps between carriers are those of the phase reference symbol, for the best frequency: 0 … 1.
    [[nodiscard]] double likeness(std::span<const Complex> window)
    {
        std::copy(window.begin(), window.end(), in_.data());
        plan_.execute(in_.data(), out_.data());
        const auto bin = [this](int k) {
            return out_[static_cast<std::size_t>(k + 2 * static_cast<int>(useful)) % useful];
        };
        const int low = -carriers_each_side - most_off;
        steps_.clear();
        for (int k = low; k < carriers_each_side + most_off; ++k)
            steps_.push_back(bin(k + 1) * std::conj(bin(k)));
        double best = 0.0;
        for (std::size_t shift = 0; shift + known_.size() <= steps_.size(); ++shift) {
            Complex sum{};
            float energy = 0.0F;
            for (std::size_t i = 0; i < known_.size(); ++i) {
                sum += steps_[shift + i] * std::conj(known_[i]);
                energy += std::norm(steps_[shift + i]) * std::norm(known_[i]);
            }
            if (energy > 0.0F)
                best = std::max(best, static_cast<double>(std::norm(sum) / energy));
        }
        return std::sqrt(best / static_cast<double>(known_.size() - 2));
    }

private:
    std::vector<Complex> known_ = known_steps();
    std::vector<Complex> steps_;
    dsp::FftPlan plan_;
    dsp::AlignedArray<Complex> in_;
    dsp::AlignedArray<Complex> out_;
};

/// Where the phase reference symbol stands, seconds: of windows close to each other the best one.
std::vector<double> phase_references(std::span<const Complex> x)
{
    Windows windows;
    std::vector<double> places_s;
    double best = 0.0;
    double latest_s = 0.0;
    for (std::size_t first = 0; first + useful <= x.size(); first += hop) {
        const double likeness = windows.likeness(x.subspan(first, useful));
        if (likeness < clear)
            continue;
        const double at_s = static_cast<double>(first) / rate_hz;
        if (places_s.empty() || at_s > latest_s + symbol_s) {
            places_s.push_back(at_s);
            best = likeness;
        } else if (likeness > best) {
            places_s.back() = at_s;
            best = likeness;
        }
        latest_s = at_s;
    }
    return places_s;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 0.8e6;
    wanted.rate_hz = rate_hz;
    wanted.most_s = look_s;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.join_s = 2.0 * null_s;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (clip.rate_hz < rate_hz || static_cast<double>(clip.longest().size()) < least_s * clip.rate_hz)
        return std::nullopt;
    const auto resampled = dsp::resampled(clip.longest(), clip.rate_hz, rate_hz);
    const auto x = dsp::shifted(resampled, fraction_hz(resampled), rate_hz);
    const auto places_s = phase_references(x);
    for (const double place_s : places_s) {
        const double frames = (place_s - places_s.front()) / frame_s;
        if (std::abs(frames - std::round(frames)) * frame_s > off_pace_s)
            return std::nullopt;
    }
    if (places_s.empty())
        return std::nullopt;
    Sighting s;
    s.system = "DAB";
    s.checked = true;
    s.confidence = 0.97;
    s.modulation = Modulation{"OFDM", 0.95, 1.0 / symbol_s, std::nullopt};
    s.seen.emplace_back("signature.seen.sync",
                        std::vector<Argument>{{"n", static_cast<std::int64_t>(places_s.size())}});
    return s;
}

} // namespace

extern const Signature signature_dab;
const Signature signature_dab{
    .info = {.id = "dab", .system = "DAB", .proof = Proof::sync, .mistaken_for = "LTE, DVB-T"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
