// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader gets, and that both languages say everything.
#include "report/wording/data_paths.hpp"
#include "tests/gui/desk.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>

namespace gacsong::gui {
namespace {

using test::settled;

class Reader : public testing::TestWithParam<Language> {
protected:
    void SetUp() override
    {
        window = std::make_unique<Window>(test::demo_start(GetParam()));
        window->resize(1920, 1080);
        window->show();
        window->open(test::demo_recording(), {});
        ASSERT_TRUE(settled(*window));
    }
    std::unique_ptr<Window> window;
};

TEST_P(Reader, GetsANameForEveryControl)
{
    int controls = 0;
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        const bool control =
            qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QLineEdit*>(widget) != nullptr ||
            qobject_cast<QComboBox*>(widget) != nullptr || qobject_cast<QAbstractItemView*>(widget) != nullptr;
        // Qt makes some of its own: buttons in corners and in line edits.
        const QString name = widget->objectName();
        if (!control || name.startsWith("qt_") || qobject_cast<QHeaderView*>(widget) != nullptr ||
            qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr ||
            qobject_cast<QAbstractItemView*>(widget->parentWidget()) != nullptr)
            continue;
        ++controls;
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(access, nullptr);
        EXPECT_FALSE(access->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << ' ' << name.toStdString();
    }
    EXPECT_GT(controls, 25);
}

TEST_P(Reader, GetsThePictureAsATableOfEmissions)
{
    QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&window->picture());
    ASSERT_NE(picture, nullptr);
    EXPECT_EQ(picture->role(), QAccessible::Table);
    ASSERT_EQ(picture->childCount(), 5);
    EXPECT_TRUE(picture->text(QAccessible::Name).contains("5"));
    for (int i = 0; i < 5; ++i) {
        QAccessibleInterface* child = picture->child(i);
        ASSERT_NE(child, nullptr);
        EXPECT_EQ(picture->indexOfChild(child), i);
        const QString sentence = child->text(QAccessible::Name);
        EXPECT_TRUE(sentence.contains(GetParam() == Language::vi ? "mê-ga-héc" : "megahertz"))
            << sentence.toStdString();
    }
    EXPECT_EQ(picture->child(5), nullptr);
}

TEST_P(Reader, SeesNoKeyWithoutWords)
{
    for (QWidget* widget : window->findChildren<QWidget*>()) {
        for (const QString& text : {widget->accessibleName(), widget->toolTip(), widget->property("text").toString()})
            EXPECT_FALSE(text.startsWith('[')) << text.toStdString();
    }
    for (const ActionSpec& spec : action_specs())
        EXPECT_FALSE(window->action(spec.act).text().startsWith('[')) << spec.key;
    for (const EmissionColumn& column : emission_columns())
        EXPECT_TRUE(window->words().wording().find(fmt::format("gui.column.{}", column.key))) << column.key;
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, Reader, testing::Values(Language::vi, Language::en));

TEST(WindowWords, AreTheSameKeysWithTheSamePlaceholders)
{
    Wording en(Language::en);
    Wording vi(Language::vi);
    const auto folders = wording_folders();
    ASSERT_TRUE(en.add_file(folders, "gui"));
    ASSERT_TRUE(vi.add_file(folders, "gui"));
    ASSERT_GT(en.sentences().size(), 200U);
    for (const auto& [key, sentence] : en.sentences()) {
        const auto other = vi.sentences().find(key);
        ASSERT_NE(other, vi.sentences().end()) << key;
        auto a = placeholders(sentence);
        auto b = placeholders(other->second);
        std::ranges::sort(a);
        std::ranges::sort(b);
        EXPECT_EQ(a, b) << key;
        EXPECT_FALSE(sentence.empty());
        EXPECT_FALSE(other->second.empty()) << key;
    }
    EXPECT_EQ(en.sentences().size(), vi.sentences().size());
}

TEST(Icons, AreAllDrawn)
{
    const auto& theme = paint::theme(paint::ThemeKind::dark);
    for (const ActionSpec& spec : action_specs()) {
        if (*spec.icon != '\0') {
            EXPECT_FALSE(icon(spec.icon, theme).isNull()) << spec.icon;
        }
    }
    for (const QString& name : icon_names()) {
        const QImage image = icon(name, theme).pixmap(24, 24).toImage();
        int drawn = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                drawn += qAlpha(image.pixel(x, y)) > 100 ? 1 : 0;
        EXPECT_GT(drawn, 4) << name.toStdString();
    }
}

} // namespace
} // namespace gacsong::gui
