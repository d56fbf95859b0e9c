// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/sigmf.hpp"

#include "sdr/files/bytes.hpp"

#include <algorithm>
#include <array>

namespace gacsong::sdr {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_meta = std::size_t{64} << 20U;
constexpr int deepest_meta = 64;

constexpr std::string_view meta_end = ".sigmf-meta";
constexpr std::string_view data_end = ".sigmf-data";

tl::unexpected<Error> damaged(const std::string& name, std::size_t at, const char* what)
{
    return failure("file.bad_header", {{"file", name}, {"at", static_cast<std::int64_t>(at)}, {"what", Term{what}}});
}

/// Place of the first bracket that lies too deep; nothing where all is well. Strings are stepped over.
std::optional<std::size_t> too_deep_at(std::string_view text)
{
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\')
            ++i;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '[' || c == '{') && ++depth > deepest_meta)
            return i;
        else if (!in_string && (c == ']' || c == '}'))
            --depth;
    }
    return std::nullopt;
}

/// Counts the annotations while parsing and, where they are not wanted, throws each away once it is read.
struct AnnotationFilter {
    std::uint64_t& count;
    bool keep;
    bool inside = false;

    bool operator()(int depth, Json::parse_event_t event, const Json& parsed)
    {
        using Event = Json::parse_event_t;
        if (depth == 1 && event == Event::key)
            inside = parsed == "annotations";
        const bool whole = event == Event::object_end || event == Event::array_end || event == Event::value;
        if (!inside || depth != 2 || !whole)
            return true;
        ++count;
        return keep;
    }
};

} // namespace

std::optional<SigmfPaths> sigmf_paths(const std::string& path)
{
    const std::string_view view = path;
    if (!view.ends_with(meta_end) && !view.ends_with(data_end))
        return std::nullopt;
    const std::string base(view.substr(0, view.size() - meta_end.size()));
    return SigmfPaths{base + std::string(meta_end), base + std::string(data_end)};
}

std::string sigmf_meta_beside(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    const std::size_t name_at = slash == std::string::npos ? 0 : slash + 1;
    const std::size_t dot = path.rfind('.');
    const bool has_extension = dot != std::string::npos && dot > name_at;
    return path.substr(0, has_extension ? dot : path.size()) + std::string(meta_end);
}

Result<SigmfMeta> parse_sigmf(std::string_view text, const std::string& name, SigmfKeep keep)
{
    if (text.size() > largest_meta)
        return damaged(name, largest_meta, "JSON too long");
    if (const auto at = too_deep_at(text))
        return damaged(name, *at, "JSON too deep");
    SigmfMeta meta;
    try {
        meta.document = Json::parse(text.begin(), text.end(),
                                    AnnotationFilter{meta.annotation_count, keep == SigmfKeep::everything});
    } catch (const Json::parse_error& error) {
        return damaged(name, error.byte, "JSON");
    } catch (const Json::exception&) {
        return damaged(name, 0, "JSON");
    }
    if (!meta.document.is_object() || !meta.document.contains("global") || !meta.document["global"].is_object())
        return damaged(name, 0, "no global object");
    for (const char* list : {"captures", "annotations"}) {
        if (!meta.document.contains(list))
            meta.document[list] = Json::array();
        if (!meta.document[list].is_array())
            return damaged(name, 0, "captures or annotations are no list");
    }
    return meta;
}

Result<SigmfMeta> read_sigmf(const std::string& meta_path, SigmfKeep keep)
{
    const auto file = FileBytes::open(meta_path);
    if (!file)
        return tl::unexpected(file.error());
    const auto raw = read_some(**file, 0, largest_meta + 1);
    if (!raw)
        return tl::unexpected(raw.error());
    return parse_sigmf({reinterpret_cast<const char*>(raw->data()), raw->size()}, shown(meta_path), keep);
}

std::string sigmf_text(const SigmfMeta& meta)
{
    return meta.document.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::optional<SigmfDatatype> parse_sigmf_datatype(std::string_view text)
{
    struct Kind {
        std::string_view name;
        Component component;
        bool unsigned_words;
    };
    constexpr std::array<Kind, 8> kinds{{{"f32", Component::f32, false},
                                         {"f64", Component::f64, false},
                                         {"i32", Component::s32, false},
                                         {"i16", Component::s16, false},
                                         {"i8", Component::s8, false},
                                         {"u32", Component::s32, true},
                                         {"u16", Component::s16, true},
                                         {"u8", Component::u8, false}}};
    if (text.empty() || (text.front() != 'c' && text.front() != 'r'))
        return std::nullopt;
    const bool complex = text.front() == 'c';
    text.remove_prefix(1);
    const bool big_endian = text.ends_with("_be");
    if (big_endian || text.ends_with("_le"))
        text.remove_suffix(3);
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.name == text; });
    if (kind == kinds.end())
        return std::nullopt;
    return SigmfDatatype{complex, SampleFormat::of(kind->component, big_endian), kind->unsigned_words};
}

std::optional<std::string> sigmf_datatype(const SampleFormat& format)
{
    const std::string order = format.big_endian ? "_be" : "_le";
    switch (format.component) {
    case Component::u8:
        return "cu8";
    case Component::s8:
        return "ci8";
    case Component::s16:
        return "ci16" + order;
    case Component::s24:
        return std::nullopt;
    case Component::s32:
        return "ci32" + order;
    case Component::f32:
        return "cf32" + order;
    case Component::f64:
        return "cf64" + order;
    }
    return std::nullopt;
}

} // namespace gacsong::sdr
