// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/mediarequest.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/sandbox/media/painter.h"
#include "core/sandbox/sandboxrequest.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kMostResults = 16;

bool isAbsent(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

/// What stands at "a.b.c".
QJsonValue valueAt(const QJsonObject &object, const QString &place)
{
    QJsonValue value = object;
    for (const QString &part : place.split(u'.'))
        value = value[part];
    return value;
}

/// A number, or the one that a text spells; NaN for anything else.
double numberIn(const QJsonValue &value)
{
    bool ok = false;
    const double spelled = value.toString().toDouble(&ok);
    return value.isDouble() ? value.toDouble() : ok ? spelled : std::nan("");
}

} // namespace

int MediaRequest::count(const EndpointSpec &spec) const
{
    const FieldSpec *field = spec.output.countField.isEmpty() ? nullptr : spec.field(spec.output.countField);
    if (!field)
        return 1;
    if (!field->when.field.isEmpty() && values.value(field->when.field) != field->when.equals)
        return 1;
    return std::clamp(values.value(field->name).toInt(field->serverDefault.toInt(1)), 1, kMostResults);
}

MediaRequestReader::MediaRequestReader(const EndpointSpec &spec, const QJsonObject &body, QStringList &violations)
    : m_spec(spec)
    , m_body(body)
    , m_violations(violations)
{
    const QString root = familyRoot(spec.family);
    if (!root.isEmpty() && !body.value(root).isObject()) {
        refuse(QStringLiteral("%1 must be an object").arg(root));
        return;
    }
    const QJsonObject object = root.isEmpty() ? body : body.value(root).toObject();
    m_request.values = readFields(spec.fields, object, root.isEmpty() ? QString() : root + u'.');
    readOptions();
    readWebhook();
    comparePictures();
    noteUnknown();
}

void MediaRequestReader::refuse(const QString &reason, const QString &message)
{
    m_violations.append(message);
    if (!m_refusal)
        m_refusal = apiError(400, reason, message);
}

QJsonObject MediaRequestReader::readFields(const QList<FieldSpec> &fields, const QJsonObject &object, const QString &path)
{
    QJsonObject values;
    for (const FieldSpec &field : fields) {
        const QJsonValue value = readField(field, object, path);
        if (!value.isUndefined())
            values.insert(field.name, value);
    }
    return values;
}

QJsonValue MediaRequestReader::readField(const FieldSpec &field, const QJsonObject &object, const QString &path)
{
    const QString place = path + field.wire.first();
    if (field.type == FieldType::Size && field.syntax == SizeSyntax::Separate)
        return readSize(field, object, path);
    const QJsonValue sent = valueAt(object, field.wire.first());
    if (isAbsent(sent) || (field.required && sent == QJsonValue(QString()))) {
        // What hangs on another field or on the mode is the client's business: the server only wants what it always wants.
        const bool conditional = !field.when.field.isEmpty() || !field.when.modes.isEmpty();
        if (field.required && !conditional)
            refuse(QStringLiteral("%1 is required").arg(place));
        return QJsonValue(QJsonValue::Undefined);
    }
    switch (field.type) {
    case FieldType::Text:
    case FieldType::Model: return readText(field, sent, place);
    case FieldType::Integer:
    case FieldType::Number:
    case FieldType::Seed: return readNumber(field, sent, place);
    case FieldType::Boolean: return readBoolean(field, sent, place);
    case FieldType::Choice: return readChoice(field, sent, place);
    case FieldType::Size: return readSize(field, object, path);
    case FieldType::Image:
    case FieldType::Mask:
    case FieldType::Images: readPictures(field, sent, place); return QJsonValue(QJsonValue::Undefined);
    case FieldType::HiresFix:
    case FieldType::Refiner: return sent.toObject().isEmpty() ? QJsonValue(QJsonValue::Undefined) : readFields(field.items, sent.toObject(), place + u'.');
    default: return readList(field, sent, place);
    }
}

QJsonValue MediaRequestReader::readText(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    if (!sent.isString()) {
        refuse(QStringLiteral("%1 must be a string").arg(place));
    } else if (field.type == FieldType::Text) {
        const qsizetype length = sent.toString().toUcs4().size();
        if (length < field.leastChars || length > field.mostChars)
            refuse(QStringLiteral("%1 must have %2 to %3 characters").arg(place).arg(field.leastChars).arg(field.mostChars));
    }
    return sent;
}

