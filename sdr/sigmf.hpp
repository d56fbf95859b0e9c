// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "dsp/sample_format.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::sdr {

/// The two files of a SigMF recording, as paths in the system's bytes.
struct SigmfPaths {
    std::string meta;
    std::string data; ///< empty where the metadata says that there is none
};

/// The paths of the pair to which `path` belongs by its name (`NAME.sigmf-meta` or `NAME.sigmf-data`);
/// nothing for any other name. Whether the files exist is not looked at.
[[nodiscard]] std::optional<SigmfPaths> sigmf_paths(const std::string& path);

/// Where metadata for a recording of any form stands: `NAME.sigmf-meta` beside `NAME.ext`, in its folder.
[[nodiscard]] std::string sigmf_meta_beside(const std::string& path);

/// The metadata of a recording, everything in it kept in its order, also what nobody here knows.
struct SigmfMeta { // NOLINT(bugprone-exception-escape): moving JSON does not throw, its assertions only look so
    nlohmann::ordered_json document; ///< an object with `global`, `captures`, `annotations`
    std::uint64_t annotation_count = 0;
};

/// What is worth keeping of the annotations: a scan needs none of them, and there may be a million.
enum class SigmfKeep { everything, without_annotations };

/// Reads metadata text (SigMF 1.2.5, lenient towards 0.x and 1.x), at most 64 MiB and 64 levels deep.
/// `captures` and `annotations` that are missing are added empty.
/// Errors: `file.bad_header` with the byte of the mistake; `name` is what the sentence calls the file.
[[nodiscard]] Result<SigmfMeta> parse_sigmf(std::string_view text, const std::string& name,
                                            SigmfKeep keep = SigmfKeep::everything);

/// Reads a `.sigmf-meta` file. Errors as parse_sigmf() and those of opening a file.
[[nodiscard]] Result<SigmfMeta> read_sigmf(const std::string& meta_path, SigmfKeep keep = SigmfKeep::everything);

/// The text to write: UTF-8, indented, keys in the order of the document, ends in a line feed.
[[nodiscard]] std::string sigmf_text(const SigmfMeta& meta);

/// One entry of `captures`, indices as the file has them.
struct SigmfCapture {
    std::uint64_t sample_start = 0;
    std::optional<std::uint64_t> global_index;
    std::optional<double> frequency_hz;
    std::optional<Instant> datetime;
    std::uint64_t header_bytes = 0;
    std::string lost_why; ///< our own `gacsong:lost_why`
};

/// What this program uses of the metadata.
struct SigmfFacts {
    std::string datatype;
    std::optional<double> sample_rate_hz;
    std::uint64_t offset = 0;      ///< core:offset
    bool indices_relative = false; ///< the writer forgot the offset in captures and annotations
    unsigned channels = 1;
    std::uint64_t trailing_bytes = 0;
    std::optional<std::string> dataset;
    bool metadata_only = false;
    std::optional<std::string> sha512;
    std::optional<double> full_scale; ///< our own `gacsong:full_scale`: of a converter with fewer bits than the type
    std::string hardware;
    std::string author;
    std::string recorder;
    std::string description;
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::vector<SigmfCapture> captures; ///< ascending
    std::vector<Message> warnings;

    /// What to add to the index of a sample among the stored ones to get its `core:sample_start`.
    [[nodiscard]] std::uint64_t index_base() const { return indices_relative ? 0 : offset; }
};

/// Reads the facts; what is impossible or of a wrong kind is left out with a warning.
[[nodiscard]] SigmfFacts sigmf_facts(const SigmfMeta& meta, const std::string& name);

/// A datatype of SigMF.
struct SigmfDatatype {
    bool complex = false;
    SampleFormat format;
    bool unsigned_words = false; ///< u16 or u32: zero lies in the middle of the range
};

/// Reads `cf32_le`, `ci8`, `ri16_be`, …; also `cf32` (little-endian) and `ci8_le`, which others write.
[[nodiscard]] std::optional<SigmfDatatype> parse_sigmf_datatype(std::string_view text);

/// The name that SigMF has for a format; nothing for 24-bit samples, which it cannot name.
[[nodiscard]] std::optional<std::string> sigmf_datatype(const SampleFormat& format);

} // namespace gacsong::sdr
