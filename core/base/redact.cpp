// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QMutex>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <array>

namespace novita {

namespace {

// Everything static here is made and never destroyed: a thread may log while the program ends, and what it says then is redacted,
// too.

const QString &mask()
{
    static const QString &text = *new QString(QStringLiteral("•••"));
    return text;
}

struct SecretRegistry
{
    QMutex mutex;
    QStringList values; // longest first, so that a secret that contains another goes whole
};

SecretRegistry &registry()
{
    static SecretRegistry &instance = *new SecretRegistry;
    return instance;
}

const QString &namePattern()
{
    static const QString &pattern = *new QString(QStringLiteral(
        "[A-Za-z0-9_.-]*(?:passw(?:or)?d|token|api[_-]?key|secret|authorization|cookie|credential|image[_-]?auth"
        "|signature|x-amz-security-token|x-goog-signature|private[_-]?key)[A-Za-z0-9_.-]*"));
    return pattern;
}

QString replaceAll(QString text, const QRegularExpression &expression, const QString &replacement)
{
    return text.replace(expression, replacement);
}

} // namespace

bool isSecretName(QStringView name)
{
    static const QRegularExpression &whole = *new QRegularExpression(QRegularExpression::anchoredPattern(namePattern()),
                                          QRegularExpression::CaseInsensitiveOption);
    // An id that points at a stored credential is no credential.
    if (name.compare(u"imageAuthId", Qt::CaseInsensitive) == 0 || name.compare(u"registryAuthId", Qt::CaseInsensitive) == 0)
        return false;
    return whole.match(name.toString()).hasMatch();
}

QString redactRegistered(const QString &text)
{
    QString out = text;
    SecretRegistry &known = registry();
    const QMutexLocker lock(&known.mutex);
    for (const QString &secret : std::as_const(known.values)) {
        out.replace(secret, mask());
        const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(secret));
        if (encoded != secret)
            out.replace(encoded, mask());
    }
    return out;
}

QString redact(const QString &text)
{
    if (text.isEmpty())
        return text;
    QString out = redactRegistered(text);

    static const auto options = QRegularExpression::CaseInsensitiveOption;
    static const QRegularExpression &jsonMember = *new QRegularExpression(
        QStringLiteral("(\"(?!imageAuthId|registryAuthId)") + namePattern()
            + QStringLiteral("\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*+)"),
        options);
    // JSON quoted inside JSON or a log line: \"password\":\"x\"
    static const QRegularExpression &quotedJsonMember = *new QRegularExpression(
        QStringLiteral("(\\\\\"(?!imageAuthId|registryAuthId)") + namePattern()
            + QStringLiteral("\\\\\"\\s*:\\s*\\\\\")(.*?)(?<!\\\\)(\\\\\")"),
        options);
    // {"key":"HF_TOKEN","value":"x"}: environment variables of an instance
    static const QRegularExpression &envValue = *new QRegularExpression(
        QStringLiteral("(\"key\"\\s*:\\s*\"[^\"]*\"\\s*,\\s*\"value\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*+)"), options);
    static const QRegularExpression &bearer = *new QRegularExpression(QStringLiteral("\\b(Bearer|Basic)\\s+[^\\s\"',;}]+"), options);
    static const QRegularExpression &apiKey = *new QRegularExpression(QStringLiteral("\\bsk[_-][A-Za-z0-9_-]{6,}"));
    static const QRegularExpression &userInfo = *new QRegularExpression(QStringLiteral("(://)[^/\\s:@]+:[^/\\s@]+@"));
    // name=value and "Name: value" (header, query string, command line)
    static const QRegularExpression &assignment = *new QRegularExpression(
        QStringLiteral("(?<![A-Za-z0-9_.\"\\\\-])((?!imageAuthId|registryAuthId)") + namePattern()
            + QStringLiteral("\\s*(?:=|:(?!//))\\s*)(?![\"\\s•])([^\\s&\"',;}]+)"),
        options);
    static const QRegularExpression &signedQuery = *new QRegularExpression(
        QStringLiteral("([?&](?:X-Amz-[A-Za-z-]+|X-Goog-[A-Za-z-]+|Signature|Expires|AWSAccessKeyId|sig)=)[^&\\s\"]+"), options);

    out = replaceAll(out, jsonMember, QStringLiteral("\\1•••"));
    out = replaceAll(out, quotedJsonMember, QStringLiteral("\\1•••\\3"));
    out = replaceAll(out, envValue, QStringLiteral("\\1•••"));
    out = replaceAll(out, bearer, QStringLiteral("\\1 •••"));
    out = replaceAll(out, apiKey, QStringLiteral("•••"));
    out = replaceAll(out, userInfo, QStringLiteral("\\1•••@"));
    out = replaceAll(out, signedQuery, QStringLiteral("\\1•••"));
    out = replaceAll(out, assignment, QStringLiteral("\\1•••"));
    return out;
}

QString redactedExcerpt(const QString &text, qsizetype most)
{
    // Longer than any key that a header can carry here; the rest of a hostile text is not worth the work.
    constexpr qsizetype kLongestSecret = 4096;
    return redact(text.left(most + kLongestSecret)).left(most);
}

QJsonValue redactJson(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue item : value.toArray())
            out.append(redactJson(item));
        return out;
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QJsonObject out;
        const bool isEnvVar = object.size() == 2 && object.contains(QLatin1String("key")) && object.contains(QLatin1String("value"));
        for (auto it = object.begin(); it != object.end(); ++it) {
            const bool secret = isSecretName(it.key()) || (isEnvVar && it.key() == QLatin1String("value"));
            if (secret && !it.value().isObject() && !it.value().isArray())
                out.insert(it.key(), it.value().toString().isEmpty() ? it.value() : QJsonValue(QStringLiteral("•••")));
            else
                out.insert(it.key(), redactJson(it.value()));
        }
        return out;
    }
    if (value.isString())
        return redact(value.toString());
    return value;
}

void registerSecret(const QString &value)
{
    if (value.size() < 6)
        return;
    SecretRegistry &known = registry();
    const QMutexLocker lock(&known.mutex);
    if (known.values.contains(value))
        return;
    known.values.append(value);
    std::sort(known.values.begin(), known.values.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
}

void clearRegisteredSecrets()
{
    SecretRegistry &known = registry();
    const QMutexLocker lock(&known.mutex);
    known.values.clear();
}

} // namespace novita
