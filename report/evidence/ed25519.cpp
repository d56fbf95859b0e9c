// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/evidence/ed25519.hpp"

#include "sdr/recorder/sha512.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace gacsong::evidence {
namespace {

constexpr std::size_t signature_bytes = 64;
constexpr std::size_t most_pem = 4096;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Memory reading(std::string_view text)
{
    return {BIO_new_mem_buf(text.data(), static_cast<int>(std::min(text.size(), most_pem))), BIO_free};
}

std::string text_of(BIO* memory)
{
    char* data = nullptr;
    const long length = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(length)};
}

/// A key that asks for a password is none of ours: the question would go to the terminal.
int no_password(char* /*buffer*/, int /*size*/, int /*rwflag*/, void* /*user*/) { return 0; }

Key ed25519(EVP_PKEY* key)
{
    Key held(key, EVP_PKEY_free);
    if (held && EVP_PKEY_get_base_id(held.get()) != EVP_PKEY_ED25519)
        held.reset();
    return held;
}

Key private_key(std::string_view pem)
{
    const Memory memory = reading(pem);
    return ed25519(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_password, nullptr));
}

Key public_key(std::string_view pem)
{
    const Memory memory = reading(pem);
    return ed25519(PEM_read_bio_PUBKEY(memory.get(), nullptr, no_password, nullptr));
}

std::optional<std::string> public_text(EVP_PKEY* key)
{
    const Memory out(BIO_new(BIO_s_mem()), BIO_free);
    if (!out || PEM_write_bio_PUBKEY(out.get(), key) != 1)
        return std::nullopt;
    return text_of(out.get());
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::optional<KeyPair> make_key_pair()
{
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
    const Memory out(BIO_new(BIO_s_mem()), BIO_free);
    if (!key || !out || PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return std::nullopt;
    const auto shared = public_text(key.get());
    return shared ? std::optional(KeyPair{text_of(out.get()), *shared}) : std::nullopt;
}

std::optional<std::string> public_pem_of(std::string_view private_pem)
{
    const Key key = private_key(private_pem);
    return key ? public_text(key.get()) : std::nullopt;
}

std::optional<std::string> sign(std::string_view private_pem, std::string_view message)
{
    const Key key = private_key(private_pem);
    const Digest context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::array<unsigned char, signature_bytes> signature{};
    std::size_t length = signature.size();
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, bytes(message), message.size()) != 1)
        return std::nullopt;
    std::string hex;
    for (const unsigned char byte : signature)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

bool signature_matches(std::string_view public_pem, std::string_view message, std::string_view hex)
{
    if (hex.size() != 2 * signature_bytes)
        return false;
    std::array<unsigned char, signature_bytes> signature{};
    for (std::size_t i = 0; i < signature.size(); ++i) {
        const int high = nibble(hex[2 * i]);
        const int low = nibble(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        signature[i] = static_cast<unsigned char>(high * 16 + low);
    }
    const Key key = public_key(public_pem);
    const Digest context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes(message), message.size()) == 1;
}

std::optional<std::string> fingerprint(std::string_view public_pem)
{
    const Key key = public_key(public_pem);
    std::array<unsigned char, 32> raw{};
    std::size_t length = raw.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &length) != 1)
        return std::nullopt;
    sdr::Sha512 hash;
    hash.add(std::as_bytes(std::span(raw)));
    const std::string hex = hash.hex();
    std::string text;
    for (std::size_t i = 0; i < 32; i += 4)
        text += (i > 0 ? " " : "") + hex.substr(i, 4);
    return text;
}

} // namespace gacsong::evidence
