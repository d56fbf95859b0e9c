// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats.hpp"

#include "sdr/formats/readers.hpp"

#include <array>

namespace gacsong::sdr {

std::span<const FormatInfo> all_formats()
{
    static const std::array list{
        sigmf_pair_format, sigmf_archive_format,    wav_format,        sdriq_format,
        portapack_format,  lte_cell_scanner_format, headerless_format,
    };
    return list;
}

} // namespace gacsong::sdr
