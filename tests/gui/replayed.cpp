// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/replayed.hpp"

#include "sdr/receivers/address.hpp"
#include "tests/gui/desk.hpp"

#include <gtest/gtest.h>

namespace gacsong::gui::test {

ReceiverChoice replayed(const std::string& options)
{
    ReceiverChoice choice;
    choice.address = "soapy:driver=replay," + options + ",file=" + demo_recording();
    const auto args = sdr::parse_receiver(choice.address);
    EXPECT_TRUE(args);
    choice.settings.args = *args;
    choice.settings.program = GACSONG_RECEIVER;
    return choice;
}

} // namespace gacsong::gui::test
