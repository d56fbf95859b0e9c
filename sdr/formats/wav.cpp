// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/wav.hpp"

#include "sdr/formats/draft.hpp"
#include "sdr/formats/readers.hpp"

#include <cstring>

namespace gacsong::sdr {

namespace {

bool claims_wav(const Candidate& candidate)
{
    const auto starts = [&](std::string_view mark, std::size_t at) {
        return candidate.head.size() >= at + mark.size() &&
               std::memcmp(candidate.head.data() + at, mark.data(), mark.size()) == 0;
    };
    if (candidate.extension == "wav" || candidate.extension == "rf64" || candidate.extension == "bw64")
        return true;
    return starts("WAVE", 8) && (starts("RIFF", 0) || starts("RF64", 0) || starts("BW64", 0));
}

void tell_length(const WavHeader& header, const std::string& name, Draft& draft)
{
    switch (header.data.rule) {
    case LengthRule::stated:
        break;
    case LengthRule::unknown:
        draft.length_unknown = true;
        draft.warnings.emplace_back("wav.no_length", std::vector<Argument>{{"file", name}});
        break;
    case LengthRule::truncated:
        draft.promised_length = header.declared;
        break;
    case LengthRule::wrapped:
    case LengthRule::contrary:
        draft.warnings.emplace_back("wav.wrong_length",
                                    std::vector<Argument>{{"file", name},
                                                          {"expected", byte_count(header.declared)},
                                                          {"actual", byte_count(header.data.bytes)}});
        break;
    }
}

void take_facts(const WavFacts& said, Draft& draft)
{
    draft.facts.center_hz.offer(said.center_hz, Origin::header);
    draft.facts.start.offer(said.start, Origin::header);
    if (!draft.local_start)
        draft.local_start = said.local_start;
    if (draft.receiver.empty())
        draft.receiver = shown(said.receiver);
    if (draft.recorder.empty())
        draft.recorder = shown(said.recorder);
}

Result<Draft> read_wav(const Candidate& candidate)
{
    if (candidate.bytes->size() == 0)
        return failure("file.empty", {{"file", candidate.name}});
    const auto header = read_wav_header(*candidate.bytes, candidate.name);
    if (!header)
        return tl::unexpected(header.error());
    Draft draft;
    draft.container = header->container;
    draft.data = candidate.bytes;
    draft.data_name = candidate.base_name;
    draft.offset = header->data_offset;
    draft.length = header->data.bytes;
    draft.not_iq = header->channels % 2 == 1 ? "file.real_samples" : "";
    draft.channels = std::max(header->channels / 2, 1U);
    draft.may_be_sound = header->channels == 2;
    draft.facts.type.offer(header->type, Origin::header);
    if (!header->type)
        draft.coding = wav_coding(*header);
    if (header->sample_rate_hz > 0.0)
        draft.facts.rate_hz.offer(header->sample_rate_hz, Origin::header);
    take_facts(read_auxi(header->auxi, header->sample_rate_hz), draft);
    take_facts(read_rcvr(header->rcvr), draft);
    tell_length(*header, candidate.name, draft);
    return draft;
}

} // namespace

const FormatInfo wav_format{"WAV", "wav rf64 bw64", claims_wav, read_wav};

} // namespace gacsong::sdr
