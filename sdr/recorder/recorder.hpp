// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "sdr/recorder/sample_file.hpp"
#include "sdr/recorder/sha512.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace gacsong::sdr {

/// A place on the ground.
struct GeoPoint {
    double latitude = 0.0; ///< degrees, WGS 84
    double longitude = 0.0;
    std::optional<double> altitude_m{};
};

/// What a recording is to say of itself, and how long it may become.
struct RecorderSettings {
    std::string base; ///< NAME of NAME.sigmf-data and NAME.sigmf-meta
    bool force = false;
    std::string program{};                 ///< `gacsong 0.1.0`
    std::string hardware{};                ///< core:hw
    std::string description{};             ///< core:description; empty: none
    std::map<std::string, double> gains{}; ///< dB by element
    std::string antenna{};
    std::optional<double> latitude{}; ///< degrees, WGS 84
    std::optional<double> longitude{};
    std::function<std::optional<GeoPoint>()> place{}; ///< of the receiver now; empty: it does not move
    std::optional<std::uint64_t> most_bytes{};
    std::uint64_t keep_free = 100'000'000; ///< bytes that must stay free on the disk
};

/// What became of a recording.
struct RecordingEnd {
    std::string meta_path;
    std::uint64_t samples = 0; ///< that stand in the file
    std::uint64_t taken = 0;   ///< that were to be recorded; more only where writing failed
    std::uint64_t gaps = 0;
    std::string sha512;
};

/// Writes a SigMF recording that can be read at every moment: the description stands before the first sample and is
/// renewed at each gap, at each new tuning, and every few seconds with the number of samples that a power cut cannot
/// reach (`gacsong:safe_samples`). At the end comes the hash of the data.
class Recorder {
public:
    /// Errors: output.exists, output.write; output.full where less is free than must stay so; `record.format` for
    /// samples that SigMF has no name for.
    [[nodiscard]] static Result<std::unique_ptr<Recorder>> create(const StreamInfo& info, RecorderSettings settings);

    /// Takes a block of the stream. Errors: output.full, output.write; what stands in the file is good all the same.
    [[nodiscard]] Status write(const Block& block);

    /// Whether the largest size is reached: what came after it was left out.
    [[nodiscard]] bool full() const { return full_; }

    /// An annotation (SigMF 1.2.5) that stands in the description from its next renewal on.
    void annotate(nlohmann::ordered_json annotation) { annotations_.push_back(std::move(annotation)); }

    /// Closes data and description. To be called after an error as well.
    [[nodiscard]] Result<RecordingEnd> close();

private:
    Recorder(const StreamInfo& info, RecorderSettings settings);
    void begin_capture(const Segment& segment);
    void follow();
    [[nodiscard]] Status write_meta(bool complete);
    [[nodiscard]] Status now_and_then();

    RecorderSettings settings_;
    double rate_hz_;
    std::size_t width_;
    std::unique_ptr<SampleFile> data_;
    Sha512 hash_;
    nlohmann::ordered_json global_;
    nlohmann::ordered_json captures_ = nlohmann::ordered_json::array();
    nlohmann::ordered_json annotations_ = nlohmann::ordered_json::array();
    Segment segment_;                ///< that is being written
    std::uint64_t segment_kept_ = 0; ///< samples of the file before it
    std::optional<GeoPoint> place_;  ///< of the latest capture
    std::uint64_t taken_ = 0;
    std::uint64_t kept_ = 0; ///< samples handed to the file
    std::uint64_t lost_ = 0; ///< samples missing so far
    std::uint64_t gaps_ = 0;
    std::uint64_t safe_ = 0;
    bool full_ = false;
    bool failed_ = false;
    std::chrono::steady_clock::time_point renewed_{};
};

} // namespace gacsong::sdr
