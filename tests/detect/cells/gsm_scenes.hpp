// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/cell_searcher.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/gsm.hpp"

#include <cstdint>
#include <optional>

namespace gacsong::test {

/// One GSM cell as a receiver may hear it.
struct GsmScene {
    double snr_db = 10.0; ///< in 270.833 kHz
    double offset_hz = 0.0;
    double clock_ppm = 0.0;
    std::optional<Echo> echo{};
    double interferer_db = 0.0; ///< of another GSM carrier in the same channel; 0: none
    double center_hz = 947.4e6; ///< where the carrier belongs
    bool centre_known = true;
    unsigned multiframes = 8;
};

struct GsmHeard {
    double syncs = 0.0; ///< share of those sent
    double blocks = 0.0;
    detect::CellReport report;
};

/// A cell with BSIC 23, PLMN 452-04, LAC 12001, CI 30121 on ARFCN 62.
[[nodiscard]] GsmSettings plain_gsm_cell(unsigned multiframes);

[[nodiscard]] GsmHeard hear(const GsmScene& scene);

/// Gives samples of full scale 1 to the GSM searcher.
[[nodiscard]] detect::CellReport search_gsm(const Scene& scene, bool centre_known = true, unsigned threads = 1,
                                            std::size_t piece = 65536);

/// A number of a note.
[[nodiscard]] std::int64_t note_number(const Message& note, const std::string& name);

} // namespace gacsong::test
