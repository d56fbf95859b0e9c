// SPDX-License-Identifier: GPL-3.0-or-later
// The window: gacsong-gui [INPUT] [options of `gacsong gui`].
#include "apps/gacsong/command_line.hpp"
#include "apps/gacsong/commands/clock.hpp"
#include "apps/gacsong/commands/compared_files.hpp"
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/inputs.hpp"
#include "apps/gacsong/commands/office/verified.hpp"
#include "apps/gacsong/commands/usable_store.hpp"
#include "apps/gacsong/exit_status.hpp"
#include "apps/gacsong/level/levels.hpp"
#include "apps/gacsong/session.hpp"
#include "apps/gacsong/settings.hpp"
#include "gui/application.hpp"
#include "gui/window/window.hpp"
#include "report/wording/data_paths.hpp"
#include "sdr/receivers/address.hpp"

#include <csignal>
#include <filesystem>
#include <iostream>

namespace {

using namespace gacsong;

gui::LoadComparison loader(const app::Settings& settings, const std::optional<StoreAddress>& store)
{
    return [settings, store](const gui::ComparisonFiles& files) -> Result<gui::Comparison> {
        app::Settings with = settings;
        const auto put = [](std::optional<std::string>& to, const std::string& file) {
            to = file.empty() ? std::nullopt : std::optional(file);
        };
        put(with.plan, files.plan);
        put(with.register_file, files.register_file);
        put(with.ignore_file, files.ignore_file);
        auto loaded = app::load_comparison(with);
        if (!loaded)
            return tl::unexpected(loaded.error());
        auto with_memory = app::remembering(std::move(*loaded), store);
        auto compared = app::compared_files(with, *with_memory.context);
        return gui::Comparison{std::move(with_memory.context), std::move(with_memory.problems), std::move(compared)};
    };
}

/// What the flags and settings files say beats what the window remembers.
gui::WindowStart start_of(const app::Arguments& arguments, std::optional<StoreAddress> store)
{
    gui::WindowStart start;
    start.settings_path = gui::SettingsFile::usual_path();
    start.settings = gui::SettingsFile(start.settings_path).load();
    if (arguments.settings.lang)
        start.settings.language = arguments.settings.lang;
    start.load = loader(arguments.settings, store);
    start.store = std::move(store);
    start.ppm = arguments.settings.ppm;
    start.calibration = app::use_calibration;
    start.levels = app::known_levels;
    start.describe_calibration = [](const std::string& driver, const std::string& serial) -> std::optional<Message> {
        const auto all = sdr::read_corrections(app::corrections_file());
        const auto known = all ? sdr::find_correction(*all, driver, serial) : std::nullopt;
        return known ? std::optional(app::calibration_sentence(*known)) : std::nullopt;
    };
    start.files = {arguments.settings.plan.value_or(start.settings.plan_name.toStdString()),
                   arguments.settings.register_file.value_or(start.settings.register_file.toStdString()),
                   arguments.settings.ignore_file.value_or(start.settings.ignore_file.toStdString())};
    for (const auto& plans : plan_folders()) {
        const auto folder = plans.parent_path() / "captures" / "fm_band";
        std::error_code error;
        if (!std::filesystem::exists(folder / "fm_98M_2M048.sigmf-meta", error))
            continue;
        start.sample = (folder / "fm_98M_2M048.sigmf-meta").string();
        start.sample_register = (folder / "licences.csv").string();
        break;
    }
    return start;
}

/// The kind of file that a desktop opens with the window though it is no recording
/// (packaging/desktop/gacsong.mime.xml).
constexpr std::string_view package_ending = ".gacsong.zip";

/// Says whether a package of evidence is whole and who signed it.
int show_package(const std::string& file, Language language, app::Session& terminal)
{
    const auto words = load_wording(language);
    if (!words)
        return terminal.fail(words.error());
    const auto said = app::verified_package(file, *words);
    gui::Application::tell(file, said ? *said : words->text(said.error().message), said.has_value());
    return said ? app::status::done : terminal.fail(said.error());
}

int run(gui::Application& application, const std::vector<std::string>& words)
{
    std::vector<std::string> all{"gui"};
    all.insert(all.end(), words.begin(), words.end());
    auto arguments = app::parse_command_line(all);
    auto wording = load_wording(app::language_of(words).value_or(Language::vi));
    if (!wording) {
        std::cerr << "gacsong-gui: the sentences of the program cannot be read; install it again.\n";
        return app::status::failed;
    }
    app::Session terminal(std::move(*wording));
    if (!arguments)
        return terminal.fail(arguments.error());
    const auto settings = app::load_settings(*arguments);
    if (!settings)
        return terminal.fail(settings.error());
    arguments->settings = *settings;
    if (!arguments->words.empty() && arguments->words.front().ends_with(package_ending))
        return show_package(arguments->words.front(), settings->lang.value_or(app::language_of_locale()), terminal);
    int result = app::status::done;
    auto store = app::usable_store(*arguments, terminal, result);
    if (result == app::status::usage)
        return result;
    gui::Window window(start_of(*arguments, std::move(store)));
    window.show();
    if (!arguments->words.empty()) {
        const std::string& input = arguments->words.front();
        if (sdr::is_receiver(input)) {
            const auto receiver = app::receiver_settings(*arguments, input);
            if (!receiver)
                return terminal.fail(receiver.error());
            window.listen({input, *receiver, arguments->settings.ppm});
        } else {
            window.open(input, app::input_flags(*arguments));
        }
    }
    return application.run();
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    gacsong::gui::Application application(argc, argv);
    try {
        return run(application, {argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "gacsong-gui: stopped by a mistake in the program or for lack of memory: " << error.what() << '\n';
        return gacsong::app::status::failed;
    }
}
