// SPDX-License-Identifier: GPL-3.0-or-later
// A whole recording: its form chosen by the first byte, then header, facts, samples and history.
#include "sdr/find_format.hpp"
#include "sdr/formats/sigmf_draft.hpp"
#include "sdr/resolve.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace {

using namespace gacsong;
using namespace gacsong::sdr;

Candidate candidate_of(std::span<const std::byte> bytes, const char* extension)
{
    Candidate candidate;
    candidate.folder = "/nowhere/";
    candidate.base_name = std::string("x_98M_250k.") + extension;
    candidate.path = candidate.folder + candidate.base_name;
    candidate.extension = extension;
    candidate.name = candidate.path;
    candidate.bytes = std::make_shared<MemoryBytes>(bytes);
    candidate.head.assign(bytes.begin(),
                          bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), 512)));
    return candidate;
}

/// Metadata up to the first NUL, samples behind it.
Result<Draft> read_pair(std::span<const std::byte> bytes)
{
    const auto end = std::find(bytes.begin(), bytes.end(), std::byte{0});
    const std::string text(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(end - bytes.begin()));
    const auto meta = parse_sigmf(text, "x");
    if (!meta)
        return tl::unexpected(meta.error());
    const auto samples = bytes.subspan(std::min(text.size() + 1, bytes.size()));
    return draft_of_sigmf(*meta, std::make_shared<MemoryBytes>(samples), "x.sigmf-data", "x");
}

void read_all(const Resolved& resolved)
{
    StreamInfo info;
    info.format = *resolved.facts.type.value;
    const auto source = make_file_source(info, resolved.layout, resolved.shortfall);
    std::vector<std::complex<float>> stream;
    for (;;) {
        const auto block = source->next(100);
        if (!block)
            std::abort();
        if (!*block)
            break;
        const std::size_t count = (**block).bytes.size() / info.format.bytes_per_sample();
        if ((**block).first_sample != stream.size() || count == 0 || count > 100)
            std::abort();
        stream.resize(stream.size() + count);
        convert(info.format, (**block).bytes, std::span(stream).last(count));
    }
    std::vector<std::complex<float>> history(stream.size());
    if (resolved.layout->samples != stream.size() || !make_file_history(resolved.layout)->read(0, history))
        std::abort();
    if (!stream.empty() && std::memcmp(stream.data(), history.data(), stream.size() * sizeof(stream[0])) != 0)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr std::array extensions{"wav", "sdriq", "sigmf", "cu8", "cs16", "cf64", "bin", "sigmf-meta"};
    const char* extension = extensions[data[0] % extensions.size()];
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    const Candidate candidate = candidate_of(bytes, extension);
    const InputFlags none;
    const auto draft = candidate.extension == "sigmf-meta" ? read_pair(bytes) : read_draft(candidate, none);
    if (!draft)
        return 0;
    const auto resolved = resolve(*draft, candidate, none, Instant{1793589300LL * 1'000'000'000});
    if (resolved && !resolved->refusal && resolved->layout)
        read_all(*resolved);
    return 0;
}
