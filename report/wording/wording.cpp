// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/wording/wording.hpp"

#include "report/text/utf8.hpp"
#include "report/wording/data_paths.hpp"
#include "report/wording/value_text.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace gacsong {
namespace {

/// What a sentence is made of: plain text, or a placeholder's name.
struct Piece {
    std::string text;
    bool placeholder = false;
};

std::vector<Piece> pieces(std::string_view sentence)
{
    std::vector<Piece> out(1);
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        const char c = sentence[at];
        const bool doubled = at + 1 < sentence.size() && sentence[at + 1] == c;
        const std::size_t close = c == '{' && !doubled ? sentence.find('}', at) : std::string_view::npos;
        if (close != std::string_view::npos) {
            out.push_back({std::string(sentence.substr(at + 1, close - at - 1)), true});
            out.emplace_back();
            at = close;
        } else {
            out.back().text += c;
            if (doubled && (c == '{' || c == '}'))
                ++at;
        }
    }
    return out;
}

void flatten(const toml::table& table, const std::string& prefix,
             std::map<std::string, std::string, std::less<>>& sentences)
{
    for (const auto& [key, node] : table) {
        const std::string path = prefix + std::string(key.str());
        if (const toml::table* inner = node.as_table())
            flatten(*inner, path + ".", sentences);
        else if (const auto* sentence = node.as_string())
            sentences[path] = sentence->get();
    }
}

/// `u`, `u1`, `u_center`: placeholders of expanded uncertainties (words.md §2.0).
bool names_uncertainty(std::string_view name)
{
    return name.starts_with('u') && (name.size() == 1 || name[1] == '_' || (name[1] >= '0' && name[1] <= '9'));
}

bool names_day(std::string_view name)
{
    constexpr std::array<std::string_view, 4> days{"date", "until", "valid_from", "valid_to"};
    return std::ranges::find(days, name) != days.end();
}

/// Whole numbers that name something and count nothing are never grouped: channel 1650, cell 30121.
bool names_identity(std::string_view name)
{
    constexpr std::array<std::string_view, 12> identities{"channel", "row",  "cell", "area", "code", "year",
                                                          "pci",     "bsic", "lac",  "tac",  "id",   "port"};
    return std::ranges::find(identities, name) != identities.end();
}

bool ends_sentence(std::string_view text) { return text.ends_with('.') || text.ends_with('!') || text.ends_with('?'); }

const Argument* find_argument(const Message& message, std::string_view name)
{
    const auto found = std::ranges::find(message.arguments, name, &Argument::name);
    return found == message.arguments.end() ? nullptr : &*found;
}

/// The number that decides between `one` and `other`.
std::optional<std::int64_t> counted(const Message& message)
{
    if (const Argument* n = find_argument(message, "n"))
        if (const auto* value = std::get_if<std::int64_t>(&n->value))
            return *value;
    for (const Argument& argument : message.arguments)
        if (const auto* value = std::get_if<std::int64_t>(&argument.value))
            return *value;
    return std::nullopt;
}

Result<std::string> read_text(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in || !out)
        return failure("wording.missing", {{"file", path.string()}}, Fault::output);
    return out.str();
}

} // namespace

std::vector<std::string> placeholders(std::string_view sentence)
{
    std::vector<std::string> names;
    for (Piece& piece : pieces(sentence))
        if (piece.placeholder)
            names.push_back(std::move(piece.text));
    return names;
}

Status Wording::add(std::string_view toml, std::string_view name)
{
    try {
        flatten(toml::parse(toml, name), {}, sentences_);
    } catch (const toml::parse_error& error) {
        return failure("wording.broken",
                       {{"file", std::string(name)},
                        {"row", static_cast<std::int64_t>(error.source().begin.line)},
                        {"why", std::string(error.description())}},
                       Fault::output);
    }
    return {};
}

Status Wording::add_file(std::span<const std::filesystem::path> folders, std::string_view part)
{
    const std::string name =
        part.empty() ? fmt::format("{}.toml", code(language_)) : fmt::format("{}.{}.toml", part, code(language_));
    for (const auto& folder : folders) {
        std::error_code error;
        if (!std::filesystem::exists(folder / name, error))
            continue;
        return read_text(folder / name).and_then([&](const std::string& toml) {
            return add(toml, (folder / name).string());
        });
    }
    return failure("wording.missing", {{"file", name}}, Fault::output);
}

