// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/keying.hpp"

#include <complex>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace gacsong::test {

/// What a waveform is, in the words of contract.md §2.
struct Description {
    std::string modulation = "unknown";
    std::string system = "unknown";
    std::map<std::string, std::string> identity{};
    std::optional<double> symbol_rate_hz{};
    std::optional<double> deviation_hz{}; ///< peak, of the outer symbols where there are symbols
    double span_hz = 0.0;                 ///< two-sided band about 0 Hz with all power but a negligible rest (< 1e-4)
    bool line = false;                    ///< an unmodulated line: it has no bandwidth of its own
    bool asymmetric = false;              ///< its middle is not at 0 Hz (single sideband) and has to be measured
    std::optional<Keying> keying{};       ///< how it is keyed by nature (slots, pulses); a scene may say otherwise
};

/// A complex baseband signal as a pure function of time, so that it can be read in any order, at any rate and by
/// several threads. Mean power is 1 while it is on, averaged over its data.
class Waveform {
public:
    virtual ~Waveform() = default;

    /// out[i] = x(t0_s + i·dt_s), before keying; seconds since the start of the transmission.
    virtual void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const = 0;

    [[nodiscard]] const Description& description() const { return description_; }

protected:
    explicit Waveform(Description description) : description_(std::move(description)) {}

private:
    Description description_;
};

using WaveformPtr = std::shared_ptr<const Waveform>;

} // namespace gacsong::test
