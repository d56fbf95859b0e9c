// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace gacsong::detect {

/// Hands everything to the sinks; one that fails is named once and left out from then on.
class Outlet {
public:
    explicit Outlet(std::span<Sink* const> sinks) : sinks_(sinks.begin(), sinks.end()) {}

    template <class Call> void tell(Call call)
    {
        for (std::size_t i = 0; i < sinks_.size();) {
            const Status status = call(*sinks_[i]);
            if (status) {
                ++i;
                continue;
            }
            failures_.push_back(status.error().message);
            sinks_.erase(sinks_.begin() + static_cast<std::ptrdiff_t>(i));
            for (Sink* other : sinks_)
                static_cast<void>(other->warning(failures_.back()));
        }
    }

    void progress(const Progress& progress)
    {
        for (Sink* sink : sinks_)
            sink->progress(progress);
    }

    [[nodiscard]] const std::vector<Message>& failures() const { return failures_; }

private:
    std::vector<Sink*> sinks_;
    std::vector<Message> failures_;
};

} // namespace gacsong::detect
