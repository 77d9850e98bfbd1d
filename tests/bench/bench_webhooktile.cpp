// SPDX-License-Identifier: GPL-3.0-or-later
// From the last byte of a webhook delivery to the figure on the dashboard, in a flood: signed deliveries over real sockets at a steady rate, stored
// and synced, while the whole window stands open over a fleet. bench_webhooktile [SECONDS [PER SECOND [INSTANCES]]]
#include "core/incoming/webhookhints.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "ui/dashboard/dashboardtile.h"
#include "ui/mainwindow.h"
#include "ui/page.h"

#include <QApplication>
#include <QDateTime>
#include <QDeadlineTimer>
#include <QEvent>
#include <QFile>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

using namespace novita;

namespace {

using Nanos = std::chrono::nanoseconds;
constexpr std::size_t kConnections = 8;
constexpr std::size_t kRequestsEach = 900; ///< the server closes a connection after 1,000

qint64 nanosNow()
{
    return std::chrono::duration_cast<Nanos>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What this thread has worked so far.
qint64 threadNanos()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// Whether a connection is made for the request of this number. The one before it on the same connection says that it is the last.
bool isFirst(std::size_t request)
{
    return request / kConnections % kRequestsEach == 0;
}

double megabytesInUse()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    const QList<QByteArray> fields = file.open(QIODevice::ReadOnly) ? file.readAll().split(' ') : QList<QByteArray>();
    return fields.size() > 1 ? fields.at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6 : 0;
}

/// Sends at a steady rate from a thread of its own; times are those after the last byte was handed to the system.
class Sender
{
public:
    Sender(quint16 port, std::vector<QByteArray> bodies, int perSecond)
        : m_port(port), m_requests(std::move(bodies)), m_gap(Nanos(1000000000LL / perSecond)), m_sentAt(m_requests.size())
    {
        for (int &connection : m_connections)
            connection = connected();
        m_thread = std::thread([this] { run(); });
    }
    ~Sender()
    {
        m_thread.join();
        for (const int connection : m_connections)
            ::close(connection);
    }
    Q_DISABLE_COPY_MOVE(Sender)

    qint64 sentAt(std::size_t index) const { return m_sentAt[index].load(std::memory_order_acquire); }

private:
    int connected() const
    {
        const int connection = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            qFatal("no connection");
        const int on = 1;
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return connection;
    }

    void run()
    {
        std::array<char, 65536> answers;
        auto due = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < m_requests.size(); ++i) {
            std::this_thread::sleep_until(due);
            due += m_gap;
            int &connection = m_connections[i % kConnections];
            if (i >= kConnections && isFirst(i)) {
                while (::recv(connection, answers.data(), answers.size(), 0) > 0) { }
                ::close(connection);
                connection = connected();
            }
            const QByteArray &request = m_requests[i];
            if (::send(connection, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) != request.size())
                qFatal("not sent");
            m_sentAt[i].store(nanosNow(), std::memory_order_release);
            while (::recv(connection, answers.data(), answers.size(), MSG_DONTWAIT) > 0) { }
        }
    }

    quint16 m_port;
    std::vector<QByteArray> m_requests;
    Nanos m_gap;
    std::vector<std::atomic<qint64>> m_sentAt;
    std::array<int, kConnections> m_connections{};
    std::thread m_thread;
};

/// When the tile had been painted with how many deliveries, by what stands on it.
class TileWatch final : public QObject
{
public:
    explicit TileWatch(DashboardTile &tile) : m_tile(tile)
    {
        tile.installEventFilter(this);
        for (QWidget *part : tile.findChildren<QWidget *>())
            part->installEventFilter(this);
    }
    std::vector<std::pair<qint64, qint64>> seen; ///< time, deliveries

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        const qint64 shown = shownCount();
        if (event->type() == QEvent::Paint && shown > m_last) {
            m_last = shown;
            // The window is on the screen when its painting, which this is a part of, is over.
            QMetaObject::invokeMethod(this, [this, shown] { seen.emplace_back(nanosNow(), shown); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    /// "1,234/min": the fixture's clock stands still, so that the minute never ends.
    qint64 shownCount() const
    {
        qint64 count = 0;
        for (const QChar c : m_tile.accessibleDescription()) {
            if (c == QLatin1Char('/'))
                return count;
            if (c.isDigit())
                count = count * 10 + c.digitValue();
        }
        return 0;
    }

    const DashboardTile &m_tile;
    qint64 m_last = 0;
};

/// How long the UI thread let what was due wait: a timer's lateness. On a machine with more to do than this, part of it is waiting for a processor: how
/// long the thread itself worked from one beat to the next is told too.
class Heartbeat final : public QObject
{
public:
    static constexpr std::chrono::milliseconds kEvery{5};

    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const qint64 now = nanosNow();
            const qint64 worked = threadNanos();
            late.push_back(std::max<qint64>(0, now - std::exchange(m_last, now) - std::chrono::nanoseconds(kEvery).count()));
            work.push_back(worked - std::exchange(m_worked, worked));
        });
        m_last = nanosNow();
        m_worked = threadNanos();
        m_timer.start(kEvery);
    }
    std::vector<qint64> late, work;

private:
    QTimer m_timer;
    qint64 m_last = 0;
    qint64 m_worked = 0;
};

double millis(qint64 nanos)
{
    return static_cast<double>(nanos) / 1e6;
}

qint64 percentile(std::vector<qint64> &values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::min(values.size() - 1, static_cast<std::size_t>(static_cast<double>(values.size()) * share))];
}

