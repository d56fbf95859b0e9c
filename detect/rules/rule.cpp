// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/rules/rule.hpp"

#include <algorithm>

namespace gacsong {

Severity at_most(Severity severity, Verified verified)
{
    switch (verified) {
    case Verified::no:
        return Severity::notice;
    case Verified::partly:
        return std::min(severity, Severity::serious);
    case Verified::yes:
        return severity;
    }
    return Severity::notice;
}

Value quoted(const std::string& reference, Verified verified)
{
    if (reference.empty()) {
        return std::vector<Message>{Message("reference.none")};
    }
    switch (verified) {
    case Verified::no:
        return std::vector<Message>{Message("reference.no", {{"reference", reference}})};
    case Verified::partly:
        return std::vector<Message>{Message("reference.partly", {{"reference", reference}})};
    case Verified::yes:
        break;
    }
    return reference;
}

void add_verification(std::vector<Reason>& reasons, std::string_view rule, Verified verified,
                      const std::string& reference)
{
    if (verified == Verified::yes) {
        return;
    }
    const Message message = verified == Verified::partly ? Message("plan.partly") : Message("plan.no");
    reasons.push_back(Reason{.rule = std::string(rule), .message = message, .reference = reference});
}

} // namespace gacsong
