// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments of the replay driver, as KEY=VALUE lines.
#include "sdr/replay/replay_options.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::map<std::string, std::string> args;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        const auto equals = line.find('=');
        if (equals != std::string_view::npos)
            args[std::string(line.substr(0, equals))] = std::string(line.substr(equals + 1));
    }
    const auto options = gacsong::sdr::replay_options(args);
    if (options && (options->file.empty() || !std::isfinite(options->speed) || options->speed < 0.0))
        std::abort();
    return 0;
}
