// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/postexchange.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace novita;
using namespace std::chrono_literals;

using Stage = PostReport::Stage;

namespace {

const QHostAddress kFirst(QStringLiteral("127.0.0.2"));
const QHostAddress kSecond(QStringLiteral("127.0.0.3"));

/// Takes no connection: as many as it lets wait are waiting.
class FullServer
{
public:
    explicit FullServer(const QHostAddress &address)
    {
        m_server.setListenBacklogSize(kBacklog);
        m_server.listen(address);
        m_server.pauseAccepting();
        constexpr int kMoreThanWait = 4;
        for (int i = 0; i < kMoreThanWait; ++i) {
            m_waiting.push_back(std::make_unique<QTcpSocket>());
            m_waiting.back()->connectToHost(address, m_server.serverPort());
        }
    }
    quint16 port() const { return m_server.serverPort(); }
    bool isFull() const
    {
        const auto isIn = [](const auto &socket) { return socket->state() == QAbstractSocket::ConnectedState; };
        return std::count_if(m_waiting.begin(), m_waiting.end(), isIn) > kBacklog;
    }

private:
    static constexpr int kBacklog = 1; // Linux lets one more wait

    QTcpServer m_server;
    std::vector<std::unique_ptr<QTcpSocket>> m_waiting;
};

HostLookup resolvesTo(const QList<QHostAddress> &addresses)
{
    return [addresses](const QString &, QObject *context, const std::function<void(const QHostInfo &)> &done) {
        QHostInfo info;
        info.setAddresses(addresses);
        if (addresses.isEmpty())
            info.setError(QHostInfo::HostNotFound);
        QMetaObject::invokeMethod(context, [info, done] { done(info); }, Qt::QueuedConnection);
        return -1;
    };
}

} // namespace

class TestPostExchange : public QObject
{
    Q_OBJECT

private slots:
    void lastAddressHasTheTimeThatIsLeft();
    void behindAProxyNamesAreCheckedToo();

private:
    PostReport post(const PostRequest &request, const PostExchange::Route &route)
    {
        auto *call = Call<PostReport>::create(this);
        (new PostExchange(request, route, m_clock, call, this))->start();
        return *await(call);
    }
    FakeClock m_clock;
};

void TestPostExchange::lastAddressHasTheTimeThatIsLeft()
{
    FullServer server(kSecond);
    QVERIFY(server.port() != 0);
    QTRY_VERIFY(server.isFull());
    PostRequest request;
    request.url = QUrl(QStringLiteral("http://hooks.example:%1/").arg(server.port()));
    request.timeout = 400ms;
    PostExchange::Route route;
    route.perAddress = 50ms; // of the first one, which refuses at once
    route.lookup = resolvesTo({kFirst, kSecond});
    const PostReport report = post(request, route);
    QCOMPARE(report.stage, Stage::Connecting);
    QCOMPARE(report.address, kSecond);
    QCOMPARE(report.error->kind, ErrorKind::Timeout);
}

void TestPostExchange::behindAProxyNamesAreCheckedToo()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress(QHostAddress::LocalHost)));
    PostRequest request;
    request.url = QUrl(QStringLiteral("https://hooks.example/"));
    request.policy = TargetPolicy(false);
    request.timeout = 300ms;
    PostExchange::Route route;
    route.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, proxy.serverAddress().toString(), proxy.serverPort());
    const QHostAddress good(QStringLiteral("93.184.216.34"));
    for (const char *bad : {"10.0.0.7", "169.254.169.254", "127.0.0.1"}) {
        route.lookup = resolvesTo({good, QHostAddress(QString::fromLatin1(bad))});
        const PostReport report = post(request, route);
        QCOMPARE(report.stage, Stage::Refused);
        QCOMPARE(report.error->kind, ErrorKind::Validation);
    }
    QVERIFY(!proxy.hasPendingConnections());

    const HostLookup never = [](const QString &, QObject *, const std::function<void(const QHostInfo &)> &) { return -1; };
    route.lookupBehindProxy = 20ms;
    for (const HostLookup &lookup : {resolvesTo({good}), resolvesTo({}), never}) {
        route.lookup = lookup;
        QCOMPARE(post(request, route).stage, Stage::Connecting); // this proxy says nothing
        QVERIFY(proxy.hasPendingConnections());
        delete proxy.nextPendingConnection();
    }
}

QTEST_GUILESS_MAIN(TestPostExchange)
#include "tst_postexchange.moc"
