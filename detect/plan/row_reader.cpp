// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/row_reader.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong {

RowReader::RowReader(const toml::table& table) : table_(table) {}

const toml::node* RowReader::take(std::string_view key)
{
    used_.insert(std::string(key));
    return table_.get(key);
}

void RowReader::fail(Message problem)
{
    if (!problem_) {
        problem_ = std::move(problem);
    }
}

void RowReader::wrong_type(std::string_view key) { fail(Message("why.type", {{"column", std::string(key)}})); }

std::string RowReader::text(std::string_view key)
{
    const auto* node = take(key);
    if (node == nullptr) {
        return {};
    }
    const auto value = node->value_exact<std::string>();
    if (!value) {
        wrong_type(key);
    }
    return value.value_or(std::string());
}

std::string RowReader::required_text(std::string_view key)
{
    std::string value = text(key);
    if (value.empty()) {
        fail(Message("why.no_key", {{"column", std::string(key)}}));
    }
    return value;
}

std::vector<std::string> RowReader::texts(std::string_view key)
{
    std::vector<std::string> values;
    const auto* node = take(key);
    if (node == nullptr) {
        return values;
    }
    if (!node->is_array()) {
        wrong_type(key);
        return values;
    }
    for (const auto& element : *node->as_array()) {
        const auto value = element.value_exact<std::string>();
        if (!value) {
            wrong_type(key);
            return values;
        }
        values.push_back(*value);
    }
    return values;
}

std::optional<double> RowReader::number(std::string_view key, double lowest, double highest)
{
    const auto* node = take(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value) {
        wrong_type(key);
        return std::nullopt;
    }
    if (!(*value >= lowest && *value <= highest)) {
        fail(Message("why.range",
                     {{"column", std::string(key)}, {"value", Quantity{std::isfinite(*value) ? *value : 0.0}}}));
        return std::nullopt;
    }
    return value;
}

double RowReader::required_number(std::string_view key, double lowest, double highest)
{
    if (table_.get(key) == nullptr) {
        fail(Message("why.no_key", {{"column", std::string(key)}}));
    }
    return number(key, lowest, highest).value_or(lowest);
}

std::vector<double> RowReader::numbers(std::string_view key, double lowest, double highest)
{
    std::vector<double> values;
    const auto* node = take(key);
    if (node == nullptr) {
        return values;
    }
    if (!node->is_array()) {
        wrong_type(key);
        return values;
    }
    for (const auto& element : *node->as_array()) {
        const auto value = element.is_number() ? element.value<double>() : std::nullopt;
        if (!value || !(*value >= lowest && *value <= highest)) {
            wrong_type(key);
            return values;
        }
        values.push_back(*value);
    }
    return values;
}

bool RowReader::flag(std::string_view key)
{
    const auto* node = take(key);
    if (node == nullptr) {
        return false;
    }
    const auto value = node->value_exact<bool>();
    if (!value) {
        wrong_type(key);
    }
    return value.value_or(false);
}

std::optional<Instant> RowReader::day(std::string_view key)
{
    const auto* node = take(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    std::optional<Instant> day;
    std::string written;
    if (const auto date = node->value_exact<toml::date>()) {
        day = start_of_day(date->year, date->month, date->day);
    } else if (const auto given = node->value_exact<std::string>()) {
        written = *given;
        day = parse_day(written);
    }
    if (!day) {
        fail(Message("why.date", {{"value", written}, {"column", std::string(key)}}));
    }
    return day;
}

std::vector<const toml::table*> RowReader::tables(std::string_view key)
{
    std::vector<const toml::table*> values;
    const auto* node = take(key);
    if (node == nullptr) {
        return values;
    }
    if (const auto* table = node->as_table()) {
        values.push_back(table);
        return values;
    }
    if (!node->is_array()) {
        wrong_type(key);
        return values;
    }
    for (const auto& element : *node->as_array()) {
        if (const auto* table = element.as_table()) {
            values.push_back(table);
        } else {
            wrong_type(key);
        }
    }
    return values;
}

std::size_t RowReader::word(std::string_view key, std::span<const std::string_view> words, std::size_t otherwise)
{
    if (table_.get(key) == nullptr) {
        used_.insert(std::string(key));
        return otherwise;
    }
    const std::string value = text(key);
    const auto found = std::find(words.begin(), words.end(), value);
    if (found != words.end()) {
        return static_cast<std::size_t>(found - words.begin());
    }
    std::string list;
    for (const auto possible : words) {
        list += (list.empty() ? "" : ", ") + std::string(possible);
    }
    fail(Message("why.word", {{"value", value}, {"column", std::string(key)}, {"list", list}}));
    return otherwise;
}

std::optional<Message> RowReader::finish()
{
    for (const auto& [key, node] : table_) {
        if (!used_.contains(key.str())) {
            fail(Message("why.unknown_key", {{"column", std::string(key.str())}}));
        }
    }
    return problem_;
}

} // namespace gacsong
