// SPDX-License-Identifier: GPL-3.0-or-later
// The synchronisation block of NR (3GPP TS 38.211 §7.4.3.1): four symbols of 240 subcarriers; the primary signal lies
// on 127 of the first, the secondary on the same ones of the third. SS_REF is subcarrier 120, the signals' first is 56.
#include "detect/signatures/cellular/nr_blocks.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace gacsong::detect {

namespace {

using Complex = std::complex<float>;

constexpr int first_element = 56 - 120;         ///< subcarriers from SS_REF
constexpr double symbol = 1.0 + 144.0 / 2048.0; ///< with its prefix, in useful lengths
constexpr double slice = 1.15;                  ///< of the signals' width that is looked at
constexpr double step = 0.5;                    ///< of a subcarrier; a quarter off costs 0.9 dB
/// Shares of the power, of 126 degrees of freedom: noise has the first with 2e-16 a place in time and frequency, of
/// which there are some 1e7, the second with 2e-10 in one of 336 sequences.
constexpr double clear_primary = 0.25;
constexpr double clear_secondary = 0.20;
constexpr int alike = 3; ///< subcarriers to either side over which the channel is one

template <std::size_t N>
std::array<int, nr_sync_elements> maximal(std::array<int, 7> x, const std::array<std::size_t, N>& taps)
{
    std::array<int, nr_sync_elements> out{};
    for (int& bit : out) {
        bit = x[0];
        int next = 0;
        for (const std::size_t tap : taps)
            next ^= x.at(tap);
        std::rotate(x.begin(), x.begin() + 1, x.end());
        x[6] = next;
    }
    return out;
}

/// The clip's spectrum, and stretches of it as signals of their own.
class Slices {
public:
    Slices(std::span<const Complex> x, double rate_hz, double width_hz)
        : n_(dsp::quick_length(x.size())),
          w_(dsp::quick_length(static_cast<std::size_t>(std::ceil(width_hz / rate_hz * static_cast<double>(n_))))),
          bin_hz_(rate_hz / static_cast<double>(n_)), spectrum_(n_),
          back_(w_, dsp::Direction::inverse, dsp::Planning::quick),
          there_(w_, dsp::Direction::forward, dsp::Planning::quick), in_(w_)
    {
        const dsp::FftPlan plan(n_, dsp::Direction::forward, dsp::Planning::quick);
        dsp::AlignedArray<Complex> samples(n_);
        std::copy(x.begin(), x.end(), samples.data());
        plan.execute(samples.data(), spectrum_.data());
    }

    [[nodiscard]] std::size_t size() const { return w_; }
    [[nodiscard]] double rate_hz() const { return bin_hz_ * static_cast<double>(w_); }

    /// The stretch around `center_hz`, times the conjugate of `by` (empty: as it is), back in time.
    void signal(double center_hz, std::span<const Complex> by, dsp::AlignedArray<Complex>& out)
    {
        const auto n = static_cast<std::ptrdiff_t>(n_);
        const auto w = static_cast<std::ptrdiff_t>(w_);
        const auto middle = static_cast<std::ptrdiff_t>(std::llround(center_hz / bin_hz_));
        for (std::ptrdiff_t k = 0; k < w; ++k) {
            const std::ptrdiff_t from_middle = k < (w + 1) / 2 ? k : k - w;
            const Complex bin = spectrum_[static_cast<std::size_t>(((middle + from_middle) % n + n) % n)];
            const auto at = static_cast<std::size_t>(k);
            in_[at] = by.empty() ? bin : bin * std::conj(by[at]);
        }
        back_.execute(in_.data(), out.data());
    }

