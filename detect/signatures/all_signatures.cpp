// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/all_signatures.hpp"

#include <array>

namespace gacsong::detect {

// One signature a file; a new one is declared here and listed below, cheap ones first.
extern const Signature signature_fm_broadcast;

namespace {

constexpr std::array<const Signature*, 1> signatures{
    &signature_fm_broadcast,
};

} // namespace

std::span<const Signature* const> signatures_in_order() { return signatures; }

} // namespace gacsong::detect