std::optional<std::string_view> Wording::find(std::string_view key) const
{
    for (const std::string_view suffix : {"", ".text", ".other"}) {
        const auto found = sentences_.find(fmt::format("{}{}", key, suffix));
        if (found != sentences_.end())
            return found->second;
    }
    return std::nullopt;
}

const std::string* Wording::sentence_for(const Message& message) const
{
    const auto at = [&](std::string_view suffix) -> const std::string* {
        const auto found = sentences_.find(fmt::format("{}{}", message.key, suffix));
        return found == sentences_.end() ? nullptr : &found->second;
    };
    if (const std::string* plain = at(""))
        return plain;
    if (const std::string* text = at(".text"))
        return text;
    if (counted(message) == 1)
        if (const std::string* one = at(".one"))
            return one;
    return at(".other");
}

std::string Wording::text(const Message& message) const
{
    const std::string* sentence = sentence_for(message);
    if (sentence == nullptr)
        return fmt::format("[{}]", printable(message.key));
    const auto names = placeholders(*sentence);
    const bool whole = std::ranges::all_of(names, [&](const std::string& name) {
        const Argument* argument = find_argument(message, name);
        return argument != nullptr && !value_text(*argument).empty();
    });
    if (!whole) {
        for (const std::string_view suffix : {".short", "_short"}) {
            const auto shorter = sentences_.find(fmt::format("{}{}", message.key, suffix));
            if (shorter != sentences_.end())
                return filled(shorter->second, message);
        }
    }
    return filled(*sentence, message);
}

std::string Wording::filled(std::string_view sentence, const Message& message) const
{
    std::string out;
    for (const Piece& piece : pieces(sentence)) {
        if (!piece.placeholder) {
            // A nested sentence brings its own full stop.
            const bool twice = piece.text.starts_with('.') && ends_sentence(out);
            out += std::string_view(piece.text).substr(twice ? 1 : 0);
            continue;
        }
        const Argument* argument = find_argument(message, piece.text);
        const std::string value = argument == nullptr ? std::string{} : value_text(*argument);
        out += value.empty() ? unknown() : value;
    }
    return out;
}

std::string Wording::value_text(const Argument& argument) const
{
    if (const auto* quantity = std::get_if<Quantity>(&argument.value))
        return names_uncertainty(argument.name) ? uncertainty_text(*quantity, language_)
                                                : quantity_text(*quantity, language_);
    if (const auto* number = std::get_if<std::int64_t>(&argument.value))
        return names_identity(argument.name) ? fmt::format("{}", *number) : number_text(*number, language_);
    if (const auto* moment = std::get_if<Instant>(&argument.value))
        return names_day(argument.name) ? date_text(*moment, language_) : moment_text(*moment, language_);
    if (const auto* word = std::get_if<Term>(&argument.value))
        return word->key.empty() ? std::string{} : text("term." + word->key);
    if (const auto* messages = std::get_if<std::vector<Message>>(&argument.value)) {
        std::string out;
        for (const Message& message : *messages) {
            if (!out.empty())
                out += ends_sentence(out) ? " " : "; ";
            out += text(message);
        }
        return out;
    }
    return printable(std::get<std::string>(argument.value));
}

std::string Wording::unknown() const
{
    if (const auto phrase = find("word.unknown"))
        return std::string(*phrase);
    return language_ == Language::vi ? "chưa rõ" : "unknown";
}

std::string Wording::term(std::string_view key) const
{
    const auto word = find(fmt::format("term.{}", key));
    return word ? std::string(*word) : printable(key);
}

Result<Wording> load_wording(Language language)
{
    Wording wording(language);
    const auto folders = wording_folders();
    for (const std::string_view part : {"", "report", "paint", "cells", "explain_cell", "signatures", "papers",
                                        "inspections", "letters", "sweep", "live", "summary"}) {
        if (const Status read = wording.add_file(folders, part); !read)
            return tl::unexpected(read.error());
    }
    return wording;
}

} // namespace gacsong
