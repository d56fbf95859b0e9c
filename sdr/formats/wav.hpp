// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"
#include "sdr/files/bytes.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// How a length of the `data` chunk was come by (formats-and-radios.md §1.2, rules 1 to 4).
enum class LengthRule {
    stated,    ///< the header is right
    unknown,   ///< the writer died or streamed: to the end of the file
    truncated, ///< the header promises more than there is
    wrapped,   ///< the 32-bit number ran over: to the end of the file
    contrary,  ///< the header says less, but more samples follow
};

struct DataLength {
    std::uint64_t bytes = 0;
    LengthRule rule = LengthRule::stated;
};

/// What is known of the end that a `data` chunk declares.
struct DeclaredLength {
    std::uint64_t bytes = 0;       ///< S of the rules
    std::uint64_t available = 0;   ///< A: bytes from the start of the data to the end of the file
    bool riff32 = true;            ///< plain RIFF, whose numbers end at 4 GiB
    bool chunk_follows = false;    ///< at the declared end stands something like a chunk
    bool chunks_reach_end = false; ///< … and from there chunks lead exactly to the end of the file
};

/// Decides how many bytes of samples a WAV holds.
[[nodiscard]] DataLength judge_data_length(const DeclaredLength& declared);

/// The chunks of a RIFF, RF64 or BW64 file that concern I/Q.
struct WavHeader {
    std::string container; ///< `wav`, `rf64`, `bw64`
    unsigned channels = 0;
    double sample_rate_hz = 0.0;
    std::optional<SampleFormat> type; ///< nothing where the coding is not plain samples
    unsigned coding = 0;              ///< format tag: 1 PCM, 3 float, …
    unsigned bits = 0;
    std::uint64_t data_offset = 0;
    std::uint64_t declared = 0; ///< bytes, as the header says
    DataLength data;
    std::vector<std::byte> auxi; ///< at most 64 KiB of it
    std::vector<std::byte> rcvr;
};

/// Walks the chunks. Errors: `file.bad_header` with the byte and what is wrong there, `file.read`.
[[nodiscard]] Result<WavHeader> read_wav_header(const Bytes& bytes, const std::string& name);

/// How a header names a coding: `WAV 2, 4 bit`.
[[nodiscard]] std::string wav_coding(const WavHeader& header);

/// What an `auxi` or `rcvr` chunk says.
struct WavFacts {
    std::optional<double> center_hz;
    std::optional<double> sample_rate_hz;
    std::optional<Instant> start;       ///< UTC
    std::optional<Instant> local_start; ///< zone not stated
    std::string receiver;
    std::string recorder;
};

/// Reads `auxi` in any size: SpectraVue's structure or SDR Console's XML (UTF-16LE or 8 bit, no entities expanded).
/// `rate_hz` of the header tells SDRangel's way of filling it, which writes local time.
[[nodiscard]] WavFacts read_auxi(std::span<const std::byte> chunk, double rate_hz);

/// Reads Perseus' `rcvr`.
[[nodiscard]] WavFacts read_rcvr(std::span<const std::byte> chunk);

/// SDR Console's XML as UTF-8, empty where it is longer than 64 KiB; nothing where the chunk holds no XML.
[[nodiscard]] std::optional<std::string> auxi_xml(std::span<const std::byte> chunk);

} // namespace gacsong::sdr
