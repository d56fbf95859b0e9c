// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/text_file.hpp"

#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

namespace gacsong {

namespace {

std::optional<Instant> modification_time(const std::filesystem::path& path)
{
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    if (error) {
        return std::nullopt;
    }
    const auto system = std::chrono::file_clock::to_sys(written);
    return Instant{std::chrono::duration_cast<std::chrono::nanoseconds>(system.time_since_epoch()).count()};
}

/// Length of the sequence that `lead` begins, and the lowest code point it may stand for; 0 where it begins none.
struct Sequence {
    unsigned length;
    std::uint32_t lowest;
    std::uint32_t bits;
};

Sequence sequence_of(unsigned lead)
{
    if (lead < 0x80U) {
        return {1, 0, lead};
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return {2, 0x80U, lead & 0x1FU};
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return {3, 0x800U, lead & 0x0FU};
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        return {4, 0x10000U, lead & 0x07U};
    }
    return {0, 0, 0};
}

} // namespace

Result<TextFile> read_text_file(const std::filesystem::path& path, std::uint64_t limit)
{
    const std::string name = path.string();
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return failure("file.not_found", {{"file", name}}, Fault::usage);
    }
    if (error || status.type() != std::filesystem::file_type::regular) {
        return failure("file.denied", {{"file", name}});
    }
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > limit) {
        return failure("file.too_big", {{"file", name}, {"limit", Quantity{static_cast<double>(limit), Unit::bytes}}});
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return failure("file.denied", {{"file", name}});
    }
    TextFile file{.text = std::string(error ? 0 : static_cast<std::size_t>(size), '\0'),
                  .modified = modification_time(path)};
    stream.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
    if (stream.bad()) {
        return failure("file.read", {{"file", name}, {"why", std::generic_category().message(errno)}});
    }
    file.text.resize(static_cast<std::size_t>(stream.gcount()));
    return file;
}

bool is_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto [length, lowest, bits] = sequence_of(static_cast<unsigned char>(text[at]));
        if (length == 0 || length > text.size() - at) {
            return false;
        }
        std::uint32_t code = bits;
        for (unsigned i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xC0U) != 0x80U) {
                return false;
            }
            code = (code << 6U) | (next & 0x3FU);
        }
        if (code < lowest || code > 0x10FFFFU || (code >= 0xD800U && code <= 0xDFFFU)) {
            return false;
        }
        at += length;
    }
    return true;
}

} // namespace gacsong
