// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan_reader.hpp"
#include "detect/plan/tables/validity.hpp"
#include "detect/records/emission.hpp"
#include "detect/rules/context.hpp"
#include "detect/rules/judge.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::test {

/// 2 November 2026, morning in Viet Nam: after the end of GSM, under Decision 37/2025.
[[nodiscard]] Instant today();

/// An emission as a good measurement gives it: 10 s long, SNR 25 dB, U of the centre 200 Hz and of the width 2 %.
class Heard {
public:
    Heard(double center_hz, double bandwidth_hz);

    Heard& quality(Quality value);
    Heard& estimate();
    Heard& u_center(double hz);
    Heard& u_bandwidth(double hz);
    Heard& system(const std::string& name, double confidence = 0.95);
    Heard& modulation(const std::string& name, double confidence = 0.95);
    /// Bursts of a keyed transmitter.
    Heard& bursts(std::uint64_t count, double duty, std::optional<double> period_s = {});
    Heard& lasting(double seconds);
    Heard& at(std::string_view day);
    Heard& without_centre();

    Emission emission;
};

/// The plan of the source tree.
[[nodiscard]] const Plan& viet_nam();

/// A context around the Vietnamese plan; `rows` are lines of a register without its heading, empty: an empty register.
struct Desk {
    JudgeContext context = [] {
        JudgeContext made;
        made.plan = viet_nam();
        made.today = today();
        return made;
    }();

    Desk& with_register(const std::string& rows);
    Desk& ignoring(const std::string& rows);
    Desk& standing_at(double latitude, double longitude);

    /// Judges a copy of the emission; findings stay in `findings`.
    Emission judge(const Heard& heard);
    std::vector<Finding> findings;
};

/// Whether one of the reasons has this key, also inside its arguments.
[[nodiscard]] bool says(const Emission& emission, std::string_view key);
[[nodiscard]] bool says(const Message& message, std::string_view key);

} // namespace gacsong::test
