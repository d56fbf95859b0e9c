// SPDX-License-Identifier: GPL-3.0-or-later
// make_captures FOLDER: writes the demo recordings, their registers and their truth below FOLDER (captures/).
#include "tests/support/captures/demo.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("usage: make_captures FOLDER\n", stderr);
        return 2;
    }
    for (const auto& file : gacsong::test::demo_files()) {
        const auto path = std::filesystem::path(argv[1]) / file.path;
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        std::ofstream out(path, std::ios::binary);
        out.write(reinterpret_cast<const char*>(file.bytes.data()), static_cast<std::streamsize>(file.bytes.size()));
        out.close();
        if (!out) {
            std::fprintf(stderr, "make_captures: cannot write %s\n", path.c_str());
            return 1;
        }
        std::printf("%8zu  %s\n", file.bytes.size(), file.path.c_str());
    }
    return 0;
}
