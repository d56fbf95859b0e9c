// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gacsong::sdr {

/// Whether an input names a receiver: `soapy:driver=rtlsdr,serial=00000001`.
[[nodiscard]] bool is_receiver(std::string_view input);

/// Reads the part behind `soapy:`. A comma parts two arguments only where a key and `=` follow it, so that names of
/// files may hold commas. `driver` must be there: without it SoapySDR opens anything. Errors: `receiver.address`,
/// `receiver.no_driver`, both Fault::usage.
[[nodiscard]] Result<std::map<std::string, std::string>> parse_receiver(std::string_view input);

/// Reads gains: `30`, or `LNA=24,VGA=20`. Nothing where it is none.
[[nodiscard]] std::optional<std::map<std::string, double>> parse_gains(std::string_view text);

} // namespace gacsong::sdr
