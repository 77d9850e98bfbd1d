// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/sha256.h"

#include <array>
#include <memory>

#include <openssl/evp.h>

namespace novita {

namespace {

constexpr qsizetype kHashBytes = 32;
constexpr qsizetype kBlockBytes = 64;
constexpr unsigned char kInnerPad = 0x36;
constexpr unsigned char kOuterPad = 0x5c;

struct FreeContext
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

/// One run of the algorithm. Looking the algorithm up takes longer than a short text does, so that is done once.
class Run
{
public:
    Run()
    {
        static const EVP_MD *const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
        m_context = context.get();
        require(EVP_DigestInit_ex(m_context, algorithm, nullptr));
    }

    void add(const void *data, qsizetype size) { require(EVP_DigestUpdate(m_context, data, static_cast<std::size_t>(size))); }

    QByteArray result()
    {
        QByteArray hash(kHashBytes, Qt::Uninitialized);
        require(EVP_DigestFinal_ex(m_context, reinterpret_cast<unsigned char *>(hash.data()), nullptr));
        return hash;
    }

private:
    /// Fails when there is no memory, or no SHA-256 in this OpenSSL: no signature could be told from another then.
    static void require(int ok)
    {
        if (ok != 1)
            qFatal("SHA-256 is not available");
    }

    EVP_MD_CTX *m_context;
};

using Block = std::array<unsigned char, kBlockBytes>;

Block padded(const QByteArray &key, unsigned char pad)
{
    Block block;
    for (qsizetype i = 0; i < kBlockBytes; ++i)
        block[static_cast<std::size_t>(i)] = static_cast<unsigned char>((i < key.size() ? static_cast<unsigned char>(key.at(i)) : 0) ^ pad);
    return block;
}

} // namespace

QByteArray sha256(std::initializer_list<QByteArrayView> parts)
{
    Run run;
    for (const QByteArrayView part : parts)
        run.add(part.data(), part.size());
    return run.result();
}

QByteArray hmacSha256(const QByteArray &key, std::initializer_list<QByteArrayView> parts)
{
    const QByteArray whole = key.size() > kBlockBytes ? sha256({key}) : key;
    Run inner;
    const Block innerPad = padded(whole, kInnerPad);
    inner.add(innerPad.data(), kBlockBytes);
    for (const QByteArrayView part : parts)
        inner.add(part.data(), part.size());
    const QByteArray innerHash = inner.result();
    Run outer;
    const Block outerPad = padded(whole, kOuterPad);
    outer.add(outerPad.data(), kBlockBytes);
    outer.add(innerHash.constData(), innerHash.size());
    return outer.result();
}

} // namespace novita
