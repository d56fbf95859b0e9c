// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "sdr/files/bytes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// How stored frames become blocks of plain I/Q.
struct Transform {
    SampleFormat format;
    unsigned channels = 1; ///< of which the first is kept
    bool swap_iq = false;
    bool unsigned_words = false; ///< turn offset binary of 16 or 32 bits into two's complement

    /// Bytes that one sample takes in the file.
    [[nodiscard]] std::size_t frame() const { return format.bytes_per_sample() * channels; }

    /// Works on whole frames in place; what is left at the front are whole samples of `format`.
    void apply(std::span<std::byte> frames) const;
};

/// Samples that lie one behind the other in the file.
struct Piece {
    std::uint64_t offset = 0; ///< bytes
    std::uint64_t first_sample = 0;
    std::uint64_t samples = 0;
    std::optional<Segment> begins; ///< where a segment begins with it
};

/// Where every sample of a recording lies.
struct Layout {
    std::shared_ptr<const Bytes> bytes;
    Transform transform;
    std::vector<Piece> pieces; ///< ascending, none empty
    std::uint64_t samples = 0;
    std::string name; ///< for sentences

    /// The piece that holds a sample; `sample` < `samples`.
    [[nodiscard]] const Piece& piece_of(std::uint64_t sample) const;
};

/// Hands out the samples of a file in order. `shortfall`: what is known already when it is opened.
[[nodiscard]] std::unique_ptr<SampleSource> make_file_source(StreamInfo info, std::shared_ptr<const Layout> layout,
                                                             std::optional<Message> shortfall);

/// The whole file as history.
[[nodiscard]] std::unique_ptr<History> make_file_history(std::shared_ptr<const Layout> layout);

/// The sentence for a file of which `expected` bytes were promised and `actual` are there.
[[nodiscard]] Message truncated(const std::string& name, std::uint64_t expected, std::uint64_t actual);

} // namespace gacsong::sdr
