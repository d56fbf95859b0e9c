// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/sigmf_draft.hpp"

#include <algorithm>

namespace gacsong::sdr {

namespace {

/// Samples lost between two captures: what the index in the stream grew by more than the index in the data.
std::uint64_t lost_between(const SigmfCapture& before, const SigmfCapture& after)
{
    if (!before.global_index || !after.global_index || *after.global_index < *before.global_index)
        return 0;
    const std::uint64_t in_stream = *after.global_index - *before.global_index;
    const std::uint64_t in_data = after.sample_start - before.sample_start;
    return in_stream > in_data ? in_stream - in_data : 0;
}

void take_captures(const SigmfFacts& facts, const std::string& name, Draft& draft)
{
    const std::uint64_t base = facts.index_base();
    for (std::size_t i = 0; i < facts.captures.size(); ++i) {
        const SigmfCapture& from = facts.captures[i];
        Capture capture;
        capture.first_sample = from.sample_start > base ? from.sample_start - base : 0;
        capture.skip_bytes = from.header_bytes;
        capture.center_hz = from.frequency_hz;
        capture.start = from.datetime;
        if (i > 0)
            capture.lost_before = lost_between(facts.captures[i - 1], from);
        if (capture.lost_before > 0) {
            const bool known = from.lost_why == "overflow" || from.lost_why == "device";
            capture.lost_why = known ? from.lost_why : "file";
        }
        if (!draft.captures.empty() && draft.captures.back().first_sample == capture.first_sample) {
            // Two captures at one sample: the later one speaks.
            capture.skip_bytes += draft.captures.back().skip_bytes;
            capture.lost_before += draft.captures.back().lost_before;
            draft.captures.pop_back();
        }
        draft.captures.push_back(std::move(capture));
    }
    if (!draft.captures.empty() && draft.captures.front().first_sample > 0) {
        draft.warnings.emplace_back("sigmf.uncovered", std::vector<Argument>{{"file", name}});
        draft.captures.insert(draft.captures.begin(), Capture{});
    }
}

} // namespace

Result<Draft> draft_of_sigmf(const SigmfMeta& meta, std::shared_ptr<const Bytes> data, const std::string& data_name,
                             const std::string& name)
{
    if (data->size() == 0)
        return failure("file.empty", {{"file", name}});
    SigmfFacts facts = sigmf_facts(meta, name);
    Draft draft;
    draft.container = "sigmf";
    draft.data_name = data_name;
    draft.length = data->size() - std::min(facts.trailing_bytes, data->size());
    draft.data = std::move(data);
    draft.channels = facts.channels;
    draft.warnings = std::move(facts.warnings);
    take_captures(facts, name, draft);
    if (auto type = parse_sigmf_datatype(facts.datatype)) {
        if (type->format.integer() && facts.full_scale.value_or(0.0) >= 1.0)
            type->format.full_scale = std::min(*facts.full_scale, type->format.full_scale);
        draft.facts.type.offer(type->format, Origin::sidecar);
        draft.unsigned_words = type->unsigned_words;
        draft.not_iq = type->complex ? "" : "file.real_samples";
    } else if (!facts.datatype.empty()) {
        draft.coding = shown(facts.datatype);
    }
    if (facts.sample_rate_hz && *facts.sample_rate_hz > 0.0)
        draft.facts.rate_hz.offer(facts.sample_rate_hz, Origin::sidecar);
    if (!draft.captures.empty()) {
        draft.facts.center_hz.offer(draft.captures.front().center_hz, Origin::sidecar);
        draft.facts.start.offer(draft.captures.front().start, Origin::sidecar);
    }
    draft.receiver = shown(facts.hardware);
    draft.author = shown(facts.author);
    draft.recorder = shown(facts.recorder);
    draft.description = shown(facts.description);
    draft.latitude = facts.latitude;
    draft.longitude = facts.longitude;
    draft.sha512 = std::move(facts.sha512);
    draft.annotations = meta.annotation_count;
    return draft;
}

} // namespace gacsong::sdr
