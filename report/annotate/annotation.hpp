// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/emission.hpp"
#include "report/wording/wording.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong {

/// Where an emission lies in the samples of a SigMF recording.
struct AnnotationPlace {
    std::uint64_t sample_start = 0;     ///< as in `core:sample_start`
    std::uint64_t sample_count = 1;     ///< ≥ 1: inspectrum draws 0 wrongly
    std::optional<double> frequency_hz; ///< of the capture; without it edges are offsets
};

/// At most 20 ASCII characters, for pictures: the system, or UNKNOWN, and ` !` where a rule fired.
[[nodiscard]] std::string annotation_label(const Emission& emission, bool with_findings);

/// One annotation of SigMF 1.2.5: place, both edges, label, the sentence of the verdict with its values, who made it,
/// and every plain field of the record as `gacsong:<name>`. `rules`: those that fired on it.
[[nodiscard]] nlohmann::ordered_json annotation(const Emission& emission, const AnnotationPlace& place,
                                                const std::vector<std::string>& rules, const std::string& program,
                                                const Wording& words);

/// Whether an annotation is one that this program writes anew with every scan; what a person wrote is not.
[[nodiscard]] bool written_by_us(const nlohmann::ordered_json& annotation);

} // namespace gacsong
