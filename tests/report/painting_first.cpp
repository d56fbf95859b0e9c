// SPDX-License-Identifier: GPL-3.0-or-later
// Tests of one program share one application object, and only the first may make it: one that can paint.
#include "report/picture/sheet.hpp"

#include <gtest/gtest.h>

namespace gacsong {
namespace {

class PaintingFirst : public ::testing::Environment {
public:
    void SetUp() override { picture::prepare_painting(); }
};

const auto* const registered = ::testing::AddGlobalTestEnvironment(new PaintingFirst); // the framework deletes it

} // namespace
} // namespace gacsong
