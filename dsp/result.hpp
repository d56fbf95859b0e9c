// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/message.hpp"

#include <tl/expected.hpp>

#include <string>
#include <utility>
#include <vector>

namespace gacsong {

/// Which exit status an error leads to (contract.md §1).
enum class Fault {
    input,  ///< 1: input or output failed while being read or written, or is not I/Q
    usage,  ///< 2: the caller must say something else
    output, ///< 1: what was to be written could not be
};

/// An expected failure: the key of its sentence, the facts that fill it, and the status it leads to.
struct Error {
    Message message;
    Fault fault = Fault::input;
};

template <class T> using Result = tl::expected<T, Error>;

using Status = Result<void>;

/// Makes the unexpected side of a Result: `return failure("file.empty", {{"file", name}});`
[[nodiscard]] inline tl::unexpected<Error> failure(std::string key, std::vector<Argument> arguments = {},
                                                   Fault fault = Fault::input)
{
    return tl::unexpected<Error>(Error{Message{std::move(key), std::move(arguments)}, fault});
}

} // namespace gacsong
