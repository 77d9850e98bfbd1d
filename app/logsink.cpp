// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logsink.h"

#include "core/base/isotime.h"
#include "core/base/logbuffer.h"
#include "core/base/redact.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <atomic>
#include <cstdio>
#include <deque>

namespace novita {

namespace {

constexpr qint64 kMostBytes = 5 * 1024 * 1024;
constexpr int kMostFiles = 3;
constexpr std::size_t kMostQueued = 10000;
constexpr qsizetype kLongestMessage = 16 * 1024;
// Kept until the writer has redacted it: a cut before that could leave the beginning of a secret readable.
constexpr qsizetype kLongestRaw = 1024 * 1024;

QString levelName(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg: return QStringLiteral("debug");
    case QtInfoMsg: return QStringLiteral("info");
    case QtWarningMsg: return QStringLiteral("warn");
    case QtCriticalMsg: return QStringLiteral("error");
    case QtFatalMsg: return QStringLiteral("fatal");
    }
    Q_UNREACHABLE();
}

struct Message
{
    qint64 at;
    QtMsgType level;
    QString category;
    QString text;
};

QString lineOf(LogFormat format, QtMsgType level, const QString &category, const QString &cleanText, qint64 msecsSinceEpoch)
{
    const QString time = isoTime(TimePoint(Milliseconds(msecsSinceEpoch)));
    if (format == LogFormat::Json) {
        const QJsonObject object{{QStringLiteral("time"), time}, {QStringLiteral("level"), levelName(level)},
                                 {QStringLiteral("category"), category}, {QStringLiteral("message"), cleanText}};
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    QString oneLine = cleanText;
    oneLine.replace(QLatin1Char('\n'), QStringLiteral("\\n")).replace(QLatin1Char('\r'), QStringLiteral("\\r"));
    return QStringLiteral("%1 %2 [%3] %4").arg(time, levelName(level), category, oneLine);
}

void toStderr(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

} // namespace

LogLevel logLevelFromName(const QString &name)
{
    if (name == QLatin1String("error"))
        return LogLevel::Error;
    if (name == QLatin1String("warn"))
        return LogLevel::Warning;
    if (name == QLatin1String("debug"))
        return LogLevel::Debug;
    return LogLevel::Info;
}

class LogSink::Private final : public QThread
{
public:
    Private(QString logDirectory, LogBuffer &ring) : buffer(ring), directory(std::move(logDirectory)) {}

    void run() override;
    void push(Message message);
    void writeLine(const QString &line);
    void rotate();
    bool open();

    static void handle(QtMsgType level, const QMessageLogContext &context, const QString &text);
    static std::atomic<Private *> current;

    LogBuffer &buffer;
    const QString directory;
    std::atomic<LogFormat> format{LogFormat::Json};
    QtMessageHandler previous = nullptr;

    QMutex mutex;
    QWaitCondition wake;
    QWaitCondition idle;
    std::deque<Message> queue;
    quint64 dropped = 0;
    bool busy = false;
    bool ending = false;

    QMutex fileMutex; // the writer thread, and a dying thread that logs a fatal message
    QFile file;
    bool fileBroken = false;
};

std::atomic<LogSink::Private *> LogSink::Private::current = nullptr;

void LogSink::Private::handle(QtMsgType level, const QMessageLogContext &context, const QString &text)
{
    Private *self = current.load();
    if (!self)
        return;
    // What Qt says about our own writing must not become more to write.
    if (QThread::currentThread() == self && level != QtFatalMsg) {
        toStderr(redact(text));
        return;
    }
    Message message{QDateTime::currentMSecsSinceEpoch(), level,
                    QString::fromLatin1(context.category ? context.category : "default"), text.left(kLongestRaw)};
    if (level == QtFatalMsg) {
        const QString line = formatLine(self->format, level, message.category, message.text, message.at);
        toStderr(line);
        const QMutexLocker lock(&self->fileMutex);
        self->writeLine(line);
        if (self->file.isOpen())
            self->file.flush();
        return;
    }
    self->push(std::move(message));
}

void LogSink::Private::push(Message message)
{
    const QMutexLocker lock(&mutex);
    if (queue.size() >= kMostQueued) {
        ++dropped;
        return;
    }
    queue.push_back(std::move(message));
    wake.wakeOne();
}

bool LogSink::Private::open()
{
    if (directory.isEmpty())
        return false;
    QDir().mkpath(directory);
    QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    file.setFileName(directory + QStringLiteral("/console.log"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

void LogSink::Private::rotate()
{
    file.close();
    const QString base = directory + QStringLiteral("/console.log");
    QFile::remove(base + QStringLiteral(".%1").arg(kMostFiles - 1));
    for (int i = kMostFiles - 2; i >= 1; --i)
        QFile::rename(base + QStringLiteral(".%1").arg(i), base + QStringLiteral(".%1").arg(i + 1));
    QFile::rename(base, base + QStringLiteral(".1"));
}

void LogSink::Private::writeLine(const QString &line)
{
    if (directory.isEmpty() || fileBroken)
        return;
    if (file.isOpen() && file.size() >= kMostBytes)
        rotate();
    if ((!file.isOpen() && !open()) || file.write(line.toUtf8() + '\n') < 0) {
        fileBroken = true;
        const QString sentence = QStringLiteral("The log file cannot be written: ") + file.errorString();
        toStderr(sentence);
        buffer.append({0, TimePoint(Milliseconds(QDateTime::currentMSecsSinceEpoch())), QtWarningMsg, QStringLiteral("app"), sentence});
    }
}

void LogSink::Private::run()
{
    QMutexLocker lock(&mutex);
    for (;;) {
        while (queue.empty() && !ending) {
            busy = false;
            idle.wakeAll();
            wake.wait(&mutex);
        }
        if (queue.empty())
            break;
        busy = true;
        std::deque<Message> batch = std::move(queue);
        queue.clear();
        if (const quint64 lost = std::exchange(dropped, 0))
            batch.push_back({batch.back().at, QtWarningMsg, QStringLiteral("app"), QStringLiteral("%1 log messages were dropped").arg(lost)});
        lock.unlock();
        {
            const QMutexLocker fileLock(&fileMutex);
            for (const Message &message : batch) {
                const QString text = redactedExcerpt(message.text, kLongestMessage);
                writeLine(lineOf(format, message.level, message.category, text, message.at));
                if (message.level != QtInfoMsg && message.level != QtDebugMsg)
                    toStderr(lineOf(LogFormat::Text, message.level, message.category, text, message.at));
                buffer.append({0, TimePoint(Milliseconds(message.at)), message.level, message.category, text});
            }
            if (file.isOpen())
                file.flush();
        }
        lock.relock();
    }
    busy = false;
    idle.wakeAll();
}

LogSink::LogSink(const QString &directory, LogBuffer &buffer) : d(std::make_unique<Private>(directory, buffer))
{
    d->start(QThread::LowPriority);
    Private::current = d.get();
    d->previous = qInstallMessageHandler(&Private::handle);
}

LogSink::~LogSink()
{
    qInstallMessageHandler(d->previous);
    Private::current = nullptr;
    {
        const QMutexLocker lock(&d->mutex);
        d->ending = true;
        d->wake.wakeAll();
    }
    d->wait();
}

void LogSink::setFormat(LogFormat format)
{
    d->format = format;
}

void LogSink::setLevel(LogLevel level)
{
    const char *quiet = "false";
    const char *on = "true";
    const QString rules = QStringLiteral("*.debug=%1\n*.info=%2\n*.warning=%3\nqt.*.debug=false\nqt.*.info=false\n")
                              .arg(QLatin1String(level >= LogLevel::Debug ? on : quiet), QLatin1String(level >= LogLevel::Info ? on : quiet),
                                   QLatin1String(level >= LogLevel::Warning ? on : quiet));
    QLoggingCategory::setFilterRules(rules);
}

void LogSink::flush()
{
    QMutexLocker lock(&d->mutex);
    while (!d->queue.empty() || d->busy)
        d->idle.wait(&d->mutex);
}

QString LogSink::filePath() const
{
    return d->directory.isEmpty() ? QString() : d->directory + QStringLiteral("/console.log");
}

QString LogSink::formatLine(LogFormat format, QtMsgType level, const QString &category, const QString &text, qint64 msecsSinceEpoch)
{
    return lineOf(format, level, category, redact(text), msecsSinceEpoch);
}

} // namespace novita
