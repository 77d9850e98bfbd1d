// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/joboptions.h"

namespace novita::joboptions {

namespace {

constexpr QLatin1String kOutputType("output_type");
constexpr QLatin1String kNsfwCheck("nsfw_check");
constexpr QLatin1String kNsfwLevel("nsfw_level");
constexpr QLatin1String kWebhookTest("webhook_test");
constexpr QLatin1String kMode("mode");
constexpr QLatin1String kBase("base");

} // namespace

QJsonObject toJson(const RequestOptions &options)
{
    QJsonObject json;
    if (!options.outputType.isEmpty())
        json.insert(kOutputType, options.outputType);
    if (options.nsfwCheck) {
        json.insert(kNsfwCheck, true);
        json.insert(kNsfwLevel, options.nsfwLevel);
    }
    if (options.webhookTest)
        json.insert(kWebhookTest, *options.webhookTest);
    if (options.mode)
        json.insert(kMode, imageModeName(*options.mode));
    if (options.base != ModelBase::Unknown)
        json.insert(kBase, static_cast<int>(options.base));
    return json;
}

RequestOptions fromJson(const QJsonObject &json)
{
    RequestOptions options;
    options.outputType = json.value(kOutputType).toString();
    options.nsfwCheck = json.value(kNsfwCheck).toBool();
    options.nsfwLevel = json.value(kNsfwLevel).toInt();
    if (const QJsonValue test = json.value(kWebhookTest); test.isBool())
        options.webhookTest = test.toBool();
    options.mode = imageModeFromName(json.value(kMode).toString());
    const int base = json.value(kBase).toInt();
    options.base = base > 0 && base <= static_cast<int>(ModelBase::Other) ? static_cast<ModelBase>(base) : ModelBase::Unknown;
    return options;
}

} // namespace novita::joboptions
