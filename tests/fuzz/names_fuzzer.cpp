// SPDX-License-Identifier: GPL-3.0-or-later
// Names of files, times and the text of PortaPack's sidecar.
#include "sdr/files/bytes.hpp"
#include "sdr/formats/portapack.hpp"
#include "sdr/names/civil_time.hpp"
#include "sdr/names/name_facts.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::sdr;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const NameFacts facts = read_name(text);
    if (facts.start && facts.local_start)
        std::abort(); // a time is UTC or of an unknown zone, never both
    static_cast<void>(parse_time(text));
    static_cast<void>(read_portapack_text(text));
    const std::string once = shown(text);
    if (shown(once) != once)
        std::abort(); // what is shown is valid and stays as it is
    return 0;
}
