// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/formats.hpp"

namespace gacsong::sdr {

// The list's entries, one a file.
extern const FormatInfo sigmf_pair_format;
extern const FormatInfo wav_format;
extern const FormatInfo headerless_format;

} // namespace gacsong::sdr
