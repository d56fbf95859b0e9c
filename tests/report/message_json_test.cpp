// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json/message_json.hpp"

#include <gtest/gtest.h>

namespace gacsong {

TEST(MessageJson, ReadsWhatItWrites)
{
    const Message nested("outer.key", {{"text", "đ\n\"x\""},
                                       {"n", std::int64_t{-5'000'000'000}},
                                       {"center", Quantity{98'700'312.123456789, Unit::frequency, 120.5}},
                                       {"share", Quantity{0.1, Unit::parts}},
                                       {"start", Instant{1'793'589'300'412'000'001}},
                                       {"service", Term{"land mobile"}},
                                       {"why", std::vector<Message>{Message("why.gap"), Message("a", {{"b", "c"}})}}});
    EXPECT_EQ(parse_message(message_json(nested)), nested);
    const std::vector<Message> list{nested, Message("plain")};
    EXPECT_EQ(parse_messages(messages_json(list)), list);
}

TEST(MessageJson, RefusesOtherShapes)
{
    for (const char* text :
         {"", "{", "[]", "{}", "{\"key\":1}", "{\"key\":\"a\",\"arguments\":5}",
          "{\"key\":\"a\",\"arguments\":[{\"name\":\"b\"}]}", "{\"key\":\"a\",\"arguments\":[{\"text\":\"no name\"}]}"})
        EXPECT_EQ(parse_message(text), std::nullopt) << text;
    EXPECT_EQ(parse_messages("{}"), std::nullopt);
}

TEST(MessageJson, LimitsItsDepth)
{
    Message message("deepest");
    for (int i = 0; i < 50; ++i)
        message = Message("outer", {{"why", std::vector<Message>{message}}});
    EXPECT_EQ(parse_message(message_json(message)), std::nullopt);
}

} // namespace gacsong
