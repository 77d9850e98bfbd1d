// SPDX-License-Identifier: GPL-3.0-or-later
// Start to first filled window, memory and CPU at rest: the console against the smallest Qt Widgets program that shows the
// same list (bare QNetworkAccessManager, QTableWidget, no state, no settings, no theme), both against the same sandbox.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMainWindow>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include <unistd.h>

namespace {

constexpr int kRounds = 5;
constexpr int kPatienceMs = 30000;

/// The thing to beat: fills a table and says so on stdout.
int runBaseline(const QString &root)
{
    QMainWindow window;
    auto *table = new QTableWidget(&window);
    window.setCentralWidget(table);
    window.resize(1280, 800);
    window.show();
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(root + QStringLiteral("/gpu-instance/openapi/v1/gpu/instances?pageSize=100&pageNum=0")));
    request.setRawHeader("Authorization", "Bearer sk_bench_0123456789");
    QNetworkReply *reply = network.get(request);
    QObject::connect(reply, &QNetworkReply::finished, &window, [=] {
        const QJsonArray rows = QJsonDocument::fromJson(reply->readAll()).object().value(QLatin1String("instances")).toArray();
        table->setRowCount(static_cast<int>(rows.size()));
        table->setColumnCount(6);
        const char *keys[] = {"name", "status", "productName", "clusterName", "billingMode", "gpuNum"};
        for (int row = 0; row < rows.size(); ++row) {
            for (int column = 0; column < 6; ++column)
                table->setItem(row, column, new QTableWidgetItem(rows.at(row).toObject().value(QLatin1String(keys[column])).toVariant().toString()));
        }
        QTimer::singleShot(0, table, [] {
            std::puts("filled");
            std::fflush(stdout);
        });
    });
    return QApplication::exec();
}

struct Sample
{
    double filledMs = 0;
    double pssMb = 0;
    double idleCpuPercent = 0;
};

double pssOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression pss(QStringLiteral("^Pss:\\s+(\\d+) kB"), QRegularExpression::MultilineOption);
    return pss.match(QString::fromLatin1(file.readAll())).captured(1).toDouble() / 1024.0;
}

double cpuSecondsOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Starts `program` and waits until `filled()` says yes; then lets it rest and takes its memory and CPU.
template<typename Filled>
std::optional<Sample> measure(QProcess &process, int restMs, Filled filled)
{
    QElapsedTimer clock;
    clock.start();
    process.start();
    if (!process.waitForStarted(kPatienceMs))
        return std::nullopt;
    while (!filled()) {
        if (clock.elapsed() > kPatienceMs || process.state() == QProcess::NotRunning)
            return std::nullopt;
        process.waitForReadyRead(2);
    }
    Sample sample;
    sample.filledMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    if (restMs > 0) {
        QThread::msleep(2000); // start-up work that nobody waits for
        const double before = cpuSecondsOf(process.processId());
        QThread::msleep(static_cast<unsigned long>(restMs));
        sample.idleCpuPercent = (cpuSecondsOf(process.processId()) - before) / (restMs / 1000.0) * 100.0;
        sample.pssMb = pssOf(process.processId());
    }
    process.terminate();
    process.waitForFinished(5000);
    return sample;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

std::optional<Sample> measureConsole(const QString &bin, const QString &root, int restMs)
{
    const QTemporaryDir data;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("NOVITA_API_KEY"), QStringLiteral("sk_bench_0123456789"));
    process.setProcessEnvironment(environment);
    process.setProgram(bin + QStringLiteral("/novita-console"));
    process.setArguments({QStringLiteral("--api-root"), root, QStringLiteral("--data-dir"), data.path(), QStringLiteral("--page"), QStringLiteral("instances")});
    QFile log(data.path() + QStringLiteral("/log/console.log"));
    return measure(process, restMs, [&] {
        return (log.isOpen() || log.open(QIODevice::ReadOnly)) && log.seek(0) && log.readAll().contains("First filled window");
    });
}

std::optional<Sample> measureBaseline(const QString &root, int restMs)
{
    QProcess process;
    process.setProgram(QCoreApplication::applicationFilePath());
    process.setArguments({QStringLiteral("--baseline"), root});
    QByteArray output;
    return measure(process, restMs, [&] {
        output += process.readAllStandardOutput();
        return output.contains("filled");
    });
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication qt(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--baseline"))
        return runBaseline(arguments.value(2));

    const QString bin = QCoreApplication::applicationDirPath();
    QProcess sandbox;
    sandbox.start(bin + QStringLiteral("/novita-sandbox"), {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--instances"), QStringLiteral("40")});
    QByteArray line;
    QElapsedTimer patience;
    patience.start();
    while (!line.contains('\n') && patience.elapsed() < kPatienceMs && sandbox.state() != QProcess::NotRunning) {
        sandbox.waitForReadyRead(100);
        line += sandbox.readAllStandardOutput();
    }
    static const QRegularExpression address(QStringLiteral("http://127\\.0\\.0\\.1:\\d+"));
    const QString root = address.match(QString::fromLatin1(line)).captured();
    if (root.isEmpty()) {
        std::fputs("The sandbox did not start.\n", stderr);
        return 1;
    }

    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < kRounds; ++round) {
        const std::optional<Sample> console = measureConsole(bin, root, 0);
        const std::optional<Sample> baseline = measureBaseline(root, 0);
        if (!console || !baseline) {
            std::fprintf(stderr, "%s did not fill within %d s.\n", console ? "The baseline" : "The console", kPatienceMs / 1000);
            return 1;
        }
        ours.push_back(console->filledMs);
        theirs.push_back(baseline->filledMs);
    }
    const std::optional<Sample> console = measureConsole(bin, root, 20000);
    const std::optional<Sample> baseline = measureBaseline(root, 20000);
    if (!console || !baseline)
        return 1;
    std::printf("%-34s %10s %10s %8s\n", "", "console", "baseline", "ratio");
    std::printf("%-34s %10.0f %10.0f %8.2f\n", "start to filled window, median ms", median(ours), median(theirs), median(ours) / median(theirs));
    std::printf("%-34s %10.1f %10.1f %8.2f\n", "memory at rest, PSS MB", console->pssMb, baseline->pssMb, console->pssMb / baseline->pssMb);
    std::printf("%-34s %10.2f %10.2f\n", "CPU at rest over 20 s, %", console->idleCpuPercent, baseline->idleCpuPercent);
    sandbox.terminate();
    sandbox.waitForFinished(5000);
    return 0;
}