    /// The spectrum of something as long as a stretch or shorter.
    [[nodiscard]] std::vector<Complex> spectrum_of(std::span<const Complex> x)
    {
        std::fill_n(in_.data(), w_, Complex{});
        std::copy(x.begin(), x.end(), in_.data());
        dsp::AlignedArray<Complex> out(w_);
        there_.execute(in_.data(), out.data());
        return {out.data(), out.data() + w_};
    }

private:
    std::size_t n_;
    std::size_t w_;
    double bin_hz_;
    dsp::AlignedArray<Complex> spectrum_;
    dsp::FftPlan back_;
    dsp::FftPlan there_;
    dsp::AlignedArray<Complex> in_;
};

/// The primary signal's useful part around SS_REF at 0 Hz.
std::vector<Complex> waveform(const NrSequence& sequence, double spacing_hz, double rate_hz)
{
    std::vector<Complex> out(static_cast<std::size_t>(rate_hz / spacing_hz));
    for (std::size_t n = 0; n < out.size(); ++n) {
        const double turn = 2.0 * std::numbers::pi * spacing_hz / rate_hz * static_cast<double>(n);
        std::complex<double> sum;
        for (std::size_t i = 0; i < sequence.size(); ++i)
            sum += static_cast<double>(sequence.at(i)) * std::polar(1.0, turn * (static_cast<int>(i) + first_element));
        out[n] = Complex(sum);
    }
    return out;
}

/// The 127 elements of the symbol whose useful part begins at `start_s`.
std::array<std::complex<double>, nr_sync_elements> elements(std::span<const Complex> x, double rate_hz, double start_s,
                                                            double spacing_hz)
{
    std::array<std::complex<double>, nr_sync_elements> out{};
    const auto first = static_cast<std::size_t>(std::llround(start_s * rate_hz));
    const auto count = static_cast<std::size_t>(rate_hz / spacing_hz);
    for (std::size_t i = 0; i < out.size() && first + count <= x.size(); ++i) {
        const double hz = spacing_hz * (static_cast<int>(i) + first_element);
        // The symbol begins between two samples; all of its elements turn with where.
        std::complex<double> phasor =
            std::polar(1.0, -2.0 * std::numbers::pi * hz * (static_cast<double>(first) / rate_hz - start_s));
        const auto turn = std::polar(1.0, -2.0 * std::numbers::pi * hz / rate_hz);
        for (std::size_t n = first; n < first + count; ++n) {
            out.at(i) += std::complex<double>(x[n]) * phasor;
            phasor *= turn;
        }
    }
    return out;
}

struct Primary {
    double share = 0.0;
    double place_hz = 0.0;
    std::size_t at = 0;
    unsigned sector = 0;
};

/// The group whose secondary signal stands two symbols behind the primary one.
std::optional<unsigned> secondary_group(std::span<const Complex> x, double rate_hz, const Primary& primary,
                                        double spacing_hz)
{
    const double start_s = static_cast<double>(primary.at) / rate_hz;
    const auto known = nr_primary(primary.sector);
    auto channel = elements(x, rate_hz, start_s, spacing_hz);
    for (std::size_t i = 0; i < channel.size(); ++i)
        channel.at(i) *= static_cast<double>(known.at(i));
    const auto second = elements(x, rate_hz, start_s + 2.0 * symbol / spacing_hz, spacing_hz);
    std::array<std::complex<double>, nr_sync_elements> told{};
    double energy = 0.0;
    double channel_energy = 0.0;
    for (int i = 0; i < static_cast<int>(told.size()); ++i) {
        std::complex<double> mean;
        double count = 0.0;
        for (int k = std::max(0, i - alike); k <= std::min(static_cast<int>(told.size()) - 1, i + alike); ++k) {
            mean += channel.at(static_cast<std::size_t>(k));
            count += 1.0;
        }
        const auto at = static_cast<std::size_t>(i);
        told.at(at) = second.at(at) * std::conj(mean / count);
        energy += std::norm(second.at(at));
        channel_energy += std::norm(mean / count);
    }
    double best = 0.0;
    unsigned found = 0;
    for (unsigned group = 0; group < 336; ++group) {
        const auto sequence = nr_secondary(group, primary.sector);
        std::complex<double> sum;
        for (std::size_t i = 0; i < told.size(); ++i)
            sum += told.at(i) * static_cast<double>(sequence.at(i));
        if (std::norm(sum) > best) {
            best = std::norm(sum);
            found = group;
        }
    }
    if (best < clear_secondary * std::max(1e-30, energy * channel_energy))
        return std::nullopt;
    return found;
}

/// The energy of `width` samples from each on.
std::vector<float> energies(std::span<const Complex> x, std::size_t width)
{
    std::vector<float> out(x.size() + 1 - width);
    double sum = 0.0;
    for (std::size_t n = 0; n < x.size(); ++n) {
        sum += static_cast<double>(std::norm(x[n]));
        if (n + 1 >= width) {
            out[n + 1 - width] = static_cast<float>(sum);
            sum -= static_cast<double>(std::norm(x[n + 1 - width]));
        }
    }
    return out;
}

} // namespace

