// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/data_paths.hpp"
#include "report/wording/wording.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace gacsong {

using test::words;
using ::testing::HasSubstr;

class SmallWording : public ::testing::Test {
protected:
    static Wording from(Language language, std::string_view toml)
    {
        Wording wording(language);
        EXPECT_TRUE(wording.add(toml, "test.toml"));
        return wording;
    }

    const Wording en = from(Language::en, R"(
[gap.overflow]
one = "{n} sample lost at {at}."
other = "{n} samples lost at {at}."
[rule]
left_out = "Rule {rule} left out: {why}."
[rule.protected-band]
text = "In {low}–{high}."
name = "Protected band"
[why]
gap = "data were lost"
poor = "the signal is weak"
full = "It is full."
[near]
line = "Near {licence}, {distance} away."
line_short = "Near {licence}."
[cell]
line = "Cell {cell} of {n} on channel {channel}."
[u]
line = "{center} ± {u_center}, until {until}, seen {start}"
[brace]
line = "{{literal}} {x}"
[term]
"land mobile" = "Land mobile"
)");
};

TEST_F(SmallWording, FillsTypedValues)
{
    const Message message("u.line", {{"center", Quantity{98'700'312, Unit::frequency, 500}},
                                     {"u_center", Quantity{480.2, Unit::frequency}},
                                     {"until", test::morning},
                                     {"start", test::morning}});
    EXPECT_EQ(en.text(message),
              "98.7003\u00A0MHz ± 0.49\u00A0kHz, until 2 November 2026, seen 10:15:00 on 2 November 2026 (UTC+7)");
}

TEST_F(SmallWording, ChoosesOneAndOther)
{
    const auto gap = [](std::int64_t n) {
        return Message("gap.overflow", {{"at", Quantity{3.2, Unit::at}}, {"n", n}});
    };
    EXPECT_EQ(en.text(gap(1)), "1 sample lost at 3.2\u00A0s.");
    EXPECT_EQ(en.text(gap(65'536)), "65,536 samples lost at 3.2\u00A0s.");
    EXPECT_EQ(en.text(gap(0)), "0 samples lost at 3.2\u00A0s.");
    const Wording vi = from(Language::vi, "[gap.overflow]\nother = \"Mất {n} mẫu.\"");
    EXPECT_EQ(vi.text(gap(1)), "Mất 1 mẫu.");
}

TEST_F(SmallWording, SentenceBesideATableStandsUnderText)
{
    EXPECT_EQ(en.text(Message("rule.protected-band",
                              {{"low", Quantity{108e6, Unit::frequency}}, {"high", Quantity{137e6, Unit::frequency}}})),
              "In 108\u00A0MHz–137\u00A0MHz.");
    EXPECT_EQ(en.text("rule.protected-band.name"), "Protected band");
}

TEST_F(SmallWording, WritesNestedMessagesAndTerms)
{
    const auto left_out = [](std::vector<Message> why) {
        return Message("rule.left_out", {{"rule", Term{"land mobile"}}, {"why", std::move(why)}});
    };
    EXPECT_EQ(en.text(left_out({Message("why.gap"), Message("why.poor")})),
              "Rule Land mobile left out: data were lost; the signal is weak.");
    EXPECT_EQ(en.text(left_out({Message("why.full"), Message("why.full")})),
              "Rule Land mobile left out: It is full. It is full.");
}

TEST_F(SmallWording, SaysUnknownForWhatIsMissing)
{
    EXPECT_EQ(en.text(Message("near.line", {{"licence", ""}, {"distance", Quantity{2, Unit::kilometres}}})),
              "Near unknown.");
    EXPECT_EQ(en.text(Message("rule.left_out")), "Rule unknown left out: unknown.");
    EXPECT_EQ(from(Language::vi, "a = \"Tại {at}\"").text("a"), "Tại chưa rõ");
}

TEST_F(SmallWording, TakesTheShortSentenceWhereAValueIsMissing)
{
    EXPECT_EQ(en.text(Message("near.line", {{"licence", "AG-1"}})), "Near AG-1.");
    EXPECT_EQ(en.text(Message("near.line", {{"licence", "AG-1"}, {"distance", Quantity{2, Unit::kilometres}}})),
              "Near AG-1, 2\u00A0km away.");
}

TEST_F(SmallWording, DoesNotGroupWhatNamesSomething)
{
    EXPECT_EQ(
        en.text(Message("cell.line",
                        {{"cell", std::int64_t{30121}}, {"n", std::int64_t{30121}}, {"channel", std::int64_t{1650}}})),
        "Cell 30121 of 30,121 on channel 1650.");
}

TEST_F(SmallWording, NeverFailsOnAKeyOrAText)
{
    EXPECT_EQ(en.text("no.such.key"), "[no.such.key]");
    EXPECT_EQ(en.text(Message("brace.line", {{"x", "{y}\x1b[2J"}})), "{literal} {y}\uFFFD[2J");
    EXPECT_EQ(en.term("land mobile"), "Land mobile");
    EXPECT_EQ(en.term("never heard of"), "never heard of");
    EXPECT_EQ(placeholders("{a} {{b}} {c"), (std::vector<std::string>{"a"}));
}

TEST_F(SmallWording, SaysWhichLineOfItsFileIsBroken)
{
    Wording wording(Language::en);
    const Status read = wording.add("a = 1\nb = \"open", "x.toml");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message.key, "wording.broken");
    EXPECT_THAT(words(Language::en).text(read.error().message), HasSubstr("x.toml cannot be read at line 2"));
}

TEST(WordingFiles, TheUsersFolderComesFirst)
{
    const test::TemporaryFolder home;
    const auto folder = home.path() / "gacsong/plans/wording";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "report.en.toml") << "[table]\nfindings = \"Mine\"\n";
    ASSERT_EQ(setenv("XDG_DATA_HOME", home.path().c_str(), 1), 0);
    const auto loaded = load_wording(Language::en);
    unsetenv("XDG_DATA_HOME");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->text("table.findings"), "Mine");
    EXPECT_EQ(loaded->text("severity.danger"), "danger");
}

TEST(WordingFiles, BothLanguagesSayTheSame)
{
    // A counted sentence has `one` and `other` in English, `other` or a plain sentence in Vietnamese.
    const auto key_of = [](std::string key) {
        for (const char* suffix : {".one", ".other"})
            if (key.ends_with(suffix))
                key.resize(key.size() - std::string_view(suffix).size());
        return key;
    };
    const auto sentences = [&](Language language) {
        std::map<std::string, std::set<std::string>> out;
        for (const auto& [key, sentence] : words(language).sentences())
            for (const std::string& name : placeholders(sentence))
                out[key_of(key)].insert(name);
        for (const auto& entry : words(language).sentences())
            out.try_emplace(key_of(entry.first));
        return out;
    };
    const auto vi = sentences(Language::vi);
    const auto en = sentences(Language::en);
    for (const auto& [key, names] : en) {
        ASSERT_TRUE(vi.contains(key)) << key << " is missing in Vietnamese";
        EXPECT_EQ(vi.at(key), names) << key;
    }
    for (const auto& entry : vi)
        EXPECT_TRUE(en.contains(entry.first)) << entry.first << " is missing in English";
}

TEST(WordingFiles, NeverSayWhoIsGuilty)
{
    // words.md, rules of tone 1 and 5.
    for (const auto& [key, sentence] : words(Language::vi).sentences())
        for (const char* word : {"trái phép", "tội phạm", "thủ phạm", "vi phạm"})
            EXPECT_EQ(sentence.find(word), std::string::npos) << key << ": " << sentence;
}

} // namespace gacsong
