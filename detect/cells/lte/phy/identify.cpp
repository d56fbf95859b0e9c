// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/identify.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr double half_frame_s = 5e-3;
constexpr std::size_t points = 128; ///< of a symbol
constexpr std::size_t most_half_frames = 64;
constexpr double least_evidence = 9.0;
constexpr double clear_evidence = 18.0;
constexpr unsigned most_beneath = 2; ///< cells, below the strongest with the same primary signal at the same time
constexpr unsigned groups = 168;

using Spectrum = std::array<Sample, sync_width>;

/// The synchronisation subcarriers of 128 samples.
class Transform {
public:
    Spectrum operator()(std::span<const Sample> samples)
    {
        std::copy(samples.begin(), samples.end(), in_.data());
        plan_.execute(in_.data(), out_.data());
        Spectrum spectrum;
        for (unsigned n = 0; n < sync_width; ++n)
            spectrum[n] = out_[static_cast<std::size_t>(sync_subcarrier(n) + static_cast<int>(points)) % points];
        return spectrum;
    }

private:
    dsp::FftPlan plan_{points, dsp::Direction::forward};
    dsp::AlignedArray<Sample> in_{points};
    dsp::AlignedArray<Sample> out_{points};
};

/// Secondary signals of all cells of a kind of half frame.
const std::vector<std::array<float, sync_width>>& secondaries(bool second_half)
{
    static const auto all = [] {
        std::array<std::vector<std::array<float, sync_width>>, 2> made;
        for (unsigned pci = 0; pci < 3 * groups; ++pci) {
            made[0].push_back(sss(pci, false));
            made[1].push_back(sss(pci, true));
        }
        return made;
    }();
    return all.at(second_half ? 1 : 0);
}

/// Where the secondary signal stands before the primary one, in units of 1/30.72 MHz (3GPP TS 36.211 §6.11).
struct Layout {
    bool tdd;
    Numerology numerology;
    unsigned before;
    unsigned into_half_frame; ///< of the primary signal, its prefix left out
};

std::array<Layout, 4> layouts()
{
    std::array<Layout, 4> out{};
    unsigned i = 0;
    for (const bool normal : {true, false}) {
        const Numerology numerology{normal};
        const unsigned last = numerology.symbols_in_slot() - 1;
        const unsigned subframe = 30720;
        out.at(i++) = {false, numerology, numerology.start(last) - numerology.start(last - 1), numerology.start(last)};
        const unsigned end = numerology.symbols_in_subframe() - 1;
        out.at(i++) = {true, numerology, subframe + numerology.start(2) - numerology.start(end),
                       subframe + numerology.start(2)};
    }
    return out;
}

/// Products of the secondary signal with the channel that the primary one saw, added over half frames of either kind.
struct Accumulated {
    std::array<std::array<std::complex<double>, sync_width>, 2> products{};
    double apart = 1e-30; ///< powers of what was added, which is that of the sums if nothing repeats

    [[nodiscard]] double power() const
    {
        double out = 1e-30;
        for (const auto& kind : products)
            for (const auto& product : kind)
                out += std::norm(product);
        return out;
    }
};

/// The primary signal's own view of the channel, smoothed over some subcarriers.
Spectrum channel_of(const Spectrum& seen, const std::array<Sample, sync_width>& sent)
{
    constexpr int around = 4;
    Spectrum raw;
    for (unsigned n = 0; n < sync_width; ++n)
        raw[n] = seen[n] * std::conj(sent[n]);
    Spectrum out;
    for (int n = 0; n < static_cast<int>(sync_width); ++n) {
        const int from = std::max(0, n - around);
        const int to = std::min(static_cast<int>(sync_width) - 1, n + around);
        Sample sum;
        for (int i = from; i <= to; ++i)
            sum += raw[static_cast<std::size_t>(i)];
        out[static_cast<std::size_t>(n)] = sum / static_cast<float>(to - from + 1);
    }
    return out;
}

/// Frequency error from the turn between the halves of the primary signals.
double coarse_offset(Extractor& extractor, double first_s, double shift_hz, double lasting, std::size_t count,
                     const std::array<Sample, sync_width>& sent)
{
    std::array<Sample, points> replica{};
    for (std::size_t i = 0; i < points; ++i)
        for (unsigned n = 0; n < sync_width; ++n)
            replica[i] +=
                sent[n] *
                Sample(std::polar(1.0, 2.0 * std::numbers::pi * sync_subcarrier(n) * static_cast<double>(i) / points));
    std::complex<double> turn;
    std::array<Sample, points> samples;
    for (std::size_t h = 0; h < count; ++h) {
        extractor.read(first_s + static_cast<double>(h) * half_frame_s * lasting, shift_hz, lasting, samples);
        std::complex<double> early;
        std::complex<double> late;
        double power = 1e-30;
        for (std::size_t i = 0; i < points; ++i) {
            (i < points / 2 ? early : late) += std::complex<double>(samples[i] * std::conj(replica[i]));
            power += std::norm(samples[i]);
        }
        turn += std::conj(early) * late / power;
    }
    return std::arg(turn) / (std::numbers::pi * symbol_s);
}

