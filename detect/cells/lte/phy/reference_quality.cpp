// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/reference_quality.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace gacsong::detect::lte {

namespace {

using Complex = std::complex<double>;

constexpr unsigned inner_blocks = 6;
constexpr unsigned most_ports = 4;
constexpr double clear_ratio = 316.0;    ///< 25 dB
constexpr double readable_ratio = 100.0; ///< 20 dB: what an absent port or block must be told from

/// What is alike in the reference signals of two slots of many subframes, and what is not.
struct Twins {
    Complex alike;
    double power = 0.0;
    double differing = 0.0;
    double count = 0.0;

    /// The share of the power that is the same in both: 1 for reference signals, near 0 for anything else.
    [[nodiscard]] double coherent() const { return power > 0.0 ? std::abs(alike) / power : 0.0; }
    [[nodiscard]] double mean_power() const { return count > 0.0 ? power / count : 0.0; }
};

/// Reference signals of a subframe, a slot against the other. The carrier's offset and the oscillator's phase turn all
/// of a symbol alike; port 0, which every cell has, tells by how much.
class TwinSlots {
public:
    TwinSlots(ChannelEstimator& estimator, const Grid& grid, Numerology numerology, unsigned subframe)
        : estimator_(estimator), grid_(grid), subframe_(subframe),
          in_slot_(numerology.symbols_in_slot()), symbols_{0U, numerology.second_reference()}
    {
        for (std::size_t i = 0; i < symbols_.size(); ++i) {
            const auto [a, b] = pilots(symbols_[i], 0);
            Complex turn;
            for (std::size_t m = 0; m < a.values.size(); ++m)
                turn += Complex(std::conj(a.values[m]) * b.values[m]);
            back_[i] = std::abs(turn) > 0.0 ? std::conj(turn) / std::abs(turn) : Complex(1.0, 0.0);
        }
    }

    /// Of a port in resource blocks `from` … `to` − 1. Ports 2 and 3 change places from one slot to the next: what is
    /// compared lies three subcarriers apart, over which echoes of 4 µs turn by a sixth of a circle.
    void add(Twins& sum, unsigned port, unsigned from, unsigned to, bool turned = true)
    {
        for (std::size_t i = 0; i < (port < 2 ? symbols_.size() : 1); ++i) {
            const auto [a, b] = pilots(port < 2 ? symbols_[i] : 1U, port);
            for (std::size_t m = 2 * std::size_t{from}; m < 2 * std::size_t{to}; ++m) {
                const Complex first(a.values[m]);
                const Complex second = Complex(b.values[m]) * (turned ? back_[i] : Complex(1.0, 0.0));
                sum.alike += std::conj(first) * second;
                sum.power += 0.5 * (std::norm(first) + std::norm(second));
                sum.differing += 0.5 * std::norm(first - second);
                sum.count += 1.0;
            }
        }
    }

private:
    [[nodiscard]] std::pair<ChannelEstimator::Pilots, ChannelEstimator::Pilots> pilots(unsigned symbol, unsigned port)
    {
        return {estimator_.pilots(grid_, subframe_, symbol, port),
                estimator_.pilots(grid_, subframe_, in_slot_ + symbol, port)};
    }

