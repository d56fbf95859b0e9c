// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/recording.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <complex>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr::testing {

using TempFolder = test::TemporaryFolder;

/// Little-endian bytes of a number.
inline std::string le(std::uint64_t value, std::size_t width)
{
    std::string text;
    for (std::size_t i = 0; i < width; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFFU);
    return text;
}

/// `count` bytes that never repeat soon and never look like a chunk's name.
inline std::string pattern(std::size_t count, unsigned seed = 1)
{
    std::string text(count, '\0');
    std::uint32_t state = seed * 2654435761U + 12345U;
    for (char& c : text) {
        state = state * 1664525U + 1013904223U;
        c = static_cast<char>(state >> 24U | 0x80U);
    }
    return text;
}

/// Everything a source hands out.
struct Drained {
    std::string bytes;
    std::vector<Segment> segments;
    std::vector<std::uint64_t> block_starts;
    std::uint64_t samples = 0;
    std::optional<Error> error;
};

inline Drained drain(SampleSource& source, std::size_t most = 1000)
{
    Drained all;
    const std::size_t sample = source.info().format.bytes_per_sample();
    for (;;) {
        auto next = source.next(most);
        if (!next) {
            all.error = next.error();
            return all;
        }
        if (!*next)
            return all;
        const Block& block = **next;
        EXPECT_GT(block.bytes.size(), 0U);
        EXPECT_LE(block.bytes.size(), most * sample);
        EXPECT_EQ(block.bytes.size() % sample, 0U);
        EXPECT_EQ(block.first_sample, all.samples);
        if (block.begins) {
            EXPECT_EQ(block.begins->first_sample, block.first_sample);
            all.segments.push_back(*block.begins);
        }
        all.block_starts.push_back(block.first_sample);
        all.samples += block.bytes.size() / sample;
        all.bytes.append(reinterpret_cast<const char*>(block.bytes.data()), block.bytes.size());
    }
}

/// Flags with which anything headerless opens.
inline InputFlags flags_of(const char* type, double rate_hz)
{
    InputFlags flags;
    flags.type = parse_sample_format(type);
    flags.rate_hz = rate_hz;
    return flags;
}

inline bool says(const std::vector<Message>& messages, std::string_view key)
{
    for (const auto& message : messages) {
        if (message.key == key)
            return true;
    }
    return false;
}

/// A RIFF chunk with its padding.
inline std::string chunk(std::string_view id, const std::string& payload)
{
    return std::string(id) + le(payload.size(), 4) + payload + (payload.size() % 2 == 1 ? std::string(1, '\0') : "");
}

/// The payload of a plain `fmt ` chunk.
inline std::string wav_fmt(unsigned tag, unsigned channels, std::uint64_t rate, unsigned bits)
{
    const unsigned align = channels * ((bits + 7) / 8);
    return le(tag, 2) + le(channels, 2) + le(rate, 4) + le(rate * align, 4) + le(align, 2) + le(bits, 2);
}

/// A RIFF file of these chunks.
inline std::string riff(const std::string& chunks) { return "RIFF" + le(chunks.size() + 4, 4) + "WAVE" + chunks; }

} // namespace gacsong::sdr::testing
