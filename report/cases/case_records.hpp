// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/records/fields.hpp"
#include "dsp/message.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace gacsong {

/// A case: what the office gathers under one number. Everything but numbers and times is text as somebody typed it.
struct CaseFile {
    std::string case_id; ///< `VV-2026-014`
    std::string title;
    std::string state = "open"; ///< `open`, `closed`, `handed-over`
    std::optional<Instant> opened_at;
    std::optional<Instant> closed_at;
    std::string reason; ///< why there was a measurement: complaint, monitoring, request
    std::string address;
    std::string people;
    std::string conditions; ///< weather, standing or moving, antenna
    std::string documents;  ///< decision, plan, complaint: as quoted in a document
    static constexpr auto fields = std::tuple{
        Field{"case_id", &CaseFile::case_id},       Field{"title", &CaseFile::title},
        Field{"state", &CaseFile::state},           Field{"opened_at", &CaseFile::opened_at},
        Field{"closed_at", &CaseFile::closed_at},   Field{"reason", &CaseFile::reason},
        Field{"address", &CaseFile::address},       Field{"people", &CaseFile::people},
        Field{"conditions", &CaseFile::conditions}, Field{"documents", &CaseFile::documents},
    };
};

/// A finding, an emission or a cell of a stored run that belongs to a case.
struct CaseItem {
    std::string case_id;
    std::uint64_t run = 0;
    std::string item; ///< its id within the run: `f2`, `e3`, `c1`
    std::optional<Instant> added_at;
    static constexpr auto fields = std::tuple{
        Field{"case_id", &CaseItem::case_id},
        Field{"run", &CaseItem::run},
        Field{"item", &CaseItem::item},
        Field{"added_at", &CaseItem::added_at},
    };
};

/// What was typed to a case.
struct CaseNote {
    std::string case_id;
    std::optional<Instant> at;
    std::string kind = "note"; ///< `note`, `proposal`, `open` (what remains open), `answer`, `outcome`
    std::string text;
    static constexpr auto fields = std::tuple{
        Field{"case_id", &CaseNote::case_id},
        Field{"at", &CaseNote::at},
        Field{"kind", &CaseNote::kind},
        Field{"text", &CaseNote::text},
    };
};

/// An entry of the log of the store: who did what. Its hash covers all its other fields and the hash before it.
struct AuditEntry {
    std::uint64_t entry = 0; ///< 1, 2, … without holes
    std::string at;          ///< RFC 3339, UTC
    std::string who;
    std::string action;  ///< `case-new`, `run-stored`, …
    std::string subject; ///< case, run
    std::string details; ///< JSON
    std::string previous;
    std::string hash; ///< SHA-512, 128 hexadecimal digits
    static constexpr auto fields = std::tuple{
        Field{"entry", &AuditEntry::entry},       Field{"at", &AuditEntry::at},
        Field{"who", &AuditEntry::who},           Field{"action", &AuditEntry::action},
        Field{"subject", &AuditEntry::subject},   Field{"details", &AuditEntry::details},
        Field{"previous", &AuditEntry::previous}, Field{"hash", &AuditEntry::hash},
    };
};

} // namespace gacsong
