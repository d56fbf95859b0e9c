// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/audio.hpp"

#include "tests/support/fft.hpp"
#include "tests/support/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace gacsong::test {

namespace {

constexpr double voice_rate_hz = 16000.0;
constexpr std::size_t voice_size = 65536;

struct Vowel {
    std::array<double, 3> formant_hz;
};

// Rounded means of the classic formant measurements (Peterson and Barney 1952).
constexpr std::array<Vowel, 6> vowels{{{{730, 1090, 2440}},
                                       {{530, 1840, 2480}},
                                       {{270, 2290, 3010}},
                                       {{570, 840, 2410}},
                                       {{300, 870, 2240}},
                                       {{660, 1720, 2410}}}};

double formant_gain(const Vowel& vowel, double f)
{
    double gain = 0.02;
    double weight = 1.0;
    for (const double formant : vowel.formant_hz) {
        const double x = (f - formant) / 90.0;
        gain += weight / (1.0 + x * x);
        weight *= 0.6;
    }
    return gain;
}

void add_syllable(std::vector<double>& out, double start_s, double length_s, Random& random)
{
    const Vowel& vowel = vowels[random.below(vowels.size())];
    const double pitch0 = random.uniform(100.0, 220.0);
    const double pitch1 = pitch0 * random.uniform(0.85, 1.15);
    const double hiss = random.uniform() < 0.4 ? 0.8 : 0.0;
    const auto first = static_cast<std::size_t>(start_s * voice_rate_hz);
    const auto count = static_cast<std::size_t>(length_s * voice_rate_hz);
    std::vector<double> gain(34);
    for (std::size_t h = 1; h < gain.size(); ++h)
        gain[h] = formant_gain(vowel, static_cast<double>(h) * pitch0);
    double phase = random.uniform();
    for (std::size_t i = 0; i < count && first + i < out.size(); ++i) {
        const double u = static_cast<double>(i) / static_cast<double>(count);
        phase += (pitch0 + (pitch1 - pitch0) * u) / voice_rate_hz;
        const double envelope = std::sin(std::numbers::pi * u);
        double value = 0.0;
        for (std::size_t h = 1; h < gain.size(); ++h)
            value += gain[h] * std::sin(2.0 * std::numbers::pi * static_cast<double>(h) * phase);
        if (u < 0.3)
            value += hiss * random.normal();
        out[first + i] += envelope * value;
    }
}

/// Circular band-pass 300–3000 Hz with raised-cosine edges 200 Hz wide, outside the band.
void band_pass(std::vector<double>& samples)
{
    std::vector<std::complex<double>> x(samples.begin(), samples.end());
    fft(x);
    const double step = voice_rate_hz / static_cast<double>(x.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
        const double f = step * static_cast<double>(std::min(k, x.size() - k));
        const double outside = std::max({0.0, 300.0 - f, f - 3000.0}) / 200.0;
        x[k] *= outside >= 1.0 ? 0.0 : 0.5 + 0.5 * std::cos(std::numbers::pi * outside);
    }
    fft(x, true);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = x[i].real() / static_cast<double>(x.size());
}

double rms_of_spoken(const std::vector<double>& samples)
{
    double sum = 0.0;
    double count = 0.0;
    for (const double x : samples) {
        if (std::abs(x) > 1e-3) {
            sum += x * x;
            count += 1.0;
        }
    }
    return std::sqrt(sum / std::max(count, 1.0));
}

/// 50 µs pre-emphasis: gain of a first-order shelf.
double pre_emphasis(double f)
{
    const double x = 2.0 * std::numbers::pi * f * 50e-6;
    return std::sqrt(1.0 + x * x);
}

/// One decaying note. It ends at nothing, so it may run over the end of the loop.
void add_note(std::vector<double>& out, double rate_hz, double frequency_hz, std::size_t first, std::size_t count,
              double amplitude)
{
    for (int harmonic = 1; harmonic <= 8 && frequency_hz * harmonic < 12000.0; ++harmonic) {
        const double f = frequency_hz * harmonic;
        const double a = amplitude * pre_emphasis(f) / std::pow(static_cast<double>(harmonic), 1.6);
        const std::complex<double> step = std::polar(1.0, 2.0 * std::numbers::pi * f / rate_hz);
        std::complex<double> phasor{1.0, 0.0};
        for (std::size_t i = 0; i < count; ++i) {
            const double u = static_cast<double>(i) / static_cast<double>(count);
            const double attack = std::min(1.0, 40.0 * u);
            const double envelope = attack * attack * (3.0 - 2.0 * attack) * (1.0 - u) * (1.0 - u);
            out[(first + i) % out.size()] += a * envelope * phasor.imag();
            phasor *= step;
        }
    }
}

/// Rides the gain as broadcasters' processors do: three quarters of the level differences over 30 ms are taken out.
void compress(std::vector<double>& samples, double rate_hz)
{
    const auto reach = std::min(static_cast<std::size_t>(0.03 * rate_hz), samples.size() / 4);
    const std::size_t size = samples.size();
    double sum = 0.0;
    for (std::size_t i = 0; i < 2 * reach; ++i)
        sum += samples[(size - reach + i) % size] * samples[(size - reach + i) % size];
    std::vector<double> gain(size);
    for (std::size_t i = 0; i < size; ++i) {
        gain[i] = 1.0 / std::pow(std::sqrt(std::max(sum, 0.0) / static_cast<double>(2 * reach)) + 0.01, 0.75);
        const double in = samples[(i + reach) % size];
        const double out = samples[(i + size - reach) % size];
        sum += in * in - out * out;
    }
    for (std::size_t i = 0; i < size; ++i)
        samples[i] *= gain[i];
}

/// Circular low-pass at 15 kHz, Hann-windowed, 2 kHz wide edge: what an FM stereo coder does to each channel.
void low_pass_15k(std::vector<double>& samples, double rate_hz)
{
    const auto half = static_cast<std::size_t>(1.6 * rate_hz / 2000.0 / 2.0);
    std::vector<double> taps(2 * half + 1);
    double sum = 0.0;
    for (std::size_t k = 0; k < taps.size(); ++k) {
        const double x = static_cast<double>(k) - static_cast<double>(half);
        const double angle = 2.0 * std::numbers::pi * 15000.0 / rate_hz * x;
        const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / static_cast<double>(half + 1));
        taps[k] = window * (x == 0.0 ? 1.0 : std::sin(angle) / angle);
        sum += taps[k];
    }
    const std::size_t size = samples.size();
    std::vector<double> around(samples.end() - static_cast<std::ptrdiff_t>(half), samples.end());
    around.insert(around.end(), samples.begin(), samples.end());
    around.insert(around.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(half));
    for (std::size_t i = 0; i < size; ++i) {
        double value = 0.0;
        for (std::size_t k = 0; k < taps.size(); ++k)
            value += taps[k] * around[i + k];
        samples[i] = value / sum;
    }
}

