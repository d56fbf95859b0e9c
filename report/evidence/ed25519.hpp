// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gacsong::evidence {

/// A pair of keys for signatures after RFC 8032, as PEM texts (PKCS #8 and SubjectPublicKeyInfo).
struct KeyPair {
    std::string private_pem;
    std::string public_pem;
};

/// A new pair from the system's random numbers; nothing where the library refuses.
[[nodiscard]] std::optional<KeyPair> make_key_pair();

/// The public half of a private key; nothing where the text is no Ed25519 key.
[[nodiscard]] std::optional<std::string> public_pem_of(std::string_view private_pem);

/// 64 bytes as 128 hexadecimal digits; nothing where the text is no private key.
[[nodiscard]] std::optional<std::string> sign(std::string_view private_pem, std::string_view message);

/// Whether a signature in hexadecimal digits is right. A wrong key or signature is false.
[[nodiscard]] bool signature_matches(std::string_view public_pem, std::string_view message, std::string_view hex);

/// First 32 hexadecimal digits of SHA-512 over the 32 bytes of a public key, in groups of four: what people compare.
/// Nothing where the text is no Ed25519 key.
[[nodiscard]] std::optional<std::string> fingerprint(std::string_view public_pem);

} // namespace gacsong::evidence
