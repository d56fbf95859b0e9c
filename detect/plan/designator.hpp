// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gacsong {

/// A designator of emission after Appendix 1 of the Radio Regulations: `16K0F3E`, `7K60FXD`, `8K30F1EJN`.
struct Designator {
    double bandwidth_hz = 0.0;     ///< necessary bandwidth, 0.001 Hz … 999 GHz
    char modulation = 'X';         ///< of the main carrier
    char signal = 'X';             ///< nature of what modulates it
    char information = 'X';        ///< kind of information
    std::optional<char> detail;    ///< fourth symbol
    std::optional<char> multiplex; ///< fifth symbol
    bool operator==(const Designator&) const = default;
};

/// Reads a full designator: bandwidth, class and, where given, both optional symbols. Capital letters only, no spaces
/// (monitoring.md §5).
[[nodiscard]] std::optional<Designator> parse_designator(std::string_view text);

/// Writes a bandwidth as the first four symbols: three digits, the letter at the decimal point. Nothing outside
/// 0.001 Hz … 999 GHz.
[[nodiscard]] std::optional<std::string> designator_bandwidth(double bandwidth_hz);

} // namespace gacsong
