// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/detect/rules/cell_world.hpp"

namespace gacsong::test {

// The cells of fake-base-stations.md §6, each with its register; the one that is judged is the last of the scan.

void t01(World& world);
void t02(World& world);
void t03(World& world);
void t04(World& world);
void t05(World& world);
void t06(World& world);
void t07(World& world);
void t08(World& world);
void t09(World& world);
void t10(World& world);
void t11(World& world);
void t11_event(World& world);
void t12(World& world);
void t13(World& world);
void t14(World& world);
void t14_in_one_pass(World& world);
void t15(World& world);
void t16(World& world);
void t17(World& world);
void t18(World& world);
void t19(World& world);
void t20(World& world);

} // namespace gacsong::test
