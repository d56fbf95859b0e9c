// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/annotate/annotations_sink.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gacsong {
namespace {

using nlohmann::ordered_json;

std::uint64_t start_of(const ordered_json& annotation)
{
    const auto start = annotation.find("core:sample_start");
    return start != annotation.end() && start->is_number_unsigned() ? start->get<std::uint64_t>() : 0;
}

} // namespace

Status AnnotationsSink::begin(const Run& run)
{
    run_ = run;
    emissions_.clear();
    rules_.clear();
    lost_.clear();
    auto read = describe_recording(run.stream, run.program);
    if (!read)
        return tl::unexpected(read.error());
    description_ = std::move(*read);
    return instead_.empty() ? Status() : move_description(description_, instead_);
}

Status AnnotationsSink::emission(const Emission& emission)
{
    emissions_.push_back(emission);
    // Not written, and long.
    emissions_.back().burst_list = {};
    emissions_.back().reasons = {};
    emissions_.back().quality_reasons = {};
    return {};
}

Status AnnotationsSink::finding(const Finding& finding)
{
    rules_[finding.subject].push_back(finding.rule);
    return {};
}

Status AnnotationsSink::gap(const Gap& gap)
{
    if (gap.why != "not-finite") // those samples are in the file
        lost_.push_back(gap);
    return {};
}

/// Time counts what was lost, the file does not hold it.
std::uint64_t AnnotationsSink::stored_sample(double at_s) const
{
    double sample = at_s * run_.stream.sample_rate_hz;
    for (const Gap& gap : lost_)
        if (gap.at_s < at_s)
            sample -= std::min(static_cast<double>(gap.samples), (at_s - gap.at_s) * run_.stream.sample_rate_hz);
    const double last = static_cast<double>(run_.stream.length.value_or(0));
    return static_cast<std::uint64_t>(std::llround(std::clamp(sample, 0.0, last)));
}

AnnotationPlace AnnotationsSink::place_of(double from_s, double to_s) const
{
    const std::uint64_t first = stored_sample(from_s);
    AnnotationPlace place;
    place.sample_start = description_.facts.index_base() + first;
    place.sample_count = std::max(stored_sample(to_s), first) - first;
    place.frequency_hz = description_.frequency_at(place.sample_start);
    return place;
}

Status AnnotationsSink::end(const End& /*end*/)
{
    ordered_json& annotations = description_.meta.document["annotations"];
    if (!annotations.is_array())
        annotations = ordered_json::array();
    annotations.erase(std::remove_if(annotations.begin(), annotations.end(), written_by_us), annotations.end());
    for (const Emission& emission : emissions_) {
        const AnnotationPlace place = place_of(emission.start_s, emission.end_s);
        annotations.push_back(annotation(emission, place, rules_[emission.id], run_.program, words_));
    }
    std::stable_sort(annotations.begin(), annotations.end(),
                     [](const ordered_json& a, const ordered_json& b) { return start_of(a) < start_of(b); });
    return write_description(description_);
}

} // namespace gacsong
