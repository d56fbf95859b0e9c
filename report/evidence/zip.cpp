// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <fstream>
#include <memory>
#include <system_error>

namespace gacsong::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 100'000;
constexpr std::size_t piece = 1 << 16;

using Writing = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Reading = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

std::string why(archive* a)
{
    const char* text = archive_error_string(a);
    std::string said = text == nullptr ? "" : text;
    // What the library says may hold bytes of the damaged file.
    std::erase_if(said, [](char c) { return c < ' ' || c > '~'; });
    return said;
}

bool write_all(archive* a, const char* data, std::size_t length)
{
    return archive_write_data(a, data, length) == static_cast<la_ssize_t>(length);
}

bool write_file(archive* a, const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::array<char, piece> room{};
    while (in.read(room.data(), piece) || in.gcount() > 0) {
        if (!write_all(a, room.data(), static_cast<std::size_t>(in.gcount())))
            return false;
    }
    return in.eof();
}

bool write_entry(archive* a, const ZipEntry& from, Instant at)
{
    const Entry entry(archive_entry_new(), archive_entry_free);
    std::error_code error;
    const auto size = from.path.empty() ? from.text.size() : fs::file_size(from.path, error);
    if (error)
        return false;
    archive_entry_set_pathname_utf8(entry.get(), from.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), at.unix_ns / 1'000'000'000, 0);
    return archive_write_header(a, entry.get()) == ARCHIVE_OK &&
           (from.path.empty() ? write_all(a, from.text.data(), from.text.size()) : write_file(a, from.path));
}

} // namespace

Status write_zip(const fs::path& file, std::span<const ZipEntry> entries, Instant at)
{
    const fs::path part = file.string() + ".part";
    const Writing a(archive_write_new(), archive_write_free);
    archive_write_set_format_zip(a.get());
    archive_write_set_options(a.get(), "zip:hdrcharset=UTF-8");
    bool done = archive_write_open_filename(a.get(), part.c_str()) == ARCHIVE_OK;
    for (const ZipEntry& entry : entries)
        done = done && write_entry(a.get(), entry, at);
    const std::string said = why(a.get());
    done = archive_write_close(a.get()) == ARCHIVE_OK && done;
    std::error_code error;
    if (done)
        fs::rename(part, file, error);
    if (done && !error)
        return {};
    const std::string reason = error ? error.message() : said;
    fs::remove(part, error);
    return failure("output.write", {{"file", file.string()}, {"why", reason}}, Fault::output);
}

Status read_zip(const fs::path& file, const std::function<void(const std::string&)>& begin,
                const std::function<void(std::span<const std::byte>)>& data)
{
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return failure("file.not_found", {{"file", file.string()}}, Fault::usage);
    const Reading a(archive_read_new(), archive_read_free);
    std::string inside; // the file being read
    const auto broken = [&] {
        if (inside.empty())
            return failure("verify.broken", {{"file", file.string()}, {"why", why(a.get())}});
        return failure("verify.broken_at", {{"file", file.string()}, {"inside", inside}, {"why", why(a.get())}});
    };
    archive_read_support_format_zip(a.get());
    archive_read_set_options(a.get(), "zip:hdrcharset=UTF-8");
    if (archive_read_open_filename(a.get(), file.c_str(), piece) != ARCHIVE_OK)
        return broken();
    std::array<std::byte, piece> room{};
    for (std::size_t files = 0;; ++files) {
        archive_entry* entry = nullptr;
        inside.clear();
        const int next = archive_read_next_header(a.get(), &entry);
        if (next == ARCHIVE_EOF)
            return {};
        if ((next != ARCHIVE_OK && next != ARCHIVE_WARN) || files == most_files)
            return broken();
        const char* name = archive_entry_pathname(entry);
        inside = name == nullptr ? "?" : name;
        begin(name == nullptr ? std::string{} : name);
        for (;;) {
            const la_ssize_t got = archive_read_data(a.get(), room.data(), room.size());
            if (got == 0)
                break;
            if (got < 0)
                return broken();
            data(std::span(room).first(static_cast<std::size_t>(got)));
        }
    }
}

} // namespace gacsong::evidence
