// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/channel.hpp"
#include "detect/signatures/clip.hpp"
#include "detect/signatures/helper_programs.hpp"

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace gacsong::detect {

/// One emission as signatures see it: its measured values, a clip of its bursts in its own baseband, and views of that
/// clip that are computed when first asked for and then shared. Not thread-safe: one for each emission.
class Look {
public:
    Look(const Emission& emission, const Replay& replay, const HelperPrograms* helpers = nullptr)
        : emission_(emission), replay_(replay), helpers_(helpers),
          channel_(Channel::around(raw_offset_hz(emission, replay), emission.bandwidth_hz, replay))
    {
    }
    /// The same with a channel that was made for it, or none.
    Look(const Emission& emission, const Replay& replay, const HelperPrograms* helpers,
         std::unique_ptr<Channel> channel)
        : emission_(emission), replay_(replay), helpers_(helpers), channel_(std::move(channel))
    {
    }

    /// Frequencies, bandwidth, level, bursts. `modulation` is set when signatures are asked.
    [[nodiscard]] const Emission& emission() const { return emission_; }
    void set_modulation(const Modulation& modulation) { emission_.modulation = modulation; }

    /// Frequency of the centre, where the recording's is known: a hint, never a proof.
    [[nodiscard]] std::optional<double> center_hz() const { return emission_.center_hz; }
    [[nodiscard]] bool within(double low_hz, double high_hz) const
    {
        return emission_.center_hz && *emission_.center_hz >= low_hz && *emission_.center_hz <= high_hz;
    }

    /// The general clip: 1.2 times the bandwidth (at least 1 kHz) at four or more samples per hertz of it where the
    /// recording has them, pauses of up to 5 ms or 20/bandwidth inside, at most 2^19 samples.
    [[nodiscard]] const Clip& clip();

    /// Noise power inside the clip, full scale 1.
    [[nodiscard]] double noise_power() { return noise_density() * clip().noise_bandwidth_hz; }
    /// Noise power per hertz.
    [[nodiscard]] double noise_density() const;

    /// Instantaneous frequency of the clip in hertz from its centre, one value a sample: arg(z[n]·z*[n−1]).
    [[nodiscard]] std::span<const float> frequency();
    /// |z|² of the clip.
    [[nodiscard]] std::span<const float> power();

    /// A clip of the signature's own shape around the emission's centre plus `shift_hz`, from the shared channel where
    /// that holds it. Else it costs what is read: ask for no more than needed, and only where the cheap views speak
    /// for it.
    [[nodiscard]] Clip cut(Cut wanted, double shift_hz = 0.0) const;

    [[nodiscard]] const Replay& replay() const { return replay_; }
    /// Programs that may be asked; null: none.
    [[nodiscard]] const HelperPrograms* helpers() const { return helpers_; }

private:
    Emission emission_;
    Replay replay_;
    const HelperPrograms* helpers_;
    std::unique_ptr<Channel> channel_; ///< null where the recording is no wider
    std::optional<Clip> clip_;
    std::vector<float> frequency_;
    std::vector<float> power_;
};

} // namespace gacsong::detect
