// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/draft.hpp"
#include "sdr/formats/wav.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace gacsong::sdr {

namespace {

constexpr std::uint64_t four_gib = std::uint64_t{1} << 32U;
constexpr std::uint64_t no_length32 = 0xFFFFFFFFU;
constexpr int most_chunks = 1000;
constexpr std::size_t largest_side_chunk = 65537; // one more than is taken, so that too long shows

struct Chunk {
    std::array<char, 4> id{};
    std::uint64_t at = 0;   ///< of the header
    std::uint64_t size = 0; ///< as the 32-bit field says
    [[nodiscard]] std::string_view name() const { return {id.data(), id.size()}; }
    [[nodiscard]] std::uint64_t payload() const { return at + 8; }
};

bool printable(std::string_view id)
{
    return std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// The chunk header at `at`; nothing where fewer than 8 bytes are left or they cannot be read.
std::optional<Chunk> chunk_at(const Bytes& bytes, std::uint64_t at)
{
    std::array<std::byte, 8> raw{};
    const auto got = bytes.read(at, raw);
    if (!got || *got != raw.size())
        return std::nullopt;
    Chunk chunk;
    for (std::size_t i = 0; i < 4; ++i)
        chunk.id[i] = static_cast<char>(raw[i]);
    chunk.at = at;
    chunk.size = little(raw, 4, 4);
    return chunk;
}

/// A chunk with a printable name that fits into the file.
std::optional<Chunk> sane_chunk_at(const Bytes& bytes, std::uint64_t at)
{
    auto chunk = chunk_at(bytes, at);
    if (!chunk || !printable(chunk->name()) || chunk->size > bytes.size() - chunk->payload())
        return std::nullopt;
    return chunk;
}

/// Where the chunk after `end` begins: padded to an even place, as the standard wants, or not, as some write.
std::uint64_t next_chunk(const Bytes& bytes, std::uint64_t end)
{
    const std::uint64_t padded = end + (end & 1U);
    return padded != end && !sane_chunk_at(bytes, padded) && sane_chunk_at(bytes, end) ? end : padded;
}

bool chunks_reach_end(const Bytes& bytes, std::uint64_t at)
{
    for (int i = 0; i < most_chunks; ++i) {
        const auto chunk = sane_chunk_at(bytes, at);
        if (!chunk)
            return false;
        at = next_chunk(bytes, chunk->payload() + chunk->size);
        if (at >= bytes.size())
            return true;
    }
    return false;
}

/// 0, −1 and the neighbourhood of ±2 GiB: what writers leave who do not know the length.
bool stands_for_unknown(std::uint64_t size)
{
    return size == 0 || (size >= 0x7FFFF000U && size <= 0x80001000U) || (size >= 0xFFFFF000U && size <= no_length32);
}

tl::unexpected<Error> damaged(const std::string& name, std::uint64_t at, const char* what)
{
    return failure("file.bad_header", {{"file", name}, {"at", static_cast<std::int64_t>(at)}, {"what", Term{what}}});
}

std::optional<SampleFormat> sample_type(unsigned coding, unsigned bytes)
{
    constexpr unsigned pcm = 1;
    constexpr unsigned ieee_float = 3;
    if (coding == pcm && bytes >= 1 && bytes <= 4) {
        constexpr std::array kinds{Component::u8, Component::s16, Component::s24, Component::s32};
        return SampleFormat::of(kinds[bytes - 1]);
    }
    if (coding == ieee_float && (bytes == 4 || bytes == 8))
        return SampleFormat::of(bytes == 4 ? Component::f32 : Component::f64);
    return std::nullopt;
}

Status take_format(std::span<const std::byte> payload, std::uint64_t at, const std::string& name, WavHeader& header)
{
    if (payload.size() < 16)
        return damaged(name, at, "fmt chunk too short");
    constexpr unsigned extensible = 0xFFFE;
    header.coding = static_cast<unsigned>(little(payload, 0, 2));
    header.channels = static_cast<unsigned>(little(payload, 2, 2));
    header.sample_rate_hz = static_cast<double>(little(payload, 4, 4));
    const auto align = static_cast<unsigned>(little(payload, 12, 2));
    header.bits = static_cast<unsigned>(little(payload, 14, 2));
    if (header.coding == extensible && payload.size() >= 26)
        header.coding = static_cast<unsigned>(little(payload, 24, 2));
    if (header.channels == 0)
        return damaged(name, at + 2, "no channels");
    // The block alignment tells the container of a sample, the bits only what is used of it; but it must fit.
    const unsigned by_bits = (header.bits + 7) / 8;
    const unsigned by_align = align % header.channels == 0 ? align / header.channels : 0;
    header.type = sample_type(header.coding, by_align >= by_bits && by_align <= 8 ? by_align : by_bits);
    return {};
}

/// What has been met while walking.
struct Walk {
    WavHeader header;
    bool has_format = false;
    std::optional<std::uint64_t> size64; ///< of the data, from ds64
};

Result<std::vector<std::byte>> payload_of(const Bytes& bytes, const Chunk& chunk)
{
    return read_some(bytes, chunk.payload(),
                     static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size, largest_side_chunk)));
}

