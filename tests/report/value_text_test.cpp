// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, units and dates as reference/words.md §2.0 wants them.
#include "report/wording/value_text.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

namespace gacsong {

struct Case {
    Quantity quantity;
    const char* vi;
    const char* en;
};

class QuantityText : public ::testing::TestWithParam<Case> {};

TEST_P(QuantityText, IsWrittenAsEachLanguageDoes)
{
    const Case c = GetParam();
    EXPECT_EQ(quantity_text(c.quantity, Language::vi), c.vi);
    EXPECT_EQ(quantity_text(c.quantity, Language::en), c.en);
}

INSTANTIATE_TEST_SUITE_P(
    Units, QuantityText,
    ::testing::Values(
        Case{{98.7e6, Unit::frequency}, "98,7\u00A0MHz", "98.7\u00A0MHz"},
        Case{{433'920'234, Unit::frequency, 120}, "433,9202\u00A0MHz", "433.9202\u00A0MHz"},
        Case{{98.7e6, Unit::frequency, 120}, "98,7000\u00A0MHz", "98.7000\u00A0MHz"},
        Case{{1575.42e6, Unit::frequency}, "1.575,42\u00A0MHz", "1,575.42\u00A0MHz"},
        Case{{10.525e9, Unit::frequency}, "10,525\u00A0GHz", "10.525\u00A0GHz"},
        Case{{999'000, Unit::frequency}, "999\u00A0kHz", "999\u00A0kHz"},
        Case{{500, Unit::frequency}, "0,5\u00A0kHz", "0.5\u00A0kHz"},
        Case{{-12.5, Unit::frequency}, "−12,5\u00A0Hz", "−12.5\u00A0Hz"},
        Case{{442'150'120, Unit::frequency, 5e6}, "442\u00A0MHz", "442\u00A0MHz"},
        Case{{182'400, Unit::bandwidth}, "182,4\u00A0kHz", "182.4\u00A0kHz"},
        Case{{182'437, Unit::bandwidth, 2000}, "182\u00A0kHz", "182\u00A0kHz"},
        Case{{12'500, Unit::bandwidth}, "12,5\u00A0kHz", "12.5\u00A0kHz"},
        Case{{7600, Unit::bandwidth}, "7,6\u00A0kHz", "7.6\u00A0kHz"},
        Case{{7637, Unit::bandwidth, 1}, "7,637\u00A0kHz", "7.637\u00A0kHz"},
        Case{{241.7, Unit::bandwidth}, "242\u00A0Hz", "242\u00A0Hz"},
        Case{{850, Unit::bandwidth}, "850\u00A0Hz", "850\u00A0Hz"},
        Case{{20e6, Unit::bandwidth}, "20\u00A0MHz", "20\u00A0MHz"},
        Case{{-41, Unit::dbfs}, "−41,0\u00A0dBFS", "−41.0\u00A0dBFS"},
        Case{{-63.46, Unit::dbm}, "−63,5\u00A0dBm", "−63.5\u00A0dBm"},
        Case{{-0.04, Unit::db}, "0,0\u00A0dB", "0.0\u00A0dB"}, Case{{8.1, Unit::percent}, "8,1%", "8.1%"},
        Case{{0.081, Unit::parts}, "8,1%", "8.1%"}, Case{{1, Unit::parts}, "100%", "100%"},
        Case{{9.5, Unit::seconds}, "9,5\u00A0giây", "9.5\u00A0s"},
        Case{{125, Unit::seconds}, "2\u00A0phút\u00A05\u00A0giây", "2\u00A0min\u00A05\u00A0s"},
        Case{{7500, Unit::seconds}, "2\u00A0giờ\u00A05\u00A0phút", "2\u00A0h\u00A05\u00A0min"},
        Case{{0.06, Unit::seconds}, "60\u00A0ms", "60\u00A0ms"}, Case{{0, Unit::seconds}, "0\u00A0giây", "0\u00A0s"},
        Case{{3.2, Unit::at}, "3,2\u00A0giây", "3.2\u00A0s"},
        Case{{0.262, Unit::at}, "0,262\u00A0giây", "0.262\u00A0s"},
        Case{{2.4e6, Unit::sample_rate}, "2,4\u00A0MS/s", "2.4\u00A0MS/s"},
        Case{{250e3, Unit::sample_rate}, "250\u00A0kS/s", "250\u00A0kS/s"},
        Case{{13'002'752, Unit::bytes}, "13,0\u00A0MB (13.002.752\u00A0byte)", "13.0\u00A0MB (13,002,752\u00A0bytes)"},
        Case{{4096, Unit::bytes}, "4.096\u00A0byte", "4,096\u00A0bytes"},
        Case{{0.25, Unit::kilometres}, "250\u00A0m", "250\u00A0m"},
        Case{{12.34, Unit::kilometres}, "12,3\u00A0km", "12.3\u00A0km"},
        Case{{10.386421, Unit::degrees}, "10,38642°", "10.38642°"}, Case{{-0.33, Unit::ppm}, "−0,33", "−0.33"},
        Case{{std::numeric_limits<double>::quiet_NaN(), Unit::dbfs}, "", ""},
        Case{{std::numeric_limits<double>::infinity(), Unit::frequency}, "", ""}));

TEST(UncertaintyText, HasTwoDigitsAtMostRoundedUp)
{
    EXPECT_EQ(uncertainty_text({500, Unit::frequency}, Language::vi), "0,5\u00A0kHz");
    EXPECT_EQ(uncertainty_text({1234, Unit::frequency}, Language::vi), "1,3\u00A0kHz");
    EXPECT_EQ(uncertainty_text({1200, Unit::frequency}, Language::en), "1.2\u00A0kHz");
    EXPECT_EQ(uncertainty_text({12.01, Unit::frequency}, Language::en), "13\u00A0Hz");
    EXPECT_EQ(uncertainty_text({301, Unit::bandwidth}, Language::en), "310\u00A0Hz");
    EXPECT_EQ(uncertainty_text({1.5, Unit::db}, Language::vi), "1,5\u00A0dB");
    EXPECT_EQ(uncertainty_text({0, Unit::db}, Language::vi), "0\u00A0dB");
}

TEST(MomentText, IsTheTimeOfVietNam)
{
    const Instant moment{1'793'589'300'412'000'000};
    EXPECT_EQ(moment_text(moment, Language::vi), "10:15:00,412 ngày 02/11/2026 (UTC+7)");
    EXPECT_EQ(moment_text(moment, Language::en), "10:15:00.412 on 2 November 2026 (UTC+7)");
    EXPECT_EQ(moment_text(Instant{1'793'589'300'000'000'000}, Language::vi), "10:15:00 ngày 02/11/2026 (UTC+7)");
    EXPECT_EQ(clock_text(moment, Language::vi), "10:15:00,412");
    // Late in the evening in UTC it is already the next day.
    EXPECT_EQ(date_text(Instant{1'793'574'000'000'000'000 - 3'600'000'000'000}, Language::vi), "02/11/2026");
    EXPECT_EQ(date_text(moment, Language::en), "2 November 2026");
}

TEST(NumberText, NeverAsksTheCLocale)
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"vi_VN.UTF-8", "de_DE.UTF-8", "C"}) {
        std::setlocale(LC_ALL, name); // where it is not installed nothing changes, and the test still holds
        EXPECT_EQ(number_text(1575.42, 2, Language::en), "1,575.42");
        EXPECT_EQ(number_text(1575.42, 2, Language::vi), "1.575,42");
    }
    std::setlocale(LC_ALL, before.c_str());
}

TEST(NumberText, GroupsFromFourDigits)
{
    EXPECT_EQ(number_text(std::int64_t{999}, Language::vi), "999");
    EXPECT_EQ(number_text(std::int64_t{4096}, Language::vi), "4.096");
    EXPECT_EQ(number_text(std::int64_t{-13'002'752}, Language::en), "−13,002,752");
    EXPECT_EQ(number_text_trimmed(98.700, 3, Language::en), "98.7");
    EXPECT_EQ(decimals_for(0.00012), 4);
    EXPECT_EQ(decimals_for(0.001), 3);
    EXPECT_EQ(decimals_for(3), 0);
}

} // namespace gacsong