void accumulate(Accumulated& sum, const Spectrum& channel, const Spectrum& seen, unsigned kind)
{
    double power = 1e-30;
    for (unsigned n = 0; n < sync_width; ++n)
        power += std::norm(channel[n]) + std::norm(seen[n]);
    for (unsigned n = 0; n < sync_width; ++n) {
        const auto product =
            std::complex<double>(std::conj(channel[n]) * seen[n]) * (static_cast<double>(sync_width) / power);
        sum.products.at(kind)[n] += product;
        sum.apart += std::norm(product);
    }
}

/// Takes what fits a signal out of a spectrum, with a channel of its own.
void take_out(Spectrum& seen, const Spectrum& sent)
{
    const Spectrum channel = channel_of(seen, sent);
    for (unsigned n = 0; n < sync_width; ++n)
        seen[n] -= channel[n] * sent[n];
}

Spectrum secondary_of(unsigned pci, bool second_half)
{
    const auto& signs = secondaries(second_half)[pci];
    Spectrum out;
    std::copy(signs.begin(), signs.end(), out.begin());
    return out;
}

/// The same for the products; `swapped` where the first kind of half frame holds a cell's second signal.
void remove(Accumulated& sum, unsigned pci, bool swapped)
{
    for (unsigned kind = 0; kind < 2; ++kind) {
        auto& products = sum.products.at(kind);
        Spectrum seen;
        std::copy(products.begin(), products.end(), seen.begin());
        take_out(seen, secondary_of(pci, (kind == 1) != swapped));
        std::copy(seen.begin(), seen.end(), products.begin());
    }
}

/// A clear cell with another primary signal whose signals stand at the same time.
struct Other {
    unsigned pci = 0;
    std::size_t layout = 0;
    bool swapped = false; ///< the first half frame that is looked at is its second one
    double shift_hz = 0.0;
};

std::vector<Other> others_of(std::span<const Candidate> known, const std::array<Layout, 4>& shapes, unsigned identity,
                             double first_s)
{
    constexpr double together_s = 5e-6; // less than a prefix
    std::vector<Other> out;
    for (const Candidate& one : known) {
        if (one.identity.pci % 3 == identity || one.secondary_evidence < clear_evidence)
            continue;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            const Layout& layout = shapes.at(i);
            if (one.identity.tdd != layout.tdd ||
                one.identity.numerology.normal_prefix != layout.numerology.normal_prefix)
                continue;
            const double into_s = layout.into_half_frame * unit_s * one.place.lasting;
            const double half_frames = (first_s - one.place.frame_s - into_s) / (half_frame_s * one.place.lasting);
            const double whole = std::round(half_frames);
            if (std::abs(half_frames - whole) * half_frame_s < together_s)
                out.push_back({one.identity.pci, i, std::llround(whole) % 2 != 0, one.place.shift_hz});
        }
    }
    return out;
}

/// What each cell of a primary signal has in the products of a layout.
struct Fit {
    unsigned pci = 0;
    bool swapped = false;
    std::complex<double> sum;
    double evidence = 0.0;
    double late_s = 0.0; ///< of the signal behind the channel's
};

/// The fits of so much evidence, the best first.
std::vector<Fit> fits_of(const Accumulated& sum, unsigned identity)
{
    const double power = sum.power();
    std::vector<Fit> out;
    for (unsigned group = 0; group < groups; ++group) {
        const unsigned pci = 3 * group + identity;
        const auto& first = secondaries(false)[pci];
        const auto& second = secondaries(true)[pci];
        for (const bool swapped : {false, true}) {
            const auto& a = sum.products.at(swapped ? 1 : 0);
            const auto& b = sum.products.at(swapped ? 0 : 1);
            std::complex<double> fit;
            for (unsigned n = 0; n < sync_width; ++n)
                fit += a[n] * static_cast<double>(first[n]) + b[n] * static_cast<double>(second[n]);
            const double evidence = std::norm(fit) / power;
            if (evidence >= least_evidence)
                out.push_back({pci, swapped, fit, evidence});
        }
    }
    std::ranges::stable_sort(out, std::greater{}, &Fit::evidence);
    return out;
}

