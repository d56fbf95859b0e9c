// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/annotate/annotation.hpp"

#include "report/explain/explain.hpp"
#include "report/records/codes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

/// Lower and upper edge as SigMF wants them: at the capture's frequency, or as offsets from its centre. Never equal: a
/// box without height is not drawn.
std::pair<double, double> edges(const Emission& e, const std::optional<double>& frequency_hz)
{
    const double half = std::max({e.bandwidth_hz, e.uncertainty.center_hz, 1.0}) / 2.0;
    const bool absolute = frequency_hz && e.center_hz && std::abs(*e.center_hz - e.offset_hz - *frequency_hz) < 1.0;
    if (absolute && e.low_hz && e.high_hz && *e.high_hz > *e.low_hz)
        return {*e.low_hz, *e.high_hz};
    const double center = frequency_hz.value_or(0.0) + e.offset_hz;
    return {center - half, center + half};
}

/// Writes the fields that a single value tells; times stand in the sample indices, lists elsewhere.
struct PlainFields {
    ordered_json& out;

    void write(const std::string& name, const std::string& value) const
    {
        if (!value.empty())
            out[name] = value;
    }
    void write(const std::string& name, double value) const
    {
        if (std::isfinite(value))
            out[name] = value;
    }
    void write(const std::string& name, bool value) const { out[name] = value; }
    void write(const std::string& name, std::uint64_t value) const { out[name] = value; }
    void write(const std::string& name, Quality value) const { out[name] = code(value); }
    void write(const std::string& name, Verdict value) const { out[name] = code(value); }
    void write(const std::string& name, const std::optional<double>& value) const
    {
        if (value)
            write(name, *value);
    }
    void write(const std::string& name, const Modulation& value) const { write(name, value.name); }
    void write(const std::string& name, const System& value) const { write(name, value.name); }
    template <class Other> void write(const std::string& /*name*/, const Other& /*value*/) const {}
};

} // namespace

std::string annotation_label(const Emission& emission, bool with_findings)
{
    constexpr std::size_t most = 20;
    const std::string_view mark = with_findings ? " !" : "";
    std::string label;
    for (const char c : emission.system.name)
        if (c >= ' ' && c <= '~')
            label += c;
    if (label.empty() || label == "unknown")
        label = "UNKNOWN";
    label.resize(std::min(label.size(), most - mark.size()));
    return label.append(mark);
}

ordered_json annotation(const Emission& emission, const AnnotationPlace& place, const std::vector<std::string>& rules,
                        const std::string& program, const Wording& words)
{
    const auto [low, high] = edges(emission, place.frequency_hz);
    ordered_json out;
    out["core:sample_start"] = place.sample_start;
    out["core:sample_count"] = std::max<std::uint64_t>(place.sample_count, 1);
    out["core:freq_lower_edge"] = low;
    out["core:freq_upper_edge"] = high;
    out["core:label"] = annotation_label(emission, !rules.empty());
    out["core:comment"] = emission_sentence(emission, words);
    out["core:generator"] = program;
    const PlainFields plain{out};
    for_each_field(emission, [&plain](std::string_view name, const auto& value) {
        plain.write("gacsong:" + std::string(name), value);
    });
    if (!rules.empty())
        out["gacsong:rules"] = rules;
    return out;
}

bool written_by_us(const ordered_json& annotation)
{
    const auto generator = annotation.find("core:generator");
    return annotation.is_object() && generator != annotation.end() && generator->is_string() &&
           generator->get<std::string>().starts_with("gacsong");
}

} // namespace gacsong
