// SPDX-License-Identifier: GPL-3.0-or-later
// Listening: broadcasting and amateur radio only, entered in the log, nothing kept.
#include "report/cases/audit.hpp"
#include "tests/gui/desk.hpp"
#include "tests/report/sample_records.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <cmath>

namespace gacsong::gui {
namespace {

using test::until;

/// A loudspeaker that remembers.
struct Remembered {
    std::vector<std::int16_t> values;
    bool there = true;
    int starts = 0;
};

class MemoryOutput final : public SoundOutput {
public:
    explicit MemoryOutput(Remembered& into) : into_(into) {}
    [[nodiscard]] Status start() override
    {
        if (!into_.there)
            return failure("gui.sound.no_device");
        ++into_.starts;
        return {};
    }
    void stop() override {}
    [[nodiscard]] std::size_t room() const override { return 4'800; }
    void write(std::span<const std::int16_t> values) override
    {
        into_.values.insert(into_.values.end(), values.begin(), values.end());
    }

private:
    Remembered& into_;
};

class Listening : public testing::Test {
protected:
    void open(bool with_store = true)
    {
        WindowStart start = test::demo_start(Language::vi);
        if (with_store)
            start.store = folder.path() / "store.sqlite";
        window = std::make_unique<Window>(std::move(start));
        window->listener().set_output(std::make_unique<MemoryOutput>(heard));
        window->resize(1280, 720);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(test::settled(*window));
    }
    /// Selects an emission of the demo recording and moves the picture to its start.
    void select(const Emission& emission)
    {
        const auto& all = window->session().emissions();
        const auto at = std::ranges::find(all, emission.id, &Emission::id);
        ASSERT_NE(at, all.end());
        Q_EMIT window->picture().picked(static_cast<int>(at - all.begin()));
    }
    Emission pirate() const
    {
        return *std::ranges::find(window->session().emissions(), Verdict::unlicensed, &Emission::verdict);
    }
    void play_from(double at_s)
    {
        const paint::View view = window->picture().view();
        window->picture().set_view({view.low_hz, view.high_hz, at_s - 0.05, at_s});
        window->action(Act::loop).trigger();
        window->action(Act::play).trigger();
    }
    std::size_t entries(const std::string& action) const
    {
        const auto store = Store::open(folder.path() / "store.sqlite", false);
        const auto log = audit_entries((*store)->connection());
        return static_cast<std::size_t>(std::ranges::count(*log, action, &AuditEntry::action));
    }
    QString banner() const
    {
        const auto* found = window->findChild<QWidget*>("sound");
        return found == nullptr ? QString() : found->accessibleName();
    }

    const gacsong::test::TemporaryFolder folder;
    Remembered heard;
    std::unique_ptr<Window> window;
};

TEST_F(Listening, IsOffAndIsLoggedOnceItIsOn)
{
    open();
    select(pirate());
    EXPECT_FALSE(window->action(Act::listen).isChecked());
    EXPECT_EQ(heard.starts, 0);
    window->action(Act::listen).trigger();
    ASSERT_TRUE(window->action(Act::listen).isChecked()) << banner().toStdString();
    play_from(0.06);
    ASSERT_TRUE(until([&] { return heard.values.size() > 2'400; }));
    int loudest = 0;
    for (const std::int16_t value : heard.values)
        loudest = std::max(loudest, std::abs(static_cast<int>(value)));
    EXPECT_GT(loudest, 300);
    window->action(Act::listen).trigger();
    EXPECT_FALSE(window->listener().listening());
    window->archive().finish();
    EXPECT_EQ(entries("listen"), 1U);
    // Nothing but the store is written.
    for (const auto& file : std::filesystem::directory_iterator(folder.path()))
        EXPECT_TRUE(file.path().filename().string().starts_with("store.sqlite")) << file.path();
}

TEST_F(Listening, IsRefusedForEverythingElse)
{
    open();
    Emission other = pirate();
    EXPECT_TRUE(sound_of(other));
    const auto refused = [&](const char* key) {
        const auto kind = sound_of(other);
        ASSERT_FALSE(kind);
        EXPECT_EQ(kind.error().message.key, key);
    };
    other.service = "land mobile";
    refused("gui.sound.not_public");
    other.service = "broadcasting television";
    refused("gui.sound.not_public");
    other.service = "amateur";
    EXPECT_TRUE(sound_of(other));
    other.modulation.name = "FSK4";
    refused("gui.sound.not_sound");
    other.verdict = Verdict::protected_band;
    refused("gui.sound.not_public");
    other = pirate();
    other.center_hz.reset();
    refused("gui.sound.not_public");

    // In the window it is a sentence.
    other = pirate();
    other.id = "e77";
    other.service = "land mobile";
    ASSERT_TRUE(window->session().tap()->emission(other));
    ASSERT_TRUE(until([&] { return window->session().emissions().size() == 6; }));
    select(other);
    window->action(Act::listen).trigger();
    EXPECT_FALSE(window->action(Act::listen).isChecked());
    EXPECT_TRUE(banner().contains("phát thanh")) << banner().toStdString();
    EXPECT_EQ(heard.starts, 0);
    window->archive().finish();
    EXPECT_EQ(entries("listen"), 0U);
    // Its level may sound: that is no content.
    window->action(Act::homing_tone).trigger();
    EXPECT_TRUE(window->action(Act::homing_tone).isChecked());
    play_from(0.1);
    ASSERT_TRUE(until([&] { return heard.values.size() > 9'600; }));
    EXPECT_GT(*std::ranges::max_element(heard.values), 10'000);
}

TEST_F(Listening, NeedsALogAndALoudspeaker)
{
    open(false);
    select(pirate());
    window->action(Act::listen).trigger();
    EXPECT_FALSE(window->action(Act::listen).isChecked());
    EXPECT_TRUE(banner().contains("--store")) << banner().toStdString();
    heard.there = false;
    window->action(Act::homing_tone).trigger();
    EXPECT_FALSE(window->action(Act::homing_tone).isChecked());
    EXPECT_TRUE(banner().contains("loa")) << banner().toStdString();
}

TEST(ComputerOutput, IsASentenceWhereThereIsNone)
{
    // A machine of tests may have one or not: what holds is that asking ends well.
    const auto output = make_sound_output();
    const Status started = output->start();
    if (!started) {
        EXPECT_EQ(started.error().message.key, "gui.sound.no_device");
    }
    output->stop();
    EXPECT_EQ(output->room(), 0U);
}

} // namespace
} // namespace gacsong::gui