QJsonValue MediaRequestReader::readNumber(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    const double number = numberIn(sent);
    if (std::isnan(number)) {
        refuse(QStringLiteral("%1 must be a number").arg(place));
        return QJsonValue(QJsonValue::Undefined);
    }
    if (!sent.isDouble())
        m_violations.append(QStringLiteral("%1 is a string instead of a number").arg(place));
    if (field.type != FieldType::Number && std::trunc(number) != number)
        refuse(QStringLiteral("%1 must be an integer").arg(place));
    const double least = field.type == FieldType::Seed && !field.seedByClient ? std::min(-1.0, field.least.value_or(-1)) : field.least.value_or(-1e300);
    const bool low = number < least || (field.leastExcluded && number <= least);
    if (low || number > field.most.value_or(1e300))
        refuse(QStringLiteral("%1 must be within %2 and %3").arg(place).arg(least).arg(field.most ? QString::number(*field.most, 'g', 12) : QStringLiteral("infinity")));
    return number;
}

QJsonValue MediaRequestReader::readChoice(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    const QString text = field.asInteger && sent.isDouble() ? QString::number(sent.toInteger()) : sent.toString();
    if (!isAmongChoices(field, text) && !(field.openChoices && !text.isEmpty()))
        refuse(QStringLiteral("%1 is none of the values that are known").arg(place));
    return text;
}

QJsonValue MediaRequestReader::readBoolean(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    const bool number = field.asInteger && sent.isDouble();
    if (!sent.isBool() && !number)
        refuse(QStringLiteral("%1 must be a boolean").arg(place));
    return number ? sent.toInteger() != 0 : sent.toBool();
}

QJsonValue MediaRequestReader::readSize(const FieldSpec &field, const QJsonObject &object, const QString &path)
{
    double width = 0, height = 0;
    const QString place = path + field.wire.first();
    if (field.syntax == SizeSyntax::Separate) {
        const QJsonValue sentWidth = valueAt(object, field.wire.first());
        const QJsonValue sentHeight = valueAt(object, field.wire.value(1));
        if (isAbsent(sentWidth) || isAbsent(sentHeight)) {
            if (field.required)
                refuse(QStringLiteral("%1 is required").arg(isAbsent(sentWidth) ? place : path + field.wire.value(1)));
            return QJsonValue(QJsonValue::Undefined);
        }
        width = numberIn(sentWidth);
        height = numberIn(sentHeight);
    } else {
        const QString text = valueAt(object, field.wire.first()).toString();
        if (field.keywords.contains(text))
            return text;
        static const QRegularExpression form(QStringLiteral("\\A([0-9]{1,6})([x*])([0-9]{1,6})\\z"));
        const QRegularExpressionMatch match = form.match(text);
        if (!match.hasMatch() || match.captured(2) != (field.syntax == SizeSyntax::Asterisk ? QLatin1String("*") : QLatin1String("x"))) {
            refuse(QStringLiteral("%1 must look like %2").arg(place, field.syntax == SizeSyntax::Asterisk ? QStringLiteral("1024*1024") : QStringLiteral("1024x1024")));
            return QJsonValue(QJsonValue::Undefined);
        }
        width = match.captured(1).toDouble();
        height = match.captured(3).toDouble();
    }
    if (!(width >= 1 && width <= 65536 && height >= 1 && height <= 65536)) {
        refuse(QStringLiteral("%1 is out of range").arg(place));
        return QJsonValue(QJsonValue::Undefined);
    }
    checkSize(field, int(width), int(height), place);
    return QJsonObject{{QStringLiteral("width"), int(width)}, {QStringLiteral("height"), int(height)}};
}

void MediaRequestReader::checkSize(const FieldSpec &field, int width, int height, const QString &place)
{
    const SizeLimits &limits = field.size;
    const int shorter = std::min(width, height), longer = std::max(width, height);
    const qint64 pixels = qint64(width) * height;
    if (shorter < limits.leastSide.value_or(1) || longer > limits.mostSide.value_or(longer))
        refuse(QStringLiteral("%1: each side must be within %2 and %3").arg(place).arg(limits.leastSide.value_or(1)).arg(limits.mostSide.value_or(kMostSide)));
    else if (width % limits.multipleOf != 0 || height % limits.multipleOf != 0)
        refuse(QStringLiteral("%1: each side must be a multiple of %2").arg(place).arg(limits.multipleOf));
    else if (pixels < limits.leastPixels.value_or(1) || pixels > limits.mostPixels.value_or(pixels))
        refuse(QStringLiteral("%1 has %2 pixels, which is out of range").arg(place).arg(pixels));
    else if (double(longer) / shorter > limits.mostAspect.value_or(1e9))
        refuse(QStringLiteral("%1 is too long for its width").arg(place));
    else if (limits.onlyPresets && !field.presets.contains({width, height}))
        refuse(QStringLiteral("%1 is none of the sizes that are known").arg(place));
}

