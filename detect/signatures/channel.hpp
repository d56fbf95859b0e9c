// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/clip.hpp"
#include "dsp/demod/downconverter.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace gacsong::detect {

/// The neighbourhood of one emission at a lower rate, computed where it is first read and then kept. Many signatures
/// look at one emission; the recording at its full rate is gone through once for all of them.
class Channel final : public History {
public:
    /// Null where the recording's rate is less than four times the one an emission of this width needs: reading the
    /// recording itself then costs no more. `emission_width_hz` may be 0.
    [[nodiscard]] static std::unique_ptr<Channel> around(double offset_hz, double emission_width_hz,
                                                         const Replay& replay);

    /// The channel as a recording of its own; its 0 Hz is at offset_hz() of the real one. Valid while this object is.
    [[nodiscard]] Replay replay() const;
    [[nodiscard]] double offset_hz() const { return offset_hz_; }
    [[nodiscard]] std::size_t decimation() const { return decimation_; }
    /// Whether `wanted`, in terms of the recording, can be cut from here: inside the flat part, at no higher rate.
    [[nodiscard]] bool holds(const Cut& wanted) const;

    [[nodiscard]] std::uint64_t first() const override { return first_; }
    [[nodiscard]] std::uint64_t end() const override { return end_; }
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override;

private:
    Channel(double offset_hz, double half_width_hz, std::size_t decimation, const Replay& replay);

    /// The samples from block·block_samples on.
    [[nodiscard]] const std::vector<std::complex<float>>& block(std::uint64_t number) const;

    Replay recording_;
    double offset_hz_;
    double half_width_hz_;
    std::size_t decimation_;
    dsp::Downconverter converter_;
    std::uint64_t first_;
    std::uint64_t end_;
    mutable std::mutex lock_;
    mutable std::map<std::uint64_t, std::vector<std::complex<float>>> blocks_;
};

} // namespace gacsong::detect
