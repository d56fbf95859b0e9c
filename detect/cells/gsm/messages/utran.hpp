// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/messages/bit_reader.hpp"
#include "detect/cells/gsm/messages/reading.hpp"

namespace gacsong::detect::gsm {

// What GSM cells say of UMTS and LTE carriers (3GPP TS 44.018 §10.5.2.33a, b). The reader stands behind the bit that
// tells that the part is there.

void read_utran_fdd(BitReader& reader, Broadcast& out);
void read_utran_tdd(BitReader& reader, Broadcast& out);
void read_utran_measurement(BitReader& reader, Broadcast& out);
void read_utran_priorities(BitReader& reader, Broadcast& out);
void read_eutran(BitReader& reader, Broadcast& out);

} // namespace gacsong::detect::gsm
