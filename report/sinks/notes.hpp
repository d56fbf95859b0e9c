// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/sinks/output.hpp"
#include "report/wording/wording.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace gacsong {

/// What stands on standard error while a scan runs: warnings and gaps as sentences, with `verbose` the settings that
/// decide the result, and on a terminal a line that shows how far it has come.
class Notes final : public Sink {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    struct Settings {
        bool quiet = false;    ///< no warnings, no progress
        bool verbose = false;  ///< settings too, and every warning of a kind
        bool progress = false; ///< the output is a terminal
        std::size_t width = 80;
    };

    /// Everything referred to must outlive the sink.
    Notes(Output& output, const Wording& words, Settings settings, Clock clock = std::chrono::steady_clock::now)
        : output_(output), words_(words), settings_(settings), clock_(std::move(clock))
    {
    }

    Status begin(const Run& run) override;
    Status gap(const Gap& gap) override;
    Status warning(const Message& message) override;
    Status note(const Message& message) override;
    void progress(const Progress& progress) override;
    Status end(const End& end) override;

private:
    void say(const Message& message);
    void write(std::string_view label, const std::string& sentence);
    [[nodiscard]] std::string progress_line(const Progress& progress, double elapsed_s) const;
    void clear_progress();

    Output& output_;
    const Wording& words_;
    Settings settings_;
    Clock clock_;
    double sample_rate_hz_ = 0.0;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point shown_;
    bool progress_shown_ = false;
    std::map<std::string, std::uint64_t> told_; ///< how many of each kind
};

} // namespace gacsong
