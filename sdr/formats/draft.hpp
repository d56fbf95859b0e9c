// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"
#include "dsp/sample_source.hpp"
#include "sdr/files/bytes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::sdr {

/// A value and where it came from; `unknown` where there is no value.
template <class T> struct Fact {
    std::optional<T> value;
    Origin origin = Origin::unknown;

    /// Takes the value unless a better source has already given one.
    void offer(std::optional<T> candidate, Origin from)
    {
        if (!value && candidate) {
            value = std::move(candidate);
            origin = from;
        }
    }
};

/// The four facts that a recording must state, or the user.
struct Facts {
    Fact<SampleFormat> type;
    Fact<double> rate_hz;
    Fact<double> center_hz; ///< of the first sample
    Fact<Instant> start;    ///< of the first sample
};

/// Where in the data a tuning begins, as the container tells it.
struct Capture {
    std::uint64_t first_sample = 0; ///< counted from the first sample that is stored
    std::uint64_t skip_bytes = 0;   ///< bytes that are not samples, just before it
    std::optional<double> center_hz;
    std::optional<Instant> start;
    std::uint64_t lost_before = 0;
    std::string lost_why;
};

/// What the reader of one format found out: where the samples lie and what the container says of them.
struct Draft {
    std::string container; ///< as in StreamInfo
    std::shared_ptr<const Bytes> data;
    std::string data_name;       ///< name of the file with the samples, without folders, for the name rules
    std::uint64_t offset = 0;    ///< of the first sample in `data`, bytes
    std::uint64_t length = 0;    ///< bytes of samples
    unsigned channels = 1;       ///< I/Q pairs interleaved; the first is used
    bool unsigned_words = false; ///< 16- or 32-bit components whose zero lies in the middle of the range
    Facts facts;
    std::optional<Instant> local_start;           ///< of the header, zone not stated, written as if it were UTC
    std::vector<Capture> captures;                ///< empty: one, of which `facts` tell
    std::optional<std::uint64_t> promised_length; ///< bytes, where the container states more than there is
    bool length_unknown = false; ///< nobody wrote how long the data is: a zero tail may be preallocation
    bool may_be_sound = false;   ///< two equal channels mean demodulated sound
    std::string not_iq;          ///< key of the sentence that says why this is no I/Q; a stated --type overrides it
    std::string coding;          ///< of samples that are compressed or unknown, as the header numbers it
    std::vector<Message> warnings;

    std::string receiver;
    std::string author;
    std::string recorder;
    std::string description;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::optional<std::string> sha512;
    std::optional<std::uint64_t> annotations;
};

/// A file that may be a recording, as every format gets to see it.
struct Candidate {
    std::string path;      ///< as given, any bytes
    std::string folder;    ///< with its final `/`; empty for the current one
    std::string base_name; ///< without folders
    std::string extension; ///< lower case, without the dot
    std::string name;      ///< `path` as a person may read it
    std::shared_ptr<const Bytes> bytes;
    std::vector<std::byte> head;     ///< the first 512 bytes, or all of a shorter file
    std::optional<Instant> modified; ///< when the file was last written to
};

/// Looks at a regular file. Errors: those of FileBytes::open().
[[nodiscard]] Result<Candidate> make_candidate(const std::string& path);

/// Little-endian number of `width` bytes (1 … 8) at `at`; 0 where the span ends before.
[[nodiscard]] std::uint64_t little(std::span<const std::byte> bytes, std::size_t at, std::size_t width);

/// Bytes as a value of a message.
[[nodiscard]] Quantity byte_count(std::uint64_t bytes);

} // namespace gacsong::sdr
