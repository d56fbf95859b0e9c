// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/recording.hpp"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// True for `-` and for what cannot be read at any place: pipes, sockets, terminals, character devices.
[[nodiscard]] bool is_stream(const std::string& path);

/// Opens standard input (`-`) or a named pipe: headerless I/Q, or a WAV of unknown length.
/// Waits for the first bytes. Errors: `file.unknown_format`, `file.needs_rate`, `file.empty`, `stdin.terminal`,
/// and those of a WAV.
[[nodiscard]] Result<Opened> open_stream(const std::string& path, const InputFlags& flags);

/// Bytes of past samples that are kept of a stream: at least 4 s, at least 64 MiB, at most 256 MB.
[[nodiscard]] std::size_t history_bytes(double rate_hz, std::size_t bytes_per_sample);

/// Waits until reading gives something or the end; false once `stop` asks to.
[[nodiscard]] bool wait_readable(int descriptor, const std::stop_token& stop);

/// What is needed to read a stream of samples.
struct StreamStart {
    int descriptor = -1;
    bool owned = false;                    ///< close it at the end
    std::vector<std::byte> ahead;          ///< samples that have been read already
    std::optional<std::uint64_t> promised; ///< bytes of samples, where a header states them
    std::stop_token stop;                  ///< ends waiting, as if the stream had ended
};

/// Source and history over a stream whose facts are known.
[[nodiscard]] Opened make_stream(StreamInfo info, StreamStart start, const InputFlags& flags, unsigned channels);

} // namespace gacsong::sdr
