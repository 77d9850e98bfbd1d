// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "tests/support/fakenam.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <cmath>

namespace novita {

/// Streams a made-up log to whoever asks.
class PictureServer final : public HttpHandler
{
public:
    PictureServer()
    {
        if (!m_http.listen(QHostAddress(QHostAddress::LocalHost), 0))
            qFatal("no port");
    }
    ~PictureServer() override { m_http.stop(); }
    void handle(const HttpRequest &, HttpResponder responder) override
    {
        responder.beginStream(HttpResponse::text(200, {}));
        for (int i = 0; i < 60; ++i) {
            responder.write(QByteArrayLiteral("2026-11-21T10:22:") + QByteArray::number(i) + " step " + QByteArray::number(1200 + i)
                            + (i % 13 == 12 ? " WARNING loss is not finite, the batch is skipped and the learning rate is halved\n" : " loss 0.4217 lr 3e-4 tokens/s 18423\n"));
        }
        m_open.append(responder);
    }
    QString address() const { return QStringLiteral("http://127.0.0.1:%1/log").arg(m_http.port()); }

private:
    HttpServer m_http{*this, {}, HttpServer::Threading::Caller};
    QList<HttpResponder> m_open;
};

/// The metrics of an instance with two cards, as waves.
inline FakeAnswer pictureMetrics(const FakeRequest &request)
{
    const QUrlQuery query(request.request.url());
    const qint64 step = qMax<qint64>(1, query.queryItemValue(QStringLiteral("interval")).toLongLong());
    const auto points = [&](double middle, double swing, double shift) {
        QJsonArray out;
        for (qint64 t = query.queryItemValue(QStringLiteral("startTime")).toLongLong(); t < query.queryItemValue(QStringLiteral("endTime")).toLongLong() - 60; t += step) {
            const double value = middle + swing * std::sin(static_cast<double>(t) / 900 + shift);
            out.append(QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), value}});
        }
        return out;
    };
    const auto cards = [&](double middle) {
        QJsonArray ids;
        for (int card = 0; card < 2; ++card)
            ids.append(QJsonObject{{QStringLiteral("gpuId"), QString::number(card)}, {QStringLiteral("items"), points(middle, 12, card)}});
        return QJsonObject{{QStringLiteral("avg"), points(middle, 10, 0.5)}, {QStringLiteral("gpuIds"), ids}};
    };
    return FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("gpuUtilization"), cards(70)},
                                                         {QStringLiteral("gpuMemUtilization"), cards(45)},
                                                         {QStringLiteral("cpuUtilization"), points(20, 8, 0)},
                                                         {QStringLiteral("memUtilization"), points(38, 3, 1)},
                                                         {QStringLiteral("rootDiskUtilization"), points(12, 0.2, 1)}})
                                   .toJson());
}

} // namespace novita
