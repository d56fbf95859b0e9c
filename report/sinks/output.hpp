// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace gacsong {

/// Text on a file descriptor. Writing to a pipe whose reader has gone (EPIPE; the program ignores SIGPIPE) is no error:
/// the output says so through closed() and swallows what follows.
class Output {
public:
    /// Does not own `descriptor`. `name` is what error sentences call it. A regular file is written in large pieces,
    /// everything else (pipe, terminal, socket) at the end of each line.
    Output(int descriptor, std::string name);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    /// Called once when the reader of a pipe has gone.
    void when_closed(std::function<void()> call) { when_closed_ = std::move(call); }

    /// Writes a line and its end. Errors: output.write, disk.no_room.
    [[nodiscard]] Status line(std::string_view text);

    /// Writes text as it is; it may stay in memory until flush() or the next line.
    [[nodiscard]] Status text(std::string_view text);

    [[nodiscard]] Status flush();
    [[nodiscard]] bool closed() const { return closed_; }
    [[nodiscard]] bool terminal() const { return terminal_; }

private:
    int descriptor_;
    std::string name_;
    std::string waiting_;
    std::function<void()> when_closed_;
    bool by_line_ = true;
    bool terminal_ = false;
    bool closed_ = false;
};

} // namespace gacsong
