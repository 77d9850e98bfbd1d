// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/mediaplan.h"

#include "core/cloud/endpoints/fieldnames.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

QSize sizeIn(const QJsonValue &value)
{
    if (value.isObject())
        return {value[QLatin1String("width")].toInt(), value[QLatin1String("height")].toInt()};
    static const QHash<QString, int> keywords{{QStringLiteral("1K"), 1024}, {QStringLiteral("2K"), 2048}, {QStringLiteral("3K"), 3072}, {QStringLiteral("4K"), 4096}};
    const int side = keywords.value(value.toString());
    return {side, side};
}

/// "16:9" as a size of about a megapixel.
QSize sizeOfAspect(const QString &aspect)
{
    const double width = aspect.section(u':', 0, 0).toDouble(), height = aspect.section(u':', 1, 1).toDouble();
    if (width <= 0 || height <= 0)
        return {1024, 1024};
    return width > height ? QSize(1344, int(1344 * height / width)) : QSize(int(1344 * width / height), 1344);
}

QSize wantedSize(const EndpointSpec &spec, const QJsonObject &values)
{
    if (const QJsonValue hires = values.value(fields::kHiresFix)[QLatin1String("size")]; hires.isObject())
        return sizeIn(hires);
    if (const QSize size = sizeIn(values.value(fields::kSize)); !size.isEmpty())
        return size;
    if (values.contains(fields::kAspectRatio))
        return sizeOfAspect(values.value(fields::kAspectRatio).toString());
    const FieldSpec *field = spec.field(fields::kSize);
    return field ? sizeIn(field->serverDefault) : QSize();
}

PaintKind kindOf(const EndpointSpec &spec, bool hasPicture)
{
    if (!hasPicture)
        return PaintKind::Generate;
    switch (spec.modes.contains(ImageMode::ImageToImage) ? ImageMode::ImageToImage : spec.modes.first()) {
    case ImageMode::Inpaint: return PaintKind::Inpaint;
    case ImageMode::Upscale: return PaintKind::Upscale;
    case ImageMode::RemoveBackground: return PaintKind::RemoveBackground;
    case ImageMode::ReplaceBackground: return PaintKind::ReplaceBackground;
    case ImageMode::RemoveText:
    case ImageMode::Cleanup: return PaintKind::Erase;
    case ImageMode::Outpaint: return PaintKind::Outpaint;
    case ImageMode::MergeFace: return PaintKind::MergeFace;
    default: return PaintKind::Blend;
    }
}

QSize upscaledSize(const MediaRequest &request, const QByteArray &source)
{
    const QSize size = pictureFacts(source).size;
    const QString resolution = request.values.value(QLatin1String("resolution")).toString(QStringLiteral("4k"));
    if (request.values.contains(fields::kScale))
        return size.isEmpty() ? QSize(1024, 1024) : size * request.values.value(fields::kScale).toDouble();
    const int side = resolution == QLatin1String("2k") ? 2048 : resolution == QLatin1String("8k") ? 8192 : 4096;
    return (size.isEmpty() ? QSize(16, 9) : size).scaled(side, side, Qt::KeepAspectRatio);
}

QString wordsOf(const QJsonObject &values)
{
    QStringList words{values.value(fields::kPrompt).toString()};
    const QJsonArray scenes = values.value(QLatin1String("scenes")).toArray();
    for (const QJsonValue &scene : scenes)
        words.append(scene[QLatin1String("prompt")].toString());
    return words.join(u'\n') + values.value(fields::kModel).toString();
}

/// Everything but words, seed, size and number, so that a change of any of it shows.
QString styleOf(QJsonObject values)
{
    for (const QLatin1String key : {fields::kPrompt, fields::kModel, fields::kSeed, fields::kSize, fields::kCount})
        values.remove(key);
    return QString::fromUtf8(QJsonDocument(values).toJson(QJsonDocument::Compact));
}

} // namespace

PaintOrder paintOrderOf(const EndpointSpec &spec, const MediaRequest &request, qint64 seed)
{
    const QJsonObject &values = request.values;
    PaintOrder order;
    order.subject = wordsOf(values);
    order.style = styleOf(values);
    order.seed = seed;
    order.source = request.pictures.contains(fields::kImage) ? request.picture(fields::kImage) : request.picture(fields::kImages);
    order.kind = kindOf(spec, !order.source.isEmpty());
    order.mask = request.picture(order.kind == PaintKind::MergeFace ? fields::kFaceImage : fields::kMask);
    order.size = order.kind == PaintKind::Upscale ? upscaledSize(request, order.source) : wantedSize(spec, values);
    if (order.kind == PaintKind::Generate && order.size.isEmpty())
        order.size = {1024, 1024};
    order.steps = values.value(fields::kSteps).toInt(20);
    order.strength = values.value(fields::kStrength).toDouble(0.5);
    order.maskBlur = values.value(fields::kMaskBlur).toInt();
    order.maskInvert = values.value(QLatin1String("mask_invert")).toBool();
    order.transparent = values.value(fields::kTransparent).toBool();
    const FieldSpec *watermark = spec.field(fields::kWatermark);
    order.watermark = watermark && values.value(fields::kWatermark).toBool(watermark->serverDefault.toBool());
    order.offset = {-values.value(QLatin1String("center_x")).toInt(), -values.value(QLatin1String("center_y")).toInt()};
    return order;
}

FilmOrder filmOrderOf(const EndpointSpec &spec, const MediaRequest &request, qint64 seed)
{
    FilmOrder film;
    film.picture = paintOrderOf(spec, request, seed);
    film.framesPerSecond = std::clamp(request.values.value(QLatin1String("fps")).toString().toInt(), 0, 24);
    if (film.framesPerSecond == 0)
        film.framesPerSecond = 8;
    const double frames = request.values.contains(fields::kDuration) ? request.values.value(fields::kDuration).toVariant().toDouble() * film.framesPerSecond
                                                                     : request.values.value(QLatin1String("frames")).toVariant().toDouble();
    film.frames = frames >= 1 ? int(std::min(frames, double(kMostFilmFrames))) : 24;
    return film;
}

double workSecondsOf(const EndpointSpec &spec, const MediaRequest &request)
{
    if (spec.output.kind == OutputKind::Video)
        return 40;
    return 2 + 0.1 * std::max(0.0, request.values.value(fields::kSteps).toDouble()) * request.count(spec);
}

double nsfwLikelihood(const QString &subject, qint64 seed)
{
    static const QStringList words{QStringLiteral("nude"), QStringLiteral("naked"), QStringLiteral("nsfw"), QStringLiteral("erotic")};
    const bool told = std::any_of(words.begin(), words.end(), [&](const QString &word) { return subject.contains(word, Qt::CaseInsensitive); });
    const double spread = double(qAbs(seed) % 97) / 10;
    return told ? 90 + spread : spread;
}

} // namespace novita
