// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace gacsong::gui {

/// The part of a program that talks to the desktop; must live before and after every window.
class Application {
public:
    /// Takes Qt's own words out of the command line.
    Application(int& count, char** words);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Runs until the last window is closed; the exit status.
    int run();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace gacsong::gui
