// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakenam.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <QUrlQuery>

namespace novita {

/// A catalogue of `count` models that answers GET /v3/model as the API does: pages by cursor, filter by type, base and
/// text.
struct FakeCatalogue
{
    int count = 250;
    int failures = 0;         ///< of the next requests, as if the line were cut
    QString suffix;           ///< of all names: another state of the catalogue
    QByteArray foreverCursor; ///< hand out this one for ever

    static QString typeOf(int number)
    {
        static const QStringList types{QStringLiteral("checkpoint"),
                                       QStringLiteral("lora"),
                                       QStringLiteral("vae"),
                                       QStringLiteral("controlnet"),
                                       QStringLiteral("textualinversion"),
                                       QStringLiteral("upscaler")};
        // Every second is a checkpoint, every fourth a LoRA.
        return number % 2 == 0 ? types.at(0) : number % 4 == 1 ? types.at(1) : types.at(2 + (number / 4) % 4);
    }

    QString stemOf(int number) const { return QStringLiteral("%1_%2%3").arg(typeOf(number)).arg(number).arg(suffix); }
    static bool isXl(int number) { return number % 3 == 0; }

    QJsonObject row(int number) const
    {
        const QString type = typeOf(number);
        const QString stem = stemOf(number);
        const bool xl = isXl(number);
        return {
            {QStringLiteral("id"), 1000 + number},
            {QStringLiteral("name"), QStringLiteral("v%1 baked").arg(number % 5)},
            {QStringLiteral("sd_name"), stem + QStringLiteral(".safetensors")},
            {QStringLiteral("sd_name_in_api"), stem},
            {QStringLiteral("type"), QJsonObject{{QStringLiteral("name"), type}}},
            {QStringLiteral("status"), number % 50 == 49 ? 0 : 1},
            {QStringLiteral("tags"), QJsonArray{QStringLiteral("painterly"), QStringLiteral("landscape")}},
            {QStringLiteral("cover_url"), QStringLiteral("https://covers.example.net/%1.jpeg?sig=secret").arg(number)},
            {QStringLiteral("source"), QStringLiteral("civitai")},
            {QStringLiteral("base_model"), xl ? QStringLiteral("SDXL 1.0") : QStringLiteral("SD 1.5")},
            {QStringLiteral("base_model_type"),
             number % 10 == 8 ? QStringLiteral("Inpainting") : QStringLiteral("Standard")},
            {QStringLiteral("is_sdxl"), xl},
            {QStringLiteral("is_nsfw"), number % 20 == 6},
            {QStringLiteral("hash_sha256"), QStringLiteral("0A1B2C%1").arg(number, 4, 10, QLatin1Char('0'))}};
    }

    FakeAnswer answer(const FakeRequest &request)
    {
        if (failures > 0) {
            --failures;
            return FakeAnswer::transportError(QNetworkReply::HostNotFoundError);
        }
        const QUrlQuery query(request.request.url());
        const auto value = [&query](const char *key) {
            return query.queryItemValue(QLatin1String(key), QUrl::FullyDecoded);
        };
        const QString type = value("filter.types");
        const QString text = value("filter.query");
        const QString sdxl = value("filter.is_sdxl");
        QList<int> found;
        for (int i = 0; i < count; ++i) {
            if ((type.isEmpty() || type == typeOf(i)) && (text.isEmpty() || stemOf(i).contains(text)) &&
                (sdxl.isEmpty() || (sdxl == QLatin1String("true")) == isXl(i)))
                found.append(i);
        }
        const int limit = value("pagination.limit").toInt();
        const int begin = value("pagination.cursor").mid(2).toInt();
        QJsonArray rows;
        for (int i = begin; i < begin + limit && i < int(found.size()); ++i)
            rows.append(row(found.at(i)));
        QString next = begin + limit < found.size() ? QStringLiteral("c_%1").arg(begin + limit) : QString();
        if (!foreverCursor.isEmpty())
            next = QString::fromLatin1(foreverCursor);
        return FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("models"), rows},
                                                             {QStringLiteral("pagination"),
                                                              QJsonObject{{QStringLiteral("next_cursor"), next}}}})
                                       .toJson());
    }
};

} // namespace novita
