// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks of WAV, RF64 and BW64, and what stands in auxi and rcvr.
#include "sdr/formats/wav.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::sdr;
    const auto bytes = std::as_bytes(std::span(data, size));
    if (const auto header = read_wav_header(MemoryBytes(bytes), "x")) {
        if (header->data_offset > size || header->data.bytes > size - header->data_offset)
            std::abort(); // samples lie in the file, whatever the header says
        static_cast<void>(read_auxi(header->auxi, header->sample_rate_hz));
        static_cast<void>(read_rcvr(header->rcvr));
    }
    static_cast<void>(read_auxi(bytes, 48000.0));
    static_cast<void>(read_rcvr(bytes));
    return 0;
}
