// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/arguments.hpp"
#include "apps/gacsong/session.hpp"
#include "report/cases/cases.hpp"

#include <string>
#include <vector>

namespace gacsong::app {

/// What somebody typed cannot be meant.
inline tl::unexpected<Error> wrong_usage(std::string key, std::vector<Argument> arguments = {})
{
    return failure(std::move(key), std::move(arguments), Fault::usage);
}

/// One command about cases with the store it works on.
struct Desk {
    const Arguments& arguments;
    Session& session;
    Store& store;
    Cases cases;

    [[nodiscard]] std::size_t count() const { return arguments.words.size(); }
    [[nodiscard]] const std::string& word(std::size_t index) const { return arguments.words.at(index); }
    [[nodiscard]] Status say(const Message& message) const
    {
        return arguments.quiet ? Status{} : session.out().line(session.words().text(message));
    }
};

/// `case inspect CASE [FILE.csv | NAME=VALUE…]`: devices that were looked at on premises, typed, from a table, into a
/// table, or shown. Errors: those of Inspections and of the files.
[[nodiscard]] Status inspect_premises(Desk& desk);

} // namespace gacsong::app
