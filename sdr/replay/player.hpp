// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/replay/replay_options.hpp"
#include "sdr/replay/tuner.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::sdr {

/// Plays a recording as a receiver would see it: tuned anywhere inside it, at a fraction of its rate.
class Player {
public:
    /// An unknown centre is taken as 0. Errors: those of open_recording().
    [[nodiscard]] static Result<std::unique_ptr<Player>> open(const ReplayOptions& options);

    [[nodiscard]] const StreamInfo& info() const { return opened_.source->info(); }
    [[nodiscard]] double recorded_center_hz() const { return info().center_hz.value_or(0.0); }

    /// Highest decimation of the recorded rate.
    static constexpr std::size_t most_decimation = 64;

    /// Takes the recorded rate divided by a whole number up to most_decimation, whichever is nearest; gives it back.
    double set_rate(double rate_hz);
    [[nodiscard]] double rate_hz() const { return info().sample_rate_hz / static_cast<double>(decimation_); }

    /// Tunes as near as the recording allows; gives the frequency that it tuned to.
    double set_center(double center_hz);
    [[nodiscard]] double center_hz() const { return center_hz_; }
    [[nodiscard]] double lowest_hz() const { return recorded_center_hz() - room_hz(); }
    [[nodiscard]] double highest_hz() const { return recorded_center_hz() + room_hz(); }

    /// Remaining clock error in ppm: what the pretended receiver has, less what it was told to correct.
    void set_clock_error(double ppm);

    /// How samples leave: the recorded form where SoapySDR has it, else cf32.
    [[nodiscard]] SampleFormat native() const { return native_; }

    /// Fills `out` with whole samples of `format` (native() or cf32); the number of samples, fewer only at the end or
    /// before a hole of the recording, of which `lost` then tells the length.
    [[nodiscard]] Result<std::size_t> read(SampleFormat format, std::span<std::byte> out, std::uint64_t& lost);

    [[nodiscard]] bool ended() const { return ended_ && at_ == ready_.size(); }

private:
    Player(ReplayOptions options, Opened opened);
    [[nodiscard]] double room_hz() const { return 0.5 * (info().sample_rate_hz - rate_hz()); }
    [[nodiscard]] double shift_hz() const;
    [[nodiscard]] bool plain(SampleFormat format) const;
    void spoil(std::span<std::complex<float>> samples) const;
    void settle();
    Result<std::size_t> copy(std::span<std::byte> out, std::uint64_t& lost);
    Result<std::size_t> tuned(SampleFormat format, std::span<std::byte> out, std::uint64_t& lost);
    Result<bool> refill();

    ReplayOptions options_;
    Opened opened_;
    SampleFormat native_;
    double center_hz_ = 0.0;
    double clock_ppm_ = 0.0;
    std::size_t decimation_ = 1;
    std::optional<Tuner> tuner_;
    std::optional<Block> block_; ///< what is being played
    std::size_t used_ = 0;       ///< samples of it
    std::uint64_t lost_ = 0;     ///< in the recording, before the block
    std::uint64_t played_ = 0;
    std::vector<std::complex<float>> clean_;
    std::vector<std::complex<float>> ready_; ///< tuned, from at_ on
    std::size_t at_ = 0;
    bool ended_ = false;
};

/// Writes samples of full scale 1 in a form: rounded, and held at the ends of the range.
void quantise(std::span<const std::complex<float>> in, SampleFormat format, std::span<std::byte> out);

} // namespace gacsong::sdr
