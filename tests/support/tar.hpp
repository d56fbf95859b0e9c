// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace gacsong::test {

/// A ustar header block (POSIX.1-1988 §10.1.1).
inline std::string tar_header(const std::string& name, std::uint64_t size, char kind = '0',
                              const std::string& link = "")
{
    std::string block(512, '\0');
    const auto put = [&](std::size_t at, const std::string& text) { block.replace(at, text.size(), text); };
    const auto octal = [](std::uint64_t value, int digits) {
        std::string text(static_cast<std::size_t>(digits), '0');
        for (std::size_t i = text.size(); i > 0; --i, value /= 8)
            text[i - 1] = static_cast<char>('0' + value % 8);
        return text;
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    if (size < std::uint64_t{1} << 33U) {
        put(124, octal(size, 11));
    } else { // GNU: base 256
        block[124] = static_cast<char>(0x80);
        for (std::size_t i = 0; i < 8; ++i)
            block[135 - i] = static_cast<char>(size >> (8 * i) & 0xFFU);
    }
    put(136, "00000000000");
    put(148, "        ");
    block[156] = kind;
    put(157, link);
    put(257, std::string("ustar\0", 6) + "00");
    unsigned sum = 0;
    for (const char c : block)
        sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + '\0');
    return block;
}

/// Content up to the end of a block.
inline std::string padded(std::string content)
{
    content.resize((content.size() + 511) / 512 * 512, '\0');
    return content;
}

/// A file with its header.
inline std::string tar_file(const std::string& name, const std::string& content)
{
    return tar_header(name, content.size()) + padded(content);
}

/// What ends an archive.
inline const std::string tar_end(1024, '\0');

} // namespace gacsong::test