/// The best fit to a signal that comes a little earlier or later than the channel's.
Fit best_beneath(const Accumulated& sum, unsigned identity)
{
    constexpr double reach_s = 3e-6;
    constexpr double step_s = 0.5e-6;
    Fit best;
    for (double late_s = -reach_s; late_s < reach_s + 0.1 * step_s; late_s += step_s) {
        Accumulated turned = sum;
        for (auto& kind : turned.products)
            for (unsigned n = 0; n < sync_width; ++n)
                kind[n] *= std::polar(1.0, 2.0 * std::numbers::pi * sync_subcarrier(n) * subcarrier_hz * late_s);
        const auto fits = fits_of(turned, identity);
        if (!fits.empty() && fits.front().evidence > best.evidence) {
            best = fits.front();
            best.late_s = late_s;
        }
    }
    return best;
}

} // namespace

std::vector<Candidate> identify(Extractor& extractor, const PrimaryPeak& peak, double shift_hz,
                                std::span<const Candidate> known)
{
    static const auto shapes = layouts();
    const auto sent = pss(peak.identity);
    const double lasting = peak.lasting;
    // The first half frame whose secondary signal is in the stretch as well, whichever the layout is.
    const double reach_s = 3.0 * 2560.0 * unit_s;
    const double first_s = peak.at_s > reach_s ? peak.at_s : peak.at_s + half_frame_s * lasting;
    const double room_s = extractor.stretch().seconds() - first_s - symbol_s;
    if (room_s < 0.0)
        return {};
    const std::size_t count =
        std::min(most_half_frames, static_cast<std::size_t>(room_s / (half_frame_s * lasting)) + 1);
    // Beneath another cell the primary signal says little of the frequency, which is that cell's.
    const auto others = others_of(known, shapes, peak.identity, first_s);
    shift_hz = others.empty() ? shift_hz + coarse_offset(extractor, first_s, shift_hz, lasting, count, sent)
                              : others.front().shift_hz;

    Transform spectrum;
    std::array<Accumulated, 4> sums;
    std::array<Sample, points> samples;
    for (std::size_t h = 0; h < count; ++h) {
        const double at = first_s + static_cast<double>(h) * half_frame_s * lasting;
        extractor.read(at, shift_hz, lasting, samples);
        Spectrum primary = spectrum(samples);
        for (const Other& other : others)
            take_out(primary, pss(other.pci % 3));
        const Spectrum channel = channel_of(primary, sent);
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            extractor.read(at - shapes[i].before * unit_s * lasting, shift_hz, lasting, samples);
            Spectrum secondary = spectrum(samples);
            for (const Other& other : others)
                if (other.layout == i)
                    take_out(secondary, secondary_of(other.pci, other.swapped != (h % 2 == 1)));
            accumulate(sums.at(i), channel, secondary, h % 2);
        }
    }
    std::vector<Candidate> found;
    const auto add = [&](const Layout& layout, const Fit& fit, double unexplained) {
        Candidate one;
        one.identity = {fit.pci, layout.tdd, layout.numerology};
        const double between_s = layout.before * unit_s;
        // The products turn with the time from the primary signal back to the secondary one.
        one.place.shift_hz = shift_hz - std::arg(fit.sum) / (2.0 * std::numbers::pi * between_s);
        one.place.lasting = lasting;
        const double half_s = (layout.into_half_frame * unit_s + (fit.swapped ? half_frame_s : 0.0)) * lasting;
        one.place.frame_s = first_s - half_s + fit.late_s;
        one.primary_evidence = peak.evidence;
        one.secondary_evidence = fit.evidence;
        one.unexplained = unexplained;
        found.push_back(one);
    };
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const Layout& layout = shapes.at(i);
        Accumulated& sum = sums.at(i);
        const auto fits = fits_of(sum, peak.identity);
        const double power = sum.power();
        for (const Fit& fit : fits)
            add(layout, fit, power * (1.0 - fit.evidence / (2.0 * sync_width)) / sum.apart);
        // Beneath a clear cell there may be others.
        Fit best = fits.empty() ? Fit{} : fits.front();
        const double strongest_hz = fits.empty() ? shift_hz : found[found.size() - fits.size()].place.shift_hz;
        for (unsigned n = 0; n < most_beneath && best.evidence >= clear_evidence; ++n) {
            remove(sum, best.pci, best.swapped);
            best = best_beneath(sum, peak.identity);
            if (best.evidence < clear_evidence)
                break;
            add(layout, best, power / sum.apart);
            // Against the channel of the stronger cell the products say nothing of the frequency.
            found.back().place.shift_hz = strongest_hz;
            found.back().beneath = true;
        }
    }
    std::ranges::stable_sort(found, std::greater{}, &Candidate::secondary_evidence);
    return found;
}

} // namespace gacsong::detect::lte
