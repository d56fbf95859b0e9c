// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/sample_format.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace gacsong::sdr {

/// What a file name says of the recording in it (formats-and-radios.md §2).
struct NameFacts {
    std::string program; ///< whose custom the name follows; empty for the general tokens
    std::optional<double> center_hz;
    std::optional<double> rate_hz;
    std::optional<SampleFormat> type;
    std::optional<Instant> start;       ///< where the name states UTC
    std::optional<Instant> local_start; ///< a time whose zone is not stated, written as if it were UTC
    bool sound = false;                 ///< the name says that the file holds demodulated sound
    std::string contradiction;          ///< what the name states twice and differently; then it is not used
};

/// Reads the base name of a file (no folders). Tokens count only where something other than a letter or digit
/// bounds them. Values are as written: whether they are possible is for the caller to judge.
[[nodiscard]] NameFacts read_name(std::string_view base_name);

/// The names of programs that save recordings: gqrx, SDR#, …; nothing where none fits.
[[nodiscard]] std::optional<NameFacts> read_program_name(const std::string& base_name);

/// General tokens: `433.92M`, `250k`, `98MHz`, `2.4Msps`, `1M92`, `cf32`, and the extension.
[[nodiscard]] NameFacts read_name_tokens(std::string_view base_name);

/// The type that a file extension (without its dot, any case) stands for; `raw`, `bin`, `iq`, `dat` stand for none.
[[nodiscard]] std::optional<SampleFormat> type_of_extension(std::string_view extension);

/// `text` in lower case, ASCII only.
[[nodiscard]] std::string lower_case(std::string_view text);

/// What follows the last dot of a base name, in lower case; empty where there is no dot.
[[nodiscard]] std::string extension_of(std::string_view base_name);

} // namespace gacsong::sdr
