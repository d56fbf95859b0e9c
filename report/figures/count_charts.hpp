// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/typeset/paper.hpp"
#include "report/wording/language.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::figures {

/// Something counted. Every chart prints its numbers and reads in black and white.
struct Counted {
    std::string label;
    std::uint64_t count = 0;
};

struct ColumnPanel {
    std::string title;
    std::vector<Counted> columns;
};

/// Panels of columns side by side, each with a scale of its own.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> column_chart(std::vector<ColumnPanel> panels, Language language);

/// A bar across for each, the longest as wide as the room.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> bar_chart(std::vector<Counted> bars, Language language);

/// Two bars across for each, the first dark and the second light, with a legend above them that says which is which.
struct CountedPair {
    std::string label;
    std::uint64_t now = 0;
    std::optional<std::uint64_t> before; ///< absent: not known, which is no zero
};
[[nodiscard]] std::shared_ptr<const typeset::Drawing> pair_chart(std::vector<CountedPair> bars, std::string now,
                                                                 std::string before, Language language);

/// One bar of all, its parts hatched differently, with a legend that has counts and shares.
[[nodiscard]] std::shared_ptr<const typeset::Drawing> share_chart(std::vector<Counted> parts, Language language);

/// Heights that bar_chart(), pair_chart() and share_chart() want, millimetres.
[[nodiscard]] double bar_chart_mm(std::size_t bars);
[[nodiscard]] double pair_chart_mm(std::size_t bars);
[[nodiscard]] double share_chart_mm(std::size_t parts);

} // namespace gacsong::figures
