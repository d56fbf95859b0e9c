// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "detect/signatures/channel_group.hpp"
#include "detect/signatures/clip.hpp"
#include "dsp/sample_source.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gacsong::detect {

/// The neighbourhood of one emission at a lower rate. Many signatures look at one emission, and many emissions are
/// often looked at together: the recording at its full rate is gone through once for all of them.
class Channel final : public History {
public:
    /// Null where the recording's rate is less than four times the one an emission of this width needs: reading the
    /// recording itself then costs no more. `emission_width_hz` may be 0.
    [[nodiscard]] static std::unique_ptr<Channel> around(double offset_hz, double emission_width_hz,
                                                         const Replay& replay);

    Channel(std::shared_ptr<ChannelGroup> group, std::size_t member, const Replay& replay);
    ~Channel() override { group_->let_go(member_); }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    Channel(Channel&&) = delete;
    Channel& operator=(Channel&&) = delete;

    /// The channel as a recording of its own; its 0 Hz is at offset_hz() of the real one. Valid while this object is.
    [[nodiscard]] Replay replay() const;
    [[nodiscard]] double offset_hz() const { return group_->offset_hz(member_); }
    [[nodiscard]] std::size_t decimation() const { return group_->decimation(); }
    /// Whether `wanted`, in terms of the recording, can be cut from here: inside the flat part, at no higher rate.
    [[nodiscard]] bool holds(const Cut& wanted) const;

    [[nodiscard]] std::uint64_t first() const override { return group_->first(); }
    [[nodiscard]] std::uint64_t end() const override { return group_->end(); }
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override;

private:
    std::shared_ptr<ChannelGroup> group_;
    std::size_t member_;
    Replay recording_;
};

/// A channel for each emission, those of one rate in groups as large as memory allows; null where around() gives none.
[[nodiscard]] std::vector<std::unique_ptr<Channel>> channels_for(std::span<const Emission> emissions,
                                                                 const Replay& replay);

} // namespace gacsong::detect
