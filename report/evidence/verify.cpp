// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/verify.hpp"

#include "report/evidence/ed25519.hpp"
#include "report/evidence/zip.hpp"
#include "report/text/utf8.hpp"
#include "sdr/recorder/sha512.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace gacsong::evidence {
namespace {

constexpr const char* sums_name = "SHA512SUMS";
constexpr const char* signature_name = "signature.ed25519";
constexpr const char* key_name = "office.pub";
constexpr std::size_t most_kept = 32 << 20;
constexpr std::size_t hash_digits = 128;

/// What stands in a package: hashes of all files, and the texts of those that prove it.
class Contents {
public:
    void begin(const std::string& name)
    {
        finish();
        name_ = name;
        hash_ = std::make_unique<sdr::Sha512>();
        keep_ = name == sums_name || name == signature_name || name == key_name;
        if (hashes.contains(name))
            twice.push_back(name);
    }
    void data(std::span<const std::byte> bytes)
    {
        hash_->add(bytes);
        if (keep_ && texts[name_].size() + bytes.size() <= most_kept)
            texts[name_].append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    void finish()
    {
        if (hash_)
            hashes[name_] = hash_->hex();
        hash_.reset();
    }

    std::map<std::string, std::string> hashes;
    std::map<std::string, std::string> texts;
    std::vector<std::string> twice;

private:
    std::string name_;
    std::unique_ptr<sdr::Sha512> hash_;
    bool keep_ = false;
};

/// Lines of `sha512sum`: 128 digits, two blanks, a name. Nothing where a line is something else.
std::optional<std::map<std::string, std::string>> parse_sums(std::string_view text)
{
    std::map<std::string, std::string> sums;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (end == std::string_view::npos || line.size() < hash_digits + 3 || line.substr(hash_digits, 2) != "  ")
            return std::nullopt;
        sums[std::string(line.substr(hash_digits + 2))] = std::string(line.substr(0, hash_digits));
        text.remove_prefix(end + 1);
    }
    return sums;
}

std::string without_line_end(std::string text)
{
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

void compare(const Contents& contents, const std::map<std::string, std::string>& sums, Verification& found)
{
    for (const auto& [name, hash] : sums) {
        const auto there = contents.hashes.find(name);
        if (there == contents.hashes.end())
            found.missing.push_back(printable(name));
        else if (there->second != hash)
            found.changed.push_back(printable(name));
        else
            ++found.files;
    }
    for (const auto& [name, hash] : contents.hashes) {
        if (name != sums_name && name != signature_name && !sums.contains(name))
            found.added.push_back(printable(name));
    }
    for (const std::string& name : contents.twice)
        found.added.push_back(printable(name));
    if (!contents.hashes.contains(signature_name))
        found.missing.emplace_back(signature_name);
}

} // namespace

Result<Verification> verify_package(const std::filesystem::path& file, const std::vector<TrustedKey>& trusted)
{
    Contents contents;
    const Status read = read_zip(
        file, [&](const std::string& name) { contents.begin(name); },
        [&](std::span<const std::byte> bytes) { contents.data(bytes); });
    if (!read)
        return tl::unexpected(read.error());
    contents.finish();
    if (!contents.hashes.contains(sums_name))
        return failure("verify.no_sums", {{"file", file.string()}});
    Verification found;
    const std::string& sums_text = contents.texts[sums_name];
    if (const auto sums = parse_sums(sums_text))
        compare(contents, *sums, found);
    else
        found.changed.emplace_back(sums_name);
    const std::string& key = contents.texts[key_name];
    found.key = fingerprint(key).value_or("");
    found.signature_valid = signature_matches(key, sums_text, without_line_end(contents.texts[signature_name]));
    for (const TrustedKey& one : trusted) {
        if (!found.key.empty() && fingerprint(one.public_pem) == found.key && !found.trusted)
            found.trusted = one.name;
    }
    return found;
}

} // namespace gacsong::evidence
