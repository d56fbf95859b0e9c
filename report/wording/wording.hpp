// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"
#include "dsp/result.hpp"
#include "report/wording/language.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// The sentences of one language (plans/wording/*.toml) and the one place where a Message becomes text.
///
/// A key is a dotted path. Where a path is a sentence and a table at once, the sentence stands under `text`; `one` and
/// `other` are picked by the number in `{n}` (or the first whole number of the message). A sentence that lacks the
/// value of a placeholder is taken from `<key>.short` or `<key>_short` if there is one; else the phrase for unknown is
/// filled in.
class Wording {
public:
    explicit Wording(Language language) : language_(language) {}

    /// Reads TOML text and adds its sentences; later ones replace earlier ones. `name` is for the error's sentence.
    /// Errors: wording.broken.
    [[nodiscard]] Status add(std::string_view toml, std::string_view name);

    /// Adds `<part>.<language>.toml`, or `<language>.toml` for an empty part, from the first folder that has it.
    /// Errors: wording.missing, wording.broken.
    [[nodiscard]] Status add_file(std::span<const std::filesystem::path> folders, std::string_view part);

    [[nodiscard]] Language language() const { return language_; }

    /// The sentence of a key as it is written in the file, its placeholders not filled.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const;

    /// The message as text. An unknown key gives the key in brackets: `[no.such.key]`.
    /// Text from outside is made printable. Never fails.
    [[nodiscard]] std::string text(const Message& message) const;

    /// The same for a message without placeholders.
    [[nodiscard]] std::string text(std::string_view key) const { return text(Message{std::string(key)}); }

    /// `term.<key>`, or the key itself where the vocabulary does not have it.
    [[nodiscard]] std::string term(std::string_view key) const;

    /// All keys with their sentences, sorted; for tests and catalogues.
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& sentences() const { return sentences_; }

private:
    [[nodiscard]] const std::string* sentence_for(const Message& message) const;
    [[nodiscard]] std::string filled(std::string_view sentence, const Message& message) const;
    [[nodiscard]] std::string value_text(const Argument& argument) const;
    [[nodiscard]] std::string unknown() const;

    Language language_;
    std::map<std::string, std::string, std::less<>> sentences_;
};

/// Reads the wording of the engine and of this room in a language from the folders of wording_folders().
[[nodiscard]] Result<Wording> load_wording(Language language);

/// Names of the placeholders of a sentence in the order in which they stand. `{{` and `}}` are braces.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view sentence);

} // namespace gacsong
