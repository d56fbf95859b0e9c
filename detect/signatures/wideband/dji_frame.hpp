// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::detect {

/// Sampling rate at which the symbols of DJI's DroneID have 1024 samples, 15 kHz between carriers.
inline constexpr double dji_rate_hz = 15.36e6;

// A frame as Schiller et al., "Drone Security and the Mysterious Case of DJI's DroneID" (NDSS 2023), found it: OFDM
// symbols of 601 carriers, the middle one empty; two are Zadoff-Chu sequences of root 600 and 147 with one symbol
// between them, six carry QPSK. Coding, scrambling and check are those of an LTE transport block (3GPP TS 36.211 §7.2,
// 36.212 §5.1).
inline constexpr std::size_t dji_symbol = 1024;
inline constexpr std::size_t dji_prefix = 72;
inline constexpr std::size_t dji_carriers = 600;
inline constexpr std::size_t dji_block_bits = 1384; ///< without its check
inline constexpr std::size_t dji_sent_bits = 7200;

/// Values on carriers −300 … −1, 1 … 300 of a Zadoff-Chu symbol.
[[nodiscard]] const std::vector<std::complex<float>>& dji_sync(unsigned root);

/// Bits with which what is sent is scrambled.
[[nodiscard]] const std::vector<std::uint8_t>& dji_scrambling();

/// A frame that was found by its two known symbols.
struct DjiFrame {
    std::size_t first = 0;  ///< sample at which the first known symbol begins, without its prefix
    double offset_hz = 0.0; ///< of its carrier
    double likeness = 0.0;  ///< smaller of both symbols', 0 … 1
    std::optional<std::vector<std::uint8_t>> octets; ///< of the block, where its check fits
};

/// Frames in samples at dji_rate_hz whose 0 Hz is within 450 kHz of the carrier; at most `most`. Both known symbols
/// have likeness 0.35: noise has that in one place of 10^50.
[[nodiscard]] std::vector<DjiFrame> dji_frames(std::span<const std::complex<float>> samples, std::size_t most);

/// Model of the aircraft that a block names, where it is a message of version 2 whose own check fits; empty where its
/// number is not known here. Who flies it, where, and its serial number are not read.
[[nodiscard]] std::optional<std::string_view> dji_model(std::span<const std::uint8_t> octets);

} // namespace gacsong::detect