std::vector<QByteArray> requests(UiFixture &fixture, const QString &secret, int count, int instances)
{
    const QByteArray at = QDateTime::fromMSecsSinceEpoch(fixture.clock().now().time_since_epoch().count()).toUTC().toString(Qt::ISODateWithMs).toUtf8();
    const SigningSecret key = *SigningSecret::fromText(secret);
    std::vector<QByteArray> out;
    for (int i = 0; i < count; ++i) {
        const QByteArray body = "{\"instanceId\":\"inst_" + QByteArray::number(i) + "\",\"status\":\"" + (i % 3 ? "running" : "health_checking") + "\",\"timestamp\":\"" + at
            + "\",\"novitaInstanceId\":\"i-" + QByteArray::number(i % instances) + "\",\"elapsedTime\":" + QByteArray::number(i) + ",\"reason\":\"" + QByteArray(400, 'x') + "\"}";
        out.push_back("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature::signPlain(key, body)
                      + (isFirst(out.size() + kConnections) ? "\r\nConnection: close" : "") + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    return out;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? QByteArray(argv[1]).toInt() : 10;
    const int perSecond = argc > 2 ? QByteArray(argv[2]).toInt() : 1000;
    const int instances = argc > 3 ? QByteArray(argv[3]).toInt() : 1000;
    const int count = seconds * perSecond;

    UiFixture fixture;
    const QString secret = SigningSecret::generate();
    fixture.secrets().values.insert(WebhookSecrets::kSecretName, secret);
    QTcpServer free;
    free.listen(QHostAddress(QHostAddress::LocalHost));
    const int port = free.serverPort();
    free.close();
    static_cast<void>(fixture.settings().setValue(keys::kReceiverPort, port));
    static_cast<void>(fixture.settings().setValue(keys::kReceiverPerMinute, 0));
    static_cast<void>(fixture.settings().setValue(keys::kReceiverEnabled, true));
    WebhookService &service = fixture.webhooks();
    WebhookHints hints(fixture.stores(), fixture.context().refresher, fixture.clock());
    QObject::connect(&service, &WebhookService::arrived, &hints, &WebhookHints::take);
    fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_benchmarks_only"));
    fixture.context().session.start();
    fixture.fill(instances);
    MainWindow window(fixture.context());
    window.resize(1280, 800);
    window.show();
    window.openPage(QStringLiteral("dashboard"));
    service.start();
    DashboardTile *tile = nullptr;
    for (DashboardTile *one : window.currentPage()->findChildren<DashboardTile *>()) {
        if (one->accessibleName() == QLatin1String("Webhooks"))
            tile = one;
    }
    if (!QTest::qWaitFor([&] { return service.status().isListening() && tile->isVisible(); }))
        qFatal("no tile or no receiver: %s", qPrintable(service.status().sentence));

    std::vector<QByteArray> flood = requests(fixture, secret, count, instances);
    // What the window does when it is opened is not what is measured. (quit() would close it.)
    QTimer::singleShot(std::chrono::seconds(1), &application, [] { QApplication::exit(); });
    application.exec();

    TileWatch tileWatch(*tile);
    Heartbeat heartbeat;
    std::vector<qint64> waits;
    const double before = megabytesInUse();
    {
        const Sender sender(service.status().port, std::move(flood), perSecond);
        const auto isOver = [&] { return service.meter().total().total() >= count && !tileWatch.seen.empty() && tileWatch.seen.back().second >= count; };
        // The real loop: qWaitFor() sleeps between its looks.
        const QDeadlineTimer patience(std::chrono::seconds(seconds + 60));
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &application, [&] {
            if (isOver() || patience.hasExpired())
                QApplication::exit();
        });
        look.start(100);
        application.exec();
        if (!isOver())
            std::printf("only %lld of %d arrived\n", service.meter().total().total(), count);
        std::size_t at = 0;
        for (int i = 0; i < count; ++i) {
            while (at < tileWatch.seen.size() && tileWatch.seen[at].second <= i)
                ++at;
            if (at == tileWatch.seen.size())
                break;
            waits.push_back(tileWatch.seen[at].first - sender.sentAt(static_cast<std::size_t>(i)));
        }
    }
    const DeliveryCounts counts = service.meter().total();
    const auto stalls = std::count_if(heartbeat.late.begin(), heartbeat.late.end(), [](qint64 late) { return late > 50'000'000; });
    std::printf("deliveries    sent %d, accepted %lld, else %lld; tile painted anew %zu times\n", count, counts.accepted, counts.total() - counts.accepted, tileWatch.seen.size());
    std::printf("byte to tile  p50 %.1f ms  p99 %.1f ms  max %.1f ms  (of %zu)\n", millis(percentile(waits, 0.5)), millis(percentile(waits, 0.99)), millis(percentile(waits, 1)), waits.size());
    std::printf("UI late by    p50 %.1f ms  p99 %.1f ms  max %.1f ms, over 50 ms: %lld (of %zu beats)\n", millis(percentile(heartbeat.late, 0.5)),
                millis(percentile(heartbeat.late, 0.99)), millis(percentile(heartbeat.late, 1)), static_cast<long long>(stalls), heartbeat.late.size());
    std::printf("UI work       p50 %.1f ms  p99 %.1f ms  max %.1f ms between two beats\n", millis(percentile(heartbeat.work, 0.5)), millis(percentile(heartbeat.work, 0.99)),
                millis(percentile(heartbeat.work, 1)));
    std::printf("memory        %.0f MB, then %.0f MB; events in the activity %zu\n", before, megabytesInUse(), fixture.stores().activity.events().size());
    return counts.accepted == count && waits.size() == static_cast<std::size_t>(count) ? 0 : 1;
}
