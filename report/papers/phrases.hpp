// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/papers/build.hpp"
#include "report/summary/period.hpp"

#include <map>
#include <string>

namespace gacsong::papers {

/// What stands where the office has to write by hand.
inline constexpr const char* dotted = "…";

/// `10 giờ 15 phút ngày 02/11/2026` / `10:15 on 2 November 2026 (UTC+7)`.
[[nodiscard]] std::string prose_moment(Instant moment, Language language);

/// A count in prose: Vietnamese documents write two digits below ten.
[[nodiscard]] std::string prose_count(std::size_t count, Language language);

/// `10,38640° B; 105,43520° Đ` / `10.38640° N, 105.43520° E`.
[[nodiscard]] std::string coordinates_text(double latitude, double longitude, Language language);

/// A frequency as it is written with its uncertainty; an offset where the centre was not known.
[[nodiscard]] std::string frequency_of(const Emission& emission, const Wording& words);

/// Verdict of an emission or a cell in two or three words.
[[nodiscard]] std::string verdict_of(const Subject& subject, const Wording& words);

/// Whether a run's receiver was calibrated in frequency: it did not warn that its clock is not.
[[nodiscard]] bool frequency_calibrated(const RunMaterial& run);

/// `Quý III năm 2026`; where it is no quarter `từ ngày 01/07/2026 đến ngày 15/08/2026`.
[[nodiscard]] std::string period_text(const summary::Period& period, const Wording& words);

/// Values of the placeholders. Empty: not known.
[[nodiscard]] std::map<std::string, std::string> values_of(const PaperInput& input);

} // namespace gacsong::papers
