// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of gpsd, one after the other, as a position watch takes them; and its address.
#include "sdr/position/gpsd_client.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    static_cast<void>(sdr::parse_gpsd_address(rest));
    sdr::PositionWatch watch;
    Instant now{1'795'000'000'000'000'000};
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto report = sdr::parse_gpsd(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        now.unix_ns += 1'000'000'000;
        if (report)
            watch.take(*report, now);
        if (const auto place = watch.position(now))
            if (std::abs(place->latitude) > 90.0 || std::abs(place->longitude) > 180.0)
                std::abort();
        static_cast<void>(watch.take_notes());
    }
    return 0;
}
