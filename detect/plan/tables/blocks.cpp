// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/plan/tables/blocks.hpp"

#include "detect/plan/block_overlaps.hpp"
#include "detect/plan/tables/heading.hpp"
#include "detect/plan/tables/text_file.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace gacsong {

namespace {

constexpr std::size_t block_row_limit = 5'000; ///< each is compared with each
constexpr std::array<std::string_view, 5> technologies{"gsm", "umts", "lte", "nr", "any"};
constexpr std::array<std::string_view, 3> verified_words{"no", "partly", "yes"};

template <std::size_t count>
std::size_t take_word(RowFields& fields, std::string_view column, const std::array<std::string_view, count>& words,
                      std::size_t otherwise)
{
    const auto value = fields.text(column);
    if (value.empty()) {
        return otherwise;
    }
    const auto found = std::find(words.begin(), words.end(), value);
    if (found != words.end()) {
        return static_cast<std::size_t>(found - words.begin());
    }
    std::string list;
    for (const auto word : words) {
        list += (list.empty() ? "" : ", ") + std::string(word);
    }
    fields.fail(Message("why.word", {{"value", std::string(value)}, {"column", std::string(column)}, {"list", list}}));
    return otherwise;
}

MobileBlock take_block(RowFields& fields, const CsvRow& row, const std::string& name)
{
    MobileBlock block;
    block.row.file = name;
    block.row.line = static_cast<std::int64_t>(row.number);
    block.row.low_hz = fields.required_number("low_hz", 3e3, 3e12);
    block.row.high_hz = fields.required_number("high_hz", 3e3, 3e12);
    block.row.validity = fields.validity("valid_from", "valid_to");
    block.row.reference = fields.text("reference");
    block.row.verified = static_cast<Verified>(take_word(fields, "verified", verified_words, 0));
    block.plmn = {fields.required_text("plmn")};
    block.technologies = {
        std::string(technologies.at(take_word(fields, "technology", technologies, technologies.size() - 1)))};
    if (block.row.high_hz <= block.row.low_hz) {
        fields.fail(Message("why.ends_before_start"));
    }
    return block;
}

} // namespace

Result<std::vector<MobileBlock>> parse_blocks(std::string_view text, const std::string& name,
                                              std::vector<Message>& row_problems)
{
    CsvReader reader(text);
    const auto found = read_heading(reader, name, {"plmn", "low_hz", "high_hz"});
    if (!found)
        return tl::unexpected(found.error());
    const Heading& heading = *found;
    std::vector<MobileBlock> blocks;
    std::size_t rows = 0;
    while (const auto row = reader.next()) {
        if (++rows > block_row_limit) {
            return failure("table.too_many_rows", {{"file", name}, {"n", static_cast<std::int64_t>(block_row_limit)}},
                           Fault::usage);
        }
        RowFields fields(heading, *row, reader.separator());
        MobileBlock block = take_block(fields, *row, name);
        if (const auto& problem = fields.problem()) {
            row_problems.push_back(Message("blocks.row", {{"row", static_cast<std::int64_t>(row->number)},
                                                          {"file", name},
                                                          {"why", std::vector<Message>{*problem}}}));
            continue;
        }
        blocks.push_back(std::move(block));
    }
    for (const auto& [row, other] : take_overlapping(blocks)) {
        const Message why("why.overlaps", {{"other", std::to_string(other.line)}});
        row_problems.push_back(
            Message("blocks.row", {{"row", row.line}, {"file", name}, {"why", std::vector<Message>{why}}}));
    }
    return blocks;
}

Result<std::vector<MobileBlock>> load_blocks(const std::filesystem::path& path, std::vector<Message>& row_problems)
{
    const auto file = read_text_file(path, table_file_limit);
    if (!file) {
        return tl::unexpected(file.error());
    }
    return parse_blocks(file->text, path.filename().string(), row_problems);
}

void add_blocks(Plan& plan, std::vector<MobileBlock> blocks)
{
    // What the agency says of a stretch replaces what the plan says of it.
    std::erase_if(plan.blocks, [&](const MobileBlock& of_plan) {
        return std::any_of(blocks.begin(), blocks.end(), [&](const MobileBlock& own) {
            return own.row.low_hz < of_plan.row.high_hz && of_plan.row.low_hz < own.row.high_hz &&
                   own.row.validity.overlaps(of_plan.row.validity) && share_technology(own, of_plan);
        });
    });
    plan.blocks.insert(plan.blocks.begin(), std::make_move_iterator(blocks.begin()),
                       std::make_move_iterator(blocks.end()));
}

} // namespace gacsong
