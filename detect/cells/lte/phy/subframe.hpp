// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/extractor.hpp"
#include "detect/cells/lte/phy/identify.hpp"
#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

namespace gacsong::detect::lte {

/// Resource elements of a subframe as received, from the lowest subcarrier up; the one at the carrier is left out.
struct Grid {
    unsigned blocks = 0; ///< resource blocks, around the carrier
    unsigned symbols = 0;
    std::vector<Sample> values;

    [[nodiscard]] unsigned width() const { return 12 * blocks; }
    [[nodiscard]] std::span<const Sample> row(unsigned symbol) const
    {
        return std::span(values).subspan(std::size_t{symbol} * width(), width());
    }
    [[nodiscard]] std::span<Sample> row(unsigned symbol)
    {
        return std::span(values).subspan(std::size_t{symbol} * width(), width());
    }
};

/// Rate at which `blocks` resource blocks are read from a recording of the given rate, and the points of a symbol.
struct Sampling {
    double rate_hz = 0.0;
    std::size_t points = 0;
};
[[nodiscard]] Sampling sampling_for(double recorded_rate_hz, unsigned blocks);

/// Reads subframes: the symbols' transforms, their windows begun inside of the prefixes.
class SubframeReader {
public:
    SubframeReader(const Stretch& stretch, Numerology numerology, unsigned blocks);

    /// Subframe `number` after the begin of place's frame; false where it is not wholly in the stretch. Fewer symbols
    /// than it has cost less.
    [[nodiscard]] bool read(const Place& place, std::int64_t number, Grid& grid, unsigned symbols = 14);

    /// Where the subframe begins, in seconds of the stretch.
    [[nodiscard]] static double begin_s(const Place& place, std::int64_t number)
    {
        double late = 0.0;
        if (!place.late.empty()) {
            const std::int64_t half = (number >= 0 ? number : number - 4) / 5 - place.late_first;
            const auto last = static_cast<std::int64_t>(place.late.size()) - 1;
            late = place.late[static_cast<std::size_t>(std::clamp<std::int64_t>(half, 0, last))];
        }
        return place.frame_s + 1e-3 * static_cast<double>(number) * place.lasting + late;
    }

private:
    Numerology numerology_;
    unsigned blocks_;
    Sampling sampling_;
    Extractor extractor_;
    dsp::FftPlan transform_;
    dsp::AlignedArray<Sample> in_;
    dsp::AlignedArray<Sample> out_;
    std::vector<Sample> samples_;
    std::vector<Sample> ramp_;
};

/// What reference signals of one port show.
struct PortChannel {
    std::vector<Sample> response; ///< of each subcarrier, taken as the same for the whole subframe
    double power = 0.0;           ///< of a reference signal, without noise
};

struct ChannelEstimate {
    std::vector<PortChannel> ports;
    double noise = 0.0; ///< of a resource element
    double offset_hz = 0.0;
};

/// What reference signals show by themselves, before anything is known of the channel.
struct RawChannel {
    std::vector<std::vector<Sample>> ports; ///< at every third subcarrier
    double noise = 0.0;                     ///< of a resource element
    double offset_hz = 0.0;
};

/// Estimates channels from cell-specific reference signals (3GPP TS 36.211 §6.10.1): Wiener filter over frequency for
/// delays spread evenly over −1.5 … 4 µs, in windows of 6 resource blocks.
class ChannelEstimator {
public:
    ChannelEstimator(Identity identity, unsigned blocks);

    /// `subframe` 0 … 9; `ports` 1, 2 or 4. The grid reaches into the second slot, to that of port 2 where there is
    /// one.
    [[nodiscard]] ChannelEstimate estimate(const Grid& grid, unsigned subframe, unsigned ports);

    /// The same in two steps; `averaged` is the number of subframes whose mean a raw channel is.
    [[nodiscard]] RawChannel collect(const Grid& grid, unsigned subframe, unsigned ports);
    [[nodiscard]] ChannelEstimate smooth(const RawChannel& raw, double averaged = 1.0);

    /// Raw channel at the reference signals of a port in a symbol, from the lowest up; the first subcarrier comes with
    /// it.
    struct Pilots {
        unsigned first = 0; ///< then every sixth
        std::vector<Sample> values;
    };
    [[nodiscard]] Pilots pilots(const Grid& grid, unsigned subframe, unsigned symbol, unsigned port);

private:
    using Kernel = std::vector<Sample>; ///< 72 rows of 24
    const Kernel& kernel(int direct_current, int noise_db);

    Identity identity_;
    unsigned blocks_;
    std::map<std::tuple<unsigned, unsigned>, std::vector<Sample>> references_; ///< of subframe and symbol
    std::map<std::tuple<int, int>, Kernel> kernels_;
};

/// Soft bits of QPSK symbols that were sent by 1, 2 or 4 ports with transmit diversity (3GPP TS 36.211 §6.3.4.3,
/// §6.6.3), positive for 0, in units where they may be added. `response[p]` belongs to `received`, element by element.
void soft_bits(std::span<const Sample> received, std::span<const std::vector<Sample>> response, double noise,
               std::vector<float>& out);

} // namespace gacsong::detect::lte
