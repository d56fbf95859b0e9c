// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/formats.hpp"

namespace gacsong::sdr {

/// The entries of the list, one a file of this folder.
extern const FormatInfo sigmf_pair_format;
extern const FormatInfo sigmf_archive_format;
extern const FormatInfo wav_format;
extern const FormatInfo sdriq_format;
extern const FormatInfo portapack_format;
extern const FormatInfo lte_cell_scanner_format;
extern const FormatInfo headerless_format;

} // namespace gacsong::sdr
