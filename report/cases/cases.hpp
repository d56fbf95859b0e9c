// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/cases/audit.hpp"
#include "report/cases/item_address.hpp"
#include "report/store/store.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong {

/// A case with everything that belongs to it.
struct CaseContents {
    CaseFile file;
    std::vector<CaseItem> items; ///< in the order in which they were added
    std::vector<CaseNote> notes;
};

/// The cases of a store. Every change is one transaction with its entry in the log.
class Cases {
public:
    /// `hand` is written into the log and into the times of what is made. The store must outlive it.
    Cases(Store& store, Hand hand) : store_(store), hand_(std::move(hand)) {}

    /// Opens a case. An empty id becomes `VV-<year>-<number>`, the next one of the year in Viet Nam's time.
    /// Errors: case.title, case.bad_id (other than letters, digits, `-`, `_` and `.`, at most 40), case.exists; those
    /// of the store here and below.
    [[nodiscard]] Result<CaseFile> create(CaseFile draft);

    /// Puts things of stored runs into a case; what is in it already stays as it is. Gives how many are new.
    /// Errors: case.unknown, case.closed, case.item (no such thing in the run), case.no_run, case.no_findings.
    [[nodiscard]] Result<std::size_t> add(const std::string& case_id, std::span<const ItemAddress> items);

    /// Errors: case.unknown, case.kind, case.closed (but for an answer or an outcome).
    [[nodiscard]] Status note(const std::string& case_id, const std::string& kind, const std::string& text);

    /// Replaces reason, address, people, conditions or documents; the text before stays in the log.
    /// Errors: case.unknown, case.closed.
    [[nodiscard]] Status describe(const std::string& case_id, const std::string& field, const std::string& text);

    /// `open`, `closed` or `handed-over`. Errors: case.unknown.
    [[nodiscard]] Status set_state(const std::string& case_id, const std::string& state);

    /// All cases, the one opened last first.
    [[nodiscard]] Result<std::vector<CaseFile>> list();

    /// Errors: case.unknown.
    [[nodiscard]] Result<CaseFile> file(const std::string& case_id);
    [[nodiscard]] Result<CaseContents> contents(const std::string& case_id);

private:
    [[nodiscard]] Result<CaseFile> open_file(const std::string& case_id);
    [[nodiscard]] Result<std::vector<CaseItem>> found(const std::string& case_id, const ItemAddress& address);
    [[nodiscard]] Result<std::int64_t> run_of(const ItemAddress& address);
    [[nodiscard]] Result<std::string> next_id();
    [[nodiscard]] Status log(const std::string& action, const std::string& case_id,
                             const std::vector<std::pair<std::string, std::string>>& details, bool last = true);

    Store& store_;
    Hand hand_;
};

/// Kinds of notes, in the order in which a report prints them.
[[nodiscard]] std::span<const std::string_view> note_kinds();

/// Adds findings to a case in one call: what a window needs for "Add to report". An empty case id opens a new case with
/// `title`. Gives the id of the case. Errors: those of Cases.
[[nodiscard]] Result<std::string> add_to_case(Store& store, const Hand& hand, const std::string& case_id,
                                              const std::string& title, std::span<const ItemAddress> items);

} // namespace gacsong
