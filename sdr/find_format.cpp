// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/find_format.hpp"

#include "sdr/formats/readers.hpp"
#include "sdr/names/name_facts.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

namespace gacsong::sdr {

namespace {

std::optional<Instant> modification_time(const std::string& path)
{
    struct stat about = {};
    constexpr std::int64_t last_second = 9'200'000'000; // what 64-bit nanoseconds hold
    if (::stat(path.c_str(), &about) != 0 || about.st_mtim.tv_sec < 0 || about.st_mtim.tv_sec > last_second)
        return std::nullopt;
    return Instant{std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec};
}

bool is_file(const std::string& path)
{
    struct stat about = {};
    return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

/// Magic numbers of packed files.
bool is_packed(const std::vector<std::byte>& head)
{
    using namespace std::string_view_literals;
    constexpr std::array magics{"\x1F\x8B"sv,
                                "\xFD"
                                "7zXZ\0"sv,
                                "BZh"sv,
                                "\x28\xB5\x2F\xFD"sv,
                                "PK\3\4"sv,
                                "7z\xBC\xAF\x27\x1C"sv};
    return std::any_of(magics.begin(), magics.end(), [&](std::string_view magic) {
        return head.size() >= magic.size() && std::memcmp(head.data(), magic.data(), magic.size()) == 0;
    });
}

} // namespace

Result<Candidate> make_candidate(const std::string& path)
{
    auto bytes = FileBytes::open(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    Candidate candidate;
    candidate.path = path;
    candidate.folder = path.substr(0, path.rfind('/') + 1); // npos + 1 is 0
    candidate.base_name = path.substr(candidate.folder.size());
    candidate.extension = extension_of(candidate.base_name);
    candidate.name = shown(path);
    candidate.bytes = std::move(*bytes);
    auto head = read_some(*candidate.bytes, 0, 512);
    if (!head)
        return tl::unexpected(head.error());
    candidate.head = std::move(*head);
    candidate.modified = modification_time(path);
    return candidate;
}

Result<Candidate> find_recording(const std::string& path)
{
    if (!is_file(path) && is_file(path + ".sigmf-meta"))
        return make_candidate(path + ".sigmf-meta");
    return make_candidate(path);
}

const FormatInfo& format_of(const Candidate& candidate)
{
    const auto formats = all_formats();
    return *std::find_if(formats.begin(), formats.end(),
                         [&](const FormatInfo& info) { return info.claims(candidate); });
}

Result<Draft> read_draft(const Candidate& candidate, const InputFlags& flags)
{
    constexpr std::array<std::string_view, 7> packers{"gz", "xz", "bz2", "zst", "zip", "7z", "tgz"};
    if (std::find(packers.begin(), packers.end(), candidate.extension) != packers.end() && is_packed(candidate.head))
        return failure("file.packed", {{"file", candidate.name}});
    auto draft = format_of(candidate).read(candidate);
    const bool can_be_raw = flags.type && flags.rate_hz && candidate.extension != "sigmf-meta";
    if (draft || !can_be_raw || candidate.bytes->size() == 0)
        return draft;
    auto raw = headerless_format.read(candidate);
    if (raw)
        raw->warnings.push_back(draft.error().message);
    return raw;
}

Error unknown_type(const Candidate& candidate)
{
    const bool packed = is_packed(candidate.head);
    return {Message{packed ? "file.packed" : "file.unknown_format", {{"file", candidate.name}}},
            packed ? Fault::input : Fault::usage};
}

Message needs_center(const std::string& name) { return Message{"file.needs_centre", {{"file", name}}}; }

Instant wall_clock()
{
    using namespace std::chrono;
    return {duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count()};
}

} // namespace gacsong::sdr
