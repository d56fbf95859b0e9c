// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

inline constexpr std::size_t csv_row_limit = 1'000'000; ///< rows below the heading
inline constexpr std::size_t csv_field_limit = 65'536;  ///< bytes in one field
inline constexpr std::size_t csv_column_limit = 256;

/// One record of a table. `number` is what a spreadsheet shows: the heading is row 1.
struct CsvRow {
    std::size_t number = 0;
    std::vector<std::string> fields;
    std::optional<Message> problem; ///< `why.*`: the record cannot be read
};

/// Reads comma- or semicolon-separated text record by record (RFC 4180: quoted fields, doubled quotes, line breaks
/// inside quotes; LF, CR LF and CR end a record; a byte order mark is skipped). The separator is the one that the
/// first record holds more often outside quotes. Control characters in fields become spaces. A record that cannot be
/// read ends at its first line break and the next one is tried. The text must outlive the reader.
class CsvReader {
public:
    explicit CsvReader(std::string_view text);

    /// The next record that is not blank; nothing at the end.
    [[nodiscard]] std::optional<CsvRow> next();
    [[nodiscard]] char separator() const { return separator_; }

private:
    enum class Step { field, record, bad };
    Step take_field(std::string& field, std::optional<Message>& problem);
    /// What follows an opening quote, up to behind the closing one; false where there is none within the limit.
    bool take_quoted(std::string& field);
    void skip_spaces();
    void skip_line(std::size_t from);
    bool take_line_end();

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t number_ = 0;
    char separator_ = ',';
};

} // namespace gacsong
