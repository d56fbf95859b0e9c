// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <sys/types.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::test {

/// Where a descriptor of the program leads.
enum class Where { kept, full, closed };

/// How the program is started. Nothing of the tester's own settings reaches it: HOME and the XDG folders lie in a
/// temporary folder, the locale is C.
struct Start {
    std::vector<std::string> arguments = {};
    std::map<std::string, std::string> environment = {}; ///< in addition
    std::string folder = {};                             ///< working folder; empty: the present one
    std::string input = {};                              ///< standard input
    bool input_stays_open = false;                       ///< nothing follows, but the program cannot know
    Where out = Where::kept;                             ///< `full`: /dev/full; `closed`: a pipe nobody reads
    std::string first_of = {};                           ///< send `signal` once standard output has begun with this
    int signal = 0;
};

struct Ended {
    int status = -1; ///< exit status; 128 + signal where a signal ended it
    std::string out;
    std::string err;
};

/// Runs build/<preset>/apps/gacsong to its end.
[[nodiscard]] Ended run_program(const Start& start, const std::string& home);

/// The same on a pseudo-terminal of `columns` columns, which takes both outputs.
[[nodiscard]] Ended run_on_terminal(const Start& start, const std::string& home, unsigned columns);

/// The JSON Lines of one type, in their order.
[[nodiscard]] std::vector<nlohmann::json> records(const std::string& lines, std::string_view type);

} // namespace gacsong::test
