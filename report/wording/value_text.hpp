// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "report/wording/language.hpp"

#include <cstdint>
#include <string>

namespace gacsong {

/// Numbers, units, dates and times as each language writes them (words.md §2.0). The C locale is never asked.
/// Between a number and its unit stands U+00A0, the minus is U+2212, groups begin at four digits.

/// `1.575,42` / `1,575.42`: a finite number with `decimals` (0 … 15) digits after the mark.
[[nodiscard]] std::string number_text(double value, int decimals, Language language);

/// The same without zeros at the end of the fraction: `98,7` for 98.700 with three decimals.
[[nodiscard]] std::string number_text_trimmed(double value, int decimals, Language language);

/// `13.002.752` / `13,002,752`.
[[nodiscard]] std::string number_text(std::int64_t value, Language language);

/// Number of decimals that reach the first digit of `resolution` (> 0), both in one unit: 0.00012 → 4, 3 → 0.
[[nodiscard]] int decimals_for(double resolution);

/// Number and unit. Empty where the value is not finite: the caller writes the phrase for unknown.
[[nodiscard]] std::string quantity_text(const Quantity& quantity, Language language);

/// The same for an expanded uncertainty: at most two significant digits, rounded up.
[[nodiscard]] std::string uncertainty_text(const Quantity& quantity, Language language);

/// `10:15:00,412 ngày 02/11/2026 (UTC+7)` / `10:15:00.412 on 2 November 2026 (UTC+7)`, in Viet Nam's time.
[[nodiscard]] std::string moment_text(Instant moment, Language language);

/// `02/11/2026` / `2 November 2026`, the day in Viet Nam's time.
[[nodiscard]] std::string date_text(Instant moment, Language language);

/// `10:15:00,412` / `10:15:00.412`, Viet Nam's time, for columns of a table.
[[nodiscard]] std::string clock_text(Instant moment, Language language);

} // namespace gacsong
