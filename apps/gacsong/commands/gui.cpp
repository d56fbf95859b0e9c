// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "sdr/files/own_program.hpp"

#include <unistd.h>

#include <array>
#include <fstream>

namespace gacsong::app {
namespace {

/// The words of this process after its name, as the system keeps them.
std::vector<std::string> own_words()
{
    std::ifstream in("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(in, word, '\0');)
        words.push_back(word);
    return words;
}

} // namespace

int run_gui(const Arguments& /*arguments*/, Session& session)
{
    const std::string program = (own_program_folder() / "gacsong-gui").string();
    std::vector<std::string> words = own_words();
    if (!words.empty())
        words.front() = program;
    // The window takes the same words without the command.
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (*word == "gui") {
            words.erase(word);
            break;
        }
    }
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(program.c_str(), pointers.data());
    return session.fail({Message("gui.no_program", {{"file", program}}), Fault::output});
}

} // namespace gacsong::app
