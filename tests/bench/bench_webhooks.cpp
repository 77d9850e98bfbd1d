// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signed deliveries of 600 bytes over 1 and over 32 connections, in one table: this program's receiver (checked, parsed, stored and synced before
// each answer), its server verifying only, and plain Node servers that verify only, or also append and sync, or also insert into SQLite (where Node
// finds better-sqlite3). Several rounds, all servers in each; the table shows each server's median. The sender shares the machine with them; the
// table says how much of it it took.
//
//   bench_webhooks [--rows receiver,verify,node,append,sqlite] [--rounds 3] [--seconds 2]
//   bench_webhooks --flood [SECONDS]    1,000 deliveries a second from another process: latency, resident memory, and whether each is there once
//
// Files lie where TMPDIR says: a memory file system makes syncing free, and the figures worthless.
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookreceiver.h"
#include "tests/bench/webhookload.h"
#include "tests/support/await.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace novita;
using webhookload::Figures;

namespace {

constexpr int kFloodPerSecond = 1000;
constexpr std::size_t kPoolSize = 100'000;

/// A server that is measured.
class Server
{
public:
    virtual ~Server() = default;
    virtual quint16 port() const = 0;
    virtual double cpuUs() const = 0;              ///< CPU time so far
    virtual bool wantsFreshRequests() const { return false; }
};

double processCpuUs()
{
    const auto sum = [](int who) {
        rusage usage{};
        ::getrusage(who, &usage);
        return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    };
    return sum(RUSAGE_SELF) - sum(RUSAGE_THREAD); // without the sender, which is this thread
}

WebhookConfig config()
{
    WebhookConfig config;
    config.secrets = {*SigningSecret::fromText(webhookload::secretText())};
    config.perMinute = 0;
    return config;
}

class Receiver final : public Server
{
public:
    explicit Receiver(const QString &path) : m_store(m_clock, path), m_receiver(m_store, m_clock)
    {
        m_receiver.configure(config());
        m_port = m_receiver.listen(QHostAddress(QHostAddress::LocalHost), 0).valueOr(0);
    }
    quint16 port() const override { return m_port; }
    double cpuUs() const override { return processCpuUs(); }
    bool wantsFreshRequests() const override { return true; } // it would know them again

    DeliveryStore &store() { return m_store; }

private:
    SystemClock m_clock;
    DeliveryStore m_store;
    WebhookReceiver m_receiver;
    quint16 m_port = 0;
};

/// The same server and the same check, and nothing after it.
class Verifier final : public Server, private HttpHandler
{
public:
    Verifier() : m_server(*this) { m_port = m_server.listen(QHostAddress(QHostAddress::LocalHost), 0).valueOr(0); }
    quint16 port() const override { return m_port; }
    double cpuUs() const override { return processCpuUs(); }

private:
    void handle(const HttpRequest &request, HttpResponder responder) override
    {
        const bool ok = signature::check(m_secrets, request.headers, request.body, m_clock.now()).ok();
        responder.send(HttpResponse::text(ok ? 200 : 401, R"({"received":true})", "application/json"));
    }

