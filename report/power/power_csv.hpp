// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// One line of rtl_power's CSV (formats-and-radios.md §3.2): a stretch of spectrum at one time.
struct PowerRow {
    Instant time;              ///< taken as UTC: the format has no zone
    double low_hz = 0.0;       ///< lower edge of the first value
    double step_hz = 0.0;      ///< width of a value
    std::uint64_t samples = 0; ///< behind it
    std::vector<float> levels; ///< dB; not a number where there is none

    [[nodiscard]] double high_hz() const { return low_hz + step_hz * static_cast<double>(levels.size()); }
    bool operator==(const PowerRow&) const = default;
};

/// `2026-11-02, 03:15:00, 88000000, 88192000, 5000, 4096, -71.25, …` without the line's end. Whole hertz.
[[nodiscard]] std::string power_line(const PowerRow& row);

/// What a table of such lines held.
struct PowerTable {
    std::vector<PowerRow> rows;
    std::size_t skipped = 0; ///< lines that are none
};

/// Reads lines as rtl_power, rtl_power_fftw, soapy_power, hackrf_sweep and power_line() write them. At most 100 000
/// values a line, 20 million in all and `most_rows` lines; what is no such line is counted and left out.
/// Errors: power.none where not one line is one, power.too_large.
[[nodiscard]] Result<PowerTable> parse_power_csv(std::span<const std::byte> text, const std::string& name,
                                                 std::size_t most_rows = 1'000'000);

/// Reads such a file, at most 1 GiB. Errors as above; those of reading a file.
[[nodiscard]] Result<PowerTable> read_power_csv(const std::string& path);

/// One line; nothing where it is none.
[[nodiscard]] std::optional<PowerRow> parse_power_line(std::string_view line);

} // namespace gacsong
