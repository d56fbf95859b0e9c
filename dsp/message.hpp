// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace gacsong {

/// What a number counts; decides how each language writes it (words.md §2.0).
enum class Unit {
    none,      ///< a plain number
    frequency, ///< hertz, written with the digits that `resolution` allows
    bandwidth, ///< hertz, written with three or four significant digits
    dbfs,      ///< level relative to full scale
    db,        ///< ratio
    dbm,       ///< level of a calibrated chain
    seconds,   ///< duration
    at,        ///< seconds from the start of the recording
    percent,   ///< 0..100
    ppm,
    bytes,
    kilometres,
    degrees,
    sample_rate, ///< samples per second
    parts,       ///< a share 0..1 written in per cent
};

/// A number with its unit. `resolution` is the smallest step worth printing, in the same unit (0: default digits).
struct Quantity {
    double value = 0.0;
    Unit unit = Unit::none;
    double resolution = 0.0;
    bool operator==(const Quantity&) const = default;
};

/// A moment in UTC, nanoseconds since 1970-01-01.
struct Instant {
    std::int64_t unix_ns = 0;
    auto operator<=>(const Instant&) const = default;
};

/// A word of the program's vocabulary, looked up as `term.<key>` in the wording of each language.
struct Term {
    std::string key;
    bool operator==(const Term&) const = default;
};

struct Message;

/// What may fill a placeholder. A list of messages is written sentence after sentence.
using Value = std::variant<std::string, std::int64_t, Quantity, Instant, Term, std::vector<Message>>;

struct Argument {
    std::string name;
    Value value;
};

/// A sentence before it has a language: a key of plans/wording/{vi,en}.toml and what fills its placeholders.
struct Message {
    std::string key;
    std::vector<Argument> arguments;

    Message() = default;
    explicit Message(std::string key_, std::vector<Argument> arguments_ = {})
        : key(std::move(key_)), arguments(std::move(arguments_))
    {
    }
};

bool operator==(const Message& a, const Message& b);
bool operator==(const Argument& a, const Argument& b);

} // namespace gacsong
