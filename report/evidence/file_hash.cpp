// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/file_hash.hpp"

#include "sdr/recorder/sha512.hpp"

#include <array>
#include <cstddef>
#include <fstream>
#include <span>

namespace gacsong::evidence {

std::string sha512_of_file(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return {};
    sdr::Sha512 hash;
    std::array<char, 1 << 16> room{};
    while (in.read(room.data(), room.size()) || in.gcount() > 0)
        hash.add(std::as_bytes(std::span(room).first(static_cast<std::size_t>(in.gcount()))));
    return hash.hex();
}

} // namespace gacsong::evidence
