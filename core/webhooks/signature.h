// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/http/httpmessage.h"

#include <QByteArray>
#include <QList>

#include <optional>

/// Signatures of webhook deliveries, made and checked. Two schemes:
/// - *plain*: `X-Webhook-Signature: sha256=<hex>`, HMAC-SHA256 over the raw body, with an `X-Webhook-Timestamp` (Unix seconds)
///   beside it that is not signed;
/// - *Standard Webhooks* (standardwebhooks.com): `webhook-id`, `webhook-timestamp`, `webhook-signature`; HMAC-SHA256 over
///   `{id}.{timestamp}.` and the raw body, as `v1,<base64>`, several of them separated by blanks.
/// Pure functions, any thread.
namespace novita {

/// A shared secret. Its text never belongs into a log or a file.
///
/// `whsec_<base64>` (24-64 bytes) is the form of Standard Webhooks: the bytes are the key of that scheme, the whole text as UTF-8 that
/// of the plain one. Any other text is the key of both, as UTF-8.
class SigningSecret final
{
public:
    static constexpr qsizetype kMaxTextBytes = 1024;
    static constexpr qsizetype kFewSafeBytes = 16; ///< below, it can be guessed

    SigningSecret() = default; ///< empty: signs nothing and verifies nothing
    /// Blanks around the text are not part of the secret. ErrorKind::Validation: empty, longer than kMaxTextBytes, or `whsec_` in front of what is not base64 of 24-64 bytes.
    static Result<SigningSecret> fromText(const QString &text);
    /// `whsec_` and 32 bytes of the system's generator.
    static QString generate();

    bool isEmpty() const { return m_plainKey.isEmpty(); }
    bool isWeak() const { return !isEmpty() && m_plainKey.size() < kFewSafeBytes; }
    const QByteArray &plainKey() const { return m_plainKey; }
    const QByteArray &standardKey() const { return m_standardKey; }

private:
    QByteArray m_plainKey;
    QByteArray m_standardKey;
};

/// The secret in use and, while it is being replaced, the one before or after it.
using SigningSecrets = QList<SigningSecret>;

namespace signature {

/// Clocks may differ by so much in either direction, and a delivery may be that old.
inline constexpr Seconds kTolerance{300};
inline constexpr qsizetype kMaxIdBytes = 256;
/// Signatures that are looked at in one `webhook-signature`; what follows is ignored.
inline constexpr int kMaxCandidates = 10;

/// HMAC-SHA256 (RFC 2104): 32 bytes.
QByteArray hmacSha256(const QByteArray &key, const QByteArray &message);

/// Value of X-Webhook-Signature: `sha256=` and 64 lower-case hex digits. Empty for an empty secret.
QByteArray signPlain(const SigningSecret &secret, const QByteArray &body);
/// Value of webhook-signature: `v1,` and base64. Empty for an empty secret.
QByteArray signStandard(const SigningSecret &secret, const QByteArray &id, TimePoint at, const QByteArray &body);
/// Unix seconds as both timestamp headers carry them.
QByteArray timestampText(TimePoint at);

/// What a signed delivery carries: the headers of both schemes, in the order of the specification. Empty for an empty secret.
QList<HttpHeaders::Field> headers(const SigningSecret &secret, const QByteArray &id, TimePoint at, const QByteArray &body);
/// Does a field of this name belong to one of the schemes?
bool isSchemeHeader(const QByteArray &name);

/// Does `value` ("sha256=<hex>", either case) sign `body` with one of the secrets? Takes the same time wherever it differs.
bool verifyPlain(const SigningSecrets &secrets, const QByteArray &value, const QByteArray &body);
/// Does one of the signatures in `value` sign id, timestamp (as sent) and body with one of the secrets?
bool verifyStandard(const SigningSecrets &secrets, const QByteArray &value, const QByteArray &id, const QByteArray &timestamp,
                    const QByteArray &body);

enum class Scheme { None, Plain, Standard };

enum class Failure {
    None,
    Missing,   ///< no signature header, or a part of the scheme is not there
    Repeated,  ///< a header of the scheme stands there twice: which one counts is anybody's guess
    Wrong,     ///< malformed, or signed with another secret
    Stale,     ///< rightly signed, but the timestamp header is not within kTolerance, or is none
};

struct Verdict
{
    Scheme scheme = Scheme::None; ///< by the headers that are there; Standard goes before Plain
    Failure failure = Failure::Missing;
    QByteArray id;                ///< webhook-id, of a delivery that verified by Standard Webhooks

    bool ok() const { return failure == Failure::None; }
};

/// Judges a delivery by its headers and raw body. There is no way down: who shows Standard Webhooks headers is judged by them alone.
Verdict check(const SigningSecrets &secrets, const HttpHeaders &headers, const QByteArray &body, TimePoint now);

} // namespace signature

} // namespace novita
