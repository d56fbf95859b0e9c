// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace gacsong::sdr {

/// Whether the time stamps of a driver count what they should. One packaged driver counts twice too fast
/// (formats-and-radios.md §4.1), so they are believed only after two seconds in which they agree with the samples to
/// one per cent.
class TimeCheck {
public:
    explicit TimeCheck(double rate_hz) : rate_hz_(rate_hz) {}

    /// Takes the stamp of the first of `samples` samples that were read without a loss before them.
    void good(std::int64_t time_ns, std::uint64_t samples);

    /// Samples lost before the sample with this stamp; nothing where the stamps are not (yet) believed.
    [[nodiscard]] std::optional<std::uint64_t> lost_before(std::int64_t time_ns) const;

    /// The stream begins anew at this stamp: after a loss.
    void resume(std::int64_t time_ns, std::uint64_t samples);

    [[nodiscard]] bool decided() const { return decided_; }
    [[nodiscard]] bool believed() const { return believed_; }

private:
    double rate_hz_;
    std::optional<std::int64_t> last_ns_; ///< stamp of the last read
    std::uint64_t last_samples_ = 0;      ///< … and its samples
    double by_stamps_s_ = 0.0;            ///< time between reads without a loss between them, as the stamps say it
    double by_count_s_ = 0.0;             ///< … and as the samples say it
    std::int64_t next_ns_ = 0;            ///< expected of the next sample
    bool decided_ = false;
    bool believed_ = false;
};

} // namespace gacsong::sdr
