// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requesttext.h"

#include "core/base/redact.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RequestText)
};

const QChar kBullet(0x2022);

bool hasBody(const QJsonValue &body)
{
    return body.isObject() || body.isArray();
}

QString jsonText(const QJsonValue &value)
{
    const QJsonDocument document = value.isObject() ? QJsonDocument(value.toObject()) : QJsonDocument(value.toArray());
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

/// A JSON string is one of Python, too: both know the same escapes.
QString quoted(const QString &text)
{
    const QString list = jsonText(QJsonArray{text});
    return list.mid(1, list.size() - 2);
}

QString pythonLiteral(const QJsonValue &value, const QString &indent)
{
    const QString inner = indent + QStringLiteral("    ");
    QStringList parts;
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool() ? QStringLiteral("True") : QStringLiteral("False");
    case QJsonValue::String: return quoted(value.toString());
    case QJsonValue::Double: {
        const QString list = jsonText(QJsonArray{value});
        return list.mid(1, list.size() - 2);
    }
    case QJsonValue::Array: {
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            parts.append(inner + pythonLiteral(item, inner));
        return parts.isEmpty() ? QStringLiteral("[]") : QStringLiteral("[\n%1,\n%2]").arg(parts.join(QStringLiteral(",\n")), indent);
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            parts.append(inner + quoted(it.key()) + QStringLiteral(": ") + pythonLiteral(it.value(), inner));
        return parts.isEmpty() ? QStringLiteral("{}") : QStringLiteral("{\n%1,\n%2}").arg(parts.join(QStringLiteral(",\n")), indent);
    }
    default: return QStringLiteral("None");
    }
}

QString curl(const RequestPreview &request)
{
    QString out = QStringLiteral("curl -sS -X ") + request.method + QLatin1Char(' ') + shellQuoted(request.url)
                  + QStringLiteral(" \\\n  -H \"Authorization: Bearer $NOVITA_API_KEY\"");
    if (hasBody(request.body))
        out += QStringLiteral(" \\\n  -H 'Content-Type: application/json' \\\n  --data ") + shellQuoted(jsonText(request.body));
    return out;
}

QString python(const RequestPreview &request)
{
    QString out = QStringLiteral("import json\nimport os\nimport urllib.request\n\nrequest = urllib.request.Request(\n    ");
    out += quoted(request.url) + QStringLiteral(",\n    method=") + quoted(request.method) + QStringLiteral(",\n    headers={\n");
    out += QStringLiteral("        \"Authorization\": \"Bearer \" + os.environ[\"NOVITA_API_KEY\"],\n");
    if (hasBody(request.body))
        out += QStringLiteral("        \"Content-Type\": \"application/json\",\n");
    out += QStringLiteral("    },\n");
    if (hasBody(request.body)) {
        const QString indent(4, QLatin1Char(' '));
        out += QStringLiteral("    data=json.dumps(") + pythonLiteral(request.body, indent) + QStringLiteral(").encode(),\n");
    }
    return out + QStringLiteral(")\nwith urllib.request.urlopen(request, timeout=60) as answer:\n    print(answer.read().decode())\n");
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString requestText(const RequestPreview &request, RequestForm form)
{
    const RequestPreview safe{request.method, redact(request.url), redactJson(request.body)};
    const QString text = form == RequestForm::Curl ? curl(safe) : python(safe);
    const bool isBlottedOut = text.contains(QString(3, kBullet));
    return isBlottedOut ? QStringLiteral("# ") + Text::tr("Secret values were left out: fill in what reads ••• before you run it.") + QLatin1Char('\n') + text : text;
}

void copyRequest(const RequestPreview &request, RequestForm form)
{
    QGuiApplication::clipboard()->setText(requestText(request, form));
}

QString requestFormName(RequestForm form)
{
    return form == RequestForm::Curl ? QStringLiteral("curl") : QStringLiteral("Python");
}

} // namespace novita
