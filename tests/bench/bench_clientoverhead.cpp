// SPDX-License-Identifier: GPL-3.0-or-later
// What ApiClient costs per request over bare QNetworkAccessManager, in the same run, against the same keep-alive server
// in a thread of its own. Batches alternate, and the median of the ratios of neighbours counts: a busy machine slows both
// alike.
#include "core/net/apiclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <functional>
#include <vector>

using namespace novita;

namespace {

constexpr int kBatch = 400;
constexpr int kRounds = 15;

/// Answers every request head with the same small JSON.
class EchoServer final : public QTcpServer
{
public:
    EchoServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
                connect(socket, &QTcpSocket::readyRead, socket, [socket, pending = QByteArray()]() mutable {
                    pending += socket->readAll();
                    for (qsizetype end; (end = pending.indexOf("\r\n\r\n")) >= 0; pending.remove(0, end + 4))
                        socket->write(answer());
                });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

private:
    static QByteArray answer()
    {
        const QByteArray body = R"({"instances":[{"id":"0123456789abcdef","status":"running","gpuNum":"1"}],"total":1})";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n\r\n" + body;
    }
};

/// Runs `kBatch` requests, `parallel` at a time. `begin` starts one and calls what it is given when it has ended.
double microsecondsPerRequest(int parallel, const std::function<void(int, std::function<void()>)> &begin)
{
    QEventLoop loop;
    int started = 0;
    int ended = 0;
    std::function<void()> next = [&] {
        if (started < kBatch) {
            begin(started++, [&] {
                ++ended;
                if (ended == kBatch)
                    loop.quit();
                else
                    next();
            });
        }
    };
    QElapsedTimer watch;
    watch.start();
    for (int i = 0; i < parallel; ++i)
        next();
    loop.exec();
    return static_cast<double>(watch.nsecsElapsed()) / 1000.0 / kBatch;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    QThread serverThread;
    auto *server = new EchoServer;
    const QUrl root(QStringLiteral("http://127.0.0.1:%1").arg(server->serverPort()));
    server->moveToThread(&serverThread);
    QObject::connect(&serverThread, &QThread::finished, server, &QObject::deleteLater);
    serverThread.start();

    QNetworkAccessManager bare;
    QNetworkAccessManager network;
    SystemClock clock;
    ApiClient client(network, clock, [] { return 0.5; });
    ApiClientConfig config;
    config.apiRoot = root;
    config.limiterCapacity = 10'000'000;
    client.setConfig(config);
    client.setKey(QStringLiteral("bench-key"));
    // The Activity page listens in the program, so it listens here.
    QObject::connect(&client, &ApiClient::requestFinished, &app, [](const RequestRecord &) {});

    const auto bareGet = [&](int number, const std::function<void()> &done) {
        QNetworkRequest request(QUrl(root.toString() + QStringLiteral("/v1/gpu/instances?n=%1").arg(number)));
        request.setRawHeader("Authorization", "Bearer bench-key");
        QNetworkReply *reply = bare.get(request);
        QObject::connect(reply, &QNetworkReply::finished, &app, [reply, done] {
            const QJsonDocument json = QJsonDocument::fromJson(reply->readAll());
            reply->deleteLater();
            if (!json.isNull())
                done();
        });
    };
    const auto clientGet = [&](int number, const std::function<void()> &done) {
        ApiRequest request;
        request.operation = QStringLiteral("listInstances");
        request.area = ApiArea::Root;
        request.path = QStringLiteral("/v1/gpu/instances");
        request.query.addQueryItem(QStringLiteral("n"), QString::number(number));
        client.send(request)->onFinished(&app, [done](const Result<ApiReply> &result) {
            if (result)
                done();
        });
    };

    for (const int parallel : {1, 4}) {
        std::vector<double> bareTimes;
        std::vector<double> clientTimes;
        std::vector<double> ratios;
        for (int round = 0; round < kRounds; ++round) {
            bareTimes.push_back(microsecondsPerRequest(parallel, bareGet));
            clientTimes.push_back(microsecondsPerRequest(parallel, clientGet));
            ratios.push_back(clientTimes.back() / bareTimes.back());
        }
        out << parallel << " parallel: bare " << QString::number(median(bareTimes), 'f', 1) << " us, client "
            << QString::number(median(clientTimes), 'f', 1) << " us per request, ratio "
            << QString::number(median(ratios), 'f', 3) << " (aim <= 1.15)" << Qt::endl;
    }
    serverThread.quit();
    serverThread.wait();
    return 0;
}
