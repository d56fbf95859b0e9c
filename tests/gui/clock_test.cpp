// SPDX-License-Identifier: GPL-3.0-or-later
// The clock error of a receiver: stated in its dialog, or as it was measured.
#include "detect/line/line.hpp"
#include "gui/session/input_text.hpp"
#include "tests/gui/desk.hpp"
#include "tests/gui/replayed.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>

namespace gacsong::gui {
namespace {

using test::replayed;
using test::until;

TEST(Calibration, OfAReceiverIsUsedAndSaid)
{
    qputenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES);
    WindowStart start = test::demo_start(Language::en);
    start.calibration = [](const sdr::ReceiverFacts& facts, Instant, LineSettings& settings) -> std::optional<Message> {
        if (settings.clock_known || facts.driver != "replay")
            return std::nullopt;
        settings.clock_known = true;
        settings.clock_correction_ppm = 40.0;
        return Message("cal.expired", {{"age", Quantity{7200.0, Unit::seconds}}, {"ppm", Quantity{5.0, Unit::none}}});
    };
    Window window(std::move(start));
    window.show();
    window.listen(replayed());
    const auto found = [&] {
        return std::ranges::any_of(window.session().emissions(), [](const Emission& e) {
            return e.center_hz && std::abs(*e.center_hz - 97.7e6 * (1.0 - 40e-6)) < 1e3 && e.bandwidth_hz > 50e3;
        });
    };
    EXPECT_TRUE(until(found));
    EXPECT_EQ(std::ranges::count(window.session().warnings(), "cal.expired", &Message::key), 1);
    // What is stated beats what was measured.
    ReceiverChoice stated = replayed();
    stated.ppm = 0.0;
    window.listen(stated);
    EXPECT_TRUE(until([&] {
        return std::ranges::any_of(window.session().emissions(), [](const Emission& e) {
            return e.center_hz && std::abs(*e.center_hz - 97.7e6) < 1e3 && e.bandwidth_hz > 50e3;
        });
    }));
    EXPECT_EQ(std::ranges::count(window.session().warnings(), "cal.expired", &Message::key), 0);
}

TEST(ReceiverDialog, TakesTheClockErrorAndSaysWhatWasMeasured)
{
    const auto words = load_words(Language::vi);
    ASSERT_TRUE(words);
    ReceiverChoice last = replayed();
    last.settings.center_hz = 98.05e6;
    last.settings.rate_hz = 2.048e6;
    last.ppm = -2.5;
    const auto describe = [](const std::string& driver, const std::string&) {
        return driver == "replay" ? std::optional(Message("cal.done", {{"date", Instant{}},
                                                                       {"reference", "98 MHz"},
                                                                       {"ppm", Quantity{1.25, Unit::none, 0.01}},
                                                                       {"u", Quantity{0.2, Unit::none, 0.01}}}))
                                  : std::nullopt;
    };
    QStringList seen;
    QTimer::singleShot(0, [&] {
        auto* dialog = QApplication::activeModalWidget();
        ASSERT_NE(dialog, nullptr);
        auto* ppm = dialog->findChild<QLineEdit*>("ppm");
        auto* yes = dialog->findChild<QDialogButtonBox*>()->buttons().front();
        seen << ppm->text() << dialog->findChild<QLabel*>("measured_ppm")->text();
        for (const char* typed : {"nhiều", "1001", "\u22121,75"}) {
            ppm->setText(typed);
            yes->click();
            for (const auto* label : dialog->findChildren<QLabel*>())
                if (label->isVisible() && label->text() == (*words)("gui.receiver.bad_ppm"))
                    seen << typed;
        }
    });
    const auto choice = ask_receiver(nullptr, *words, last, describe);
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->ppm, -1.75);
    ASSERT_EQ(seen.size(), 4);
    EXPECT_EQ(seen[0], QString::fromUtf8("\u22122,5"));
    EXPECT_TRUE(seen[1].contains("1,25 ppm")) << seen[1].toStdString();
    EXPECT_EQ(seen[2], QString("nhiều"));
    EXPECT_EQ(seen[3], QString("1001"));
}

} // namespace
} // namespace gacsong::gui
