// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace gacsong::test {

/// Periodic audio, mean 0, largest magnitude 1.
struct Audio {
    std::vector<double> samples{};
    double rate_hz = 0.0;
};

/// Something with the statistics of speech: glides of 90–230 Hz pitch under three formants, syllables of
/// 0.12–0.25 s, hisses, phrases of four to seven syllables with pauses of 0.25–0.6 s, limited to 10 dB peak over
/// mean power within a phrase as transmitters do, 300–3000 Hz (edges 200 Hz wide).
/// 65536 samples at 16 kHz (4.096 s), a power of two.
[[nodiscard]] Audio make_voice(std::uint64_t seed);

/// Something with the statistics of music: chords and a melody of decaying notes with harmonics up to 12 kHz, with a
/// 50 µs pre-emphasis and the even loudness of broadcasting, `size` samples at `rate_hz` ≥ 36 kHz, periodic;
/// `size` is a multiple of the whole part of rate_hz / 36 kHz.
/// \param pan  −1 left … +1 right: which notes are heard more. The same seed gives the same notes for every pan.
[[nodiscard]] Audio make_music(std::uint64_t seed, std::size_t size, double rate_hz, double pan);

/// Scales to a largest magnitude of 1.
void normalise_peak(std::vector<double>& samples);

} // namespace gacsong::test
