// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/demod/downconverter.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace gacsong::dsp {

/// What can be made audible.
enum class SoundKind : std::uint8_t { am, nfm, wfm };

/// Makes one emission of analogue sound audible. What comes out depends on the samples alone, not on how it is asked
/// for.
class SoundMaker {
public:
    static constexpr int rate_hz = 48'000; ///< of what comes out

    /// `offset_hz`: carrier, from the centre of the samples. AM: ±5 kHz, audio to 4.5 kHz, levelled by its carrier;
    /// NFM: ±8 kHz, audio to 3.4 kHz, 1 at 5 kHz of deviation; WFM: ±100 kHz, mono to 15 kHz, 1 at 75 kHz, 50 µs of
    /// de-emphasis (ITU-R BS.450).
    SoundMaker(double sample_rate_hz, double offset_hz, SoundKind kind);

    /// `count` values from value `first` on, −1 … 1; value n stands at n/rate_hz seconds from sample 0 of the history.
    /// Where the history has nothing it is silent.
    [[nodiscard]] std::vector<float> make(const History& history, std::int64_t first, std::size_t count) const;

    /// Samples of the history that must follow a value for it to be final.
    [[nodiscard]] std::uint64_t look_ahead() const;

private:
    [[nodiscard]] std::vector<float> demodulated(const History& history, std::int64_t begin, std::size_t count) const;

    SoundKind kind_;
    double sample_rate_hz_;
    std::size_t decimation_;
    Downconverter channel_;
    std::size_t step_ = 1; ///< channel samples to one of the audio before its last change of rate
    std::vector<float> audio_filter_;
    std::int64_t margin_ = 0; ///< channel samples on both sides of what is wanted
};

/// A tone whose pitch follows a level: 200 Hz at −120 dB and below, ten times as high at 0 dB; a semitone is 3 dB. For
/// finding one's way to a transmitter without looking.
class LevelTone {
public:
    [[nodiscard]] static double pitch_hz(double level_db);

    /// `count` values at SoundMaker::rate_hz, going on where the last ended; silent without a level. Fades in and out
    /// within 5 ms.
    [[nodiscard]] std::vector<float> next(std::optional<double> level_db, std::size_t count);

private:
    double phase_ = 0.0; ///< of a turn, 0 … 1
    double pitch_hz_ = 0.0;
    double loudness_ = 0.0;
};

} // namespace gacsong::dsp
