// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/net/apiclient.h"
#include "tests/images/lighthousejob.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace novita;

namespace {

/// The image workspace as a program of its own, to be killed: a line of JSON on standard output whenever the queue has
/// changed; commands on standard input: "add N", "resume".
class Worker final : public QObject
{
public:
    Worker(const QUrl &apiRoot, const QString &dataDir)
        : m_client(m_apiNetwork, m_clock, [] { return 0.5; })
        , m_workspace({m_client, m_linkNetwork, m_clock, dataDir, [] { return 0.5; }, {}})
    {
        ApiClientConfig config;
        config.apiRoot = apiRoot;
        m_client.setConfig(config);
        m_client.setKey(QStringLiteral("sk_worker_0123456789"));
        connect(&m_workspace.queue(), &ImageQueue::changed, this, &Worker::report);
        connect(&m_workspace.queue(), &ImageQueue::pausedChanged, this, &Worker::report);
        connect(&m_input, &QSocketNotifier::activated, this, &Worker::read);
        m_workspace.open(ProfileId(QStringLiteral("mine")), Reach::Local);
    }

private:
    void read()
    {
        char buffer[256];
        const ssize_t bytes = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (bytes <= 0)
            return QCoreApplication::quit();
        m_typed += QByteArray(buffer, bytes);
        while (m_typed.contains('\n')) {
            const QByteArray line = m_typed.left(m_typed.indexOf('\n'));
            m_typed.remove(0, line.size() + 1);
            if (line == "resume")
                m_workspace.queue().resume();
            else if (line.startsWith("add "))
                m_workspace.queue().add(QList<NewImageJob>(line.mid(4).toInt(), lighthouseJob()));
        }
    }
    void report()
    {
        QJsonArray jobs;
        const QList<ImageJobView> views = m_workspace.queue().jobs();
        for (const ImageJobView &view : views) {
            jobs.append(QJsonObject{{QStringLiteral("id"), view.job.id.toString()},
                                    {QStringLiteral("state"), static_cast<int>(view.job.state)},
                                    {QStringLiteral("task"), view.job.task},
                                    {QStringLiteral("note"), view.job.note}});
        }
        const QJsonObject state{{QStringLiteral("paused"), m_workspace.queue().isPaused()},
                                {QStringLiteral("jobs"), jobs}};
        const QByteArray line = QJsonDocument(state).toJson(QJsonDocument::Compact) + '\n';
        std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
        std::fflush(stdout);
    }

    SystemClock m_clock;
    QNetworkAccessManager m_apiNetwork, m_linkNetwork;
    ApiClient m_client;
    ImageWorkspace m_workspace;
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    QByteArray m_typed;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication program(argc, argv);
    if (argc != 3)
        return 2;
    const Worker worker(QUrl(QString::fromLocal8Bit(argv[1])), QString::fromLocal8Bit(argv[2]));
    return QCoreApplication::exec();
}
