// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/installed/udev_rules.hpp"

#include "sdr/receivers/usb.hpp"

#include <fmt/format.h>

namespace gacsong::app {

std::string udev_rules()
{
    std::string out = "# SPDX-License-Identifier: GPL-3.0-or-later\n"
                      "# Common receivers may be opened by whoever sits at the computer and by the group plugdev.\n"
                      "ACTION==\"remove\", GOTO=\"gacsong_end\"\n"
                      "SUBSYSTEM!=\"usb\", GOTO=\"gacsong_end\"\n"
                      "ENV{DEVTYPE}!=\"usb_device\", GOTO=\"gacsong_end\"\n";
    for (const sdr::ReceiverKind& kind : sdr::receiver_kinds()) {
        const std::string product =
            kind.product == 0 ? "" : fmt::format("ATTRS{{idProduct}}==\"{:04x}\", ", kind.product);
        out +=
            fmt::format("# {}\nATTRS{{idVendor}}==\"{:04x}\", {}MODE=\"0660\", GROUP=\"plugdev\", TAG+=\"uaccess\"\n",
                        kind.name, kind.vendor, product);
    }
    return out + "LABEL=\"gacsong_end\"\n";
}

} // namespace gacsong::app
