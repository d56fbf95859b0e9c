// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/signatures/helper_programs.hpp"

namespace gacsong {

/// Programs found in PATH. Each runs in a process group of its own with nothing of our environment but PATH; no shell
/// is involved; one that takes too long or writes too much is killed.
class InstalledPrograms final : public detect::HelperPrograms {
public:
    [[nodiscard]] std::optional<std::string> run(std::string_view program, std::span<const std::string> arguments,
                                                 std::span<const std::byte> input,
                                                 std::chrono::milliseconds within) const override;
};

} // namespace gacsong
