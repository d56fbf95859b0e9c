// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/portapack.hpp"

#include "sdr/formats/draft.hpp"
#include "sdr/formats/readers.hpp"

#include <unistd.h>

#include <charconv>
#include <cmath>

namespace gacsong::sdr {

namespace {

constexpr std::size_t largest_text = 65536;

std::optional<double> number(std::string_view text)
{
    while (!text.empty() && (text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// The sidecar's path: the same name with `.TXT`, in either case.
std::optional<std::string> sidecar_of(const std::string& path)
{
    const std::string stem = path.substr(0, path.rfind('.'));
    for (const char* extension : {".TXT", ".txt"}) {
        if (::access((stem + extension).c_str(), F_OK) == 0)
            return stem + extension;
    }
    return std::nullopt;
}

bool claims_portapack(const Candidate& candidate)
{
    return (candidate.extension == "c8" || candidate.extension == "c16") && sidecar_of(candidate.path);
}

void take(const PortapackFacts& said, const Candidate& candidate, Draft& draft)
{
    const auto impossible = [&](const char* what, double value, Unit unit) {
        draft.warnings.emplace_back(
            "fact.impossible",
            std::vector<Argument>{{"file", candidate.name}, {"what", Term{what}}, {"value", Quantity{value, unit}}});
    };
    constexpr double fastest_rate_hz = 200e6;
    constexpr double highest_center_hz = 300e9;
    if (said.rate_hz && *said.rate_hz > 0.0 && *said.rate_hz <= fastest_rate_hz)
        draft.facts.rate_hz.offer(said.rate_hz, Origin::sidecar);
    else if (said.rate_hz)
        impossible("sample rate", *said.rate_hz, Unit::sample_rate);
    if (said.center_hz && *said.center_hz > 0.0 && *said.center_hz <= highest_center_hz)
        draft.facts.center_hz.offer(said.center_hz, Origin::sidecar);
    else if (said.center_hz)
        impossible("center", *said.center_hz, Unit::frequency);
    draft.latitude = said.latitude;
    draft.longitude = said.longitude;
}

Result<Draft> read_portapack(const Candidate& candidate)
{
    auto draft = headerless_format.read(candidate);
    if (!draft)
        return draft;
    const auto sidecar = sidecar_of(candidate.path);
    if (!sidecar)
        return draft;
    const auto file = FileBytes::open(*sidecar);
    if (!file)
        return tl::unexpected(file.error());
    const auto text = read_some(**file, 0, largest_text);
    if (!text)
        return tl::unexpected(text.error());
    draft->container = "portapack";
    take(read_portapack_text({reinterpret_cast<const char*>(text->data()), text->size()}), candidate, *draft);
    return draft;
}

} // namespace

PortapackFacts read_portapack_text(std::string_view text)
{
    PortapackFacts facts;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view key = line.substr(0, equals);
        const auto value = number(line.substr(equals + 1));
        if (key == "center_frequency")
            facts.center_hz = value;
        else if (key == "sample_rate")
            facts.rate_hz = value;
        else if (key == "latitude")
            facts.latitude = value;
        else if (key == "longitude")
            facts.longitude = value;
    }
    // Zeros are what is written without a fix.
    const bool place = facts.latitude && facts.longitude && std::abs(*facts.latitude) <= 90.0 &&
                       std::abs(*facts.longitude) <= 180.0 && (*facts.latitude != 0.0 || *facts.longitude != 0.0);
    if (!place) {
        facts.latitude.reset();
        facts.longitude.reset();
    }
    return facts;
}

const FormatInfo portapack_format{"PortaPack", "c8 c16", claims_portapack, read_portapack};

} // namespace gacsong::sdr
