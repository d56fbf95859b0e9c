// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata of SigMF, and that what is written again is the same.
#include "sdr/sigmf.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gacsong::sdr;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto meta = parse_sigmf(text, "x");
    const auto short_meta = parse_sigmf(text, "x", SigmfKeep::without_annotations);
    if (meta.has_value() != short_meta.has_value())
        std::abort();
    if (!meta)
        return 0;
    if (meta->annotation_count != short_meta->annotation_count)
        std::abort();
    static_cast<void>(sigmf_facts(*meta, "x"));
    const std::string written = sigmf_text(*meta);
    const auto again = parse_sigmf(written, "x");
    if (!again || sigmf_text(*again) != written)
        std::abort();
    return 0;
}
