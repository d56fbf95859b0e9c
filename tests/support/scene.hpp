// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/sample_format.hpp"
#include "tests/support/keying.hpp"
#include "tests/support/receiver.hpp"
#include "tests/support/signals/waveform.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gacsong::test {

/// How strong a signal is placed. Each kind fixes the mean power while the transmitter is on (off times and ramps
/// left out): as it stands, relative to the noise in the signal's own 99 % bandwidth, or relative to 1 Hz of noise.
struct Level {
    enum class Kind { dbfs, snr_db, cn0_dbhz } kind = Kind::dbfs;
    double value = -40.0;
    [[nodiscard]] static Level dbfs(double value) { return {Kind::dbfs, value}; }
    [[nodiscard]] static Level snr_db(double value) { return {Kind::snr_db, value}; }
    [[nodiscard]] static Level cn0_dbhz(double value) { return {Kind::cn0_dbhz, value}; }
};

/// A second path of the same signal.
struct Echo {
    double delay_s = 0.0;
    double gain_db = -6.0;  ///< relative to the first
    double phase_deg = 0.0; ///< at the middle of the signal
};

/// One transmitter of a scene.
struct Placed {
    WaveformPtr waveform{};
    double offset_hz = 0.0; ///< of the waveform's 0 Hz from the centre of the recording, true frequency
    Level level{};
    double start_s = 0.0;
    double end_s = std::numeric_limits<double>::infinity();
    std::optional<Keying> keying{}; ///< instead of the waveform's own; spans count from start_s
    double ramp_s = 0.0;            ///< rise and fall at start_s and end_s where there is no keying
    double symbol_clock_ppm = 0.0;  ///< the transmitter's own modulation runs fast by it
    std::optional<Echo> echo{};
    std::string label{}; ///< for messages of tests
};

/// What must come out of a scene for one transmitter.
struct TrueEmission {
    std::string label{};
    double offset_hz = 0.0; ///< of the middle of its band, as the receiver shows it (clock error included)
    std::optional<double> center_hz{};
    double bandwidth_hz = 0.0; ///< 99 %, measured on the noise-free signal; 0 for a line
    double low_hz = 0.0;       ///< its edges, as offsets
    double high_hz = 0.0;
    double power_dbfs = 0.0; ///< mean while it transmits
    double cn0_dbhz = 0.0;
    std::optional<double> snr_db{}; ///< in its 99 % bandwidth; none for a line
    double start_s = 0.0;
    double end_s = 0.0;
    std::vector<Interval> bursts{}; ///< when it is on, at most 2000
    double duty = 1.0;              ///< share of start_s … end_s
    std::optional<double> period_s{};
    std::string modulation{};
    std::string system{};
    std::map<std::string, std::string> identity{};
    std::optional<double> symbol_rate_hz{};
    std::optional<double> deviation_hz{};
};

/// What a receiver's faults put where no transmitter is.
struct TrueArtefact {
    std::string kind{}; ///< `image`, `dc`, `third order` (2f1 − f2 of two signals that are on together)
    double offset_hz = 0.0;
    double bandwidth_hz = 0.0;
    double power_dbfs = 0.0;
};

struct Truth {
    std::vector<TrueEmission> emissions{}; ///< in the order of Scene::signals
    std::vector<TrueArtefact> artefacts{};
    double noise_dbfs_hz = 0.0; ///< with the quantisation noise of the format
};

/// A piece of spectrum and the receiver that records it. Everything that comes out is a function of this object
/// alone: the samples, in whatever order and blocks they are read, and what must be found in them.
/// A signal must fit into the recorded band (|offset| + span/2 < rate/2): what does not is folded, as nothing filters.
struct Scene {
    double sample_rate_hz = 1e6;
    std::optional<double> center_hz{};
    std::optional<Instant> start{};
    double duration_s = 1.0;
    std::optional<double> noise_dbfs_hz = -110.0; ///< density of the white noise; nothing: no noise. Below
                                                  ///< half a step for each component it does not smooth the
                                                  ///< quantiser: harmonics appear as in a real converter
    std::vector<Placed> signals{};
    ReceiverFaults receiver{};
    std::uint64_t seed = 1; ///< of the noise

    [[nodiscard]] std::uint64_t length() const; ///< complex samples

    [[nodiscard]] std::vector<std::complex<float>> build() const;
    [[nodiscard]] std::vector<std::byte> build(SampleFormat format) const;

    /// \param stored  format of the recording, whose quantisation noise is added to the noise
    [[nodiscard]] Truth truth(std::optional<SampleFormat> stored = {}) const;
};

/// Makes the samples of a scene. They are made in chunks that stand at multiples of `chunk`, each a pure function of
/// its number, so any cut gives the same values. Reading is thread-safe.
class SceneRenderer {
public:
    static constexpr std::size_t chunk = 8192;

    explicit SceneRenderer(Scene scene);
    ~SceneRenderer();

    /// Writes samples first … first + out.size() − 1; beyond the end of the scene the noise goes on.
    void render(std::uint64_t first, std::span<std::complex<float>> out) const;

    [[nodiscard]] const Scene& scene() const { return scene_; }
    [[nodiscard]] Truth truth(std::optional<SampleFormat> stored) const;

private:
    struct Transmitter;

    void render_chunk(std::uint64_t number, std::span<std::complex<float>> out) const;
    void add_artefacts(Truth& truth) const;
    [[nodiscard]] TrueEmission truth_of(const Transmitter& transmitter, double noise_density) const;

    Scene scene_;
    std::vector<Transmitter> transmitters_;
};

} // namespace gacsong::test
