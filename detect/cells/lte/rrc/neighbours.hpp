// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/rrc/broadcast.hpp"
#include "detect/cells/lte/rrc/uper_reader.hpp"

namespace gacsong::detect::lte {

/// System information blocks of types 4 to 8 (3GPP TS 36.331 §6.3.1): neighbours on the own carrier, on other carriers,
/// of UMTS, of GSM and
/// of CDMA2000.
void read_own_carrier(UperReader& in, Broadcast& out);
void read_other_carriers(UperReader& in, Broadcast& out);
void read_umts_carriers(UperReader& in, Broadcast& out);
void read_gsm_carriers(UperReader& in, Broadcast& out);
void read_cdma_carriers(UperReader& in, Broadcast& out);

} // namespace gacsong::detect::lte
