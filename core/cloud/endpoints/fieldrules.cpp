// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldrules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr qsizetype kMostKeyChars = 4096;
/// Beyond it a JSON number is not a whole one any more.
constexpr double kExact = 9007199254740992.0;

struct EndpointFieldsWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointFields)
};

QString plain(double number)
{
    return number == std::floor(number) && std::abs(number) < kExact ? QString::number(static_cast<qint64>(number)) : QString::number(number, 'g', 6);
}

QString withUnit(const QString &number, const FieldSpec &field)
{
    return field.unit.isEmpty() ? number : number + QChar(QChar::Nbsp) + field.unit;
}

QString rangeProblem(const FieldSpec &field)
{
    const QString label = labelOf(field);
    if (field.least && field.leastExcluded && field.most)
        return EndpointFieldsWords::tr("%1 must be more than %2 and at most %3.").arg(label, plain(*field.least), withUnit(plain(*field.most), field));
    if (field.least && field.most)
        return EndpointFieldsWords::tr("%1 must be from %2 to %3.").arg(label, plain(*field.least), withUnit(plain(*field.most), field));
    if (field.least)
        return EndpointFieldsWords::tr("%1 must be at least %2.").arg(label, withUnit(plain(*field.least), field));
    return EndpointFieldsWords::tr("%1 must be at most %2.").arg(label, withUnit(plain(field.most.value_or(0)), field));
}

bool isWithin(const FieldSpec &field, double number)
{
    if (field.least && (number < *field.least || (field.leastExcluded && number <= *field.least)))
        return false;
    return !field.most || number <= *field.most;
}

QString numberProblem(const FieldSpec &field, const QJsonValue &value)
{
    const double number = value.toDouble(NAN);
    if (std::isnan(number))
        return EndpointFieldsWords::tr("%1 must be a number.").arg(labelOf(field));
    const bool whole = field.type != FieldType::Number;
    if (whole && (number != std::floor(number) || std::abs(number) > kExact))
        return EndpointFieldsWords::tr("%1 must be a whole number.").arg(labelOf(field));
    if (field.type == FieldType::Seed && number == -1)
        return {};
    return isWithin(field, number) ? QString() : rangeProblem(field);
}

QString textProblem(const FieldSpec &field, const QJsonValue &value)
{
    if (!value.isString())
        return EndpointFieldsWords::tr("%1 must be text.").arg(labelOf(field));
    const qsizetype chars = value.toString().toUcs4().size();
    if (chars < field.leastChars)
        return EndpointFieldsWords::tr("%1 is too short; at least %2 characters are wanted.").arg(labelOf(field)).arg(field.leastChars);
    if (chars > field.mostChars)
        return EndpointFieldsWords::tr("%1 has %2 characters; at most %3 are taken.").arg(labelOf(field)).arg(chars).arg(field.mostChars);
    return {};
}

QString choiceProblem(const FieldSpec &field, const QJsonValue &value)
{
    const QString chosen = value.toString();
    constexpr qsizetype kMostOpenChars = 300;
    if (isAmongChoices(field, chosen) || (field.openChoices && !chosen.isEmpty() && chosen.size() <= kMostOpenChars))
        return {};
    QStringList names;
    constexpr qsizetype kMostNamed = 8;
    for (const ChoiceOption &option : field.choices.first(std::min(kMostNamed, field.choices.size())))
        names.append(option.value);
    if (field.choices.size() > kMostNamed)
        names.append(QStringLiteral("…"));
    return EndpointFieldsWords::tr("%1 must be one of %2.").arg(labelOf(field), names.join(QStringLiteral(", ")));
}

QString sideProblem(const FieldSpec &field, int width, int height)
{
    const SizeLimits &limits = field.size;
    const int least = limits.leastSide.value_or(1);
    const bool tooLarge = limits.mostSide && std::max(width, height) > *limits.mostSide;
    if (std::min(width, height) < least || tooLarge) {
        return limits.mostSide ? EndpointFieldsWords::tr("%1: each side must be from %2 to %3 pixels.").arg(labelOf(field)).arg(least).arg(*limits.mostSide)
                               : EndpointFieldsWords::tr("%1: each side must be at least %2 pixels.").arg(labelOf(field)).arg(least);
    }
    if (width % limits.multipleOf != 0 || height % limits.multipleOf != 0)
        return EndpointFieldsWords::tr("%1: each side must be a multiple of %2 pixels.").arg(labelOf(field)).arg(limits.multipleOf);
    return {};
}

QString sizeProblem(const FieldSpec &field, const QJsonValue &value)
{
    if (value.isString() && field.keywords.contains(value.toString()))
        return {};
    const std::optional<std::pair<int, int>> size = sizeOf(value);
    if (!size)
        return EndpointFieldsWords::tr("%1 must be a width and a height in pixels.").arg(labelOf(field));
    const auto [width, height] = *size;
    const SizeLimits &limits = field.size;
    if (limits.onlyPresets && !field.presets.contains(*size)) {
        QStringList names;
        for (const auto &[w, h] : field.presets)
            names.append(QStringLiteral("%1 × %2").arg(w).arg(h));
        return EndpointFieldsWords::tr("%1 must be one of %2.").arg(labelOf(field), names.join(QStringLiteral(", ")));
    }
    if (const QString sides = sideProblem(field, width, height); !sides.isEmpty())
        return sides;
    const qint64 pixels = qint64(width) * height;
    if ((limits.leastPixels && pixels < *limits.leastPixels) || (limits.mostPixels && pixels > *limits.mostPixels)) {
        return EndpointFieldsWords::tr("%1: width times height must be from %2 to %3 pixels.")
            .arg(labelOf(field), QLocale().toString(limits.leastPixels.value_or(1)), limits.mostPixels ? QLocale().toString(*limits.mostPixels) : QStringLiteral("∞"));
    }
    const double aspect = double(std::max(width, height)) / std::min(width, height);
    if (limits.mostAspect && aspect > *limits.mostAspect)
        return EndpointFieldsWords::tr("%1: the longer side may be at most %2 times the shorter one.").arg(labelOf(field), plain(*limits.mostAspect));
    return {};
}

