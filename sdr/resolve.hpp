// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/files/layout.hpp"
#include "sdr/formats/draft.hpp"
#include "sdr/names/name_facts.hpp"
#include "sdr/recording.hpp"

namespace gacsong::sdr {

/// A recording of which everything that can be known is known.
struct Resolved {
    Facts facts;
    std::optional<Instant> local_start;   ///< stated without a zone and not used, written as if it were UTC
    std::shared_ptr<const Layout> layout; ///< empty where the type is unknown
    std::vector<Segment> segments;
    std::optional<Message> shortfall;
    std::vector<Message> warnings;
    std::optional<Error> refusal; ///< why it cannot be scanned whatever is added: not I/Q, no samples
};

/// Joins what flags, container and name say, in this order (formats-and-radios.md §2).
/// `now` bounds the dates that are possible.
[[nodiscard]] Result<Resolved> resolve(const Draft& draft, const Candidate& candidate, const InputFlags& flags,
                                       Instant now);

/// Facts and warnings only: the same without looking at the samples.
void merge_facts(const Draft& draft, const Candidate& candidate, const InputFlags& flags, Instant now,
                 Resolved& resolved);

/// Bytes of a recording that are left when a tail of zeros, which preallocation leaves after a crash, is cut:
/// up to the end of the last 4 KiB page that is not empty. The length itself where there is no such tail of 1 MiB or
/// more, or where finding it would mean to read more than 1 GiB; 0 where there is nothing but zeros.
[[nodiscard]] Result<std::uint64_t> length_without_zero_tail(const Bytes& bytes, std::uint64_t offset,
                                                             std::uint64_t length);

/// True where both channels of a two-channel file are equal in every stretch that was looked at, and not constant.
[[nodiscard]] Result<bool> channels_are_equal(const Draft& draft, const SampleFormat& type);

/// Places the pieces and segments in `length` bytes of samples. Needs the type; times of segments need the rate.
void place_samples(const Draft& draft, const std::string& name, const InputFlags& flags, std::uint64_t length,
                   Resolved& resolved);

/// Gives a start that is stated without a zone its UTC, where the time the file was last written to lies within the
/// recording ± 2 min for one offset of whole hours from UTC (Viet Nam's +7 before others); nothing where it does not.
[[nodiscard]] std::optional<Instant> start_of_local(Instant local, std::optional<Instant> modified, double duration_s);

} // namespace gacsong::sdr
