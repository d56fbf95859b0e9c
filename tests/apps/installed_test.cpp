// SPDX-License-Identifier: GPL-3.0-or-later
// What is installed beside the program says what its help says.
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/option_table.hpp"
#include "apps/installed/completion.hpp"
#include "apps/installed/man_page.hpp"
#include "apps/installed/udev_rules.hpp"
#include "report/wording/data_paths.hpp"
#include "sdr/receivers/usb.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong::app {
namespace {

using ::testing::HasSubstr;

Wording words_of(Language language)
{
    auto words = load_wording(language);
    EXPECT_TRUE(words.has_value());
    EXPECT_TRUE(words->add_file(wording_folders(), "man").has_value());
    return std::move(*words);
}

TEST(Roff, MakesTextHarmless)
{
    EXPECT_EQ(roff("plain"), "plain");
    EXPECT_EQ(roff(".TH is no macro\n'nor this"), "\\&.TH is no macro\n\\&\\(aqnor this");
    EXPECT_EQ(roff("a\\b"), "a\\eb");
    EXPECT_EQ(roff("--no-store"), "\\-\\-no\\-store");
    EXPECT_EQ(roff("5 GHz. ~ Tần số"), "5 GHz. \\(ti Tần số");
}

TEST(ManPages, HaveEveryOptionOfTheirCommandAndNoOther)
{
    for (const Language language : {Language::en, Language::vi}) {
        const Wording words = words_of(language);
        for (const Command& command : all_commands()) {
            const std::string page = man_page(command.name, words, "2026-11-26");
            for (const OptionSpec& option : option_table()) {
                const std::string term =
                    fmt::format("\n\\fB{}\\fR", roff(option.names.substr(0, option.names.find(','))));
                const std::string text = roff(words.text(fmt::format("option.{}", option.key)));
                if (takes(command.name, option)) {
                    EXPECT_THAT(page, HasSubstr(text)) << command.name;
                } else if (option.names.starts_with("--")) { // -f is --center or --span
                    EXPECT_EQ(page.find(term), std::string::npos) << command.name << ' ' << option.names;
                }
            }
            EXPECT_EQ(page.find("[man."), std::string::npos) << "a sentence is missing";
        }
    }
}

TEST(ManPages, OfTheProgramNamesEveryCommand)
{
    const std::string page = man_page({}, words_of(Language::vi), "2026-11-26");
    for (const Command& command : all_commands())
        EXPECT_THAT(page, HasSubstr(fmt::format("\n\\fB{}\\fR", command.name)));
    EXPECT_THAT(page, HasSubstr(".TH gacsong 1 2026\\-11\\-26"));
}

TEST(Completion, KnowsEveryCommandAndOption)
{
    const std::string bash = bash_completion();
    const std::string zsh = zsh_completion(words_of(Language::en));
    for (const Command& command : all_commands()) {
        EXPECT_THAT(bash, HasSubstr(fmt::format("\n    {})\n", command.name)));
        EXPECT_THAT(zsh, HasSubstr(fmt::format("\n{})\n", command.name)));
    }
    for (const OptionSpec& option : option_table()) {
        const std::string name(option.names.substr(option.names.find("--")));
        EXPECT_THAT(bash, HasSubstr(name));
        EXPECT_THAT(zsh, HasSubstr(name + "["));
    }
    EXPECT_THAT(bash, HasSubstr("--lang) taken=1 values='vi en' ;;"));
    EXPECT_THAT(bash, HasSubstr("--clips) taken=1 values='FOLDERS' ;;"));
}

TEST(UdevRules, NameEveryReceiver)
{
    const std::string rules = udev_rules();
    for (const sdr::ReceiverKind& kind : sdr::receiver_kinds())
        EXPECT_THAT(rules, HasSubstr(fmt::format("ATTRS{{idVendor}}==\"{:04x}\"", kind.vendor)));
    EXPECT_EQ(rules.find("0000"), std::string::npos) << "any product of a vendor has no product in its rule";
}

} // namespace
} // namespace gacsong::app
