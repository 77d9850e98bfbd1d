// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/curltext.h"

#include "core/base/clientstatus.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace novita {

QString shellQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString curlText(const RequestRecord &request)
{
    QString out = QStringLiteral("curl -sS -X %1 %2 \\\n  -H \"Authorization: Bearer $NOVITA_API_KEY\"").arg(request.method, shellQuoted(request.url));
    if (request.requestBody.isObject() || request.requestBody.isArray()) {
        const QJsonDocument document = request.requestBody.isObject() ? QJsonDocument(request.requestBody.toObject()) : QJsonDocument(request.requestBody.toArray());
        out += QStringLiteral(" \\\n  -H 'Content-Type: application/json' \\\n  --data ")
             + shellQuoted(QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
    }
    return out;
}

} // namespace novita
