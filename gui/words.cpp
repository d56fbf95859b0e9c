// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/words.hpp"

#include "report/wording/data_paths.hpp"

#include <array>

namespace gacsong::gui {

QString Words::spoken(const QString& sentence) const
{
    // Longer units first: MHz ends in Hz.
    struct Unit {
        const char* written;
        const char* key;
    };
    constexpr std::array units{Unit{"dBFS", "spoken.dbfs"}, Unit{"dBm", "spoken.dbm"}, Unit{"dB", "spoken.db"},
                               Unit{"GHz", "spoken.ghz"},   Unit{"MHz", "spoken.mhz"}, Unit{"kHz", "spoken.khz"},
                               Unit{"Hz", "spoken.hz"}};
    QString out = sentence;
    for (const Unit& unit : units)
        out.replace(QString::fromUtf8("\u00A0") + unit.written, " " + (*this)(unit.key));
    out.replace(QString::fromUtf8("\u2212"), (*this)("spoken.minus") + " ");
    out.replace(QString::fromUtf8("\u00A0"), " ");
    return out;
}

Result<Words> load_words(Language language)
{
    auto wording = load_wording(language);
    if (!wording)
        return tl::unexpected(wording.error());
    if (const Status added = wording->add_file(wording_folders(), "gui"); !added)
        return tl::unexpected(added.error());
    return Words(std::move(*wording));
}

} // namespace gacsong::gui
