// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/requestbody.h"

#include "core/cloud/endpoints/fieldrules.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace novita {

namespace {

struct EndpointFieldsWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointFields)
};

/// Puts `value` at a place such as "extra.webhook", making the objects on the way.
void place(QJsonObject &object, const QString &wire, const QJsonValue &value)
{
    const QString head = wire.section(QLatin1Char('.'), 0, 0);
    const QString rest = wire.section(QLatin1Char('.'), 1);
    if (rest.isEmpty()) {
        object.insert(head, value);
        return;
    }
    QJsonObject inner = object.value(head).toObject();
    place(inner, rest, value);
    object.insert(head, inner);
}

QString mediaType(const InputImage &image)
{
    return QStringLiteral("image/") + (image.format.isEmpty() ? QStringLiteral("png") : image.format);
}

QString pictureText(const FieldSpec &field, const InputImage &image)
{
    for (const ImageForm form : field.accepts) {
        if (form == ImageForm::Url && !image.address.isEmpty() && image.bytes.isEmpty())
            return QString::fromLatin1(image.address.toEncoded());
        if (form == ImageForm::Base64 && !image.bytes.isEmpty())
            return QString::fromLatin1(image.bytes.toBase64());
        if (form == ImageForm::DataUri && !image.bytes.isEmpty())
            return QStringLiteral("data:%1;base64,%2").arg(mediaType(image), QString::fromLatin1(image.bytes.toBase64()));
    }
    return QString::fromLatin1(image.address.toEncoded()); // bytes and an address, and only the latter is taken
}

/// Makes the members of the body out of values that have been checked.
class Body
{
public:
    explicit Body(const InputImages &images) : m_images(images) {}

    void add(QJsonObject &target, const FieldSpec &field, const QJsonValue &value) const
    {
        if (isEmptyValue(value) || isServers(field, value))
            return;
        if (field.type == FieldType::Size && field.syntax == SizeSyntax::Separate) {
            const std::pair<int, int> size = sizeOf(value).value_or(std::pair(0, 0));
            place(target, field.wire.value(0), size.first);
            place(target, field.wire.value(1), size.second);
        } else {
            place(target, field.wire.value(0), wireValue(field, value));
        }
    }

private:
    static bool isServers(const FieldSpec &field, const QJsonValue &value)
    {
        if (field.type == FieldType::Seed && value.toInteger(-1) == -1 && !field.required && field.least.value_or(-1) >= 0)
            return true; // such endpoints know no -1: nothing means random
        return !field.required && !field.always && !field.serverDefault.isUndefined() && value == field.serverDefault;
    }

    QJsonValue wireValue(const FieldSpec &field, const QJsonValue &value) const
    {
        switch (field.type) {
        case FieldType::Integer:
        case FieldType::Seed: return static_cast<qint64>(value.toDouble());
        case FieldType::Boolean: return field.asInteger ? QJsonValue(value.toBool() ? 1 : 0) : value;
        case FieldType::Choice: return field.asInteger ? QJsonValue(value.toString().toInt()) : value;
        case FieldType::Size: return sizeText(field, value);
        case FieldType::Image: return field.asList ? QJsonValue(QJsonArray{picture(field, value)}) : picture(field, value);
        case FieldType::Mask: return picture(field, value);
        case FieldType::Images: {
            QJsonArray pictures;
            for (const QJsonValue &key : value.toArray())
                pictures.append(picture(field, key));
            return pictures;
        }
        default: break;
        }
        if (isGroupType(field.type))
            return members(field, value.toObject());
        if (!isListType(field.type))
            return value;
        QJsonArray rows;
        for (const QJsonValue &row : value.toArray())
            rows.append(members(field, row.toObject()));
        return rows;
    }

    QJsonObject members(const FieldSpec &field, const QJsonObject &values) const
    {
        QJsonObject out;
        for (const FieldSpec &item : field.items)
            add(out, item, values.value(item.name));
        return out;
    }

    QJsonValue picture(const FieldSpec &field, const QJsonValue &key) const { return pictureText(field, m_images.value(key.toString())); }

    static QJsonValue sizeText(const FieldSpec &field, const QJsonValue &value)
    {
        const auto size = sizeOf(value);
        if (!size)
            return value;
        const QChar between = field.syntax == SizeSyntax::Asterisk ? QLatin1Char('*') : QLatin1Char('x');
        return QString::number(size->first) + between + QString::number(size->second);
    }

