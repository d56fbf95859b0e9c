// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/wording/wording.hpp"

#include <QString>

namespace gacsong::gui {

/// The sentences of the window in one language, as Qt wants them.
class Words {
public:
    explicit Words(Wording wording) : wording_(std::move(wording)) {}

    [[nodiscard]] const Wording& wording() const { return wording_; }
    [[nodiscard]] Language language() const { return wording_.language(); }
    [[nodiscard]] QString operator()(std::string_view key) const { return QString::fromStdString(wording_.text(key)); }
    [[nodiscard]] QString operator()(const Message& message) const
    {
        return QString::fromStdString(wording_.text(message));
    }
    /// The sentence with units and signs as they are spoken, for a screen reader.
    [[nodiscard]] QString spoken(const QString& sentence) const;

private:
    Wording wording_;
};

/// The engine's words and those of the window. Errors: wording.missing, wording.broken.
[[nodiscard]] Result<Words> load_words(Language language);

} // namespace gacsong::gui
