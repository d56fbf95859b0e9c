// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// The clock error of one receiver, as it was measured.
struct Correction {
    std::string driver;
    std::string serial;
    double ppm = 0.0;   ///< by so much it shows frequencies too high
    double u_ppm = 0.0; ///< expanded uncertainty, k = 2
    Instant when;
    std::string reference; ///< what it was measured against: `98 MHz`
};

/// Reads what write_corrections() wrote, at most 1 MiB; entries that are no corrections are left out. A file that is
/// not there holds none. Error: config.broken.
[[nodiscard]] Result<std::vector<Correction>> read_corrections(const std::string& path);
[[nodiscard]] Result<std::vector<Correction>> parse_corrections(std::string_view text, const std::string& path);

/// Writes all of them. Errors: output.write, output.full.
[[nodiscard]] Status write_corrections(const std::string& path, const std::vector<Correction>& all);

/// Puts one in the place of an older one of the same receiver.
void replace(std::vector<Correction>& all, Correction one);

[[nodiscard]] std::optional<Correction> find_correction(const std::vector<Correction>& all, std::string_view driver,
                                                        std::string_view serial);

} // namespace gacsong::sdr
