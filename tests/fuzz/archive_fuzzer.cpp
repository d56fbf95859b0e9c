// SPDX-License-Identifier: GPL-3.0-or-later
// Members of a tar archive.
#include "sdr/formats/sigmf_archive.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::sdr;
    const auto members = list_archive(MemoryBytes(std::as_bytes(std::span(data, size))), "x");
    if (!members)
        return 0;
    if (const auto meta = archived_meta(*members, "x"); meta && !meta->plain)
        std::abort();
    return 0;
}
