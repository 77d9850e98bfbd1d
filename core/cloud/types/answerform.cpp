// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/answerform.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

namespace novita {

namespace {

struct AnswerFormWords
{
    Q_DECLARE_TR_FUNCTIONS(AnswerForm)
};

/// The parser counts bytes.
void placeAt(const QByteArray &bytes, qsizetype offset, SchemaCheck &out)
{
    const QByteArray before = bytes.left(offset);
    out.line = static_cast<int>(before.count('\n')) + 1;
    out.column = static_cast<int>(QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size()) + 1;
}

QString nameOf(const AnswerForm &form)
{
    return form.name.isEmpty() ? QStringLiteral("answer") : form.name;
}

} // namespace

SchemaCheck checkSchema(const QString &text)
{
    SchemaCheck out;
    if (text.trimmed().isEmpty()) {
        out.problem = AnswerFormWords::tr("Write the schema of the answer first.");
        return out;
    }
    if (text.size() > AnswerForm::kMostSchemaChars) {
        out.problem = AnswerFormWords::tr("The schema is longer than %1 characters.").arg(AnswerForm::kMostSchemaChars);
        return out;
    }
    const QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        placeAt(bytes, error.offset, out);
        out.problem = AnswerFormWords::tr("The schema is no JSON: %1 in line %2, column %3.").arg(error.errorString()).arg(out.line).arg(out.column);
        return out;
    }
    if (!document.isObject()) {
        out.problem = AnswerFormWords::tr("A schema is a JSON object: {…}.");
        return out;
    }
    const QJsonValue properties = document.object().value(QLatin1String("properties"));
    if (!properties.isUndefined() && !properties.isObject())
        out.problem = AnswerFormWords::tr("“properties” of the schema must be an object.");
    out.properties = properties.toObject().size();
    return out;
}

QString AnswerForm::problem() const
{
    if (kind != Kind::Schema)
        return {};
    static const QRegularExpression allowed(QStringLiteral("^[A-Za-z0-9_-]{0,64}$"));
    if (!allowed.match(name).hasMatch())
        return AnswerFormWords::tr("The name of the schema may have up to 64 letters, digits, _ and -.");
    return checkSchema(schema).problem;
}

std::optional<QJsonObject> AnswerForm::toJson() const
{
    if (kind == Kind::Json)
        return QJsonObject{{QStringLiteral("type"), QStringLiteral("json_object")}};
    if (kind == Kind::Text || !problem().isEmpty())
        return std::nullopt;
    QJsonObject said{{QStringLiteral("name"), nameOf(*this)}, {QStringLiteral("schema"), QJsonDocument::fromJson(schema.toUtf8()).object()}};
    if (!description.trimmed().isEmpty())
        said.insert(QStringLiteral("description"), description.trimmed());
    if (strict)
        said.insert(QStringLiteral("strict"), true);
    return QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")}, {QStringLiteral("json_schema"), said}};
}

} // namespace novita
