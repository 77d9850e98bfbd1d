// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/webuiorder.h"

#include "core/sandbox/media/webuiserver.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostPictures = 32;

Error refusal(int status, const QString &message)
{
    Error error = Error::make(ErrorKind::Validation, message);
    error.httpStatus = status;
    return error;
}

/// Puts the number at `key`, or `fallback`, into `parameters`; false when it is no number between the bounds.
bool take(QJsonObject &parameters, const QJsonObject &body, const char *key, double fallback, double least, double most)
{
    const QJsonValue sent = body.value(QLatin1String(key));
    const double number = sent.isUndefined() || sent.isNull() ? fallback : sent.toDouble(least - 1);
    parameters.insert(QLatin1String(key), number);
    return number >= least && number <= most;
}

QString badNumber(const QJsonObject &body, QJsonObject &parameters)
{
    struct Rule
    {
        const char *key;
        double fallback, least, most;
    };
    static constexpr Rule rules[] = {{"width", 512, 64, 4096}, {"height", 512, 64, 4096}, {"steps", 50, 1, 150}, {"batch_size", 1, 1, 8}, {"n_iter", 1, 1, 32},
                                     {"cfg_scale", 7, 1, 30}, {"seed", -1, -1, 9e15}, {"denoising_strength", 0.75, 0, 1}, {"mask_blur", 4, 0, 64}, {"hr_scale", 2, 1, 4}};
    for (const Rule &rule : rules) {
        if (!take(parameters, body, rule.key, rule.fallback, rule.least, rule.most))
            return QLatin1String(rule.key);
    }
    return {};
}

void takePictures(WebUiOrder &order, const QJsonObject &body)
{
    order.picture.source = webUiPicture(body.value(QLatin1String("init_images"))[0].toString());
    order.picture.mask = webUiPicture(body.value(QLatin1String("mask")).toString());
    order.picture.kind = order.picture.mask.isEmpty() ? PaintKind::Blend : PaintKind::Inpaint;
    order.picture.strength = order.parameters.value(QLatin1String("denoising_strength")).toDouble();
    order.picture.maskBlur = order.picture.mask.isEmpty() ? 0 : order.parameters.value(QLatin1String("mask_blur")).toInt();
    const QJsonValue invert = body.value(QLatin1String("inpainting_mask_invert"));
    order.picture.maskInvert = invert.toBool() || invert.toInt() != 0;
}

} // namespace

QByteArray webUiPicture(const QString &text)
{
    const QString bare = text.startsWith(QLatin1String("data:")) ? text.section(u',', 1) : text;
    const auto decoded = QByteArray::fromBase64Encoding(bare.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

Result<WebUiOrder> readWebUiOrder(const QJsonObject &body, bool fromImage)
{
    WebUiOrder order;
    QJsonObject &parameters = order.parameters;
    parameters = {{QStringLiteral("prompt"), body.value(QLatin1String("prompt")).toString()}, {QStringLiteral("negative_prompt"), body.value(QLatin1String("negative_prompt")).toString()},
                  {QStringLiteral("sampler_name"), body.value(QLatin1String("sampler_name")).toString(QStringLiteral("Euler"))},
                  {QStringLiteral("scheduler"), body.value(QLatin1String("scheduler")).toString(QStringLiteral("Automatic"))}};
    if (const QString bad = badNumber(body, parameters); !bad.isEmpty())
        return refusal(422, QStringLiteral("%1 is out of range").arg(bad));
    if (!webUiSamplers().contains(parameters.value(QLatin1String("sampler_name")).toString()))
        return refusal(400, QStringLiteral("Sampler not found"));
    order.count = parameters.value(QLatin1String("batch_size")).toInt() * parameters.value(QLatin1String("n_iter")).toInt();
    if (order.count > kMostPictures)
        return refusal(422, QStringLiteral("at most %1 pictures at a time").arg(kMostPictures));
    if (fromImage) {
        if (body.value(QLatin1String("init_images")).toArray().isEmpty())
            return refusal(404, QStringLiteral("Init image not found"));
        takePictures(order, body);
        const bool badMask = !body.value(QLatin1String("mask")).toString().isEmpty() && pictureFacts(order.picture.mask).format.isEmpty();
        if (pictureFacts(order.picture.source).format.isEmpty() || badMask)
            return refusal(500, QStringLiteral("Invalid encoded image"));
    }
    order.picture.subject = parameters.value(QLatin1String("prompt")).toString();
    order.picture.seed = parameters.value(QLatin1String("seed")).toInteger();
    order.picture.steps = parameters.value(QLatin1String("steps")).toInt();
    order.picture.size = {parameters.value(QLatin1String("width")).toInt(), parameters.value(QLatin1String("height")).toInt()};
    if (!fromImage && body.value(QLatin1String("enable_hr")).toBool())
        order.picture.size *= parameters.value(QLatin1String("hr_scale")).toDouble();
    QJsonObject style = parameters;
    for (const char *key : {"prompt", "seed", "width", "height", "batch_size", "n_iter"})
        style.remove(QLatin1String(key));
    order.picture.style = QString::fromUtf8(QJsonDocument(style).toJson(QJsonDocument::Compact));
    return order;
}

QString webUiInfoText(const QJsonObject &parameters, qint64 seed)
{
    const auto text = [&](const char *key) { return parameters.value(QLatin1String(key)).toString(); };
    const auto number = [&](const char *key) { return QString::number(parameters.value(QLatin1String(key)).toDouble()); };
    QString info = text("prompt");
    if (!text("negative_prompt").isEmpty())
        info += QStringLiteral("\nNegative prompt: ") + text("negative_prompt");
    info += QStringLiteral("\nSteps: %1, Sampler: %2, Schedule type: %3, CFG scale: %4, Seed: %5, Size: %6x%7, Model hash: %8, Model: %9, Denoising strength: %10, Version: v1.10.1")
                .arg(number("steps"), text("sampler_name"), text("scheduler"), number("cfg_scale"), QString::number(seed), number("width"), number("height"),
                     text("model_hash"), text("model"))
                .arg(number("denoising_strength"));
    return info;
}

} // namespace novita