/// Circular interpolation by a whole factor: sinc of 24 taps under a Blackman window, flat up to 0.4 of the rate.
std::vector<double> interpolate(const std::vector<double>& samples, std::size_t factor)
{
    constexpr std::size_t taps = 24;
    const std::size_t size = samples.size();
    std::vector<double> out(size * factor);
    for (std::size_t phase = 0; phase < factor; ++phase) {
        std::array<double, taps> kernel{};
        for (std::size_t k = 0; k < taps; ++k) {
            const double x = static_cast<double>(k) - 11.0 - static_cast<double>(phase) / static_cast<double>(factor);
            const double u = std::numbers::pi * x / 12.0;
            const double window = std::abs(x) < 12.0 ? 0.42 + 0.5 * std::cos(u) + 0.08 * std::cos(2.0 * u) : 0.0;
            kernel[k] = window * (x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x));
        }
        for (std::size_t i = 0; i < size; ++i) {
            double value = 0.0;
            for (std::size_t k = 0; k < taps; ++k)
                value += kernel[k] * samples[(i + size + k - 11) % size];
            out[i * factor + phase] = value;
        }
    }
    return out;
}

/// Limits softly at `level`, as broadcasters do to be loud.
void limit(std::vector<double>& samples, double level)
{
    for (double& x : samples)
        x = level * std::tanh(x / level);
}

} // namespace

void normalise_peak(std::vector<double>& samples)
{
    double peak = 0.0;
    for (const double x : samples)
        peak = std::max(peak, std::abs(x));
    for (double& x : samples)
        x /= peak > 0.0 ? peak : 1.0;
}

Audio make_voice(std::uint64_t seed)
{
    Random random(seed ^ 0x766F696365ULL);
    std::vector<double> out(voice_size, 0.0);
    const double end_s = static_cast<double>(voice_size) / voice_rate_hz - 0.3;
    double t = 0.02;
    while (t < end_s) {
        const unsigned syllables = 4 + random.below(4);
        for (unsigned k = 0; k < syllables && t < end_s; ++k) {
            const double length = random.uniform(0.12, 0.25);
            add_syllable(out, t, length, random);
            t += length + random.uniform(0.0, 0.03);
        }
        t += random.uniform(0.25, 0.6);
    }
    band_pass(out);
    limit(out, 2.2 * rms_of_spoken(out));
    band_pass(out);
    normalise_peak(out);
    return {std::move(out), voice_rate_hz};
}

Audio make_music(std::uint64_t seed, std::size_t size, double rate_hz, double pan)
{
    constexpr std::array<int, 7> scale{0, 2, 4, 5, 7, 9, 11};
    const auto factor = static_cast<std::size_t>(rate_hz / 36000.0); // made at a low rate, where it costs little
    if (factor == 0 || size % factor != 0)
        throw std::invalid_argument("music: the size is no multiple of the rate over 36 kHz");
    const double low_rate_hz = rate_hz / static_cast<double>(factor);
    Random random(seed ^ 0x6D75736963ULL);
    std::vector<double> out(size / factor, 0.0);
    const double length_s = static_cast<double>(size) / rate_hz;
    const double beat_s = length_s / std::max(2.0, std::round(length_s / 0.22));
    // Each drawn number has a statement of its own: arguments are evaluated in any order.
    const auto place = [&](double start_s, double beats, int octave, double amplitude) {
        const int tone = scale[random.below(scale.size())];
        const double side = random.uniform(-1.0, 1.0);
        const double note_s = std::min(beats * beat_s, length_s);
        add_note(out, low_rate_hz, 130.8 * std::pow(2.0, octave + tone / 12.0),
                 static_cast<std::size_t>(start_s * low_rate_hz), static_cast<std::size_t>(note_s * low_rate_hz),
                 amplitude * (1.0 + 0.7 * side * pan));
    };
    for (double t = 0.0; t < length_s - 0.5 * beat_s; t += beat_s) {
        place(t, 1.6, 2, 1.0);
        place(t, 2.0, 0, 0.6);
        place(t, 2.0, 1, 0.6);
    }
    normalise_peak(out);
    compress(out, low_rate_hz);
    normalise_peak(out);
    limit(out, 0.35);
    low_pass_15k(out, low_rate_hz);
    const double mean = std::accumulate(out.begin(), out.end(), 0.0) / static_cast<double>(out.size());
    for (double& x : out)
        x -= mean;
    out = interpolate(out, factor);
    normalise_peak(out);
    return {std::move(out), rate_hz};
}

} // namespace gacsong::test
