// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/stream.hpp"

#include "sdr/files/bytes.hpp"
#include "sdr/find_format.hpp"
#include "sdr/formats/wav.hpp"
#include "sdr/resolve.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gacsong::sdr {

namespace {

constexpr std::size_t largest_header = std::size_t{1} << 20U;

struct Stream {
    std::string name;
    StreamStart start;

    /// Reads until `bytes` are there or the stream ends. False at the end.
    Result<bool> read_ahead(std::size_t bytes)
    {
        std::size_t have = start.ahead.size();
        start.ahead.resize(std::max(bytes, have));
        while (have < bytes && wait_readable(start.descriptor, start.stop)) {
            const ssize_t got = ::read(start.descriptor, start.ahead.data() + have, bytes - have);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return system_failure(name, errno);
            if (got == 0)
                break;
            have += static_cast<std::size_t>(got);
        }
        start.ahead.resize(have);
        return have >= bytes;
    }
};

Result<Stream> open_descriptor(const std::string& path)
{
    Stream stream{shown(path), {}};
    if (path == "-") {
        stream.start.descriptor = STDIN_FILENO;
        if (::isatty(STDIN_FILENO) == 1)
            return failure("stdin.terminal", {}, Fault::usage);
        return stream;
    }
    stream.start.descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    stream.start.owned = true;
    if (stream.start.descriptor < 0)
        return system_failure(path, errno);
    return stream;
}

bool is_wav(std::span<const std::byte> head)
{
    const auto is = [&](std::string_view mark, std::size_t at) {
        return head.size() >= at + mark.size() && std::memcmp(head.data() + at, mark.data(), mark.size()) == 0;
    };
    return is("WAVE", 8) && (is("RIFF", 0) || is("RF64", 0) || is("BW64", 0));
}

/// Reads on until the samples begin; what remains in `ahead` are samples.
Result<WavHeader> read_wav(Stream& stream)
{
    for (;;) {
        auto header = read_wav_header(MemoryBytes(stream.start.ahead), stream.name);
        if (header || stream.start.ahead.size() >= largest_header)
            return header;
        const auto more = stream.read_ahead(stream.start.ahead.size() + 4096);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return read_wav_header(MemoryBytes(stream.start.ahead), stream.name);
    }
}

/// Takes facts and refusals from a WAV header, as for a file.
Status take_wav(Stream& stream, const InputFlags& flags, StreamInfo& info, Draft& draft)
{
    const auto header = read_wav(stream);
    if (!header)
        return tl::unexpected(header.error());
    if (header->channels % 2 == 1 && !flags.type)
        return failure("file.real_samples", {{"file", stream.name}});
    if (!header->type && !flags.type)
        return failure("file.coding", {{"file", stream.name}, {"what", wav_coding(*header)}});
    constexpr std::size_t looked_at = 65536;
    if (const auto more = stream.read_ahead(header->data_offset + looked_at); !more)
        return tl::unexpected(more.error());
    stream.start.ahead.erase(stream.start.ahead.begin(),
                             stream.start.ahead.begin() + static_cast<std::ptrdiff_t>(header->data_offset));
    draft.channels = std::max(header->channels / 2, 1U);
    draft.container = header->container;
    const WavFacts said = read_auxi(header->auxi, header->sample_rate_hz);
    draft.facts.type.offer(header->type, Origin::header);
    draft.facts.rate_hz.offer(header->sample_rate_hz > 0.0 ? std::optional(header->sample_rate_hz) : std::nullopt,
                              Origin::header);
    draft.facts.center_hz.offer(said.center_hz, Origin::header);
    draft.facts.start.offer(said.start, Origin::header);
    info.receiver = shown(said.receiver);
    const bool stated = header->declared != 0 && header->declared < 0x7FFFF000U;
    if (stated || (header->container != "wav" && header->declared < 0xFFFFF000U))
        stream.start.promised = header->declared;
    draft.data = std::make_shared<MemoryBytes>(stream.start.ahead);
    draft.length = stream.start.ahead.size();
    if (header->channels != 2 || flags.type)
        return {};
    const auto equal = channels_are_equal(draft, *header->type);
    if (!equal)
        return tl::unexpected(equal.error());
    return *equal ? Status(failure("file.is_sound", {{"file", stream.name}})) : Status();
}

template <class T>
void settle(const std::optional<T>& flag, const Fact<T>& header, std::optional<T>& value, Origin& origin)
{
    Fact<T> fact;
    fact.offer(flag, Origin::flag);
    fact.offer(header.value, header.origin);
    value = fact.value;
    origin = fact.origin;
}

} // namespace

bool wait_readable(int descriptor, const std::stop_token& stop)
{
    constexpr int look_every_ms = 100;
    if (!stop.stop_possible())
        return true;
    for (pollfd event{descriptor, POLLIN, 0}; !stop.stop_requested();) {
        // Errors and the end are for the read that follows.
        if (const int ready = ::poll(&event, 1, look_every_ms); ready > 0 || (ready < 0 && errno != EINTR))
            return true;
    }
    return false;
}

bool is_stream(const std::string& path)
{
    struct stat about = {};
    return path == "-" || (::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode));
}

Result<Opened> open_stream(const std::string& path, const InputFlags& flags)
{
    auto stream = open_descriptor(path);
    if (!stream)
        return tl::unexpected(stream.error());
    stream->start.stop = flags.stop;
    StreamInfo info;
    Draft draft;
    info.input = stream->name;
    draft.container = path == "-" ? "stdin" : "pipe";
    if (const auto enough = stream->read_ahead(12); !enough)
        return tl::unexpected(enough.error());
    if (stream->start.ahead.empty())
        return failure("file.empty", {{"file", info.input}});
    if (is_wav(stream->start.ahead)) {
        if (const auto taken = take_wav(*stream, flags, info, draft); !taken)
            return tl::unexpected(taken.error());
    }
    info.container = draft.container;
    std::optional<SampleFormat> type;
    std::optional<double> rate;
    settle(flags.type, draft.facts.type, type, info.format_origin);
    settle(flags.rate_hz, draft.facts.rate_hz, rate, info.rate_origin);
    settle(flags.center_hz, draft.facts.center_hz, info.center_hz, info.center_origin);
    settle(flags.start, draft.facts.start, info.start, info.start_origin);
    if (!type)
        return failure("file.unknown_format", {{"file", info.input}}, Fault::usage);
    if (!rate)
        return failure("file.needs_rate", {{"file", info.input}}, Fault::usage);
    info.format = *type;
    info.format_name = type->name();
    info.sample_rate_hz = *rate;
    if (!info.center_hz)
        info.warnings.push_back(needs_center(info.input));
    return make_stream(std::move(info), std::move(stream->start), flags, draft.channels);
}

} // namespace gacsong::sdr
