// SPDX-License-Identifier: GPL-3.0-or-later
// What users write of receivers: addresses and gains.
#include "sdr/receivers/address.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto args = gacsong::sdr::parse_receiver("soapy:" + text);
    if (args && !args->contains("driver"))
        std::abort();
    static_cast<void>(gacsong::sdr::parse_receiver(text));
    static_cast<void>(gacsong::sdr::parse_gains(text));
    return 0;
}
