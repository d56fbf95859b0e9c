// SPDX-License-Identifier: GPL-3.0-or-later
// The two wordings say the same things, and say nothing they must not.
#include "detect/rules/all_rules.hpp"
#include "tests/detect/rules/builders.hpp"
#include "tests/detect/rules/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace gacsong::test {

namespace {

std::set<std::string> sentence_keys(std::string_view language)
{
    std::set<std::string> keys;
    for (const auto& [key, text] : words(language)) {
        keys.insert(without_form(key));
    }
    return keys;
}

/// Lower case of ASCII and of the capital letters that the forbidden words could begin with.
std::string folded(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
    const std::string_view big_d = "Đ";
    for (auto at = text.find(big_d); at != std::string::npos; at = text.find(big_d, at)) {
        text.replace(at, big_d.size(), "đ");
    }
    return text;
}

} // namespace

TEST(Wording, HasTheSameKeysInBothLanguages)
{
    EXPECT_EQ(sentence_keys("vi"), sentence_keys("en"));
    EXPECT_GT(sentence_keys("en").size(), 500U);
}

TEST(Wording, HasTheSamePlaceholdersInBothLanguages)
{
    std::map<std::string, std::set<std::string>> vi;
    for (const auto& [key, text] : words("vi")) {
        vi[without_form(key)] = placeholders(text);
    }
    for (const auto& [key, text] : words("en")) {
        EXPECT_EQ(vi[without_form(key)], placeholders(text)) << key;
    }
}

TEST(Wording, HasOneAndManyInEnglishAndOneFormInVietnamese)
{
    for (const auto& [key, text] : words("en")) {
        if (key.ends_with(".one")) {
            EXPECT_EQ(words("en").count(without_form(key) + ".other"), 1U) << key;
            EXPECT_EQ(words("vi").count(without_form(key) + ".other"), 1U) << key;
        }
    }
    for (const auto& [key, text] : words("vi")) {
        EXPECT_FALSE(key.ends_with(".one")) << key;
    }
}

TEST(Wording, LeavesNothingEmpty)
{
    for (const char* language : {"vi", "en"}) {
        for (const auto& [key, text] : words(language)) {
            EXPECT_FALSE(text.empty()) << language << ' ' << key;
            EXPECT_EQ(text.find("  "), std::string::npos) << language << ' ' << key;
        }
    }
}

TEST(Wording, NeverSaysWhoIsGuilty)
{
    for (const auto& [key, text] : words("vi")) {
        for (const char* word : {"vi phạm", "trái phép", "đối tượng", "tội phạm", "thủ phạm"}) {
            EXPECT_EQ(folded(text).find(word), std::string::npos) << key << ": " << text;
        }
    }
    for (const auto& [key, text] : words("en")) {
        for (const char* word : {"illegal", "offender", "suspect ", "criminal", "guilty", "culprit"}) {
            EXPECT_EQ(folded(text).find(word), std::string::npos) << key << ": " << text;
        }
    }
}

TEST(Wording, RaisesNoAlarmByTypography)
{
    for (const char* language : {"vi", "en"}) {
        for (const auto& [key, text] : words(language)) {
            EXPECT_EQ(text.find('!'), std::string::npos) << language << ' ' << key;
        }
    }
}

TEST(Wording, KeepsTheWidthsOfShortCells)
{
    const auto letters = [](const std::string& text) {
        return std::count_if(text.begin(), text.end(),
                             [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    };
    for (const char* language : {"vi", "en"}) {
        for (const auto& [key, text] : words(language)) {
            if (key.starts_with("verdict.") && key.ends_with(".short")) {
                EXPECT_LE(letters(text), 22) << language << ' ' << key;
            }
        }
    }
}

TEST(Wording, NamesEveryRule)
{
    std::set<std::string_view> ids;
    for (const RuleInfo& rule : all_rules()) {
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id << " is listed twice";
        EXPECT_GE(rule.version, 1);
        EXPECT_FALSE(rule.needs.empty());
        const std::string id(rule.id);
        EXPECT_EQ(rule.name_key, "rule." + id + ".name");
        for (const char* language : {"vi", "en"}) {
            for (const char* part : {".text", ".name", ".summary"}) {
                EXPECT_EQ(words(language).count("rule." + id + part), 1U) << language << ' ' << id << part;
            }
            for (const auto need : rule.needs) {
                EXPECT_EQ(words(language).count("term." + std::string(need)), 1U) << need;
            }
        }
    }
    EXPECT_EQ(ids.size(), 7U);
}

TEST(Wording, KnowsEveryTermOfThePlan)
{
    std::set<std::string> terms;
    const Plan& plan = viet_nam();
    for (const auto& band : plan.bands) {
        terms.insert(band.service);
    }
    for (const auto& exempt : plan.exempt) {
        terms.insert(exempt.device);
        terms.insert(exempt.service);
        terms.insert(exempt.not_measured.begin(), exempt.not_measured.end());
        terms.insert(exempt.systems.begin(), exempt.systems.end());
        terms.insert(exempt.not_systems.begin(), exempt.not_systems.end());
    }
    for (const auto& device : plan.prohibited) {
        terms.insert(device.device);
        terms.insert(device.systems.begin(), device.systems.end());
        terms.insert(device.modulations.begin(), device.modulations.end());
        terms.insert(device.except.begin(), device.except.end());
    }
    for (const auto& band : plan.protected_bands) {
        terms.insert(band.service);
    }
    for (const auto& term : terms) {
        EXPECT_EQ(words("vi").count("term." + term), 1U) << term;
        EXPECT_EQ(words("en").count("term." + term), 1U) << term;
    }
}

} // namespace gacsong::test
