// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/signature.h"

#include "core/base/constanttime.h"
#include "core/webhooks/sha256.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr QLatin1String kSecretPrefix("whsec_");
constexpr char kPlainPrefix[] = "sha256=";
constexpr char kStandardVersion[] = "v1,";
constexpr qsizetype kMacBytes = 32;
constexpr qsizetype kShortestKey = 24;
constexpr qsizetype kLongestKey = 64;
constexpr qsizetype kMaxTimestampDigits = 12;

std::optional<TimePoint> parseTimestamp(const QByteArray &text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.isEmpty() || text.size() > kMaxTimestampDigits || !std::all_of(text.begin(), text.end(), isDigit))
        return std::nullopt;
    return TimePoint(Seconds(text.toLongLong()));
}

bool isFresh(const QByteArray &timestamp, TimePoint now)
{
    const std::optional<TimePoint> at = parseTimestamp(timestamp);
    return at && *at >= now - signature::kTolerance && *at <= now + signature::kTolerance;
}

/// QByteArray::fromHex() skips what is no hex digit: only a whole and clean text may pass.
QByteArray decodedHex(const QByteArray &text)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    if (text.size() != 2 * kMacBytes || !std::all_of(text.begin(), text.end(), isHex))
        return {};
    return QByteArray::fromHex(text);
}

QByteArray decodedBase64(const QByteArray &text)
{
    const auto result = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return result ? result.decoded : QByteArray();
}

QByteArray standardMac(const QByteArray &key, const QByteArray &id, const QByteArray &timestamp, const QByteArray &body)
{
    return novita::hmacSha256(key, {id, ".", timestamp, ".", body});
}

Error invalid(const char *text)
{
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("SigningSecret", text));
}

} // namespace

Result<SigningSecret> SigningSecret::fromText(const QString &given)
{
    SigningSecret secret;
    const QString text = given.trimmed();
    secret.m_plainKey = text.toUtf8();
    if (secret.m_plainKey.isEmpty())
        return invalid(QT_TRANSLATE_NOOP("SigningSecret", "The secret is empty."));
    if (secret.m_plainKey.size() > kMaxTextBytes)
        return invalid(QT_TRANSLATE_NOOP("SigningSecret", "The secret is too long."));
    secret.m_standardKey = secret.m_plainKey;
    if (text.startsWith(kSecretPrefix)) {
        secret.m_standardKey = decodedBase64(secret.m_plainKey.mid(kSecretPrefix.size()));
        if (secret.m_standardKey.size() < kShortestKey || secret.m_standardKey.size() > kLongestKey)
            return invalid(QT_TRANSLATE_NOOP("SigningSecret", "A secret that begins with whsec_ continues with 24 to 64 bytes in base64."));
    }
    return secret;
}

QString SigningSecret::generate()
{
    std::array<quint32, kMacBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    QByteArray key;
    for (const quint32 word : words) {
        for (int shift = 0; shift < 32; shift += 8)
            key += static_cast<char>((word >> shift) & 0xffU);
    }
    return kSecretPrefix + QString::fromLatin1(key.toBase64());
}

