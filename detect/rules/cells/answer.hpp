// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace gacsong {

/// The indicator fired; `values` fill the sentence `indicator.CODE.why`, or another of its sentences.
struct Fired {
    double q = 1.0; ///< 1: all prerequisites met; 0.5: exactly one missed by a small margin
    std::vector<Argument> values;
    double weight = 0.0;     ///< instead of the indicator's own, where its condition says so; 0: its own
    bool core = true;        ///< of a core indicator; a weakened one may not count as core
    const char* why = "why"; ///< which of its sentences the values fill
};

struct NotFired {};

/// Not the same as not fired: something it needs was not there.
struct NotEvaluated {
    Message why;
};

/// What an indicator says of a cell. There is no way to make one from a truth value: "could not be seen" must never
/// become "is not there".
class Answer {
public:
    Answer(Fired fired) : value_(std::move(fired)) {}
    Answer(NotFired none) : value_(none) {}
    Answer(NotEvaluated none) : value_(std::move(none)) {}
    Answer(bool) = delete;

    [[nodiscard]] const Fired* fired() const { return std::get_if<Fired>(&value_); }
    [[nodiscard]] const NotEvaluated* not_evaluated() const { return std::get_if<NotEvaluated>(&value_); }

private:
    std::variant<Fired, NotFired, NotEvaluated> value_;
};

/// The answer of an indicator that lacks what it needs; `what` is a key under `cell_needs`.
[[nodiscard]] inline Answer lacks(const char* what) { return NotEvaluated{Message(std::string("cell_needs.") + what)}; }

} // namespace gacsong
