// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/schemaform.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"

#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr qsizetype kMostProperties = 100;
constexpr qsizetype kMostChoices = 200;
constexpr double kExact = 9007199254740992.0;
constexpr qsizetype kFewFields = 7;
constexpr char kIdPrefix[] = "video:";
constexpr char kConfigPath[] = "/v3/admin/video-unify-api/config";

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

bool isModelName(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._/:@+ -]{0,99}\\z"));
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

/// What {"anyOf": [{"type": "string"}, {"type": "null"}]} comes to, with what stands beside it.
QJsonObject flattened(const QJsonObject &schema)
{
    for (const QLatin1String key : {QLatin1String("anyOf"), QLatin1String("oneOf"), QLatin1String("allOf")}) {
        const QJsonArray options = schema.value(key).toArray();
        for (qsizetype i = 0; i < std::min(options.size(), kMostChoices); ++i) {
            const QString type = typeOf(options.at(i).toObject());
            if (type.isEmpty() || type == QLatin1String("null"))
                continue;
            QJsonObject out = options.at(i).toObject();
            for (auto it = schema.begin(); it != schema.end(); ++it) {
                if (it.key() != key)
                    out.insert(it.key(), it.value());
            }
            return out;
        }
    }
    return schema;
}

/// Of a text, or of the texts of a list: "image_url", "first_frame", but not "image_size".
bool looksLikeImage(const QString &name, const QJsonObject &schema)
{
    static const QRegularExpression picture(QStringLiteral("(\\A|_|(?<=[a-z])(?=[A-Z]))(image|img|photo|picture|frame)s?(_?(url|uri|base64|b64|file|tail|head|start|end|first|last)s?)*\\z"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QString format = schema.value(QLatin1String("format")).toString();
    if (format == QLatin1String("uri") || format == QLatin1String("binary"))
        return name.contains(QLatin1String("image"), Qt::CaseInsensitive) || picture.match(name).hasMatch();
    return format.isEmpty() && picture.match(name).hasMatch();
}

void readChoices(FieldSpec &field, const QJsonArray &options, const QString &type)
{
    field.type = FieldType::Choice;
    field.asInteger = type == QLatin1String("integer");
    const QString unit = field.asInteger && field.name == fields::kDuration ? QStringLiteral(" s") : QString();
    for (qsizetype i = 0; i < std::min(options.size(), kMostChoices); ++i) {
        const QString value = optionText(options.at(i));
        if (!value.isEmpty() && value.size() <= 300 && !isAmongChoices(field, value))
            field.choices.append({value, displayLine(value, 80) + unit, ModelBase::Unknown});
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
    field.leastChars = static_cast<int>(std::clamp(bound(schema, QLatin1String("minLength")).value_or(0), 0.0, double(field.mostChars)));
}

void readImages(FieldSpec &field, const QJsonObject &schema)
{
    constexpr double kMostImages = 16;
    field.type = FieldType::Images;
    field.accepts = {ImageForm::Url, ImageForm::Base64};
    field.mostItems = static_cast<int>(std::clamp(bound(schema, QLatin1String("maxItems")).value_or(kMostImages), 1.0, kMostImages));
    field.leastItems = static_cast<int>(std::clamp(bound(schema, QLatin1String("minItems")).value_or(0), 0.0, double(field.mostItems)));
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
    field.seedByClient = field.type == FieldType::Seed && field.required && field.least.value_or(-1) >= 0;
    if (whole && field.name == fields::kDuration)
        field.unit = QStringLiteral("s");
}

/// All of them whole numbers, however the type is called.
bool areWhole(const QJsonArray &options)
{
    return std::all_of(options.begin(), options.end(), [](const QJsonValue &one) { return one.isDouble() && one.toDouble() == std::floor(one.toDouble()); });
}

/// False for a type that no field can hold.
bool readType(FieldSpec &field, const QJsonObject &schema)
{
    const QString type = typeOf(schema);
    const QJsonArray options = schema.value(QLatin1String("enum")).toArray();
    const bool isNumber = type == QLatin1String("integer") || type == QLatin1String("number");
    const QJsonObject items = flattened(schema.value(QLatin1String("items")).toObject());
    if (!options.isEmpty() && (type == QLatin1String("string") || (isNumber && areWhole(options)))) {
        readChoices(field, options, isNumber ? QStringLiteral("integer") : type);
        return !field.choices.isEmpty();
    }
    if (type == QLatin1String("string"))
        readText(field, schema);
    else if (isNumber)
        readNumber(field, schema, type);
    else if (type == QLatin1String("boolean"))
        field.type = FieldType::Boolean;
    else if (type == QLatin1String("array") && typeOf(items) == QLatin1String("string") && looksLikeImage(field.name, items))
        readImages(field, schema);
    else
        return false;
    return true;
}

/// Some names mean the same with every endpoint, and their types are taken for granted.
bool keepsItsWord(const FieldSpec &field)
{
    if (field.name == fields::kPrompt || field.name == fields::kNegativePrompt)
        return field.type == FieldType::Text;
    if (field.name == fields::kSeed)
        return field.type == FieldType::Seed;
    return field.name != fields::kSize || field.type == FieldType::Choice || field.type == FieldType::Text;
}

/// What most people set; the others are folded away where there are many.
bool isMain(const FieldSpec &field)
{
    static const QStringList names{QStringLiteral("prompt"), QStringLiteral("negative_prompt"), QStringLiteral("duration"), QStringLiteral("aspect_ratio"), QStringLiteral("ratio"),
                                   QStringLiteral("size"),   QStringLiteral("resolution"),      QStringLiteral("seed"),     QStringLiteral("sound"),        QStringLiteral("mode")};
    return field.required || field.isImage() || names.contains(field.name);
}

/// nullopt for what no field can hold.
std::optional<FieldSpec> fieldOf(const QString &name, const QJsonObject &given, bool required)
{
    const QJsonObject schema = flattened(given);
    FieldSpec field;
    field.name = name;
    field.wire = {name};
    field.label = displayLine(schema.value(QLatin1String("title")).toString(labelFor(name)), 80);
    field.note = displayLine(schema.value(QLatin1String("description")).toString(), 300);
    field.required = required;
    if (!readType(field, schema) || !keepsItsWord(field))
        return std::nullopt;
    const QJsonValue byItself = schema.value(QLatin1String("default"));
    const QJsonValue initial = field.type == FieldType::Choice && !isEmptyValue(byItself) ? QJsonValue(optionText(byItself)) : byItself;
    if (!isEmptyValue(initial) && !field.isImage() && fieldProblem(field, initial).isEmpty()) {
        field.initial = initial;
        field.serverDefault = initial;
    }
    return field;
}

/// The prompt first, then what is needed, then what is not.
int rank(const FieldSpec &field)
{
    if (field.name == fields::kPrompt)
        return 0;
    if (field.name == fields::kNegativePrompt)
        return 1;
    return field.required ? 2 : field.isImage() ? 3 : 4;
}

QString revisionOf(const QJsonObject &schema)
{
    const QByteArray bytes = QJsonDocument(schema).toJson(QJsonDocument::Compact);
    return QLatin1String(kConfigPath) + QLatin1Char('#') + QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
}

/// "wan" and "2.7" of "wan2.7", "3.0" of "v3.0"; the words of `model` in the order in which they stand there.
QStringList wordsOf(const QString &model)
{
    static const QRegularExpression breaks(QStringLiteral("[-_/:@+ ]+|(?<=[A-Za-z]{3})(?=[0-9])"));
    static const QRegularExpression version(QStringLiteral("\\Av[0-9]"), QRegularExpression::CaseInsensitiveOption);
    QStringList words = model.split(breaks, Qt::SkipEmptyParts);
    for (QString &word : words) {
        if (version.match(word).hasMatch())
            word.remove(0, 1);
    }
    return words;
}

/// The name, up to its version, begins each word with a capital; behind it stand plain words.
QString titleOf(const QString &model)
{
    static const QHash<QString, QString> known{{QStringLiteral("t2v"), QStringLiteral("text to video")},      {QStringLiteral("i2v"), QStringLiteral("image to video")},
                                               {QStringLiteral("r2v"), QStringLiteral("reference to video")}, {QStringLiteral("v2v"), QStringLiteral("video to video")},
                                               {QStringLiteral("std"), QStringLiteral("standard")},           {QStringLiteral("minimax"), QStringLiteral("MiniMax")},
                                               {QStringLiteral("videoedit"), QStringLiteral("video edit")}};
    static const QRegularExpression digit(QStringLiteral("[0-9]"));
    QStringList out;
    bool isName = true;
    const QStringList words = wordsOf(model);
    for (const QString &word : words) {
        const auto found = known.constFind(word.toLower());
        const bool hasDigit = word.contains(digit);
        if (found != known.cend())
            out.append(*found);
        else
            out.append(isName || hasDigit ? word.left(1).toUpper() + word.mid(1) : word);
        if (hasDigit)
            isName = false;
    }
    return displayLine(out.join(QLatin1Char(' ')), 80);
}

/// Whether one can be made without, and with, a picture.
QList<ImageMode> modesOf(const QList<FieldSpec> &fieldList)
{
    const bool takesImage = std::any_of(fieldList.begin(), fieldList.end(), [](const FieldSpec &field) { return field.isImage(); });
    const bool needsImage = std::any_of(fieldList.begin(), fieldList.end(), [](const FieldSpec &field) { return field.isImage() && field.required; });
    QList<ImageMode> modes;
    if (!needsImage)
        modes.append(ImageMode::TextToVideo);
    if (takesImage)
        modes.append(ImageMode::ImageToVideo);
    return modes;
}

} // namespace

Result<EndpointSpec> endpointOfSchema(const QString &model, const QJsonObject &schema)
{
    const auto refused = [&model](const QString &why) {
        return Error::make(ErrorKind::Validation, QStringLiteral("%1: %2").arg(displayLine(model, 128), why));
    };
    const QJsonObject properties = schema.value(QLatin1String("properties")).toObject();
    if (!isModelName(model) || properties.size() > kMostProperties)
        return refused(QStringLiteral("the schema is too large or has no name"));
    QStringList required;
    for (const QJsonValue &name : schema.value(QLatin1String("required")).toArray())
        required.append(name.toString());

    EndpointSpec spec;
    spec.id = QLatin1String(kIdPrefix) + model;
    spec.title = titleOf(model);
    spec.family = EndpointFamily::UnifiedVideo;
    spec.path = QStringLiteral("/v3/video/create");
    spec.constants = {{QStringLiteral("model"), model}};
    spec.output = {OutputKind::Video, OutputDelivery::Task, {}, {}, {}, {}};
    spec.webhook = {WebhookForm::Address, QStringLiteral("callback")};
    spec.availability.status = EndpointAvailability::Listed;
    spec.availability.source = QLatin1String(kConfigPath);
    spec.file = revisionOf(schema);
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (it.key() == QLatin1String("model") || it.key() == QLatin1String("callback"))
            continue;
        const bool isNeeded = required.contains(it.key());
        const QJsonValue fixed = it.value()[QLatin1String("const")];
        if (isName(it.key()) && (fixed.isString() || fixed.isDouble() || fixed.isBool())) {
            spec.constants.insert(it.key(), fixed);
            continue;
        }
        std::optional<FieldSpec> field = isName(it.key()) ? fieldOf(it.key(), it.value().toObject(), isNeeded) : std::nullopt;
        if (!field && isNeeded)
            return refused(QStringLiteral("the field %1 cannot be filled in").arg(displayLine(it.key(), 64)));
        if (field)
            spec.fields.append(std::move(*field));
    }
    for (const QString &name : std::as_const(required)) {
        if (name != QLatin1String("model") && !spec.field(name) && !spec.constants.contains(name))
            return refused(QStringLiteral("the field %1 is not described").arg(displayLine(name, 64)));
    }
    if (spec.fields.isEmpty())
        return refused(QStringLiteral("nothing in it can be filled in"));
    std::stable_sort(spec.fields.begin(), spec.fields.end(), [](const FieldSpec &a, const FieldSpec &b) { return rank(a) < rank(b); });
    if (spec.fields.size() > kFewFields) {
        for (FieldSpec &field : spec.fields)
            field.advanced = !isMain(field);
    }
    spec.modes = modesOf(spec.fields);
    return spec;
}

bool isVideoModel(const EndpointSpec &spec)
{
    return isVideoModelId(spec.id);
}

bool isVideoModelId(const QString &endpointId)
{
    return endpointId.startsWith(QLatin1String(kIdPrefix));
}

QString videoModelName(const EndpointSpec &spec)
{
    return isVideoModel(spec) ? spec.id.mid(qsizetype(sizeof(kIdPrefix)) - 1) : QString();
}

} // namespace novita
