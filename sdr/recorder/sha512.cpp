// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/recorder/sha512.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace gacsong::sdr {

struct Sha512::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha512::Sha512() : state_(std::make_unique<State>())
{
    if (state_->context == nullptr || EVP_DigestInit_ex(state_->context, EVP_sha512(), nullptr) != 1)
        throw std::bad_alloc();
}

Sha512::~Sha512() = default;

void Sha512::add(std::span<const std::byte> bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

std::string Sha512::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(state_->context, digest.data(), &length);
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 0xFU];
    }
    return text;
}

} // namespace gacsong::sdr