NrSequence nr_primary(unsigned sector)
{
    static const auto x = maximal<2>({0, 1, 1, 0, 1, 1, 1}, {0, 4});
    NrSequence out{};
    for (std::size_t n = 0; n < out.size(); ++n)
        out.at(n) = x.at((n + std::size_t{43} * sector) % out.size()) != 0 ? -1.0F : 1.0F;
    return out;
}

NrSequence nr_secondary(unsigned group, unsigned sector)
{
    static const auto x0 = maximal<2>({1, 0, 0, 0, 0, 0, 0}, {0, 4});
    static const auto x1 = maximal<2>({1, 0, 0, 0, 0, 0, 0}, {0, 1});
    const std::size_t m0 = std::size_t{15} * (group / 112) + std::size_t{5} * sector;
    const std::size_t m1 = group % 112;
    NrSequence out{};
    for (std::size_t n = 0; n < out.size(); ++n)
        out.at(n) = (x0.at((n + m0) % out.size()) ^ x1.at((n + m1) % out.size())) != 0 ? -1.0F : 1.0F;
    return out;
}

std::vector<double> nr_block_raster_hz(double low_hz, double high_hz)
{
    constexpr double coarse_hz = 3000e6;
    constexpr double end_hz = 24250e6;
    std::vector<double> out;
    for (double n = std::max(1.0, std::floor(low_hz / 1.2e6)); n * 1.2e6 < std::min(high_hz, coarse_hz); n += 1.0)
        for (const double m : {1.0, 3.0, 5.0})
            out.push_back(n * 1.2e6 + m * 50e3);
    for (double n = std::max(0.0, std::ceil((low_hz - coarse_hz) / 1.44e6));
         coarse_hz + n * 1.44e6 <= std::min(high_hz, end_hz); n += 1.0)
        out.push_back(coarse_hz + n * 1.44e6);
    std::erase_if(out, [&](double hz) { return hz < low_hz || hz > high_hz; });
    return out;
}

std::optional<NrBlock> find_nr_block(const Clip& clip, std::span<const double> places_hz, double spacing_hz,
                                     double most_off_hz)
{
    const auto x = clip.longest();
    const double width_hz = slice * static_cast<double>(nr_sync_elements) * spacing_hz;
    if (width_hz > clip.rate_hz || static_cast<double>(x.size()) < 4.0 * symbol / spacing_hz * clip.rate_hz)
        return std::nullopt;
    Slices slices(x, clip.rate_hz, width_hz);
    const double rate_hz = slices.rate_hz();
    std::array<std::vector<Complex>, 3> known;
    std::size_t length = 0;
    double energy = 0.0;
    for (unsigned sector = 0; sector < known.size(); ++sector) {
        const auto wave = waveform(nr_primary(sector), spacing_hz, rate_hz);
        length = wave.size();
        energy = 0.0;
        for (const Complex& z : wave)
            energy += static_cast<double>(std::norm(z));
        known.at(sector) = slices.spectrum_of(wave);
    }
    dsp::AlignedArray<Complex> signal(slices.size());
    dsp::AlignedArray<Complex> correlation(slices.size());
    Primary best;
    const int steps = static_cast<int>(std::ceil(most_off_hz / (step * spacing_hz)));
    // Beyond the clip's end a stretch begins anew.
    const auto starts = static_cast<std::size_t>(static_cast<double>(x.size()) / clip.rate_hz * rate_hz) - length;
    for (const double place_hz : places_hz)
        for (int s = -steps; s <= steps; ++s) {
            const double at_hz = place_hz + s * step * spacing_hz;
            slices.signal(at_hz, {}, signal);
            const auto power = energies(signal.span(), length);
            for (unsigned sector = 0; sector < known.size(); ++sector) {
                slices.signal(at_hz, known.at(sector), correlation);
                for (std::size_t n = 0; n < std::min(starts, power.size()); ++n) {
                    const auto product = static_cast<double>(std::norm(correlation[n]));
                    const double whole = energy * static_cast<double>(power[n]);
                    if (whole > 0.0 && product > best.share * whole)
                        best = {product / whole, at_hz, n, sector};
                }
            }
        }
    if (best.share < clear_primary)
        return std::nullopt;
    slices.signal(best.place_hz, {}, signal);
    const auto group = secondary_group(signal.span(), rate_hz, best, spacing_hz);
    if (!group)
        return std::nullopt;
    return NrBlock{best.place_hz, spacing_hz, static_cast<double>(best.at) / rate_hz, 3 * *group + best.sector};
}

} // namespace gacsong::detect