    const InputImages &m_images;
};

Error invalid(const QStringList &sentences)
{
    return Error::make(ErrorKind::Validation, sentences.value(0), sentences.join(QLatin1Char('\n')));
}

QStringList problemsOf(const EndpointSpec &spec, const FormValues &form, const FormContext &context)
{
    QStringList sentences;
    const QList<FieldProblem> problems = form.problems(context);
    for (const FieldProblem &problem : problems)
        sentences.append(problem.sentence);
    for (const FieldSpec &field : spec.fields) {
        if (field.seedByClient && form.value(field.name).toInteger(-1) < 0)
            sentences.append(EndpointFieldsWords::tr("%1 must be drawn before the job is sent.").arg(labelOf(field)));
    }
    const QString &type = context.outputType;
    if (!type.isEmpty() && !(spec.output.types.isEmpty() ? type == spec.output.serverType : spec.output.types.contains(type)) && !spec.output.typeWire.isEmpty())
        sentences.append(EndpointFieldsWords::tr("The output type %1 is not offered, only %2.").arg(type, spec.output.types.join(QStringLiteral(", "))));
    return sentences;
}

void placeOptions(QJsonObject &body, const EndpointSpec &spec, const RequestOptions &options)
{
    if (!spec.output.typeWire.isEmpty() && !options.outputType.isEmpty() && options.outputType != spec.output.serverType)
        place(body, spec.output.typeWire, options.outputType);
    if (options.nsfwCheck && !spec.nsfw.enableWire.isEmpty()) {
        place(body, spec.nsfw.enableWire, true);
        const int level = std::clamp(options.nsfwLevel, 0, spec.nsfw.mostLevel);
        if (level > 0 && !spec.nsfw.levelWire.isEmpty())
            place(body, spec.nsfw.levelWire, level);
    }
    if (options.webhook.isEmpty() || spec.webhook.form == WebhookForm::None)
        return;
    const QString address = QString::fromLatin1(options.webhook.toEncoded());
    if (spec.webhook.form == WebhookForm::Address) {
        place(body, spec.webhook.wire, address);
        return;
    }
    QJsonObject hook{{QStringLiteral("url"), address}};
    if (options.webhookTest) {
        const QString outcome = *options.webhookTest ? QStringLiteral("TASK_STATUS_SUCCEED") : QStringLiteral("TASK_STATUS_FAILED");
        hook.insert(QLatin1String("test_mode"), QJsonObject{{QStringLiteral("enabled"), true}, {QStringLiteral("return_task_status"), outcome}});
    }
    place(body, spec.webhook.wire, hook);
}

} // namespace

Result<QJsonObject> requestBody(const EndpointSpec &spec, const Recipe &recipe, const InputImages &images, const RequestOptions &options)
{
    const FormValues form(spec, recipe);
    const FormContext context{options.mode, options.base, &images, options.outputType};
    if (const QStringList problems = problemsOf(spec, form, context); !problems.isEmpty())
        return invalid(problems);

    QJsonObject values;
    const Body writer(images);
    for (const FieldSpec &field : spec.fields) {
        const QJsonValue value = field.follows.isEmpty() ? form.value(field.name) : field.followValues.value(form.value(field.follows).toString());
        if (form.isShown(field, context))
            writer.add(values, field, value);
    }
    QJsonObject body = spec.constants;
    const QString root = familyRoot(spec.family);
    if (!root.isEmpty()) {
        body.insert(root, values);
    } else {
        for (auto it = values.begin(); it != values.end(); ++it)
            body.insert(it.key(), it.value());
    }
    placeOptions(body, spec, options);
    return body;
}

Recipe drawSeeds(const EndpointSpec &spec, const Recipe &recipe, const std::function<std::uint64_t()> &random)
{
    Recipe drawn = recipe;
    for (const FieldSpec &field : spec.fields) {
        if (!field.seedByClient || drawn.values.value(field.name).toInteger(-1) >= 0)
            continue;
        const auto span = static_cast<std::uint64_t>(field.most.value_or(0)) + 1;
        drawn.values.insert(field.name, static_cast<qint64>(random() % span));
    }
    return drawn;
}

} // namespace novita
