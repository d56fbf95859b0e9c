// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace gacsong {

/// The shortest decimal digits that read back as the same double, as a JSON number; `null` where it is not finite.
/// Magnitudes from 1e-6 to 1e15 are written without an exponent: 98000000 and not 9.8e+07.
[[nodiscard]] std::string json_number(double value);

/// A JSON string with its quotes. What is not UTF-8 becomes U+FFFD; U+2028 and U+2029, which end a line in
/// JavaScript, are escaped.
[[nodiscard]] std::string json_string(std::string_view text);

/// Writes the members of one object in the order of the calls.
class JsonObject {
public:
    /// `out` must live as long as the object.
    explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }

    /// Writes a member whose value follows as finished JSON text.
    void raw(std::string_view name, std::string_view json)
    {
        key(name);
        out_ += json;
    }

    void member(std::string_view name, std::string_view value) { raw(name, json_string(value)); }
    void member(std::string_view name, const char* value) { raw(name, json_string(value)); }
    void member(std::string_view name, double value) { raw(name, json_number(value)); }
    void member(std::string_view name, bool value) { raw(name, value ? "true" : "false"); }

    /// Whole numbers above 2^53 are written as strings: a reader with doubles would change them.
    void member(std::string_view name, std::int64_t value);
    void member(std::string_view name, std::uint64_t value);

    /// Writes the name and lets the caller write the value to the same text.
    void key(std::string_view name);

    void close() { out_ += '}'; }

private:
    std::string& out_;
    bool first_ = true;
};

} // namespace gacsong
