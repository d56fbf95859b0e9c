// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/session.hpp"

#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/values.hpp"
#include "report/text/utf8.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace gacsong::app {
namespace {

constexpr std::size_t width_of_files = 160;

std::string_view environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : value;
}

std::size_t columns(int descriptor, std::size_t otherwise)
{
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const auto stated = parse_whole(environment("COLUMNS"), 20, 10'000);
    return stated ? static_cast<std::size_t>(*stated) : otherwise;
}

} // namespace

Session::Session(Wording words)
    : words_(std::move(words)), out_(STDOUT_FILENO, words_.text("output.standard")),
      err_(STDERR_FILENO, words_.text("output.standard_error"))
{
}

int Session::fail(const Error& error)
{
    // Where standard error itself is gone nobody can be told.
    static_cast<void>(err_.line(fmt::format("{}: {}", words_.text("word.error"), words_.text(error.message))));
    return status_of(error.fault);
}

void Session::warn(const Message& message)
{
    static_cast<void>(err_.line(fmt::format("{}: {}", words_.text("word.warning"), words_.text(message))));
}

Status Session::write_sections(const std::vector<Section>& sections)
{
    constexpr std::size_t readable = 100;
    const std::size_t width = std::min(style().width, readable) - 2;
    std::string text;
    for (const Section& section : sections) {
        text += section.title + "\n";
        for (const std::string& sentence : section.sentences)
            for (const std::string& line : wrap(sentence, width))
                text += "  " + line + "\n";
        text += "\n";
    }
    return out_.text(text);
}

Style Session::style() const
{
    // NO_COLOR (no-color.org): any value but the empty one turns colour off.
    const bool colour = out_.terminal() && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
    return {columns(STDOUT_FILENO, width_of_files), colour};
}

std::size_t Session::error_width() const { return columns(STDERR_FILENO, 80); }

} // namespace gacsong::app
