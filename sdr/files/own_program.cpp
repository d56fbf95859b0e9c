// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/own_program.hpp"

#include <sys/auxv.h>

#include <system_error>

namespace gacsong {

std::filesystem::path own_program_folder()
{
    namespace fs = std::filesystem;
    std::error_code error;
    fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (error) {
        // The kernel hands the path over as a number.
        const auto* started_as =
            reinterpret_cast<const char*>(::getauxval(AT_EXECFN)); // NOLINT(performance-no-int-to-ptr)
        program = started_as != nullptr ? fs::canonical(started_as, error) : fs::path{};
    }
    return error ? fs::path{} : program.parent_path();
}

} // namespace gacsong