QString picturesProblem(const FieldSpec &field, const QJsonValue &value)
{
    const QJsonArray keys = value.toArray();
    const bool texts = std::all_of(keys.begin(), keys.end(), [](const QJsonValue &key) { return key.isString() && !key.toString().isEmpty(); });
    if (!value.isArray() || !texts)
        return EndpointFieldsWords::tr("%1 must be a list of pictures.").arg(labelOf(field));
    if (keys.size() < field.leastItems || keys.size() > field.mostItems)
        return EndpointFieldsWords::tr("%1: from %2 to %3 pictures are taken.").arg(labelOf(field)).arg(field.leastItems).arg(field.mostItems);
    return {};
}

} // namespace

bool isEmptyValue(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty()) || (value.isArray() && value.toArray().isEmpty());
}

bool isAmongChoices(const FieldSpec &field, const QString &value)
{
    return std::any_of(field.choices.begin(), field.choices.end(), [&value](const ChoiceOption &one) { return one.value == value; });
}

QString labelOf(const FieldSpec &field)
{
    return QCoreApplication::translate("EndpointFields", field.label.toUtf8().constData());
}

std::optional<std::pair<int, int>> sizeOf(const QJsonValue &value)
{
    constexpr double kMostSide = 65536;
    const QJsonObject size = value.toObject();
    const double width = size.value(QLatin1String("width")).toDouble();
    const double height = size.value(QLatin1String("height")).toDouble();
    const auto isSide = [](double side) { return side >= 1 && side <= kMostSide && side == std::floor(side); };
    if (!isSide(width) || !isSide(height))
        return std::nullopt;
    return std::pair(static_cast<int>(width), static_cast<int>(height));
}

QString fieldProblem(const FieldSpec &field, const QJsonValue &value)
{
    switch (field.type) {
    case FieldType::Text: return textProblem(field, value);
    case FieldType::Integer:
    case FieldType::Number:
    case FieldType::Seed: return numberProblem(field, value);
    case FieldType::Boolean: return value.isBool() ? QString() : EndpointFieldsWords::tr("%1 must be on or off.").arg(labelOf(field));
    case FieldType::Choice: return choiceProblem(field, value);
    case FieldType::Size: return sizeProblem(field, value);
    case FieldType::Image:
    case FieldType::Mask:
    case FieldType::Model:
        return value.isString() && value.toString().size() <= kMostKeyChars ? QString() : EndpointFieldsWords::tr("%1 must be chosen.").arg(labelOf(field));
    case FieldType::Images: return picturesProblem(field, value);
    default: return {};
    }
}

QString imageProblem(const FieldSpec &field, const InputImage &image)
{
    const ImageLimits &limits = field.image;
    const QLocale locale;
    if (limits.mostBytes && image.bytes.size() > *limits.mostBytes)
        return EndpointFieldsWords::tr("%1: the file has %2; at most %3 are taken.").arg(labelOf(field), locale.formattedDataSize(image.bytes.size()), locale.formattedDataSize(*limits.mostBytes));
    if (!limits.formats.isEmpty() && !image.format.isEmpty() && !limits.formats.contains(image.format))
        return EndpointFieldsWords::tr("%1: files of type %2 are not taken, only %3.").arg(labelOf(field), image.format, limits.formats.join(QStringLiteral(", ")));
    if (image.width <= 0 || image.height <= 0)
        return {};
    const QString size = QStringLiteral("%1 × %2").arg(image.width).arg(image.height);
    const int longer = std::max(image.width, image.height);
    const int shorter = std::min(image.width, image.height);
    if (limits.mostSide && longer > *limits.mostSide)
        return EndpointFieldsWords::tr("%1: the picture has %2 pixels; each side may have at most %3.").arg(labelOf(field), size).arg(*limits.mostSide);
    if (limits.leastSide && shorter < *limits.leastSide)
        return EndpointFieldsWords::tr("%1: the picture has %2 pixels; each side must have at least %3.").arg(labelOf(field), size).arg(*limits.leastSide);
    if (limits.mostPixels && qint64(image.width) * image.height > *limits.mostPixels)
        return EndpointFieldsWords::tr("%1: the picture has %2 pixels; at most %3 in all are taken.").arg(labelOf(field), size, locale.toString(*limits.mostPixels));
    if (limits.mostAspect && longer > *limits.mostAspect * shorter)
        return EndpointFieldsWords::tr("%1: the longer side may be at most %2 times the shorter one.").arg(labelOf(field)).arg(*limits.mostAspect);
    return {};
}

} // namespace novita
