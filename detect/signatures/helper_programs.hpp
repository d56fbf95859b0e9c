// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::detect {

/// Programs of others that may be installed and know more than we do. Detection starts no process itself: whoever runs
/// it may hand it this; what the programs need not do is be there.
class HelperPrograms {
public:
    virtual ~HelperPrograms() = default;

    /// Runs `program` with `arguments` and `input` on its standard input; returns what it wrote to its standard output,
    /// at most 1 MiB. Nothing where there is no such program, where it failed, or where it took longer than `within`:
    /// then it has been ended. Thread-safe.
    [[nodiscard]] virtual std::optional<std::string> run(std::string_view program,
                                                         std::span<const std::string> arguments,
                                                         std::span<const std::byte> input,
                                                         std::chrono::milliseconds within) const = 0;
};

} // namespace gacsong::detect
