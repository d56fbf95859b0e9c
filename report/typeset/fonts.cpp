// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/fonts.hpp"

#include "report/picture/sheet.hpp"
#include "report/typeset/sfnt_name.hpp"

#include <fmt/format.h>

#include <QFontDatabase>
#include <QRawFont>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gacsong::typeset {
namespace {

namespace fs = std::filesystem;

struct FontFile {
    const char* family;
    const char* style;
    const char* name;
};

constexpr std::array<FontFile, 9> files{{{serif_family, "Regular", "LiberationSerif-Regular.ttf"},
                                         {serif_family, "Bold", "LiberationSerif-Bold.ttf"},
                                         {serif_family, "Italic", "LiberationSerif-Italic.ttf"},
                                         {serif_family, "Bold Italic", "LiberationSerif-BoldItalic.ttf"},
                                         {sans_family, "Regular", "LiberationSans-Regular.ttf"},
                                         {sans_family, "Bold", "LiberationSans-Bold.ttf"},
                                         {sans_family, "Italic", "LiberationSans-Italic.ttf"},
                                         {mono_family, "Regular", "LiberationMono-Regular.ttf"},
                                         {mono_family, "Bold", "LiberationMono-Bold.ttf"}}};

/// Debian 12 and Debian 13; the series 1.x stands in the second and lacks most Vietnamese letters, so it is looked at
/// last and refused by the check.
constexpr std::array<const char*, 2> folders{"/usr/share/fonts/truetype/liberation2",
                                             "/usr/share/fonts/truetype/liberation"};

const QString& vietnamese()
{
    static const QString letters =
        QStringLiteral("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
                       "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ±−×≤≥°…“”–·");
    return letters;
}

std::string bytes_of(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return in ? out.str() : std::string{};
}

const char* family(Face face)
{
    return face == Face::serif ? serif_family : face == Face::sans ? sans_family : mono_family;
}

/// Loads one face from the first folder whose file has all letters.
bool load(const FontFile& file)
{
    for (const char* folder : folders) {
        const std::string bytes = bytes_of(fs::path(folder) / file.name);
        const auto renamed = with_family(std::as_bytes(std::span(bytes)), file.family, file.style);
        if (!renamed)
            continue;
        const QByteArray data(renamed->data(), static_cast<qsizetype>(renamed->size()));
        const QRawFont raw(data, 13.0);
        bool whole = raw.isValid();
        for (const QChar c : vietnamese())
            whole = whole && raw.supportsCharacter(c);
        if (whole && QFontDatabase::addApplicationFontFromData(data) >= 0)
            return true;
    }
    return false;
}

} // namespace

Status load_fonts()
{
    picture::prepare_painting();
    static const char* const missing = []() -> const char* {
        for (const FontFile& file : files) {
            if (!load(file))
                return file.name;
        }
        return nullptr;
    }();
    if (missing != nullptr)
        return failure("report.no_font", {{"font", std::string(missing)}}, Fault::output);
    return {};
}

QFont font(Face face, double points, bool bold, bool italic)
{
    QFont made(QString::fromLatin1(family(face)));
    made.setPointSizeF(points);
    made.setBold(bold);
    made.setItalic(italic);
    made.setHintingPreference(QFont::PreferNoHinting);
    made.setStyleStrategy(QFont::NoFontMerging);
    return made;
}

Status check_glyphs(const QString& text, Face face)
{
    const QRawFont raw = QRawFont::fromFont(font(face, 13.0));
    for (const char32_t c : text.toUcs4()) {
        if (c >= 0x20 && c != 0x2028 && !raw.supportsCharacter(c))
            return failure("report.no_glyph",
                           {{"character", fmt::format("U+{:04X}", static_cast<unsigned>(c))},
                            {"text", text.left(60).toStdString()}},
                           Fault::output);
    }
    return {};
}

} // namespace gacsong::typeset
