// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clips/cell_clip.hpp"

#include "dsp/demod/downconverter.hpp"
#include "report/clips/cell_windows.hpp"
#include "report/text/time_text.hpp"
#include "sdr/files/atomic_write.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <system_error>

namespace gacsong {
namespace {

constexpr std::size_t most_anchors = 100; ///< that are looked at: more do not make the place surer
constexpr std::size_t least_anchors = 2;

/// The channel of a cell inside a stretch of the recording, at its own rate.
class CellChannel {
public:
    CellChannel(const ClipSource& source, const Cell& cell, std::uint64_t first)
        : history_(*source.history), first_(first), pass_(cell_pass(cell)),
          decimation_(
              std::max<std::size_t>(1, static_cast<std::size_t>(0.4 * source.stream.sample_rate_hz / pass_.wide_hz))),
          wide_(source.stream.sample_rate_hz, cell.baseband_hz, pass_.wide_hz, decimation_),
          narrow_(source.stream.sample_rate_hz, cell.baseband_hz, pass_.narrow_hz, decimation_)
    {
    }

    [[nodiscard]] double rate_hz() const { return wide_.rate_hz(); }
    [[nodiscard]] std::size_t decimation() const { return decimation_; }

    /// Samples of the channel from its sample `at` on.
    [[nodiscard]] std::vector<std::complex<float>> read(std::int64_t at, std::size_t count, bool wide) const
    {
        const std::int64_t from = static_cast<std::int64_t>(first_) + at * static_cast<std::int64_t>(decimation_);
        return (wide ? wide_ : narrow_)
            .convert(history_, static_cast<std::uint64_t>(std::max<std::int64_t>(0, from)), count);
    }

private:
    const History& history_;
    std::uint64_t first_;
    CellPass pass_;
    std::size_t decimation_;
    dsp::Downconverter wide_;
    dsp::Downconverter narrow_;
};

/// By how many samples the windows have to be moved so that the known waveforms stand in them; nothing where they are
/// not found nearby. `from_s`: time of the channel's first sample.
std::optional<std::int64_t> misplaced(const CellChannel& channel, const Cell& cell,
                                      const std::vector<CellWindow>& windows, double from_s, std::int64_t length)
{
    const CellAnchor anchor = cell_anchor(cell, channel.rate_hz());
    const auto reach = static_cast<std::int64_t>(std::ceil(anchor.reach_s * channel.rate_hz()));
    const std::size_t size = anchor.samples.size();
    double energy = 0.0;
    for (const auto& sample : anchor.samples)
        energy += std::norm(sample);
    std::vector<double> shares(static_cast<std::size_t>(2 * reach + 1));
    std::size_t looked = 0;
    for (const CellWindow& window : windows) {
        if (!window.anchor || looked == most_anchors)
            continue;
        const auto at = std::llround((window.begin_s + anchor.lead_s - from_s) * channel.rate_hz()) - reach;
        if (at < 0 || at + static_cast<std::int64_t>(size) + 2 * reach > length)
            continue;
        const auto samples = channel.read(at, size + static_cast<std::size_t>(2 * reach), false);
        ++looked;
        for (std::size_t shift = 0; shift < shares.size(); ++shift) {
            std::complex<double> sum;
            double there = 0.0;
            for (std::size_t i = 0; i < size; ++i) {
                sum += std::complex<double>(samples[shift + i]) * std::conj(std::complex<double>(anchor.samples[i]));
                there += std::norm(samples[shift + i]);
            }
            if (there > 0.0)
                shares[shift] += std::norm(sum) / (there * energy);
        }
    }
    const auto best = std::ranges::max_element(shares);
    const auto shift = best - shares.begin() - reach;
    const bool inside = std::abs(shift) < reach; // at an edge it goes on rising beyond it
    if (looked < least_anchors || !inside || *best < anchor.least_share * static_cast<double>(looked))
        return std::nullopt;
    return shift;
}

Error write_error(const std::filesystem::path& path)
{
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return failure(full ? "output.full" : "output.write",
                   {{"file", path.string()}, {"why", std::string(std::strerror(errno))}}, Fault::output)
        .value();
}

/// Writes the windows; between them the file is left empty, which reads as zeros.
Status write_windows(const CellChannel& channel, const std::vector<CellWindow>& windows, double from_s,
                     std::int64_t length, const std::filesystem::path& path)
{
    using Sample = std::complex<float>;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    std::int64_t written = 0;
    for (const CellWindow& window : windows) {
        const auto at = std::max<std::int64_t>(
            written, static_cast<std::int64_t>(std::ceil((window.begin_s - from_s) * channel.rate_hz())));
        const auto end = std::min<std::int64_t>(
            length, static_cast<std::int64_t>(std::floor((window.end_s - from_s) * channel.rate_hz())));
        if (at >= end)
            continue;
        const auto samples = channel.read(at, static_cast<std::size_t>(end - at), window.wide);
        out.seekp(at * static_cast<std::int64_t>(sizeof(Sample)));
        if (!out.write(reinterpret_cast<const char*>(samples.data()),
                       static_cast<std::streamsize>(samples.size() * sizeof(Sample))))
            return tl::unexpected(write_error(path));
        written = end;
    }
    out.flush();
    if (!out)
        return tl::unexpected(write_error(path));
    std::error_code error;
    std::filesystem::resize_file(path, static_cast<std::uintmax_t>(length) * sizeof(Sample), error);
    if (error)
        return failure("output.write", {{"file", path.string()}, {"why", error.message()}}, Fault::output);
    return {};
}

nlohmann::ordered_json description(const ClipSource& source, const Cell& cell, const CellChannel& channel,
                                   double from_s, std::int64_t length, const Wording& words)
{
    const StreamInfo& stream = source.stream;
    const bool gsm = cell.technology == "gsm";
    nlohmann::ordered_json global{
        {"core:datatype", "cf32_le"},
        {"core:sample_rate", channel.rate_hz()},
        {"core:version", "1.2.5"},
        {"core:recorder", source.program},
        {"core:description", words.text(gsm ? "clip.blanked_gsm" : "clip.blanked_lte")},
        {"core:extensions",
         nlohmann::ordered_json::array({{{"name", "gacsong"}, {"version", "1.0.0"}, {"optional", true}}})},
        {"gacsong:blanked", true}};
    if (!stream.receiver.empty())
        global["core:hw"] = stream.receiver;
    if (stream.latitude && stream.longitude)
        global["core:geolocation"] = {{"type", "Point"}, {"coordinates", {*stream.longitude, *stream.latitude}}};
    nlohmann::ordered_json capture{{"core:sample_start", 0}};
    const double middle_hz = stream.center_hz.value_or(0.0) + cell.baseband_hz;
    if (stream.center_hz)
        capture["core:frequency"] = middle_hz;
    if (stream.start)
        capture["core:datetime"] = rfc3339({stream.start->unix_ns + std::llround(from_s * 1e9)});
    std::string label = gsm ? "GSM" : "LTE";
    if (cell.channel)
        label += fmt::format(" {}", *cell.channel);
    const CellPass pass = cell_pass(cell);
    nlohmann::ordered_json annotation{{"core:sample_start", 0},
                                      {"core:sample_count", length},
                                      {"core:freq_lower_edge", middle_hz - pass.wide_hz},
                                      {"core:freq_upper_edge", middle_hz + pass.wide_hz},
                                      {"core:label", label},
                                      {"core:generator", source.program}};
    if (cell.reason)
        annotation["core:comment"] = words.text(*cell.reason);
    return {{"global", global},
            {"captures", nlohmann::ordered_json::array({capture})},
            {"annotations", nlohmann::ordered_json::array({annotation})}};
}

} // namespace

Result<std::filesystem::path> write_cell_clip(const ClipSource& source, const Cell& cell, double from_s,
                                              double longest_s, const std::filesystem::path& path, const Wording& words)
{
    const auto with = [&](const char* suffix) { return std::filesystem::path(path.string() + suffix); };
    std::error_code error;
    for (const char* suffix : {".sigmf-meta", ".sigmf-data"}) {
        if (std::filesystem::exists(with(suffix), error))
            return failure("clip.exists", {{"file", with(suffix).string()}}, Fault::output);
    }
    const double rate = source.stream.sample_rate_hz;
    const auto from = static_cast<std::int64_t>(std::ceil(std::max(from_s, cell.first_s) * rate));
    const auto to = static_cast<std::int64_t>(std::min(from_s + longest_s, cell.last_s) * rate);
    const auto part = source.timeline.largest_part(from, std::max(from, to));
    if (!part)
        return failure("clip.read", {{"file", source.stream.input}});
    const CellChannel channel(source, cell, part->stored);
    const auto length = part->count / static_cast<std::int64_t>(channel.decimation());
    const double begin_s = static_cast<double>(part->first) / rate;
    const double end_s = begin_s + static_cast<double>(length) / channel.rate_hz();
    const double ppm = apparent_ppm(cell, source.stream.center_hz);
    const auto expected = cell_windows(cell, ppm, begin_s, end_s);
    const auto shift = misplaced(channel, cell, expected, begin_s, length);
    if (!shift)
        return failure("clip.cell_time", {{"cell", cell.id}});
    Cell moved = cell;
    moved.first_s += static_cast<double>(*shift) / channel.rate_hz();
    const auto unfinished = with(".sigmf-data.part");
    if (const Status written =
            write_windows(channel, cell_windows(moved, ppm, begin_s, end_s), begin_s, length, unfinished);
        !written) {
        std::filesystem::remove(unfinished, error);
        return tl::unexpected(written.error());
    }
    std::filesystem::rename(unfinished, with(".sigmf-data"), error);
    if (error)
        return failure("output.write", {{"file", with(".sigmf-data").string()}, {"why", error.message()}},
                       Fault::output);
    const std::string text = description(source, cell, channel, begin_s, length, words).dump(2) + "\n";
    if (const Status written = write_atomically(with(".sigmf-meta"), text); !written)
        return tl::unexpected(written.error());
    return with(".sigmf-meta");
}

std::string clip_name(const Cell& cell, std::optional<double> center_hz)
{
    const std::optional<double> at =
        cell.carrier_hz ? cell.carrier_hz : (center_hz ? std::optional(*center_hz + cell.baseband_hz) : std::nullopt);
    std::string name =
        at ? fmt::format("{:.3f}MHz", *at / 1e6) : fmt::format("offset{:+.1f}kHz", cell.baseband_hz / 1e3);
    if (cell.start) {
        std::string moment = rfc3339(*cell.start, 0);
        std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
        name += "_" + moment;
    }
    return name + "_" + cell.id;
}

} // namespace gacsong
