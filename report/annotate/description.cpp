// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/annotate/description.hpp"

#include "report/text/time_text.hpp"
#include "sdr/files/atomic_write.hpp"
#include "sdr/find_format.hpp"
#include "sdr/formats/draft.hpp"
#include "sdr/formats/sigmf_archive.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
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

Result<Description> read_description(const std::string& path)
{
    auto read = sdr::read_sigmf(path);
    if (!read)
        return tl::unexpected(read.error());
    Description description{path, std::move(*read), {}};
    description.facts = sdr::sigmf_facts(description.meta, path);
    return description;
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

/// The description that an archive holds, as one that stands beside it and names the archive: the samples begin behind
/// `core:header_bytes` of it and end before `core:trailing_bytes` (SigMF 1.2.5, non-conforming datasets).
Result<Description> describe_archive(const sdr::Candidate& file, std::string path)
{
    const auto archived = sdr::archived_recording(*file.bytes, file.name);
    if (!archived)
        return tl::unexpected(archived.error());
    auto meta = sdr::parse_sigmf(archived->meta_text, file.name);
    if (!meta)
        return tl::unexpected(meta.error());
    Description description{std::move(path), std::move(*meta), {}};
    ordered_json& global = description.meta.document["global"];
    const auto within = sdr::sigmf_facts(description.meta, file.name);
    const std::uint64_t end = std::min(archived->data.offset + archived->data.size, file.bytes->size());
    global["core:dataset"] = file.base_name;
    global["core:trailing_bytes"] = file.bytes->size() - end + within.trailing_bytes;
    global.erase("core:sha512"); // that of the samples alone
    global.erase("core:metadata_only");
    ordered_json& captures = description.meta.document["captures"];
    if (captures.empty() || !captures.front().is_object())
        captures = ordered_json::array({ordered_json{{"core:sample_start", within.index_base()}}});
    captures.front()["core:header_bytes"] =
        archived->data.offset + (within.captures.empty() ? 0 : within.captures.front().header_bytes);
    description.facts = sdr::sigmf_facts(description.meta, description.path);
    return description;
}

/// A description for a recording of another form, that names it.
Result<Description> make_description(const sdr::Candidate& file, const StreamInfo& stream, const std::string& program)
{
    const std::string path = sdr::sigmf_meta_beside(file.path);
    if (exists(path)) {
        auto read = read_description(path);
        if (!read || read->facts.dataset == file.base_name)
            return read;
        return cannot("annotate.taken", path);
    }
    if (stream.container == "sigmf archive")
        return describe_archive(file, path);
    sdr::InputFlags known; // a headerless file was opened with these
    known.rate_hz = stream.sample_rate_hz;
    known.type = stream.format;
    const auto draft = sdr::read_draft(file, known);
    if (!draft)
        return tl::unexpected(draft.error());
    const auto datatype = sdr::sigmf_datatype(stream.format);
    if (!datatype)
        return cannot("annotate.datatype", file.name);
    ordered_json global{{"core:datatype", *datatype},
                        {"core:sample_rate", stream.sample_rate_hz},
                        {"core:version", "1.2.5"},
                        {"core:dataset", file.base_name},
                        {"core:num_channels", draft->channels},
                        {"core:trailing_bytes", file.bytes->size() - draft->offset - draft->length},
                        {"core:recorder", program}};
    if (!stream.receiver.empty())
        global["core:hw"] = stream.receiver;
    ordered_json capture{{"core:sample_start", 0}, {"core:header_bytes", draft->offset}};
    if (stream.center_hz)
        capture["core:frequency"] = *stream.center_hz;
    if (stream.start)
        capture["core:datetime"] = rfc3339(*stream.start);
    Description description;
    description.path = path;
    description.meta.document = ordered_json::object();
    description.meta.document["global"] = std::move(global);
    description.meta.document["captures"] = ordered_json::array({std::move(capture)});
    description.meta.document["annotations"] = ordered_json::array();
    description.facts = sdr::sigmf_facts(description.meta, path);
    return description;
}

} // namespace

std::optional<double> Description::frequency_at(std::uint64_t sample) const
{
    std::optional<double> frequency;
    for (const sdr::SigmfCapture& capture : facts.captures)
        if (capture.sample_start <= sample)
            frequency = capture.frequency_hz;
    return frequency;
}

Result<Description> describe_recording(const StreamInfo& stream, const std::string& program)
{
    if (!stream.length)
        return cannot("annotate.stream", stream.input);
    const auto file = sdr::find_recording(stream.input);
    if (!file)
        return tl::unexpected(file.error());
    const auto pair = sdr::sigmf_paths(file->path);
    return pair ? read_description(pair->meta) : make_description(*file, stream, program);
}

Status move_description(Description& description, const std::string& path)
{
    if (exists(path)) {
        auto other = read_description(path);
        if (!other)
            return tl::unexpected(other.error());
        description = std::move(*other);
    }
    description.path = path;
    return {};
}

Status write_description(Description& description)
{
    declare_extension(description.meta.document["global"]);
    return write_atomically(description.path, sdr::sigmf_text(description.meta));
}

} // namespace gacsong
