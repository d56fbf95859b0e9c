// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/command_line.hpp"
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/option_table.hpp"
#include "apps/gacsong/settings.hpp"
#include "report/text/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace gacsong::app {
namespace {

using ::testing::HasSubstr;

using Words = std::vector<std::string>;

std::string argument(const Error& error, std::string_view name)
{
    for (const Argument& one : error.message.arguments)
        if (one.name == name)
            return std::get<std::string>(one.value);
    return "(absent)";
}

} // namespace

TEST(CommandLine, ReadsEveryOption)
{
    const auto a = parse_command_line({"scan",
                                       "a.cu8",
                                       "-",
                                       "-f",
                                       "433.92M",
                                       "--rate=2.4M",
                                       "-t",
                                       "cs16_be",
                                       "--start",
                                       "2026-11-02T10:15:00+07:00",
                                       "--place",
                                       "-10.5,105.4",
                                       "--ppm",
                                       "-2.5",
                                       "--from",
                                       "1s",
                                       "--to",
                                       "2m",
                                       "--plan",
                                       "p.toml",
                                       "--register",
                                       "r.csv",
                                       "--ignore",
                                       "i.csv",
                                       "--json",
                                       "--annotate",
                                       "--store",
                                       "sqlite:x",
                                       "--threads",
                                       "3",
                                       "--lang",
                                       "vi",
                                       "--config",
                                       "c.toml",
                                       "--swap-iq",
                                       "--verbose-bursts",
                                       "--fail-on-findings",
                                       "--force",
                                       "-q"});
    ASSERT_TRUE(a) << a.error().message.key;
    EXPECT_EQ(a->command, "scan");
    EXPECT_EQ(a->words, (Words{"a.cu8", "-"}));
    EXPECT_EQ(a->center_hz, 433.92e6);
    EXPECT_EQ(a->rate_hz, 2.4e6);
    EXPECT_EQ(a->type->name(), "cs16_be");
    EXPECT_EQ(a->start->unix_ns, 1'793'589'300'000'000'000);
    EXPECT_EQ(a->settings.place->latitude, -10.5);
    EXPECT_EQ(a->settings.ppm, -2.5);
    EXPECT_EQ(a->from_s, 1.0);
    EXPECT_EQ(a->to_s, 120.0);
    EXPECT_EQ(a->settings.plan, "p.toml");
    EXPECT_EQ(a->settings.register_file, "r.csv");
    EXPECT_EQ(a->settings.ignore_file, "i.csv");
    EXPECT_EQ(a->settings.store, "sqlite:x");
    EXPECT_EQ(a->settings.threads, 3U);
    EXPECT_EQ(a->settings.lang, Language::vi);
    EXPECT_EQ(a->config_file, "c.toml");
    EXPECT_TRUE(a->json && a->annotate && a->swap_iq && a->verbose_bursts && a->fail_on_findings && a->force &&
                a->quiet);
    EXPECT_FALSE(a->verbose || a->no_store);
}

TEST(CommandLine, FindsTheCommandBehindOptions)
{
    const auto a = parse_command_line({"--lang", "vi", "-v", "explain", "e3", "--run", "7"});
    ASSERT_TRUE(a);
    EXPECT_EQ(a->command, "explain");
    EXPECT_EQ(a->words, Words{"e3"});
    EXPECT_EQ(a->run, 7);
    EXPECT_EQ(language_of({"scan", "--lang=vi"}), Language::vi);
    EXPECT_EQ(language_of({"scan"}), std::nullopt);
}

TEST(CommandLine, NamesTheNearestOption)
{
    const auto a = parse_command_line({"scan", "x", "--cneter", "98M"});
    ASSERT_FALSE(a);
    EXPECT_EQ(a.error().message.key, "option.unknown");
    EXPECT_EQ(a.error().fault, Fault::usage);
    EXPECT_EQ(argument(a.error(), "option"), "--cneter");
    EXPECT_EQ(argument(a.error(), "near"), "--center");
    EXPECT_EQ(argument(a.error(), "command"), "scan");
    EXPECT_EQ(argument(parse_command_line({"list", "rules", "--jsn=1"}).error(), "option"), "--jsn");
}

TEST(CommandLine, NamesTheNearestCommand)
{
    const auto a = parse_command_line({"scna", "x"});
    ASSERT_FALSE(a);
    EXPECT_EQ(a.error().message.key, "command.unknown");
    EXPECT_EQ(argument(a.error(), "near"), "scan");
}

struct Wrong {
    Words words;
    const char* key;
};

class WrongLine : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongLine, IsAnErrorOfUsage)
{
    const auto a = parse_command_line(GetParam().words);
    ASSERT_FALSE(a);
    EXPECT_EQ(a.error().message.key, GetParam().key);
    EXPECT_EQ(a.error().fault, Fault::usage);
}

