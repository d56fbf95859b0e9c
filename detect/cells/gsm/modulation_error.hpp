// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/burst_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect::gsm {

/// How far bursts of known bits are from those of an ideal transmitter (3GPP TS 45.005 §4.6): phases against those of
/// the bits sent through GMSK of BT 0.3 and a channel of eight symbols that fits the burst best, its mean and its slope
/// taken out. What is linear, the receiver's filter and echoes, is thereby not counted, nor is noise in the mean.
class ModulationError {
public:
    /// `bits` as sent, tails included; `y` as BurstReader::sample() gives it. The middle of the channel is `delay`
    /// symbols behind the first tap.
    void add(const BurstSamples& y, std::span<const std::uint8_t, burst_bits> bits, double delay);

    [[nodiscard]] std::size_t bursts() const { return bursts_; }
    /// Root mean square of the phase error, degrees, noise taken off.
    [[nodiscard]] double rms_deg() const;
    /// Largest of a burst, noise included, mean over the bursts, degrees.
    [[nodiscard]] double peak_deg() const;
    /// Noise, as far as it changes the amplitude: twice its share of the power. Phase noise is none.
    [[nodiscard]] double noise_share() const;

private:
    std::size_t bursts_ = 0;
    double across_ = 0.0; ///< power of the error across the signal, share of the signal's, summed over bursts
    double along_ = 0.0;
    double peaks_deg_ = 0.0;
};

/// The bits of a synchronisation burst, as sent.
[[nodiscard]] std::array<std::uint8_t, burst_bits> sync_burst_bits(const SyncInfo& info);

} // namespace gacsong::detect::gsm
