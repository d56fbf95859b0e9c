// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace gacsong::gui {

/// A loudspeaker: one channel of 16 bits at 48 kHz.
class SoundOutput {
public:
    virtual ~SoundOutput() = default;

    /// Errors: gui.sound.no_device.
    [[nodiscard]] virtual Status start() = 0;
    virtual void stop() = 0;
    /// How many values can be taken without waiting.
    [[nodiscard]] virtual std::size_t room() const = 0;
    virtual void write(std::span<const std::int16_t> values) = 0;
};

/// That of the computer.
[[nodiscard]] std::unique_ptr<SoundOutput> make_sound_output();

} // namespace gacsong::gui
