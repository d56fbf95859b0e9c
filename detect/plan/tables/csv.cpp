// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/csv.hpp"

#include "detect/plan/tables/text_file.hpp"

#include <algorithm>

namespace gacsong {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_ends = "\r\n";

char find_separator(std::string_view text)
{
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    bool quoted = false;
    for (const char c : text.substr(0, csv_field_limit)) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        } else if (!quoted) {
            commas += c == ',' ? 1 : 0;
            semicolons += c == ';' ? 1 : 0;
        }
    }
    return semicolons > commas ? ';' : ',';
}

void tidy(std::string& field)
{
    std::replace_if(
        field.begin(), field.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F; }, ' ');
    const auto last = field.find_last_not_of(' ');
    field.erase(last == std::string::npos ? 0 : last + 1);
    field.erase(0, std::min(field.find_first_not_of(' '), field.size()));
}

bool blank(const CsvRow& row)
{
    return !row.problem && std::all_of(row.fields.begin(), row.fields.end(), [](const auto& f) { return f.empty(); });
}

} // namespace

CsvReader::CsvReader(std::string_view text) : text_(text)
{
    if (text_.starts_with(byte_order_mark)) {
        text_.remove_prefix(byte_order_mark.size());
    }
    separator_ = find_separator(text_);
}

bool CsvReader::take_line_end()
{
    if (at_ < text_.size() && text_[at_] == '\r') {
        at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
        return true;
    }
    if (at_ < text_.size() && text_[at_] == '\n') {
        ++at_;
        return true;
    }
    return false;
}

void CsvReader::skip_line(std::size_t from)
{
    at_ = std::min(text_.find_first_of(line_ends, from), text_.size());
    take_line_end();
}

void CsvReader::skip_spaces()
{
    while (at_ < text_.size() && text_[at_] == ' ') {
        ++at_;
    }
}

bool CsvReader::take_quoted(std::string& field)
{
    for (;;) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos || quote - at_ + field.size() > csv_field_limit) {
            return false;
        }
        field.append(text_, at_, quote - at_);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') {
            skip_spaces();
            return true;
        }
        field.push_back('"');
        ++at_;
    }
}

CsvReader::Step CsvReader::take_field(std::string& field, std::optional<Message>& problem)
{
    skip_spaces();
    if (at_ < text_.size() && text_[at_] == '"') {
        ++at_;
        if (!take_quoted(field)) {
            problem = Message("why.quote");
            return Step::bad;
        }
    } else {
        const std::size_t stop =
            std::min(text_.find_first_of(separator_ == ',' ? ",\r\n" : ";\r\n", at_), text_.size());
        if (stop - at_ > csv_field_limit) {
            problem = Message("why.long_field");
            return Step::bad;
        }
        field.assign(text_, at_, stop - at_);
        at_ = stop;
    }
    if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        return Step::field;
    }
    if (at_ >= text_.size() || take_line_end()) {
        return Step::record;
    }
    problem = Message("why.quote"); // text behind a closing quote: the quote was never meant to open here
    return Step::bad;
}

std::optional<CsvRow> CsvReader::next()
{
    while (at_ < text_.size()) {
        const std::size_t begin = at_;
        CsvRow row{.number = ++number_, .fields = {}, .problem = {}};
        Step step = Step::field;
        while (step == Step::field) {
            std::string field;
            step = take_field(field, row.problem);
            tidy(field);
            if (step != Step::bad && row.fields.size() == csv_column_limit) {
                row.problem = Message("why.fields", {{"n", static_cast<std::int64_t>(csv_column_limit + 1)},
                                                     {"expected", static_cast<std::int64_t>(csv_column_limit)}});
                step = Step::bad;
            }
            row.fields.push_back(std::move(field));
        }
        if (step == Step::bad) {
            if (row.problem->key == "why.long_field") {
                row.problem->arguments = {{"column", static_cast<std::int64_t>(row.fields.size())}};
            }
            row.fields.clear();
            skip_line(begin);
        } else if (!is_utf8(text_.substr(begin, at_ - begin))) {
            row.fields.clear();
            row.problem = Message("why.not_utf8");
        }
        if (!blank(row)) {
            return row;
        }
    }
    return std::nullopt;
}

} // namespace gacsong
