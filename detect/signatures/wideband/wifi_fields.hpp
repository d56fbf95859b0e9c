// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace gacsong::detect {

inline constexpr std::size_t wifi_carriers = 48; ///< that carry data in an OFDM symbol of 20 MHz

/// Data carriers of one symbol behind the channel's correction, from −26 up: in phase, and across. Above 0 is a 1.
struct WifiSymbol {
    std::array<float, wifi_carriers> along{};
    std::array<float, wifi_carriers> across{};
};

/// SIGNAL field of a frame (IEEE 802.11-2020 §17.3.4): rate and length behind a parity bit and six zeros.
struct WifiSignal {
    unsigned rate = 0;   ///< code of four bits
    unsigned length = 0; ///< octets
    bool operator==(const WifiSignal&) const = default;
};

/// Nothing where parity, zeros, reserved bit or rate do not fit: a random symbol passes 1 time in 500.
[[nodiscard]] std::optional<WifiSignal> wifi_signal(const WifiSymbol& symbol);

/// Whether two symbols hold HT-SIG (both turned by 90°; 802.11n, §19.3.9.4.3) or VHT-SIG-A (the second turned;
/// 802.11ac, §21.3.8.3.3) with its check sequence of 8 bits.
enum class WifiMode { ht, vht };
[[nodiscard]] bool wifi_mode_is(WifiMode mode, const WifiSymbol& first, const WifiSymbol& second);

} // namespace gacsong::detect