Status take_side_chunk(const Bytes& bytes, const Chunk& chunk, const std::string& name, Walk& walk)
{
    const std::string_view id = chunk.name();
    if (id != "fmt " && id != "ds64" && id != "auxi" && id != "rcvr")
        return {};
    auto payload = payload_of(bytes, chunk);
    if (!payload)
        return tl::unexpected(payload.error());
    if (id == "auxi")
        walk.header.auxi = std::move(*payload);
    else if (id == "rcvr")
        walk.header.rcvr = std::move(*payload);
    else if (id == "ds64" && payload->size() >= 16)
        walk.size64 = little(*payload, 8, 8);
    else if (id == "fmt " && !walk.has_format) {
        walk.has_format = true;
        return take_format(*payload, chunk.payload(), name, walk.header);
    }
    return {};
}

void take_data(const Bytes& bytes, const Chunk& chunk, Walk& walk)
{
    WavHeader& header = walk.header;
    DeclaredLength declared;
    header.data_offset = chunk.payload();
    const bool by_ds64 = walk.size64 && chunk.size == no_length32;
    declared.bytes = by_ds64 ? *walk.size64 : chunk.size;
    declared.available = bytes.size() - chunk.payload();
    declared.riff32 = header.container == "wav";
    if (declared.bytes < declared.available) {
        const std::uint64_t next = next_chunk(bytes, chunk.payload() + declared.bytes);
        declared.chunk_follows = next >= bytes.size() || sane_chunk_at(bytes, next).has_value();
        declared.chunks_reach_end = next >= bytes.size() || chunks_reach_end(bytes, next);
    }
    header.declared = declared.bytes;
    header.data = judge_data_length(declared);
}

} // namespace

std::uint64_t little(std::span<const std::byte> bytes, std::size_t at, std::size_t width)
{
    std::uint64_t value = 0;
    if (at > bytes.size() || bytes.size() - at < width)
        return 0;
    for (std::size_t i = width; i > 0; --i)
        value = value << 8U | std::to_integer<std::uint64_t>(bytes[at + i - 1]);
    return value;
}

Quantity byte_count(std::uint64_t bytes) { return {static_cast<double>(bytes), Unit::bytes}; }

std::string wav_coding(const WavHeader& header)
{
    return "WAV " + std::to_string(header.coding) + ", " + std::to_string(header.bits) + " bit";
}

DataLength judge_data_length(const DeclaredLength& declared)
{
    const std::uint64_t s = declared.bytes;
    const std::uint64_t a = declared.available;
    if (s == a)
        return {a, LengthRule::stated};
    const bool no_number = stands_for_unknown(s) || s == std::numeric_limits<std::uint64_t>::max();
    if (no_number && !(s < a && declared.chunks_reach_end))
        return {a, LengthRule::unknown}; // rule 1
    if (s > a)
        return {a, LengthRule::truncated}; // rule 2
    if (a - s >= four_gib || (declared.riff32 && a > four_gib))
        return {a, LengthRule::wrapped}; // rule 3
    if (!declared.chunk_follows)
        return {a, LengthRule::contrary}; // rule 4
    return {s, LengthRule::stated};
}

Result<WavHeader> read_wav_header(const Bytes& bytes, const std::string& name)
{
    const auto riff = chunk_at(bytes, 0);
    const auto wave = read_some(bytes, 8, 4);
    if (!wave)
        return tl::unexpected(wave.error());
    const bool magic = riff && (riff->name() == "RIFF" || riff->name() == "RF64" || riff->name() == "BW64");
    if (!magic || wave->size() != 4 || little(*wave, 0, 4) != 0x45564157U) // "WAVE"
        return damaged(name, 0, "no RIFF and WAVE");
    Walk walk;
    walk.header.container = riff->name() == "RIFF" ? "wav" : riff->name() == "RF64" ? "rf64" : "bw64";
    std::uint64_t at = 12;
    bool has_data = false;
    for (int i = 0; i < most_chunks; ++i) {
        const auto chunk = chunk_at(bytes, at);
        if (!chunk)
            break;
        std::uint64_t end = chunk->payload() + chunk->size;
        if (chunk->name() == "data" && !has_data) {
            if (!walk.has_format)
                return damaged(name, at, "data before fmt");
            has_data = true;
            take_data(bytes, *chunk, walk);
            end = walk.header.data_offset + walk.header.data.bytes;
        } else if (!printable(chunk->name()) || end > bytes.size()) {
            if (has_data)
                break; // what follows the samples is not needed
            return damaged(name, at, "chunk passes the end of the file");
        } else if (const auto taken = take_side_chunk(bytes, *chunk, name, walk); !taken) {
            return tl::unexpected(taken.error());
        }
        at = next_chunk(bytes, end);
    }
    if (!has_data)
        return damaged(name, at, "no data chunk");
    return std::move(walk.header);
}

} // namespace gacsong::sdr
