// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/schemaform.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldrules.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr qsizetype kMostProperties = 100;
constexpr qsizetype kMostChoices = 200;
constexpr double kExact = 9007199254740992.0;

QString labelFor(const QString &name)
{
    QString label = name;
    label.replace(QLatin1Char('_'), QLatin1Char(' '));
    return label.left(1).toUpper() + label.mid(1);
}

bool isName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z][A-Za-z0-9_-]{0,63}\\z"));
    return pattern.match(name).hasMatch();
}

std::optional<double> bound(const QJsonObject &schema, QLatin1String key)
{
    const double number = schema.value(key).toDouble(NAN);
    return std::abs(number) <= kExact ? std::optional(number) : std::nullopt;
}

QString optionText(const QJsonValue &value)
{
    return value.isString() ? value.toString() : value.toVariant().toString();
}

/// The first type of ["string", "null"] and the like.
QString typeOf(const QJsonObject &schema)
{
    const QJsonValue type = schema.value(QLatin1String("type"));
    if (type.isString())
        return type.toString();
    for (const QJsonValue &one : type.toArray()) {
        if (one.toString() != QLatin1String("null"))
            return one.toString();
    }
    return {};
}

bool looksLikeImage(const QString &name, const QJsonObject &schema)
{
    const QString format = schema.value(QLatin1String("format")).toString();
    return name.contains(QLatin1String("image"), Qt::CaseInsensitive) && (format.isEmpty() || format == QLatin1String("uri") || format == QLatin1String("binary"));
}

void readChoices(FieldSpec &field, const QJsonArray &options, const QString &type)
{
    field.type = FieldType::Choice;
    field.asInteger = type == QLatin1String("integer");
    for (qsizetype i = 0; i < std::min(options.size(), kMostChoices); ++i) {
        const QString value = optionText(options.at(i));
        if (!value.isEmpty() && value.size() <= 300)
            field.choices.append({value, displayLine(value, 80), ModelBase::Unknown});
    }
}

void readText(FieldSpec &field, const QJsonObject &schema)
{
    if (looksLikeImage(field.name, schema)) {
        field.type = FieldType::Image;
        field.accepts = {ImageForm::Url, ImageForm::Base64};
        return;
    }
    constexpr double kMostChars = 100'000;
    field.type = FieldType::Text;
    field.multiline = field.name.contains(QLatin1String("prompt"), Qt::CaseInsensitive);
    field.mostChars = static_cast<int>(std::clamp(bound(schema, QLatin1String("maxLength")).value_or(field.mostChars), 1.0, kMostChars));
}

void readNumber(FieldSpec &field, const QJsonObject &schema, const QString &type)
{
    const bool whole = type == QLatin1String("integer");
    field.type = !whole ? FieldType::Number : field.name == QLatin1String("seed") ? FieldType::Seed : FieldType::Integer;
    field.least = bound(schema, QLatin1String("minimum"));
    field.most = bound(schema, QLatin1String("maximum"));
    field.step = whole ? 1 : 0.1;
    if (field.least && field.most && *field.least > *field.most)
        field.most.reset();
}

/// nullopt for a type that no field can hold.
std::optional<FieldSpec> fieldOf(const QString &name, const QJsonObject &schema, bool required)
{
    FieldSpec field;
    field.name = name;
    field.wire = {name};
    field.label = displayLine(schema.value(QLatin1String("title")).toString(labelFor(name)), 80);
    field.note = displayLine(schema.value(QLatin1String("description")).toString(), 300);
    field.required = required;
    const QString type = typeOf(schema);
    const QJsonArray options = schema.value(QLatin1String("enum")).toArray();
    if (!options.isEmpty() && (type == QLatin1String("string") || type == QLatin1String("integer")))
        readChoices(field, options, type);
    else if (type == QLatin1String("string"))
        readText(field, schema);
    else if (type == QLatin1String("integer") || type == QLatin1String("number"))
        readNumber(field, schema, type);
    else if (type == QLatin1String("boolean"))
        field.type = FieldType::Boolean;
    else
        return std::nullopt;
    const QJsonValue given = schema.value(QLatin1String("default"));
    const QJsonValue initial = field.type == FieldType::Choice && !isEmptyValue(given) ? QJsonValue(optionText(given)) : given;
    if (!isEmptyValue(initial) && fieldProblem(field, initial).isEmpty() && !field.isImage()) {
        field.initial = initial;
        field.serverDefault = initial;
    }
    return field;
}

bool isMostImportant(const QString &name)
{
    return name == QLatin1String("prompt");
}

} // namespace

Result<EndpointSpec> endpointOfSchema(const QString &model, const QJsonObject &schema)
{
    const auto refused = [&model](const QString &why) {
        return Error::make(ErrorKind::Validation, QStringLiteral("%1: %2").arg(displayLine(model, 128), why));
    };
    const QJsonObject properties = schema.value(QLatin1String("properties")).toObject();
    if (model.isEmpty() || model.size() > 128 || properties.size() > kMostProperties)
        return refused(QStringLiteral("the schema is too large or has no name"));
    QStringList required;
    for (const QJsonValue &name : schema.value(QLatin1String("required")).toArray())
        required.append(name.toString());

    EndpointSpec spec;
    spec.id = QStringLiteral("video:") + model;
    spec.title = displayLine(model, 80);
    spec.family = EndpointFamily::UnifiedVideo;
    spec.path = QStringLiteral("/v3/video/create");
    spec.constants = {{QStringLiteral("model"), model}};
    spec.output = {OutputKind::Video, OutputDelivery::Task, {}, {}, {}, {}};
    spec.webhook = {WebhookForm::Address, QStringLiteral("callback")};
    spec.availability.status = EndpointAvailability::Listed;
    spec.availability.source = QStringLiteral("/v3/admin/video-unify-api/config");
    bool takesImage = false;
    bool needsImage = false;
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (it.key() == QLatin1String("model") || it.key() == QLatin1String("callback"))
            continue;
        const bool wanted = required.contains(it.key());
        std::optional<FieldSpec> field = isName(it.key()) ? fieldOf(it.key(), it.value().toObject(), wanted) : std::nullopt;
        if (!field && wanted)
            return refused(QStringLiteral("the field %1 cannot be filled in").arg(displayLine(it.key(), 64)));
        if (!field)
            continue;
        takesImage = takesImage || field->type == FieldType::Image;
        needsImage = needsImage || (field->type == FieldType::Image && wanted);
        spec.fields.insert(isMostImportant(field->name) ? 0 : spec.fields.size(), std::move(*field));
    }
    for (const QString &name : std::as_const(required)) {
        if (name != QLatin1String("model") && !spec.field(name))
            return refused(QStringLiteral("the field %1 is not described").arg(displayLine(name, 64)));
    }
    if (!needsImage)
        spec.modes.append(ImageMode::TextToVideo);
    if (takesImage)
        spec.modes.append(ImageMode::ImageToVideo);
    return spec;
}

} // namespace novita
