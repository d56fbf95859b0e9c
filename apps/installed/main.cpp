// SPDX-License-Identifier: GPL-3.0-or-later
// make-installed-files FOLDER DAY: what is installed beside the program and says the same as its help: manual pages,
// completion for shells, rules for receivers. Runs while the program is built.
#include "apps/gacsong/commands.hpp"
#include "apps/installed/completion.hpp"
#include "apps/installed/man_page.hpp"
#include "apps/installed/udev_rules.hpp"
#include "report/wording/data_paths.hpp"

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace {

using namespace gacsong;
namespace fs = std::filesystem;

bool write(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text << std::flush;
    if (!out)
        std::cerr << "make-installed-files: " << file.string() << " cannot be written\n";
    return out.good();
}

bool write_pages(const fs::path& folder, const Wording& words, const std::string& day)
{
    bool done = write(folder / "gacsong.1", app::man_page({}, words, day));
    for (const app::Command& command : app::all_commands())
        done = write(folder / (app::page_name(command.name) + ".1"), app::man_page(command.name, words, day)) && done;
    return done;
}

Result<Wording> words_of(Language language)
{
    auto words = load_wording(language);
    if (words)
        if (const Status added = words->add_file(wording_folders(), "man"); !added)
            return tl::unexpected(added.error());
    return words;
}

int run(const fs::path& folder, const std::string& day)
{
    const auto english = words_of(Language::en);
    const auto vietnamese = words_of(Language::vi);
    if (!english || !vietnamese) {
        std::cerr << "make-installed-files: the sentences of plans/wording cannot be read\n";
        return 1;
    }
    const bool done = write_pages(folder / "man/man1", *english, day) &&
                      write_pages(folder / "man/vi/man1", *vietnamese, day) &&
                      write(folder / "completion/gacsong", app::bash_completion()) &&
                      write(folder / "completion/_gacsong", app::zsh_completion(*english)) &&
                      write(folder / "60-gacsong.rules", app::udev_rules());
    return done ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: make-installed-files FOLDER DAY\n";
        return 2;
    }
    try {
        return run(argv[1], argv[2]);
    } catch (const std::exception& error) {
        std::cerr << "make-installed-files: " << error.what() << '\n';
        return 1;
    }
}
