// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/keys.hpp"

#include "report/evidence/ed25519.hpp"
#include "report/wording/data_paths.hpp"
#include "sdr/files/atomic_write.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace gacsong::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::streamsize most_bytes = 4096;

std::optional<std::string> read_small(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::string text(static_cast<std::size_t>(most_bytes), '\0');
    in.read(text.data(), most_bytes);
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

tl::unexpected<Error> file_error(const char* key, const fs::path& path)
{
    return failure(key, {{"file", path.string()}}, Fault::usage);
}

/// Writes a file that nobody else may read, not even for a moment, and never over another.
Status write_secret(const fs::path& path, const std::string& text)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST)
        return file_error("key.exists", path);
    bool written = descriptor >= 0 &&
                   ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                   ::fsync(descriptor) == 0;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0)
        written = ::close(descriptor) == 0 && written;
    if (!written)
        return failure("output.write", {{"file", path.string()}, {"why", why}}, Fault::output);
    return {};
}

bool usable_name(const std::string& name)
{
    return !name.empty() && name.size() <= 40 && name != "office" && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

} // namespace

fs::path keys_folder() { return user_config_folder() / "gacsong" / "keys"; }

Result<std::string> Keys::make()
{
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error)
        return failure("output.write", {{"file", folder_.string()}, {"why", error.message()}}, Fault::output);
    const auto pair = make_key_pair();
    if (!pair)
        return failure("key.failed", {}, Fault::output);
    Status done = write_secret(private_file(), pair->private_pem);
    if (done)
        done = write_atomically(folder_ / "office.pub", pair->public_pem);
    return done.map([&] { return pair->public_pem; });
}

Result<std::string> Keys::private_pem() const
{
    const auto text = read_small(private_file());
    if (!text)
        return file_error("evidence.key", private_file());
    if (!public_pem_of(*text))
        return file_error("key.broken", private_file());
    return *text;
}

Result<std::string> Keys::public_pem() const
{
    return private_pem().map([](const std::string& pem) { return *public_pem_of(pem); });
}

Status Keys::trust(const std::string& name, const fs::path& public_file)
{
    if (!usable_name(name))
        return failure("key.name", {{"name", name}}, Fault::usage);
    const auto text = read_small(public_file);
    if (!text)
        return file_error("file.not_found", public_file);
    if (!fingerprint(*text))
        return file_error("key.broken", public_file);
    std::error_code error;
    fs::create_directories(folder_ / "trusted", error);
    const fs::path path = folder_ / "trusted" / (name + ".pub");
    if (fs::exists(path, error))
        return file_error("key.exists", path);
    return write_atomically(path, *text);
}

std::vector<TrustedKey> Keys::trusted() const
{
    std::vector<TrustedKey> all;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder_ / "trusted", error)) {
        const auto text = read_small(entry.path());
        if (entry.path().extension() == ".pub" && text && fingerprint(*text))
            all.push_back({entry.path().stem().string(), *text});
    }
    std::ranges::sort(all, {}, &TrustedKey::name);
    if (const auto own = public_pem())
        all.insert(all.begin(), {"office", *own});
    return all;
}

} // namespace gacsong::evidence
