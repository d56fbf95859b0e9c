// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

namespace gacsong::app {

/// Exit statuses of contract.md §1.
namespace status {
constexpr int done = 0;
constexpr int failed = 1;
constexpr int usage = 2;
constexpr int findings = 3;
constexpr int interrupted = 130;
} // namespace status

/// The worse of two: 130, 2, 1, 3, 0 in this order.
[[nodiscard]] constexpr int worse(int a, int b)
{
    for (const int one : {status::interrupted, status::usage, status::failed, status::findings})
        if (a == one || b == one)
            return one;
    return status::done;
}

[[nodiscard]] constexpr int status_of(Fault fault) { return fault == Fault::usage ? status::usage : status::failed; }

} // namespace gacsong::app