    ChannelEstimator& estimator_;
    const Grid& grid_;
    unsigned subframe_;
    unsigned in_slot_;
    std::array<unsigned, 2> symbols_;
    std::array<Complex, 2> back_;
};

/// Calls `take` with the slots of subframes 0 and 5 of up to `most` half frames from `first` on, as `blocks` resource
/// blocks hold them.
template <class Take>
void for_subframes(const Stretch& stretch, const Place& place, Identity identity, unsigned blocks, std::int64_t first,
                   std::int64_t most, Take take)
{
    SubframeReader reader(stretch, identity.numerology, blocks);
    ChannelEstimator estimator(identity, blocks);
    Grid grid;
    for (std::int64_t half = first; half < first + most && reader.read(place, 5 * half, grid); ++half) {
        TwinSlots slots(estimator, grid, identity.numerology, half % 2 == 0 ? 0 : 5);
        take(slots);
    }
}

using PortTwins = std::array<Twins, most_ports>;

std::optional<unsigned> ports_of(const PortTwins& twins)
{
    constexpr double there = 0.5;
    constexpr double absent = 0.2;
    const double usual = twins[0].mean_power();
    std::array<std::optional<bool>, most_ports> sends;
    for (unsigned port = 0; port < most_ports; ++port) {
        const bool strong = twins[port].mean_power() > usual / readable_ratio;
        if (strong && twins[port].coherent() > there)
            sends[port] = true;
        else if (!strong || twins[port].coherent() < absent)
            sends[port] = false;
    }
    if (sends[0] != true || !sends[1] || !sends[2] || !sends[3] || sends[2] != sends[3] || (*sends[2] && !*sends[1]))
        return std::nullopt;
    return *sends[2] ? 4U : (*sends[1] ? 2U : 1U);
}

/// Whether the middle of the recording holds that many resource blocks, as far as receivers' filters let it through.
bool holds(const Stretch& stretch, double shift_hz, unsigned blocks)
{
    constexpr double usable = 0.45;
    return std::abs(shift_hz) + 6.0 * subcarrier_hz * blocks <= usable * stretch.rate_hz;
}

constexpr unsigned edge = 2; ///< resource blocks on either side that are looked at
constexpr std::int64_t few_half_frames = 4;

/// Reference signals of port 0 in the middle of `blocks` resource blocks and in the outermost on either side.
struct Edges {
    Twins middle;
    Twins low;
    Twins high;

    [[nodiscard]] bool silent() const { return silent(low) && silent(high); }
    [[nodiscard]] bool there() const { return there(low) && there(high); }

private:
    [[nodiscard]] bool silent(const Twins& one) const
    {
        return one.mean_power() < middle.mean_power() / readable_ratio;
    }
    [[nodiscard]] bool there(const Twins& one) const { return !silent(one) && one.coherent() > 0.5; }
};

Edges edges_of(const Stretch& stretch, const Place& place, Identity identity, unsigned blocks)
{
    Edges out;
    for_subframes(stretch, place, identity, blocks, 0, few_half_frames, [&](TwinSlots& slots) {
        slots.add(out.middle, 0, blocks / 2 - edge, blocks / 2 + edge);
        slots.add(out.low, 0, 0, edge);
        slots.add(out.high, 0, blocks - edge, blocks);
    });
    return out;
}

/// Numbers of resource blocks that there are.
constexpr std::array<unsigned, 6> widths{6, 15, 25, 50, 75, 100};

std::optional<unsigned> blocks_of(const Stretch& stretch, const Place& place, Identity identity, unsigned stated)
{
    if (!holds(stretch, place.shift_hz, stated))
        return std::nullopt;
    if (edges_of(stretch, place, identity, stated).silent()) {
        std::optional<unsigned> fewer;
        for (const unsigned one : widths)
            if (one < stated && edges_of(stretch, place, identity, one).there())
                fewer = one;
        return fewer;
    }
    const unsigned more = stated + 2 * edge;
    if (stated == widths.back() || !holds(stretch, place.shift_hz, more) ||
        !edges_of(stretch, place, identity, more).there())
        return stated;
    return *std::upper_bound(widths.begin(), widths.end(), stated);
}

} // namespace

bool is_steady(const Stretch& stretch, const Place& place, Identity identity)
{
    constexpr std::int64_t half_frames = 32;
    // Chance alone makes the 768 pairs of an end agree by a thirtieth.
    constexpr double least = 0.11;
    constexpr double half_frame_s = 5e-3;
    const auto all = static_cast<std::int64_t>((stretch.seconds() - place.frame_s) / (half_frame_s * place.lasting));
    const std::int64_t each = std::min(half_frames, all / 2);
    for (const std::int64_t first : {std::int64_t{0}, all - 1 - each}) {
        Twins sum;
        for_subframes(stretch, place, identity, inner_blocks, std::max<std::int64_t>(0, first), each,
                      [&](TwinSlots& slots) { slots.add(sum, 0, 0, inner_blocks, false); });
        if (sum.coherent() <= least)
            return false;
    }
    return true;
}

