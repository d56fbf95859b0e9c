// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/papers/builder.hpp"

#include <algorithm>

namespace gacsong::papers {
namespace {

std::optional<Quantity> quantity(const Message& message, std::string_view name)
{
    const auto found = std::ranges::find(message.arguments, name, &Argument::name);
    if (found == message.arguments.end())
        return std::nullopt;
    const auto* value = std::get_if<Quantity>(&found->value);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

} // namespace

Limits limits_of(const Subject& subject)
{
    Limits limits;
    const auto finding = [&](const char* rule) -> const Message* {
        const auto found = std::ranges::find(subject.findings, rule, &Finding::rule);
        return found == subject.findings.end() ? nullptr : &found->message;
    };
    if (const Message* off = finding("off-frequency")) {
        limits.carrier = quantity(*off, "carrier");
        limits.tolerance = quantity(*off, "limit");
        limits.offset = quantity(*off, "offset");
    }
    if (const Message* wide = finding("outside-bandwidth")) {
        limits.bandwidth = quantity(*wide, "bw_limit");
        limits.excess = quantity(*wide, "excess");
    }
    if (!subject.emission)
        return limits;
    for (const Reason& reason : subject.emission->reasons) {
        const Message& message = reason.message;
        if (message.key.starts_with("licensed.detail")) {
            if (const auto width = quantity(message, "bw_limit"))
                limits.bandwidth = width;
            limits.tolerance = quantity(message, "limit");
        } else if (message.key == "unlicensed.nearest") {
            limits.nearest = quantity(message, "carrier");
            limits.nearest_away = quantity(message, "excess");
        }
    }
    limits.matched = subject.emission->licence.has_value();
    return limits;
}

} // namespace gacsong::papers
