// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/clip.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace gacsong::detect {

/// What is wanted of a channel: its centre in the recording, and when it is likely to be read, samples of the
/// recording.
struct ChannelWish {
    double offset_hz = 0.0;
    std::uint64_t first = 0;
    std::uint64_t end = ~std::uint64_t{0};
};

/// Neighbourhoods of several emissions at one lower rate. The recording is transformed once for all of them, where one
/// of them is first read; what is then there for the others is kept until they are done. Thread-safe.
class ChannelGroup {
public:
    /// `decimation`: a power of two of 4 or more, at most 1024. The recording's end is fixed here: a stream goes on
    /// while its emissions are looked at.
    ChannelGroup(const Replay& replay, std::size_t decimation, std::span<const ChannelWish> wishes);

    [[nodiscard]] std::size_t size() const { return members_.size(); }
    [[nodiscard]] std::size_t decimation() const { return decimation_; }
    [[nodiscard]] double rate_hz() const;
    /// Each side of a member's centre, flat.
    [[nodiscard]] double half_width_hz() const;
    /// Centre of a member in the recording: the nearest to what was asked for, 1/16384 of the rate apart.
    [[nodiscard]] double offset_hz(std::size_t member) const;
    /// Samples of the channels that the recording held when the group was made; sample m stands at m · decimation.
    [[nodiscard]] std::uint64_t first() const { return first_; }
    [[nodiscard]] std::uint64_t end() const { return end_; }

    /// Fills `out` with samples of a member from `first_sample` on. Zeros stand where the recording has nothing any
    /// more.
    void read(std::size_t member, std::uint64_t first_sample, std::span<std::complex<float>> out);

    /// This member is not read any more.
    void let_go(std::size_t member);

private:
    struct Member {
        std::ptrdiff_t bin = 0;
        std::uint64_t first_block = 0;
        std::uint64_t last_block = 0;
        bool done = false;
        std::map<std::uint64_t, std::vector<std::complex<float>>> blocks;
    };

    void make_block(std::uint64_t number, Member& reader);
    void read_recording(std::int64_t first, std::span<std::complex<float>> out) const;

    Replay recording_;
    std::size_t decimation_;
    std::uint64_t first_;
    std::uint64_t end_;
    std::mutex lock_;
    std::vector<Member> members_;
};

} // namespace gacsong::detect
