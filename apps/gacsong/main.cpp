// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/command_line.hpp"
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/session.hpp"
#include "apps/gacsong/settings.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

using namespace gacsong;
using namespace gacsong::app;

/// The language for everything that is said before the settings files are read.
Language first_language(const std::vector<std::string>& words)
{
    if (const auto flag = language_of(words))
        return *flag;
    const char* variable = std::getenv("GACSONG_LANG");
    const auto stated = parse_language(variable == nullptr ? "" : variable);
    return stated.value_or(language_of_locale());
}

/// Without its sentences the program has only these.
int without_words(const Error& error)
{
    const auto file = std::get<std::string>(error.message.arguments.front().value);
    std::cerr << "gacsong: the sentences of the program (" << file << ") cannot be read; install it again.\n"
              << "gacsong: không đọc được tệp câu chữ của chương trình (" << file << "); hãy cài lại.\n";
    return app::status::failed;
}

int run_command(Arguments arguments, Language language, Wording words)
{
    const auto settings = load_settings(arguments);
    if (settings && settings->lang && *settings->lang != language) {
        auto other = load_wording(*settings->lang);
        if (!other)
            return without_words(other.error());
        words = std::move(*other);
    }
    Session session(std::move(words));
    if (!settings)
        return session.fail(settings.error());
    arguments.settings = *settings;
    const int done = find_command(arguments.command)->run(arguments, session);
    if (const Status written = session.out().flush(); !written)
        return worse(done, session.fail(written.error()));
    return done;
}

int run(const std::vector<std::string>& words)
{
    const Language language = first_language(words);
    auto wording = load_wording(language);
    if (!wording)
        return without_words(wording.error());
    auto arguments = parse_command_line(words);
    if (arguments && !arguments->help && !arguments->version)
        return run_command(std::move(*arguments), language, std::move(*wording));
    Session session(std::move(*wording));
    if (!arguments)
        return session.fail(arguments.error());
    const Status written =
        arguments->version ? session.out().line("gacsong " GACSONG_VERSION)
                           : session.out().text(help_text(arguments->command, session.words(), session.style().width));
    const Status flushed = written ? session.out().flush() : written;
    if (!flushed)
        return session.fail(flushed.error());
    return words.empty() ? app::status::usage : app::status::done;
}

} // namespace

int main(int argc, char** argv)
{
    // A closed pipe and a file that may not grow are told by write(2), not by a signal that ends the program.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "gacsong: stopped by a mistake in the program or for lack of memory: " << error.what() << '\n';
        return app::status::failed;
    }
}
