// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/messages/bit_reader.hpp"
#include "detect/cells/gsm/messages/reading.hpp"

namespace gacsong::detect::gsm {

// Rest octets (3GPP TS 44.018 §10.5.2.32 – 37). The reader stands at their first bit.

void read_si1_rest(BitReader& reader, Broadcast& out);
void read_si2ter_rest(BitReader& reader, Broadcast& out);
void read_si2quater_rest(BitReader& reader, Broadcast& out);
void read_si3_rest(BitReader& reader, Broadcast& out);
void read_si4_rest(BitReader& reader, Broadcast& out); ///< of SI4, SI7 and SI8
void read_si13_rest(BitReader& reader, Broadcast& out);
void read_si16_rest(BitReader& reader, Broadcast& out); ///< of SI16 and SI17

/// The optional CBCH description and mobile allocation of SI4.
void read_cbch(BitReader& reader, const Octets& octets, Broadcast& out);

} // namespace gacsong::detect::gsm
