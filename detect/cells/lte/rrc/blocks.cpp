// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/blocks.hpp"

namespace gacsong::detect::lte {

bool read_block(unsigned type, UperReader& in, Broadcast& out)
{
    static_cast<void>(type);
    static_cast<void>(in);
    static_cast<void>(out);
    return false;
}

} // namespace gacsong::detect::lte
