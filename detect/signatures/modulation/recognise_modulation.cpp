// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/modulation/recognise_modulation.hpp"

#include "detect/signatures/modulation/features.hpp"
#include "detect/signatures/modulation/tests.hpp"

#include <array>

namespace gacsong::detect {

namespace {

using Test = std::optional<Modulation> (*)(const Features&, Look&);

/// Asked in this order; the first that is sure answers.
constexpr std::array<Test, 12> tests{is_single_sideband, is_keyed,           is_amplitude_modulated, is_carrier,
                                     is_chirp,           is_frequency_keyed, is_four_level,          is_minimum_shift,
                                     is_multicarrier,    is_linear,          is_frequency_modulated, is_noise};

} // namespace

Modulation recognise_modulation(Look& look)
{
    const auto features = measure_features(look);
    if (!features)
        return {};
    if (features->brief)
        return is_steady_line(*features, look).value_or(Modulation{});
    for (const Test test : tests)
        if (auto modulation = test(*features, look))
            return *modulation;
    return {};
}

} // namespace gacsong::detect
