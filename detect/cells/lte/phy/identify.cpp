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
    for (unsigned n = 0; n < sync_width; ++n)
        sum.products.at(kind)[n] +=
            std::complex<double>(std::conj(channel[n]) * seen[n]) * (static_cast<double>(sync_width) / power);
}

} // namespace

std::vector<Candidate> identify(Extractor& extractor, const PrimaryPeak& peak, double shift_hz)
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
    shift_hz += coarse_offset(extractor, first_s, shift_hz, lasting, count, sent);

    Transform spectrum;
    std::array<Accumulated, 4> sums;
    std::array<Sample, points> samples;
    for (std::size_t h = 0; h < count; ++h) {
        const double at = first_s + static_cast<double>(h) * half_frame_s * lasting;
        extractor.read(at, shift_hz, lasting, samples);
        const Spectrum channel = channel_of(spectrum(samples), sent);
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            extractor.read(at - shapes[i].before * unit_s * lasting, shift_hz, lasting, samples);
            accumulate(sums.at(i), channel, spectrum(samples), h % 2);
        }
    }
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        double power = 1e-30;
        for (const auto& kind : sums.at(i).products)
            for (const auto& product : kind)
                power += std::norm(product);
        for (unsigned group = 0; group < groups; ++group) {
            const unsigned pci = 3 * group + peak.identity;
            const auto& first = secondaries(false)[pci];
            const auto& second = secondaries(true)[pci];
            for (const bool swapped : {false, true}) {
                const auto& a = sums.at(i).products.at(swapped ? 1 : 0);
                const auto& b = sums.at(i).products.at(swapped ? 0 : 1);
                std::complex<double> fit;
                for (unsigned n = 0; n < sync_width; ++n)
                    fit += a[n] * static_cast<double>(first[n]) + b[n] * static_cast<double>(second[n]);
                const double evidence = std::norm(fit) / power;
                if (evidence < least_evidence)
                    continue;
                Candidate one;
                one.identity = {pci, shapes[i].tdd, shapes[i].numerology};
                const double between_s = shapes[i].before * unit_s;
                // The products turn with the time from the primary signal back to the secondary one.
                one.place.shift_hz = shift_hz - std::arg(fit) / (2.0 * std::numbers::pi * between_s);
                one.place.lasting = lasting;
                const double half_s = (shapes[i].into_half_frame * unit_s + (swapped ? half_frame_s : 0.0)) * lasting;
                one.place.frame_s = first_s - half_s;
                one.primary_evidence = peak.evidence;
                one.secondary_evidence = evidence;
                found.push_back(one);
            }
        }
    }
    std::ranges::stable_sort(found, std::greater{}, &Candidate::secondary_evidence);
    return found;
}

} // namespace gacsong::detect::lte