namespace signature {

QByteArray hmacSha256(const QByteArray &key, const QByteArray &message)
{
    return novita::hmacSha256(key, {message});
}

QByteArray signPlain(const SigningSecret &secret, const QByteArray &body)
{
    return secret.isEmpty() ? QByteArray() : kPlainPrefix + hmacSha256(secret.plainKey(), body).toHex();
}

QByteArray signStandard(const SigningSecret &secret, const QByteArray &id, TimePoint at, const QByteArray &body)
{
    return secret.isEmpty() ? QByteArray() : kStandardVersion + standardMac(secret.standardKey(), id, timestampText(at), body).toBase64();
}

QByteArray timestampText(TimePoint at)
{
    return QByteArray::number(static_cast<qint64>(std::chrono::floor<Seconds>(at).time_since_epoch().count()));
}

QList<HttpHeaders::Field> headers(const SigningSecret &secret, const QByteArray &id, TimePoint at, const QByteArray &body)
{
    if (secret.isEmpty())
        return {};
    const QByteArray timestamp = timestampText(at);
    return {{"webhook-id", id}, {"webhook-timestamp", timestamp}, {"webhook-signature", signStandard(secret, id, at, body)},
            {"X-Webhook-Timestamp", timestamp}, {"X-Webhook-Signature", signPlain(secret, body)}};
}

bool isSchemeHeader(const QByteArray &name)
{
    static constexpr std::array kNames{"webhook-id", "webhook-timestamp", "webhook-signature", "X-Webhook-Timestamp", "X-Webhook-Signature"};
    return std::any_of(kNames.begin(), kNames.end(), [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

bool verifyPlain(const SigningSecrets &secrets, const QByteArray &value, const QByteArray &body)
{
    if (!value.startsWith(kPlainPrefix))
        return false;
    const QByteArray mac = decodedHex(value.mid(sizeof kPlainPrefix - 1));
    if (mac.size() != kMacBytes)
        return false;
    bool matched = false;
    for (const SigningSecret &secret : secrets) {
        const bool matches = !secret.isEmpty() && equalInConstantTime(mac, hmacSha256(secret.plainKey(), body));
        matched = matches || matched;
    }
    return matched;
}

bool verifyStandard(const SigningSecrets &secrets, const QByteArray &value, const QByteArray &id, const QByteArray &timestamp,
                    const QByteArray &body)
{
    QList<QByteArray> candidates;
    for (const QByteArray &item : value.split(' ')) {
        if (!item.startsWith(kStandardVersion) || candidates.size() >= kMaxCandidates)
            continue; // other versions may stand beside ours
        const QByteArray mac = decodedBase64(item.mid(sizeof kStandardVersion - 1));
        if (mac.size() == kMacBytes)
            candidates.append(mac);
    }
    if (candidates.isEmpty())
        return false;
    bool matched = false;
    for (const SigningSecret &secret : secrets) {
        if (secret.isEmpty())
            continue;
        const QByteArray expected = standardMac(secret.standardKey(), id, timestamp, body);
        for (const QByteArray &candidate : std::as_const(candidates)) {
            const bool matches = equalInConstantTime(candidate, expected);
            matched = matches || matched;
        }
    }
    return matched;
}

Verdict check(const SigningSecrets &secrets, const HttpHeaders &headers, const QByteArray &body, TimePoint now)
{
    Verdict verdict;
    const auto once = [&](const char *name) { return headers.count(name) == 1; };
    const auto repeated = [&](const char *name) { return headers.count(name) > 1; };
    if (headers.contains("webhook-signature")) {
        verdict.scheme = Scheme::Standard;
        if (repeated("webhook-signature") || repeated("webhook-id") || repeated("webhook-timestamp")) {
            verdict.failure = Failure::Repeated;
            return verdict;
        }
        const QByteArray id = headers.value("webhook-id");
        const QByteArray timestamp = headers.value("webhook-timestamp");
        if (id.isEmpty() || id.size() > kMaxIdBytes || timestamp.isEmpty())
            return verdict;
        if (!verifyStandard(secrets, headers.value("webhook-signature"), id, timestamp, body))
            verdict.failure = Failure::Wrong;
        else if (!isFresh(timestamp, now))
            verdict.failure = Failure::Stale;
        else
            verdict = {Scheme::Standard, Failure::None, id};
        return verdict;
    }
    if (!headers.contains("X-Webhook-Signature"))
        return verdict;
    verdict.scheme = Scheme::Plain;
    if (!once("X-Webhook-Signature") || repeated("X-Webhook-Timestamp")) {
        verdict.failure = Failure::Repeated;
    } else if (!verifyPlain(secrets, headers.value("X-Webhook-Signature"), body)) {
        verdict.failure = Failure::Wrong;
    } else {
        const bool fresh = !headers.contains("X-Webhook-Timestamp") || isFresh(headers.value("X-Webhook-Timestamp"), now);
        verdict.failure = fresh ? Failure::None : Failure::Stale;
    }
    return verdict;
}

} // namespace signature

} // namespace novita
