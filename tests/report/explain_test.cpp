// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/explain/explain.hpp"
#include "report/text/utf8.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gacsong {
namespace {

std::string told(const Emission& emission, Language language)
{
    StoredRun run;
    run.number = 12;
    run.run = test::sample_run();
    std::string text;
    for (const Section& section : explain(emission, test::sample_findings(), run, test::words(language))) {
        text += section.title + "\n";
        for (const std::string& sentence : section.sentences)
            text += "  " + sentence + "\n";
    }
    return text;
}

} // namespace

TEST(Explain, TellsEverythingInFullSentences)
{
    test::expect_golden(told(test::licensed_emission(), Language::vi), "explain_vi_licensed.txt");
    test::expect_golden(told(test::unlicensed_emission(), Language::en), "explain_en_unlicensed.txt");
    test::expect_golden(told(test::protected_emission(), Language::vi), "explain_vi_protected.txt");
    test::expect_golden(told(test::offset_emission(), Language::en), "explain_en_offset.txt");
}

TEST(Explain, HasOneSentenceForALabel)
{
    EXPECT_EQ(emission_sentence(test::unlicensed_emission(), test::words(Language::vi)),
              "Không thấy giấy phép. Phát thanh FM tại 98,7003\u00A0MHz, băng thông 182,4\u00A0kHz, mức thu "
              "−18,0\u00A0dBFS, 12,5\u00A0giây từ 10:15:00 ngày 02/11/2026 (UTC+7), chất lượng tốt.");
}

} // namespace gacsong
