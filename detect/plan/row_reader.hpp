// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/plan/plan.hpp"

#include <toml++/toml.h>

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// Takes typed values out of one table of a plan and remembers the first thing wrong with it. Keys that nobody asked
/// for are wrong too: a misspelt condition must not vanish.
class RowReader {
public:
    explicit RowReader(const toml::table& table);

    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::string required_text(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::optional<double> number(std::string_view key, double lowest, double highest);
    [[nodiscard]] double required_number(std::string_view key, double lowest, double highest);
    [[nodiscard]] std::vector<double> numbers(std::string_view key, double lowest, double highest);
    [[nodiscard]] bool flag(std::string_view key);
    [[nodiscard]] std::optional<Instant> day(std::string_view key);
    /// Tables under `key`, one (a table) or many (an array of tables).
    [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
    /// Index of the word among `words`; `otherwise` where the key is absent.
    [[nodiscard]] std::size_t word(std::string_view key, std::span<const std::string_view> words,
                                   std::size_t otherwise);

    void fail(Message problem);
    /// Checks for keys that were not read; then the first problem, if any.
    [[nodiscard]] std::optional<Message> finish();

private:
    const toml::node* take(std::string_view key);
    void wrong_type(std::string_view key);

    const toml::table& table_;
    std::set<std::string, std::less<>> used_;
    std::optional<Message> problem_;
};

/// Frequencies that a plan may name, hertz.
inline constexpr double plan_highest_hz = 3e12;

/// What all rows have: low_hz, high_hz, reference, verified, valid_from, valid_to, note.
[[nodiscard]] PlanRow take_plan_row(RowReader& reader, const toml::table& table, std::string_view file,
                                    bool with_band = true);
[[nodiscard]] Verified take_verified(RowReader& reader);
[[nodiscard]] Tolerance take_tolerance(RowReader& reader);
[[nodiscard]] std::optional<Raster> take_raster(RowReader& reader);

// One row of each kind; the reader keeps what is wrong.
[[nodiscard]] Band take_band(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] ExemptClass take_exempt(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] ProhibitedDevice take_prohibited(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] ProtectedBand take_protected(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] MobileBlock take_block(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] SwitchedOff take_switched_off(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] MobileNetwork take_network(RowReader& reader, const toml::table& table, std::string_view file);
[[nodiscard]] Border take_border(RowReader& reader, const toml::table& table, std::string_view file);

} // namespace gacsong
