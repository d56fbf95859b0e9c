// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/inspection_codes.hpp"

#include "report/text/utf8.hpp"

#include <fmt/format.h>

#include <QString>
#include <algorithm>
#include <array>
#include <vector>

namespace gacsong {
namespace {

constexpr std::array<DeviceKind, 13> kinds{
    {{"phone", {}, {}},
     {"wireless-microphone", "wireless microphone device", "wireless microphone device"},
     {"two-way-radio", {}, {}},
     {"cordless-phone", "cordless phone device", "DECT 6.0 phone"},
     {"repeater", {}, "mobile repeater"},
     {"jammer", {}, "jamming device"},
     {"remote-control", "remote control", {}},
     {"camera", "WLAN", {}},
     {"loudspeaker", {}, {}},
     {"wlan", "WLAN", {}},
     {"lpwan", "LPWAN", {}},
     {"rfid", "RFID", {}},
     {"other", {}, {}}}};
constexpr std::array<std::string_view, 4> businesses{"enterprise", "household", "person", "body"};
constexpr std::array<std::string_view, 5> actions{"recorded", "recommended", "sealed", "held", "handed-over"};
constexpr std::array<std::string_view, 3> marks{"yes", "no", "unreadable"};

std::vector<std::string_view> codes_of(std::string_view list)
{
    if (list == "device_kind") {
        std::vector<std::string_view> all;
        for (const DeviceKind& kind : kinds)
            all.push_back(kind.code);
        return all;
    }
    const auto found = list == "kind_of_business" ? kinds_of_business()
                       : list == "action"         ? device_actions()
                                                  : mark_states();
    return {found.begin(), found.end()};
}

std::string key(std::string_view list, std::string_view code) { return fmt::format("inspection.{}.{}", list, code); }

QString folded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .normalized(QString::NormalizationForm_C)
        .simplified()
        .toCaseFolded();
}

/// Without the word that means no more than "device" before it: "kích sóng" is "thiết bị kích sóng".
QString bare(QString text)
{
    const QString device = QStringLiteral("thiết bị ");
    return text.startsWith(device) ? text.mid(device.size()) : text;
}

} // namespace

std::span<const DeviceKind> device_kinds() { return kinds; }
std::span<const std::string_view> kinds_of_business() { return businesses; }
std::span<const std::string_view> device_actions() { return actions; }
std::span<const std::string_view> mark_states() { return marks; }

std::string to_code(std::string_view list, const std::string& typed, std::span<const Wording* const> words)
{
    const QString wanted = folded(typed);
    if (wanted.isEmpty())
        return {};
    for (const std::string_view code : codes_of(list)) {
        const bool meant = wanted == folded(code) || wanted == folded(code).replace(u'-', u' ') ||
                           std::ranges::any_of(words, [&](const Wording* one) {
                               return bare(wanted) == bare(folded(one->text(key(list, code))));
                           });
        if (meant)
            return std::string(code);
    }
    return typed;
}

std::string code_word(std::string_view list, const std::string& code, const Wording& words)
{
    const auto codes = codes_of(list);
    return std::ranges::find(codes, code) == codes.end() ? printable(code) : words.text(key(list, code));
}

std::string mark_state(const std::string& mark) { return mark.substr(0, mark.find(' ')); }

} // namespace gacsong
