// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace gacsong::gui {

/// The part of a program that talks to the desktop; must live before and after every window.
class Application {
public:
    /// Takes Qt's own words out of the command line.
    Application(int& count, char** words);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Shows a text in a small window of its own until it is closed; `well` decides the sign beside it.
    static void tell(const std::string& title, const std::string& text, bool well);

    /// Runs until the last window is closed; the exit status.
    int run();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace gacsong::gui
