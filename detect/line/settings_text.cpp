// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/line/settings_text.hpp"

#include "detect/spectral/detector.hpp"

#include <array>
#include <charconv>

namespace gacsong::detect {

std::vector<std::string> settings_text(const Resolutions& resolutions)
{
    const auto number = [](double value) {
        std::array<char, 32> text{};
        const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::general, 4).ptr;
        return std::string(text.begin(), end);
    };
    const auto shape = [&](const std::string& name, const dsp::SpectrumShape& of, double pfa) {
        return std::vector<std::string>{
            name + "_bins=" + std::to_string(of.bins),
            name + "_bin_hz=" + number(resolutions.sample_rate_hz / static_cast<double>(of.bins)),
            name + "_row_s=" + number(static_cast<double>(of.row_step()) / resolutions.sample_rate_hz),
            name + "_pfa=" + number(pfa)};
    };
    const auto levels = cell_levels();
    auto out = shape("narrow", resolutions.narrow, levels.narrow);
    const auto brief = shape("brief", resolutions.brief, levels.brief);
    out.insert(out.end(), brief.begin(), brief.end());
    out.push_back("continue_pfa=" + number(levels.lower));
    return out;
}

} // namespace gacsong::detect
