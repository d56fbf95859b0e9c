// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/cell.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::test {

/// What a GSM cell is set to; sent as system information 1 to 4 of 23 octets (3GPP TS 44.018 §9.1).
struct SentGsm {
    std::string plmn = "452-04";
    unsigned lac = 6101;
    unsigned cell = 700;
    unsigned arfcn = 60;
    unsigned bsic = 23;
    unsigned t3212 = 10;     ///< × 6 min
    unsigned offset = 10;    ///< × 2 dB
    unsigned penalty = 2;    ///< × 20 s + 20 s
    unsigned hysteresis = 3; ///< × 2 dB
    unsigned access_min = 6; ///< − 110 dBm
    bool barred = false;
    std::vector<unsigned> neighbours{50, 52, 54, 56, 58};
    double level_dbm = -70.0;
    double snr_db = 30.0;
    double seconds = 60.0;
    unsigned pagings = 400; ///< blocks that page two identities each, in all
};

/// What an LTE cell is set to; sent as SIB1 and a message with SIB3 and the blocks that have entries.
struct SentLte {
    std::string plmn = "452-04";
    unsigned tac = 6101;
    unsigned cell = 0x1234501;
    unsigned earfcn = 1700;
    unsigned pci = 211;
    unsigned priority = 5;
    unsigned serving_low = 2;
    std::optional<unsigned> closed_group{};
    std::vector<unsigned> eutra{300, 3600};
    std::vector<unsigned> geran{};
    double level_dbm = -80.0;
    double snr_db = 28.0;
    double seconds = 60.0;
};

/// Encodes the messages and gives them to the decoder and the builder of cells.
[[nodiscard]] Cell decoded(const SentGsm& sent);
[[nodiscard]] Cell decoded(const SentLte& sent);

} // namespace gacsong::test
