// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QUrl>

namespace novita {

/// Text with every secret that can be recognised replaced by "•••": values behind secret-looking names (password, token,
/// apiKey, secret, authorization, cookie, imageAuth, … in JSON, query-string and header form), Bearer values, `sk_` keys,
/// `user:password@` in URLs, signed-URL query values, and every literal registered with `registerSecret()`.
///
/// Applied once more by the log sink to every line, whatever the caller did. Thread-safe. Idempotent.
QString redact(const QString &text);

/// Text with the literals of `registerSecret()` alone replaced: for texts of people, in which "secret: garden" is no secret. Thread-safe.
QString redactRegistered(const QString &text);

/// The first `most` characters of `text`, redacted as a whole: a secret that the cut runs through shows no part of itself.
QString redactedExcerpt(const QString &text, qsizetype most);

/// JSON with the values of secret-looking members and of all env values ("envs": [{key, value}]) replaced by "•••".
QJsonValue redactJson(const QJsonValue &value);

/// Is a JSON member, header or query item of this name secret by its name alone? Case-insensitive.
bool isSecretName(QStringView name);

/// A literal to be blotted out wherever it appears from now on (the API key in use, a registry password).
/// Values shorter than 6 characters are ignored: blotting out "a" would destroy all text. Thread-safe.
void registerSecret(const QString &value);
/// Forgets all registered literals. For tests.
void clearRegisteredSecrets();

} // namespace novita
