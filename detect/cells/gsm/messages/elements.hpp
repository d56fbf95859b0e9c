// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/gsm/messages/bit_reader.hpp"
#include "detect/cells/gsm/messages/reading.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

namespace gacsong::detect::gsm {

/// How the bits of a field become a value.
enum class FieldKind { number, flag, hidden };

/// A field of some bits: value = first + step · bits. Hidden ones are spare.
struct FieldSpec {
    const char* name;
    unsigned bits;
    FieldKind kind = FieldKind::number;
    int step = 1;
    int first = 0;
};

/// Reads the fields of a table one after the other.
void read_fields(BitReader& reader, std::span<const FieldSpec> table, BroadcastFields& out);
void read_fields(BitReader& reader, std::initializer_list<FieldSpec> table, BroadcastFields& out);

void put(BroadcastFields& out, const char* name, std::int64_t value);
void put_flag(BroadcastFields& out, const char* name, bool value);
void put(BroadcastFields& out, const char* name, std::vector<std::int64_t> values);
void put(BroadcastFields& out, const char* name, std::string text);

// Information elements (3GPP TS 44.018 §10.5).

/// Location area identification, 5 octets: plmn, lac.
void read_lai(BitReader& reader, Broadcast& out);

/// Control channel description, 3 octets.
void read_control_channel(BitReader& reader, Broadcast& out);

/// Cell options (BCCH), 1 octet.
void read_cell_options(BitReader& reader, Broadcast& out);

/// Cell selection parameters, 2 octets.
void read_cell_selection(BitReader& reader, Broadcast& out);

/// RACH control parameters, 3 octets.
void read_rach_control(BitReader& reader, Broadcast& out);

/// A list of carriers of 16 octets in any of the six formats; bits of the first octet that are not part of the format
/// are taken out by the caller.
[[nodiscard]] std::vector<unsigned> read_frequency_list(std::span<const std::uint8_t, 16> octets);

} // namespace gacsong::detect::gsm