INSTANTIATE_TEST_SUITE_P(Lines, WrongLine,
                         ::testing::Values(Wrong{{"scan"}, "input.missing"},
                                           Wrong{{"explain", "e1", "e2"}, "input.too_many"},
                                           Wrong{{"scan", "x", "-f"}, "option.missing_value"},
                                           Wrong{{"scan", "x", "-f", "98,7M"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--rate", "0"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--type", "cu7"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--start", "10:15"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--lang", "fr"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--threads", "-1"}, "option.bad_value"},
                                           Wrong{{"scan", "x", "--store", "a", "--no-store"}, "option.conflict"},
                                           Wrong{{"scan", "x", "-q", "-v"}, "option.conflict"},
                                           Wrong{{"scan", "x", "--from", "5", "--to", "5"}, "option.from_to"},
                                           Wrong{{"list", "rules", "--annotate"}, "option.unknown"},
                                           Wrong{{"scan", "x", "--no-such-flag", "y"}, "option.unknown"},
                                           Wrong{{"scan", "x", "-Z"}, "option.unknown"}));

TEST(CommandLine, HelpsWithoutFurtherQuestions)
{
    EXPECT_TRUE(parse_command_line({})->help);
    EXPECT_TRUE(parse_command_line({"--help"})->help);
    EXPECT_TRUE(parse_command_line({"scan", "-h"})->help);
    EXPECT_EQ(parse_command_line({"scan", "-h"})->command, "scan");
    EXPECT_TRUE(parse_command_line({"--version"})->version);
}

TEST(Help, SaysEveryOptionInBothLanguagesWithinTheWidth)
{
    for (const Language language : {Language::vi, Language::en}) {
        const auto words = load_wording(language);
        ASSERT_TRUE(words);
        for (const Command& command : all_commands()) {
            const std::string text = help_text(command.name, *words, 80);
            for (const OptionSpec& option : option_table()) {
                if (takes(command.name, option)) {
                    EXPECT_THAT(text, HasSubstr(std::string(option.names.substr(option.names.find("--")))));
                }
            }
            EXPECT_EQ(text.find("[option"), std::string::npos) << text;
            std::istringstream lines(text);
            for (std::string line; std::getline(lines, line);)
                EXPECT_LE(display_width(line), 80U) << line;
        }
        EXPECT_THAT(help_text("", *words, 80), HasSubstr("scan"));
    }
}

TEST(SettingsFile, IsReadAndCheckedKeyByKey)
{
    Settings settings;
    ASSERT_TRUE(
        read_settings("store = \"sqlite:a\"\nplan = \"vn\"\nlang = \"vi\"\nregister = \"r.csv\"\nignore = \"i.csv\"\n"
                      "place = \"10.4,105.4\"\nppm = -2\nthreads = 2\n",
                      "test.toml", settings));
    EXPECT_EQ(settings.store, "sqlite:a");
    EXPECT_EQ(settings.lang, Language::vi);
    EXPECT_EQ(settings.ppm, -2.0);
    EXPECT_EQ(settings.threads, 2U);
    EXPECT_EQ(settings.place->longitude, 105.4);
    const auto key_of = [&](const char* toml) { return read_settings(toml, "test.toml", settings).error(); };
    EXPECT_EQ(key_of("regster = \"x\"").message.key, "config.key");
    EXPECT_EQ(argument(key_of("regster = \"x\""), "near"), "register");
    EXPECT_EQ(key_of("threads = \"many\"").message.key, "config.value");
    EXPECT_EQ(key_of("lang = \"fr\"").message.key, "config.value");
    EXPECT_EQ(key_of("place = 5").message.key, "config.value");
    EXPECT_EQ(key_of("a = [").message.key, "config.broken");
    EXPECT_EQ(key_of("a = [").fault, Fault::usage);
}

TEST(Registers, OfBaseStationsMayBeSeveral)
{
    const auto a = parse_command_line({"scan", "--cells", "a.csv", "x", "--cells=b.csv", "y"});
    ASSERT_TRUE(a);
    EXPECT_EQ(a->settings.cells_files, (std::vector<std::string>{"a.csv", "b.csv"}));
    EXPECT_EQ(a->words, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(parse_command_line({"scan", "x", "--cells", ""}).error().message.key, "option.bad_value");
    Settings settings;
    ASSERT_TRUE(read_settings("cells = \"a.csv\"", "test.toml", settings));
    EXPECT_EQ(settings.cells_files, std::vector<std::string>{"a.csv"});
    ASSERT_TRUE(read_settings("cells = [\"b.csv\", \"c.csv\"]", "test.toml", settings));
    EXPECT_EQ(settings.cells_files, (std::vector<std::string>{"b.csv", "c.csv"}));
    for (const char* toml : {"cells = 5", "cells = [\"a.csv\", 5]", "cells = \"\""})
        EXPECT_EQ(read_settings(toml, "test.toml", settings).error().message.key, "config.value") << toml;
}

TEST(Locale, DecidesTheLanguage)
{
    const auto with = [](const char* all, const char* messages, const char* lang) {
        setenv("LC_ALL", all, 1);
        setenv("LC_MESSAGES", messages, 1);
        setenv("LANG", lang, 1);
        return language_of_locale();
    };
    EXPECT_EQ(with("", "", "vi_VN.UTF-8"), Language::vi);
    EXPECT_EQ(with("", "en_GB.UTF-8", "vi_VN.UTF-8"), Language::en);
    EXPECT_EQ(with("vi_VN", "en_GB.UTF-8", "C"), Language::vi);
    EXPECT_EQ(with("", "", "vietnam"), Language::en);
    EXPECT_EQ(with("", "", ""), Language::en);
    EXPECT_EQ(with("C", "", "vi_VN.UTF-8"), Language::en);
}

} // namespace gacsong::app
