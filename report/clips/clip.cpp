// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clips/clip.hpp"

#include "report/annotate/annotation.hpp"
#include "report/text/time_text.hpp"
#include "sdr/files/atomic_write.hpp"
#include "sdr/sigmf.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <system_error>

namespace gacsong {
namespace {

constexpr std::uint64_t most_samples = std::uint64_t{1} << 28U;
constexpr std::size_t chunk = 1 << 16;

/// Component types in which a clip is written back exactly.
bool kept(const SampleFormat& format)
{
    return !format.big_endian && (format.component == Component::u8 || format.component == Component::s8 ||
                                  format.component == Component::s16 || format.component == Component::f32);
}

template <class T> void append(std::vector<char>& out, T value)
{
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.insert(out.end(), bytes, bytes + sizeof(T));
}

/// One component as it was stored: (x − zero) / full_scale turned round.
void append_component(std::vector<char>& out, float value, const SampleFormat& format)
{
    const double stored = static_cast<double>(value) * format.full_scale;
    switch (format.component) {
    case Component::u8:
        return append(out, static_cast<std::uint8_t>(std::clamp(std::lround(stored + 127.5), 0L, 255L)));
    case Component::s8:
        return append(out, static_cast<std::int8_t>(std::clamp(std::lround(stored), -128L, 127L)));
    case Component::s16:
        return append(out, static_cast<std::int16_t>(std::clamp(std::lround(stored), -32'768L, 32'767L)));
    default:
        return append(out, static_cast<float>(stored));
    }
}

Error write_error(const std::filesystem::path& path)
{
    return failure("output.write", {{"file", path.string()}, {"why", std::string(std::strerror(errno))}}, Fault::output)
        .value();
}

Status write_samples(const ClipSource& source, const Stretch& part, const SampleFormat& format,
                     const std::filesystem::path& path, const std::stop_token& stop)
{
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    std::vector<std::complex<float>> samples(chunk);
    std::vector<char> bytes;
    for (std::uint64_t done = 0; done < static_cast<std::uint64_t>(part.count);) {
        if (stop.stop_requested())
            return failure("clip.stopped", {{"file", path.string()}}, Fault::output);
        const auto now = std::min<std::uint64_t>(chunk, static_cast<std::uint64_t>(part.count) - done);
        const auto piece = std::span(samples).first(static_cast<std::size_t>(now));
        if (!source.history->read(part.stored + done, piece))
            return failure("clip.read", {{"file", source.stream.input}});
        bytes.clear();
        for (const auto& sample : piece) {
            append_component(bytes, sample.real(), format);
            append_component(bytes, sample.imag(), format);
        }
        if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
            return tl::unexpected(write_error(path));
        done += now;
    }
    out.flush();
    if (!out)
        return tl::unexpected(write_error(path));
    return {};
}

nlohmann::ordered_json description(const ClipSource& source, const Stretch& part, const SampleFormat& format,
                                   const Emission& emission, const std::vector<std::string>& rules,
                                   const Wording& words)
{
    const StreamInfo& stream = source.stream;
    nlohmann::ordered_json global{{"core:datatype", sdr::sigmf_datatype(format).value_or("cf32_le")},
                                  {"core:sample_rate", stream.sample_rate_hz},
                                  {"core:version", "1.2.5"},
                                  {"core:recorder", source.program}};
    if (!stream.receiver.empty())
        global["core:hw"] = stream.receiver;
    if (stream.latitude && stream.longitude)
        global["core:geolocation"] = {{"type", "Point"}, {"coordinates", {*stream.longitude, *stream.latitude}}};
    nlohmann::ordered_json capture{{"core:sample_start", 0}};
    AnnotationPlace place;
    if (stream.center_hz) {
        place.frequency_hz = *stream.center_hz + part.center_shift_hz;
        capture["core:frequency"] = *place.frequency_hz;
    }
    if (stream.start) {
        const double at_s = static_cast<double>(part.first) / stream.sample_rate_hz;
        capture["core:datetime"] = rfc3339({stream.start->unix_ns + std::llround(at_s * 1e9)});
    }
    const auto sample = [&](double at_s) {
        const double index = at_s * stream.sample_rate_hz - static_cast<double>(part.first);
        return static_cast<std::uint64_t>(std::clamp(index, 0.0, static_cast<double>(part.count - 1)));
    };
    place.sample_start = sample(emission.start_s);
    place.sample_count = std::max<std::uint64_t>(1, sample(emission.end_s) - place.sample_start);
    return {
        {"global", global},
        {"captures", nlohmann::ordered_json::array({capture})},
        {"annotations", nlohmann::ordered_json::array({annotation(emission, place, rules, source.program, words)})}};
}

} // namespace

Result<std::filesystem::path> write_clip(const ClipSource& source, const Emission& emission,
                                         const std::vector<std::string>& rules, const std::filesystem::path& path,
                                         const Wording& words, const std::stop_token& stop)
{
    const auto with = [&](const char* suffix) { return std::filesystem::path(path.string() + suffix); };
    std::error_code error;
    for (const char* suffix : {".sigmf-meta", ".sigmf-data"}) {
        if (std::filesystem::exists(with(suffix), error))
            return failure("clip.exists", {{"file", with(suffix).string()}}, Fault::output);
    }
    const double rate = source.stream.sample_rate_hz;
    const auto from = static_cast<std::int64_t>(std::max(0.0, (emission.start_s - source.before_s) * rate));
    const auto to = std::min(static_cast<std::int64_t>(std::ceil((emission.end_s + source.after_s) * rate)),
                             from + static_cast<std::int64_t>(most_samples));
    const auto part = source.timeline.largest_part(from, to);
    if (!part)
        return failure("clip.read", {{"file", source.stream.input}});
    const SampleFormat format = kept(source.stream.format) ? source.stream.format : SampleFormat::of(Component::f32);
    const auto unfinished = with(".sigmf-data.part");
    if (const Status written = write_samples(source, *part, format, unfinished, stop); !written) {
        std::filesystem::remove(unfinished, error);
        return tl::unexpected(written.error());
    }
    std::filesystem::rename(unfinished, with(".sigmf-data"), error);
    if (error)
        return tl::unexpected(write_error(with(".sigmf-data")));
    const std::string text = description(source, *part, format, emission, rules, words).dump(2) + "\n";
    if (const Status written = write_atomically(with(".sigmf-meta"), text); !written)
        return tl::unexpected(written.error());
    return with(".sigmf-meta");
}

std::string clip_name(const Emission& emission)
{
    std::string name = emission.center_hz ? fmt::format("{:.3f}MHz", *emission.center_hz / 1e6)
                                          : fmt::format("offset{:+.1f}kHz", emission.offset_hz / 1e3);
    if (emission.start) {
        std::string moment = rfc3339(*emission.start, 0);
        std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
        name += "_" + moment;
    }
    return name + "_" + emission.id;
}

} // namespace gacsong
