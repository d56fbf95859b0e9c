// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings and clips that are old enough to go.
#include "report/cases/retention.hpp"
#include "report/cases/row_hash.hpp"
#include "report/store/read_rows.hpp"
#include "report/store/transaction.hpp"
#include "report/text/time_text.hpp"
#include "sdr/recorder/sha512.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>

namespace gacsong {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uintmax_t largest_description = 64U << 20U;

/// A SigMF recording as its description says.
struct RawFile {
    fs::path meta;
    fs::path data;
    bool ours = false;
    std::uint64_t bytes = 0;
    std::int64_t from_ns = 0; ///< first sample; where it is not stated the last change
    std::int64_t to_ns = 0;
    std::int64_t changed_ns = 0; ///< of the later of the two files
    std::string sha512;          ///< as the description states it; may be empty
};

std::int64_t changed_at(const fs::path& file)
{
    std::error_code error;
    const auto at = fs::last_write_time(file, error);
    if (error)
        return 0;
    const auto system = std::chrono::file_clock::to_sys(at).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(system).count();
}

std::string text_in(const ordered_json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

RawFile described(const fs::path& meta)
{
    RawFile raw;
    raw.meta = meta;
    raw.data = fs::path(meta).replace_extension(".sigmf-data");
    std::error_code error;
    if (const auto size = fs::file_size(meta, error); error || size > largest_description)
        return raw;
    std::ifstream in(meta, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto json = ordered_json::parse(text, nullptr, false);
    const auto global = json.is_object() ? json.find("global") : json.end();
    if (!json.is_object() || global == json.end() || !global->is_object())
        return raw;
    raw.ours = text_in(*global, "core:recorder").starts_with("gacsong ");
    raw.sha512 = text_in(*global, "core:sha512");
    if (const auto size = fs::file_size(raw.data, error); !error)
        raw.bytes = size;
    raw.changed_ns = std::max(changed_at(meta), changed_at(raw.data));
    raw.from_ns = raw.to_ns = raw.changed_ns;
    const auto captures = json.find("captures");
    if (captures == json.end() || !captures->is_array() || captures->empty() || !captures->front().is_object())
        return raw;
    // The last sample was there when the file was last changed; a clip may have been cut long after it was received.
    if (const auto start = parse_rfc3339(text_in(captures->front(), "core:datetime")))
        raw.from_ns = std::min(start->unix_ns, raw.changed_ns);
    const auto rate = global->find("core:sample_rate");
    if (rate != global->end() && rate->is_number() && rate->get<double>() > 0.0) {
        // Not less than a byte a sample.
        const double most_s = static_cast<double>(raw.bytes) / rate->get<double>();
        raw.to_ns = raw.from_ns + std::llround(std::min(most_s, 1e9) * 1e9);
    }
    return raw;
}

/// What must stay for the sake of cases.
struct Needed {
    struct Time {
        std::int64_t from_ns = 0;
        std::int64_t to_ns = 0;
    };
    std::vector<Time> times;
    std::set<fs::path> files;

    [[nodiscard]] bool holds(const RawFile& raw) const
    {
        std::error_code error;
        const auto same = [&](const fs::path& file) {
            return file == fs::absolute(raw.meta, error).lexically_normal() ||
                   file == fs::absolute(raw.data, error).lexically_normal();
        };
        return std::ranges::any_of(files, same) || std::ranges::any_of(times, [&](const Time& time) {
                   return raw.from_ns <= time.to_ns && raw.to_ns >= time.from_ns;
               });
    }
};

Result<Needed> needed_for_cases(Store& store)
{
    const auto runs = needed_runs(store.connection());
    if (!runs)
        return tl::unexpected(runs.error());
    Needed needed;
    for (const std::int64_t number : *runs) {
        const auto stored = store.run(number);
        if (!stored)
            return tl::unexpected(stored.error());
        if (!*stored)
            continue;
        const StreamInfo& stream = (*stored)->run.stream;
        if (!(*stored)->path.empty())
            needed.files.insert((*stored)->path);
        if (stream.start && stream.sample_rate_hz > 0.0) {
            const double seconds = static_cast<double>((*stored)->end.samples) / stream.sample_rate_hz;
            needed.times.push_back({stream.start->unix_ns, stream.start->unix_ns + std::llround(seconds * 1e9)});
        }
    }
    return needed;
}

std::string hash_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    sdr::Sha512 hash;
    std::array<char, 1 << 16> room{};
    while (in.read(room.data(), room.size()) || in.gcount() > 0)
        hash.add(std::as_bytes(std::span(room).first(static_cast<std::size_t>(in.gcount()))));
    return hash.hex();
}

/// Told first, deleted then: a file that is gone without an entry would look like tampering.
Status delete_file(Store& store, const Hand& hand, const RawFile& raw)
{
    std::error_code error;
    const bool there = fs::exists(raw.data, error);
    const ordered_json details{{"file", fs::absolute(raw.data, error).lexically_normal().string()},
                               {"bytes", raw.bytes},
                               {"sha512", there ? hash_of(raw.data) : raw.sha512},
                               {"there", there},
                               {"why", "age"}};
    auto transaction = Transaction::begin(store.connection());
    if (!transaction)
        return tl::unexpected(transaction.error());
    Status done = append_audit(store.connection(), hand, "raw-removed", raw.data.filename().string(),
                               details.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    if (done)
        done = transaction->commit();
    if (!done)
        return done;
    for (const fs::path& file : {raw.data, raw.meta}) {
        fs::remove(file, error);
        if (error)
            return failure("output.write", {{"file", file.string()}, {"why", error.message()}}, Fault::output);
    }
    return {};
}

} // namespace

Result<ForgottenFiles> forget_files(Store& store, const Hand& hand, const fs::path& folder, Instant before,
                                    bool only_count)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return failure("file.not_found", {{"file", folder.string()}});
    const auto needed = needed_for_cases(store);
    if (!needed)
        return tl::unexpected(needed.error());
    std::vector<fs::path> descriptions;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto at = fs::recursive_directory_iterator(folder, options, error);
         !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (at->path().extension() == ".sigmf-meta" && at->is_regular_file(error) && !at->is_symlink(error))
            descriptions.push_back(at->path());
    }
    std::ranges::sort(descriptions);
    ForgottenFiles forgotten;
    for (const fs::path& meta : descriptions) {
        const RawFile raw = described(meta);
        if (!raw.ours) {
            ++forgotten.not_ours;
            continue;
        }
        if (std::max(raw.from_ns, raw.changed_ns) >= before.unix_ns)
            continue;
        if (needed->holds(raw)) {
            ++forgotten.kept;
            continue;
        }
        if (!only_count) {
            if (const Status gone = delete_file(store, hand, raw); !gone)
                return tl::unexpected(gone.error());
        }
        ++forgotten.files;
        forgotten.bytes += raw.bytes;
    }
    return forgotten;
}

} // namespace gacsong