QJsonValue MediaRequestReader::readList(const FieldSpec &field, const QJsonValue &sent, const QString &place)
{
    const QJsonArray items = sent.toArray();
    if (!sent.isArray() || items.size() > field.mostItems || items.size() < field.leastItems) {
        refuse(QStringLiteral("%1 must be a list of %2 to %3 items").arg(place).arg(field.leastItems).arg(field.mostItems));
        return QJsonValue(QJsonValue::Undefined);
    }
    QJsonArray values;
    double sum = 0;
    for (qsizetype i = 0; i < items.size(); ++i) {
        values.append(readFields(field.items, items.at(i).toObject(), QStringLiteral("%1[%2].").arg(place).arg(i)));
        sum += field.sumOf.isEmpty() ? 0 : values.last()[field.sumOf].toDouble();
    }
    if (!field.sumOf.isEmpty() && sum > field.mostSum)
        refuse(QStringLiteral("%1: %2 together must be at most %3").arg(place, field.sumOf).arg(field.mostSum));
    return values;
}

void MediaRequestReader::readOptions()
{
    m_request.outputType = m_spec.output.serverType;
    if (m_spec.output.kind == OutputKind::Video && m_request.outputType.isEmpty())
        m_request.outputType = QStringLiteral("mp4");
    else if (m_request.outputType.isEmpty())
        m_request.outputType = m_spec.family == EndpointFamily::SdAsync || m_spec.family == EndpointFamily::Sync ? QStringLiteral("png") : QStringLiteral("jpeg");
    // Older clients of flux-1-schnell say response_image_type.
    const QStringList wires{m_spec.output.typeWire, QStringLiteral("response_image_type")};
    for (const QString &wire : wires) {
        const QJsonValue sent = wire.isEmpty() || m_spec.output.types.isEmpty() ? QJsonValue(QJsonValue::Undefined) : valueAt(m_body, wire);
        if (isAbsent(sent))
            continue;
        if (!m_spec.output.types.contains(sent.toString()))
            refuse(QStringLiteral("%1 must be one of %2").arg(wire, m_spec.output.types.join(QStringLiteral(", "))));
        m_request.outputType = sent.toString();
        break;
    }
    if (!m_spec.nsfw.enableWire.isEmpty())
        m_request.nsfwCheck = valueAt(m_body, m_spec.nsfw.enableWire).toBool();
    const QJsonValue level = m_spec.nsfw.levelWire.isEmpty() ? QJsonValue() : valueAt(m_body, m_spec.nsfw.levelWire);
    if (!isAbsent(level) && !(numberIn(level) >= 0 && numberIn(level) <= m_spec.nsfw.mostLevel))
        refuse(QStringLiteral("%1 must be within 0 and %2").arg(m_spec.nsfw.levelWire).arg(m_spec.nsfw.mostLevel));
    if (m_request.values.value(fields::kTransparent).toBool() && m_request.outputType != QLatin1String("png"))
        refuse(QStringLiteral("a transparent background needs response_image_type png"));
}

void MediaRequestReader::readWebhook()
{
    if (m_spec.webhook.form == WebhookForm::None)
        return;
    const QJsonValue sent = valueAt(m_body, m_spec.webhook.wire);
    if (isAbsent(sent) || (sent.isObject() && sent.toObject().isEmpty()))
        return;
    const QString address = m_spec.webhook.form == WebhookForm::Address ? sent.toString() : sent[QLatin1String("url")].toString();
    m_request.webhook = QUrl(address, QUrl::StrictMode);
    m_request.webhookEcho = sent.toObject();
    const QString scheme = m_request.webhook.scheme();
    if (m_request.webhook.host().isEmpty() || (scheme != QLatin1String("http") && scheme != QLatin1String("https")))
        return refuse(QStringLiteral("%1 has no address that could be called").arg(m_spec.webhook.wire));
    const QJsonValue test = sent[QLatin1String("test_mode")];
    if (!test[QLatin1String("enabled")].toBool())
        return;
    const QString status = test[QLatin1String("return_task_status")].toString();
    if (status != QLatin1String("TASK_STATUS_SUCCEED") && status != QLatin1String("TASK_STATUS_FAILED"))
        return refuse(QStringLiteral("%1.test_mode.return_task_status must be TASK_STATUS_SUCCEED or TASK_STATUS_FAILED").arg(m_spec.webhook.wire));
    m_request.webhookTest = status == QLatin1String("TASK_STATUS_SUCCEED");
}

void MediaRequestReader::noteUnknown()
{
    static const QStringList everywhere{QStringLiteral("extra"), QStringLiteral("callback"), QStringLiteral("response_image_type"), QStringLiteral("response_format")};
    const QString root = familyRoot(m_spec.family);
    QStringList known = everywhere + m_spec.constants.keys();
    for (const FieldSpec &field : m_spec.fields) {
        for (const QString &wire : field.wire)
            known.append(wire.section(u'.', 0, 0));
    }
    known.append(m_spec.output.typeWire.section(u'.', 0, 0));
    const QStringList sent = (root.isEmpty() ? m_body : m_body.value(root).toObject()).keys();
    for (const QString &key : sent) {
        if (!known.contains(key))
            m_violations.append(QStringLiteral("unknown property %1").arg(root.isEmpty() ? key : root + u'.' + key));
    }
}

} // namespace novita
