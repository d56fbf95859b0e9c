// SPDX-License-Identifier: GPL-3.0-or-later
// Short-range devices, by the program rtl_433 where it is installed: bursts are handed to it in one run, what it
// decoded more than any other comes back. Its decoders check parity or check sequences of the devices that have them.
#include "detect/signatures/signature.hpp"
#include "dsp/demod/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>

namespace gacsong::detect {

namespace {

using namespace std::chrono_literals;

constexpr double narrowest_hz = 1500.0;
constexpr double widest_hz = 400e3;
constexpr double least_snr_db = 6.0; ///< over pauses and all: while keyed it is more
constexpr double usual_rate_hz = 250e3;
constexpr double high_rate_hz = 1024e3; ///< for wide signals
constexpr double edge_s = 0.05;         ///< of noise around the bursts: it learns its level there
constexpr double high_threshold = 0.8;
constexpr double pause_s = 0.3; ///< … and longer pauses end a message

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& m = e.modulation.name;
    const bool keyed = m == "OOK" || m == "ASK" || m == "pulse" || m == "FSK2" || m == "GFSK" || m == "GMSK";
    return look.helpers() != nullptr && (keyed || (m == "unknown" && e.bursts > 1)) && e.bandwidth_hz >= narrowest_hz &&
           e.bandwidth_hz <= widest_hz && e.snr_db >= least_snr_db;
}

/// Interleaved 16-bit samples, the largest at half of the range.
std::vector<std::byte> as_cs16(const Clip& clip)
{
    float most = 1e-9F;
    for (const auto& z : clip.samples)
        most = std::max({most, std::abs(z.real()), std::abs(z.imag())});
    const float scale = 16000.0F / most;
    std::vector<std::byte> out(clip.samples.size() * 4);
    for (std::size_t i = 0; i < clip.samples.size(); ++i) {
        const std::array<std::int16_t, 2> pair{static_cast<std::int16_t>(std::lround(clip.samples[i].real() * scale)),
                                               static_cast<std::int16_t>(std::lround(clip.samples[i].imag() * scale))};
        std::memcpy(out.data() + 4 * i, pair.data(), 4);
    }
    return out;
}

/// Value of a member of a flat JSON object on one line, without quotes; empty where there is none.
std::string member(std::string_view line, std::string_view name)
{
    const auto at = line.find("\"" + std::string(name) + "\"");
    if (at == std::string_view::npos)
        return {};
    auto from = line.find(':', at);
    if (from == std::string_view::npos)
        return {};
    from = line.find_first_not_of(' ', from + 1);
    if (from == std::string_view::npos)
        return {};
    const bool text = line[from] == '"';
    const auto end = text ? line.find('"', from + 1) : line.find_first_of(", }", from);
    if (end == std::string_view::npos || end - from > 64)
        return {};
    return std::string(line.substr(text ? from + 1 : from, end - from - (text ? 1 : 0)));
}

struct Device {
    std::string model;
    std::string id;
    auto operator<=>(const Device&) const = default;
};

/// Amplitude of the pulses as they are handed over, full scale 1.
double on_level(const Clip& clip)
{
    float most = 1e-9F;
    for (const auto& z : clip.samples)
        most = std::max({most, std::abs(z.real()), std::abs(z.imag())});
    std::vector<float> high;
    for (const auto& z : clip.samples) {
        if (std::abs(z) > 0.5F * most)
            high.push_back(std::abs(z));
    }
    return 16000.0 / 32768.0 * static_cast<double>(high.empty() ? 1.0F : dsp::quantile(high, 0.5) / most);
}

std::map<Device, std::int64_t> devices_in(const Look& look, const Clip& clip, std::span<const std::byte> samples,
                                          const std::vector<std::string>& options)
{
    std::vector<std::string> arguments{"-q", "-F", "json", "-s", std::to_string(std::lround(clip.rate_hz))};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"-r", "cs16:-"});
    std::map<Device, std::int64_t> devices;
    const auto text = look.helpers()->run("rtl_433", arguments, samples, 10s);
    std::string_view left = text ? std::string_view(*text) : std::string_view();
    while (!left.empty()) {
        const std::size_t end = std::min(left.find('\n'), left.size());
        const std::string_view line = left.substr(0, end);
        if (Device device{member(line, "model"), member(line, "id")}; !device.model.empty())
            ++devices[device];
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return devices;
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    const double width = look.emission().bandwidth_hz;
    wanted.rate_hz = width > 100e3 ? high_rate_hz : usual_rate_hz;
    wanted.half_width_hz = std::min(0.4 * wanted.rate_hz, std::max(20e3, width));
    wanted.margin_s = edge_s;
    wanted.join_s = pause_s;
    wanted.most_s = 3.0;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    if (clip.empty())
        return std::nullopt;
    const auto samples = as_cs16(clip);
    std::map<Device, std::int64_t> devices = devices_in(look, clip, samples, {});
    const std::string& modulation = look.emission().modulation.name;
    if (devices.empty() && (modulation == "OOK" || modulation == "ASK")) {
        // Where pulses end slowly its own threshold, half way up, makes them too long; once more at four fifths.
        std::array<char, 32> level{};
        std::snprintf(level.data(), level.size(), "level=%.1f", 20.0 * std::log10(high_threshold * on_level(clip)));
        devices = devices_in(look, clip, samples, {"-Y", level.data()});
    }
    if (devices.empty())
        return std::nullopt;
    const auto most = std::max_element(devices.begin(), devices.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    Sighting s;
    s.system = "ISM device";
    s.checked = true;
    s.confidence = 0.9;
    s.frames = most->second;
    s.identity["model"] = most->first.model;
    if (!most->first.id.empty())
        s.identity["id"] = most->first.id;
    return s;
}

} // namespace

extern const Signature signature_rtl_433;
const Signature signature_rtl_433{
    .info = {.id = "rtl-433", .system = "ISM device", .proof = Proof::helper, .mistaken_for = "LoRa, POCSAG"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
