// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/wording/wording.hpp"

#include <string>

namespace gacsong::app {

/// Looks through a package of evidence and says that it is whole and who signed it.
/// Errors: verify.changed, verify.signature, and those of evidence::verify_package.
[[nodiscard]] Result<std::string> verified_package(const std::string& file, const Wording& words);

} // namespace gacsong::app