    SystemClock m_clock;
    SigningSecrets m_secrets = config().secrets;
    HttpServer m_server;
    quint16 m_port = 0;
};

class Node final : public Server
{
public:
    explicit Node(const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("node"), QStringList{QStringLiteral(NOVITA_SOURCE_DIR "/tests/bench/webhooks_node.js"), webhookload::secretText()} + arguments);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(10000)) { }
        m_port = m_process.readLine().trimmed().toUShort();
    }
    ~Node() override
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    quint16 port() const override { return m_port; }
    double cpuUs() const override
    {
        QFile file(QStringLiteral("/proc/%1/stat").arg(m_process.processId()));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> fields = file.readAll().split(' '); // 14 and 15, counted from 1: user and system time in ticks
        return (fields.value(13).toDouble() + fields.value(14).toDouble()) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

struct Row
{
    QString key;
    QString name;
    std::unique_ptr<Server> server;
    std::vector<Figures> one;
    std::vector<Figures> many;
};

Figures median(std::vector<Figures> rounds)
{
    std::sort(rounds.begin(), rounds.end(), [](const Figures &a, const Figures &b) { return a.perSecond < b.perSecond; });
    return rounds.empty() ? Figures() : rounds[rounds.size() / 2];
}

std::vector<Row> makeRows(const QStringList &keys, const QTemporaryDir &folder, QTextStream &out)
{
    std::vector<Row> rows;
    const auto add = [&](const char *key, const char *name, auto make) {
        if (!keys.contains(QLatin1String(key)))
            return;
        std::unique_ptr<Server> server = make();
        if (server->port() != 0)
            rows.push_back({QLatin1String(key), QLatin1String(name), std::move(server), {}, {}});
        else
            out << name << ": not to be had here\n";
    };
    add("receiver", "receiver, stored and synced", [&] { return std::make_unique<Receiver>(folder.filePath(QStringLiteral("deliveries.sqlite"))); });
    add("verify", "this server, verifying only", [] { return std::make_unique<Verifier>(); });
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()) {
        out << "Node is not installed, so there is nothing to compare with\n";
        return rows;
    }
    add("node", "Node, verifying only", [] { return std::make_unique<Node>(QStringList{QStringLiteral("verify")}); });
    add("append", "Node, appended and synced", [&] { return std::make_unique<Node>(QStringList{QStringLiteral("append"), folder.filePath(QStringLiteral("node.log"))}); });
    add("sqlite", "Node, better-sqlite3, synced", [&] { return std::make_unique<Node>(QStringList{QStringLiteral("sqlite"), folder.filePath(QStringLiteral("node.sqlite"))}); });
    return rows;
}

Figures measure(Server &server, int connections, std::chrono::milliseconds span, std::vector<QByteArray> &pool, std::size_t &next)
{
    static qint64 number = 0;
    const SigningSecret secret = *SigningSecret::fromText(webhookload::secretText());
    if (pool.empty() || server.wantsFreshRequests()) {
        pool.clear();
        next = 0;
        while (pool.size() < kPoolSize)
            pool.push_back(webhookload::request(secret, ++number));
    }
    const double before = server.cpuUs();
    Figures figures = webhookload::saturate(server.port(), connections, span, pool, &next);
    // The warm-up is a quarter of the span on top.
    figures.serverUs = (server.cpuUs() - before) / (1.25 * figures.perSecond * std::chrono::duration<double>(span).count());
    return figures;
}

void printTable(QTextStream &out, const std::vector<Row> &rows)
{
    out << QStringLiteral("\n%1 %2 %3 %4 %5 %6 %7 %8\n").arg(QString(), -30).arg(QLatin1String("conn."), 5).arg(QLatin1String("answers/s"), 10)
               .arg(QLatin1String("p50 ms"), 8).arg(QLatin1String("p99 ms"), 8).arg(QLatin1String("server us"), 10).arg(QLatin1String("sender us"), 10).arg(QLatin1String("failed"), 7);
    const auto print = [&out](const QString &name, int connections, const Figures &figures) {
        out << QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8\n").arg(name, -30).arg(connections, 5).arg(figures.perSecond, 10, 'f', 0)
                   .arg(figures.p50, 8, 'f', 2).arg(figures.p99, 8, 'f', 2).arg(figures.serverUs, 10, 'f', 1).arg(figures.senderUs, 10, 'f', 1).arg(figures.failed, 7);
    };
    for (const Row &row : rows)
        print(row.name, 1, median(row.one));
    for (const Row &row : rows)
        print(row.name, 32, median(row.many));
}

void printRatios(QTextStream &out, const std::vector<Row> &rows)
{
    const auto compare = [&](const char *ours, const char *theirs, const char *aim) {
        const auto find = [&](const char *key) { return std::find_if(rows.begin(), rows.end(), [key](const Row &row) { return row.key == QLatin1String(key); }); };
        const auto a = find(ours), b = find(theirs);
        if (a == rows.end() || b == rows.end())
            return;
        const Figures mine = median(a->many), other = median(b->many);
        if (mine.answered > 0 && other.answered > 0)
            out << QStringLiteral("32 connections: %1 / %2: %3 times the answers, %4 of the p99 (aim: %5)\n")
                       .arg(a->name, b->name).arg(mine.perSecond / other.perSecond, 0, 'f', 2).arg(mine.p99 / other.p99, 0, 'f', 2).arg(QLatin1String(aim));
    };
    out << '\n';
    compare("receiver", "node", "1 time");
    compare("receiver", "append", "4 times, half");
    compare("receiver", "sqlite", "4 times, half");
    compare("verify", "node", "1.5 times");
}

