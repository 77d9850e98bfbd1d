// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/keptheaders.h"

#include "core/base/redact.h"

#include <QHash>

namespace novita {

namespace {

/// A signature is bound to its bytes and worth keeping with them; a credential would open something else.
bool isSignature(const QByteArray &name)
{
    return name.compare("X-Webhook-Signature", Qt::CaseInsensitive) == 0 || name.compare("webhook-signature", Qt::CaseInsensitive) == 0;
}

/// isSecretName() for header fields. Senders use the same few names again and again.
bool isCredential(const QByteArray &name)
{
    constexpr qsizetype kMostKnown = 256;
    thread_local QHash<QByteArray, bool> known;
    const auto found = known.constFind(name);
    if (found != known.constEnd())
        return *found;
    const bool credential = !isSignature(name) && isSecretName(QString::fromLatin1(name));
    if (known.size() < kMostKnown)
        known.insert(name, credential);
    return credential;
}

} // namespace

QList<HttpHeaders::Field> keptHeaders(const HttpHeaders &headers)
{
    QList<HttpHeaders::Field> kept = headers.fields();
    for (HttpHeaders::Field &field : kept) {
        if (isCredential(field.name))
            field.value = "•••";
    }
    return kept;
}

} // namespace novita
