// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/sigmf_archive.hpp"

#include "sdr/formats/readers.hpp"
#include "sdr/formats/sigmf_draft.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>

namespace gacsong::sdr {

namespace {

constexpr std::string_view meta_end = ".sigmf-meta";
constexpr std::string_view data_end = ".sigmf-data";
constexpr std::size_t largest_meta = std::size_t{64} << 20U;

struct ArchiveDelete {
    void operator()(archive* a) const { archive_read_free(a); }
};

/// Lets libarchive read from Bytes.
struct Feed {
    const Bytes& bytes;
    std::uint64_t at = 0;
    std::array<std::byte, 16384> buffer{};

    static la_ssize_t read(archive*, void* self, const void** out)
    {
        auto& feed = *static_cast<Feed*>(self);
        const auto got = feed.bytes.read(feed.at, feed.buffer);
        if (!got)
            return ARCHIVE_FATAL;
        feed.at += *got;
        *out = feed.buffer.data();
        return static_cast<la_ssize_t>(*got);
    }

    static la_int64_t skip(archive*, void* self, la_int64_t request)
    {
        auto& feed = *static_cast<Feed*>(self);
        const std::uint64_t left = feed.bytes.size() - std::min(feed.at, feed.bytes.size());
        const std::uint64_t step = std::min(left, static_cast<std::uint64_t>(std::max<la_int64_t>(request, 0)));
        feed.at += step;
        return static_cast<la_int64_t>(step);
    }
};

ArchiveMember member_of(archive* reader, archive_entry* entry)
{
    ArchiveMember member;
    const char* path = archive_entry_pathname(entry);
    member.path = path == nullptr ? "" : path;
    while (member.path.starts_with("./"))
        member.path.erase(0, 2);
    member.offset = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(reader, 0), 0));
    member.size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    member.plain = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr &&
                   archive_entry_symlink(entry) == nullptr && archive_entry_sparse_count(entry) == 0;
    return member;
}

/// A path that stays below the folder it would be unpacked in.
bool stays_inside(const std::string& path)
{
    if (path.empty() || path.front() == '/')
        return false;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t slash = std::min(path.find('/', from), path.size());
        if (path.compare(from, slash - from, "..") == 0)
            return false;
        from = slash + 1;
    }
    return true;
}

tl::unexpected<Error> bad_member(const std::string& name, const std::string& path, const char* what)
{
    return failure("sigmf.archive_member", {{"file", name}, {"member", shown(path)}, {"what", Term{what}}});
}

/// The path of the data that belongs to a member with metadata.
std::string data_path(const SigmfFacts& facts, const std::string& meta_path)
{
    if (facts.dataset && facts.dataset->find('/') == std::string::npos)
        return meta_path.substr(0, meta_path.rfind('/') + 1) + *facts.dataset;
    return meta_path.substr(0, meta_path.size() - meta_end.size()) + std::string(data_end);
}

Result<Draft> read_archive(const Candidate& candidate)
{
    const auto found = archived_recording(*candidate.bytes, candidate.name);
    if (!found)
        return tl::unexpected(found.error());
    const auto meta = parse_sigmf(found->meta_text, candidate.name, SigmfKeep::without_annotations);
    if (!meta)
        return tl::unexpected(meta.error());
    const ArchiveMember& data_at = found->data;
    const std::uint64_t there = candidate.bytes->size() - std::min(data_at.offset, candidate.bytes->size());
    auto data = std::make_shared<PartBytes>(candidate.bytes, data_at.offset, std::min(data_at.size, there));
    auto draft = draft_of_sigmf(*meta, std::move(data), candidate.base_name, candidate.name);
    if (!draft)
        return draft;
    draft->container = "sigmf archive";
    if (there < data_at.size)
        draft->promised_length = data_at.size;
    return draft;
}

} // namespace

Result<std::vector<ArchiveMember>> list_archive(const Bytes& bytes, const std::string& name)
{
    constexpr int most_members = 10000;
    const std::unique_ptr<archive, ArchiveDelete> reader(archive_read_new());
    Feed feed{bytes};
    archive_read_support_format_tar(reader.get()); // and no filter: a packed archive cannot be read in place
    archive_read_set_read_callback(reader.get(), Feed::read);
    archive_read_set_skip_callback(reader.get(), Feed::skip);
    archive_read_set_callback_data(reader.get(), &feed);
    std::vector<ArchiveMember> members;
    int status = archive_read_open1(reader.get());
    for (int i = 0; i < most_members && (status == ARCHIVE_OK || status == ARCHIVE_WARN); ++i) {
        archive_entry* entry = nullptr;
        status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
            members.push_back(member_of(reader.get(), entry));
    }
    // An archive that was cut inside its last member is good up to there.
    const bool broken = status != ARCHIVE_OK && status != ARCHIVE_WARN && status != ARCHIVE_EOF;
    if (broken && members.empty())
        return failure("file.bad_header", {{"file", name}, {"at", std::int64_t{0}}, {"what", Term{"no tar archive"}}});
    return members;
}

Result<ArchiveMember> archived_meta(const std::vector<ArchiveMember>& members, const std::string& name)
{
    std::vector<std::string> found;
    for (const auto& member : members) {
        if (member.path.ends_with(meta_end) && std::find(found.begin(), found.end(), member.path) == found.end())
            found.push_back(member.path);
    }
    if (found.empty())
        return failure("sigmf.archive_without", {{"file", name}});
    if (found.size() > 1)
        return failure("sigmf.archive_many", {{"file", name}, {"n", static_cast<std::int64_t>(found.size())}});
    return archived_member(members, found.front(), name);
}

Result<ArchiveMember> archived_member(const std::vector<ArchiveMember>& members, const std::string& path,
                                      const std::string& name)
{
    const auto is_it = [&](const ArchiveMember& member) { return member.path == path; };
    const auto found = std::find_if(members.begin(), members.end(), is_it);
    if (found == members.end())
        return failure("sigmf.pair", {{"file", name}, {"missing", shown(path)}});
    if (!stays_inside(path))
        return bad_member(name, path, "leaves its folder");
    if (std::count_if(members.begin(), members.end(), is_it) > 1)
        return bad_member(name, path, "there twice");
    if (!found->plain)
        return bad_member(name, path, "link or sparse");
    return *found;
}

Result<ArchivedRecording> archived_recording(const Bytes& bytes, const std::string& name)
{
    if (bytes.size() == 0)
        return failure("file.empty", {{"file", name}});
    const auto members = list_archive(bytes, name);
    if (!members)
        return tl::unexpected(members.error());
    const auto meta_at = archived_meta(*members, name);
    if (!meta_at)
        return tl::unexpected(meta_at.error());
    ArchivedRecording out;
    out.meta_path = meta_at->path;
    out.meta_text.resize(std::min<std::uint64_t>(meta_at->size, largest_meta + 1));
    const auto got = bytes.read(meta_at->offset, std::as_writable_bytes(std::span(out.meta_text)));
    if (!got)
        return tl::unexpected(got.error());
    out.meta_text.resize(*got);
    const auto meta = parse_sigmf(out.meta_text, name, SigmfKeep::without_annotations);
    if (!meta)
        return tl::unexpected(meta.error());
    const auto data_at = archived_member(*members, data_path(sigmf_facts(*meta, name), out.meta_path), name);
    if (!data_at)
        return tl::unexpected(data_at.error());
    out.data = *data_at;
    return out;
}

const FormatInfo sigmf_archive_format{
    "SigMF archive", "sigmf", [](const Candidate& candidate) { return candidate.extension == "sigmf"; }, read_archive};

} // namespace gacsong::sdr