double residentMib()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

/// How often each instance is in the store; index 0 collects what has no business there.
std::vector<int> countStored(DeliveryStore &store, qint64 deliveries)
{
    std::vector<int> counts(static_cast<std::size_t>(deliveries) + 1);
    std::optional<qint64> before;
    do {
        const Result<DeliveryPage> page = await(store.list({1000, before, {}}));
        if (!page)
            break;
        for (const Delivery &delivery : page->deliveries) {
            const std::size_t number = delivery.subject.mid(5).toULongLong();
            ++counts[delivery.result == DeliveryResult::Accepted && number < counts.size() ? number : 0];
        }
        before = page->next;
    } while (before);
    return counts;
}

int runFlood(QTextStream &out, int seconds)
{
    QTemporaryDir folder;
    Receiver receiver(folder.filePath(QStringLiteral("deliveries.sqlite")));
    QProcess sender;
    sender.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    sender.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--send-to"), QString::number(receiver.port()), QStringLiteral("--flood"), QString::number(seconds)});
    std::vector<double> resident;
    while (sender.state() != QProcess::NotRunning) {
        (void)QTest::qWaitFor([&sender] { return sender.state() == QProcess::NotRunning; }, 1000);
        resident.push_back(residentMib());
    }
    out << QString::fromUtf8(sender.readAllStandardOutput());
    const qint64 all = qint64(kFloodPerSecond) * seconds;
    const std::vector<int> counts = countStored(receiver.store(), all);
    const auto with = [&](auto condition) { return std::count_if(counts.begin() + 1, counts.end(), condition); };
    out << "stored once " << with([](int count) { return count == 1; }) << ", missing " << with([](int count) { return count == 0; }) << ", twice "
        << with([](int count) { return count > 1; }) << ", other " << counts[0] << " of " << all << '\n';
    if (resident.size() > 5)
        out << QStringLiteral("resident MiB after 5 s %1, at the end %2, most %3\n").arg(resident[4], 0, 'f', 1).arg(resident.back(), 0, 'f', 1)
                   .arg(*std::max_element(resident.begin(), resident.end()), 0, 'f', 1);
    return with([](int count) { return count == 1; }) == all ? 0 : 1;
}

int runSender(QTextStream &out, quint16 port, int seconds)
{
    const Figures figures = webhookload::flood(port, kFloodPerSecond, seconds);
    out << QStringLiteral("answered %1, failed %2, %3/s, p50 %4 ms, p99 %5 ms, worst %6 ms\n").arg(figures.answered).arg(figures.failed)
               .arg(figures.perSecond, 0, 'f', 0).arg(figures.p50, 0, 'f', 2).arg(figures.p99, 0, 'f', 2).arg(figures.worst, 0, 'f', 2);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("rows"), {}, QStringLiteral("keys"), QStringLiteral("receiver,verify,node,append,sqlite")},
                       {QStringLiteral("rounds"), {}, QStringLiteral("number"), QStringLiteral("3")},
                       {QStringLiteral("seconds"), {}, QStringLiteral("number"), QStringLiteral("2")},
                       {QStringLiteral("flood"), {}, QStringLiteral("seconds")},
                       {QStringLiteral("send-to"), {}, QStringLiteral("port")}});
    parser.process(app);
    if (parser.isSet(QStringLiteral("send-to")))
        return runSender(out, parser.value(QStringLiteral("send-to")).toUShort(), parser.value(QStringLiteral("flood")).toInt());
    if (parser.isSet(QStringLiteral("flood")))
        return runFlood(out, parser.value(QStringLiteral("flood")).toInt());

    QTemporaryDir folder;
    std::vector<Row> rows = makeRows(parser.value(QStringLiteral("rows")).split(QLatin1Char(',')), folder, out);
    std::vector<QByteArray> pool;
    std::size_t next = 0;
    const std::chrono::milliseconds span(static_cast<qint64>(parser.value(QStringLiteral("seconds")).toDouble() * 1000));
    for (int round = 0; round < parser.value(QStringLiteral("rounds")).toInt(); ++round) {
        for (Row &row : rows) {
            row.one.push_back(measure(*row.server, 1, span, pool, next));
            row.many.push_back(measure(*row.server, 32, span, pool, next));
        }
    }
    printTable(out, rows);
    printRatios(out, rows);
    return 0;
}
