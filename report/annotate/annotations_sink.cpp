// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/annotate/annotations_sink.hpp"

#include "report/text/time_text.hpp"
#include "sdr/files/atomic_write.hpp"
#include "sdr/find_format.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

bool exists(const std::string& path)
{
    std::error_code error;
    return fs::exists(path, error);
}

tl::unexpected<Error> cannot(std::string key, const std::string& file)
{
    return failure(std::move(key), {{"file", file}}, Fault::usage);
}

bool ours(const ordered_json& annotation)
{
    const auto generator = annotation.find("core:generator");
    return annotation.is_object() && generator != annotation.end() && generator->is_string() &&
           generator->get<std::string>().starts_with("gacsong");
}

std::uint64_t start_of(const ordered_json& annotation)
{
    const auto start = annotation.find("core:sample_start");
    return start != annotation.end() && start->is_number_unsigned() ? start->get<std::uint64_t>() : 0;
}

/// Says in `global` that the namespace `gacsong` is used and may be ignored.
void declare_extension(ordered_json& global)
{
    ordered_json& extensions = global["core:extensions"];
    if (!extensions.is_array())
        extensions = ordered_json::array();
    const bool declared = std::ranges::any_of(extensions, [](const ordered_json& one) {
        return one.is_object() && one.contains("name") && one.at("name") == "gacsong";
    });
    if (!declared)
        extensions.push_back({{"name", "gacsong"}, {"version", "1.0.0"}, {"optional", true}});
}

/// Frequency of the capture that holds a sample.
std::optional<double> frequency_at(const sdr::SigmfFacts& facts, std::uint64_t sample)
{
    std::optional<double> frequency;
    for (const sdr::SigmfCapture& capture : facts.captures)
        if (capture.sample_start <= sample)
            frequency = capture.frequency_hz;
    return frequency;
}

/// A person's remark is not ours: it stays when ours are written anew.
ordered_json written(const Remark& remark, const AnnotationPlace& place)
{
    const double center_hz = place.frequency_hz.value_or(0.0);
    return {{"core:sample_start", place.sample_start},
            {"core:sample_count", std::max<std::uint64_t>(place.sample_count, 1)},
            {"core:freq_lower_edge", center_hz + remark.low_hz},
            {"core:freq_upper_edge", center_hz + std::max(remark.high_hz, remark.low_hz + 1.0)},
            {"core:comment", remark.text},
            {"core:generator", "person: " + remark.who}};
}

} // namespace

Status AnnotationsSink::begin(const Run& run)
{
    run_ = run;
    emissions_.clear();
    rules_.clear();
    lost_.clear();
    const std::string& input = run.stream.input;
    if (!run.stream.length)
        return cannot("annotate.stream", input);
    if (run.stream.container == "sigmf archive")
        return cannot("annotate.archive", input);
    const auto file = sdr::find_recording(input);
    if (!file)
        return tl::unexpected(file.error());
    const auto pair = sdr::sigmf_paths(file->path);
    if (!pair)
        return make_description(*file);
    meta_path_ = pair->meta;
    return open_description();
}

Status AnnotationsSink::open_description()
{
    auto read = sdr::read_sigmf(meta_path_);
    if (!read)
        return tl::unexpected(read.error());
    meta_ = std::move(*read);
    facts_ = sdr::sigmf_facts(meta_, meta_path_);
    return {};
}

Status AnnotationsSink::make_description(const sdr::Candidate& file)
{
    meta_path_ = sdr::sigmf_meta_beside(file.path);
    if (exists(meta_path_)) {
        const Status read = open_description();
        return !read || facts_.dataset == file.base_name ? read : Status(cannot("annotate.taken", meta_path_));
    }
    sdr::InputFlags known; // a headerless file was opened with these
    known.rate_hz = run_.stream.sample_rate_hz;
    known.type = run_.stream.format;
    const auto draft = sdr::read_draft(file, known);
    if (!draft)
        return tl::unexpected(draft.error());
    const StreamInfo& stream = run_.stream;
    const auto datatype = sdr::sigmf_datatype(stream.format);
    if (!datatype)
        return cannot("annotate.datatype", file.name);
    ordered_json global{{"core:datatype", *datatype},
                        {"core:sample_rate", stream.sample_rate_hz},
                        {"core:version", "1.2.5"},
                        {"core:dataset", file.base_name},
                        {"core:num_channels", draft->channels},
                        {"core:trailing_bytes", file.bytes->size() - draft->offset - draft->length},
                        {"core:recorder", run_.program}};
    if (!stream.receiver.empty())
        global["core:hw"] = stream.receiver;
    ordered_json capture{{"core:sample_start", 0}, {"core:header_bytes", draft->offset}};
    if (stream.center_hz)
        capture["core:frequency"] = *stream.center_hz;
    if (stream.start)
        capture["core:datetime"] = rfc3339(*stream.start);
    meta_.document = ordered_json::object();
    meta_.document["global"] = std::move(global);
    meta_.document["captures"] = ordered_json::array({std::move(capture)});
    meta_.document["annotations"] = ordered_json::array();
    facts_ = sdr::sigmf_facts(meta_, meta_path_);
    return {};
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
    place.sample_start = facts_.index_base() + first;
    place.sample_count = std::max(stored_sample(to_s), first) - first;
    place.frequency_hz = frequency_at(facts_, place.sample_start);
    return place;
}

Status AnnotationsSink::end(const End& /*end*/)
{
    ordered_json& annotations = meta_.document["annotations"];
    if (!annotations.is_array())
        annotations = ordered_json::array();
    annotations.erase(std::remove_if(annotations.begin(), annotations.end(), ours), annotations.end());
    for (const Emission& emission : emissions_) {
        const AnnotationPlace place = place_of(emission.start_s, emission.end_s);
        annotations.push_back(annotation(emission, place, rules_[emission.id], run_.program, words_));
    }
    for (const Remark& remark : remarks_)
        annotations.push_back(written(remark, place_of(remark.from_s, remark.to_s)));
    std::stable_sort(annotations.begin(), annotations.end(),
                     [](const ordered_json& a, const ordered_json& b) { return start_of(a) < start_of(b); });
    declare_extension(meta_.document["global"]);
    return write_atomically(meta_path_, sdr::sigmf_text(meta_));
}

} // namespace gacsong