std::optional<double> noise_beside(const Stretch& stretch, double shift_hz, unsigned blocks)
{
    constexpr std::size_t points = 2048;
    constexpr std::size_t most_pieces = 64;
    constexpr double usable = 0.40;   // of the rate on either side, where receivers' filters do nothing yet
    constexpr double beside = 1.15;   // of half the channel: skirts of its filter
    constexpr std::size_t least = 64; // bins
    const std::size_t all = stretch.samples() / points;
    if (all == 0)
        return std::nullopt;
    const std::size_t pieces = std::min(all, most_pieces);
    const dsp::FftPlan transform(points, dsp::Direction::forward);
    dsp::AlignedArray<Sample> in(points);
    dsp::AlignedArray<Sample> out(points);
    std::vector<double> power(points, 0.0);
    std::vector<float> window(points);
    double scale = 0.0;
    for (std::size_t i = 0; i < points; ++i) {
        // Four terms (Blackman and Harris): what is strong beside must not leak.
        const double x = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(points);
        const double w = 0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2.0 * x) - 0.01168 * std::cos(3.0 * x);
        window[i] = static_cast<float>(w);
        scale += w * w;
    }
    for (std::size_t piece = 0; piece < pieces; ++piece) {
        load(stretch, piece * (all / pieces) * points, in.span());
        for (std::size_t i = 0; i < points; ++i)
            in[i] *= window[i];
        transform.execute(in.data(), out.data());
        for (std::size_t i = 0; i < points; ++i)
            power[i] += std::norm(out[i]);
    }
    const double half_hz = beside * 6.0 * subcarrier_hz * blocks;
    std::vector<double> free;
    for (std::size_t i = 0; i < points; ++i) {
        const double bin = i < points / 2 ? static_cast<double>(i) : static_cast<double>(i) - points;
        const double hz = bin * stretch.rate_hz / points;
        if (std::abs(hz) <= usable * stretch.rate_hz && std::abs(hz - shift_hz) > half_hz && std::abs(bin) > 4.0)
            free.push_back(power[i]);
    }
    if (free.size() < least)
        return std::nullopt;
    // Other carriers and the channel's own skirts may fill most of it.
    const auto low = free.begin() + static_cast<std::ptrdiff_t>(free.size() / 10);
    std::nth_element(free.begin(), low, free.end());
    const double of_sample = *low / (scale * static_cast<double>(pieces));
    return of_sample * sampling_for(stretch.rate_hz, inner_blocks).rate_hz / stretch.rate_hz;
}

ReferenceQuality measure_references(const Stretch& stretch, const Measured& measured, Identity identity,
                                    const MasterInformation& master)
{
    constexpr std::int64_t most_half_frames = 16;
    ReferenceQuality out;
    const Place& place = measured.place;
    PortTwins twins;
    for_subframes(stretch, place, identity, inner_blocks, 0, most_half_frames, [&](TwinSlots& slots) {
        for (unsigned port = 0; port < most_ports; ++port)
            slots.add(twins[port], port, 0, inner_blocks);
    });
    const Twins& own = twins[0];
    if (own.count == 0.0 || own.power <= 0.0)
        return out;
    const double error = own.differing / own.count;
    const double reference = own.mean_power() - error;
    const auto noise = noise_beside(stretch, place.shift_hz, master.blocks);
    if (noise && reference > clear_ratio * *noise)
        out.evm_percent = 100.0 * std::sqrt(error / reference);
    if (reference > readable_ratio * error) {
        out.ports = ports_of(twins);
        out.blocks = blocks_of(stretch, place, identity, master.blocks);
    }
    return out;
}

} // namespace gacsong::detect::lte
