// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/posixsignals.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace novita {

namespace {

int wakeFds[2] = {-1, -1};

extern "C" void onPosixSignal(int)
{
    const int interrupted = errno; // the code that was interrupted may be about to look at it
    const char byte = 1;
    // Nothing can be done about a failed write inside a signal handler; the result must be looked at all the same.
    [[maybe_unused]] const ssize_t written = ::write(wakeFds[0], &byte, sizeof byte);
    errno = interrupted;
}

/// Asks the system instead of the permission bits: a file system may be read-only, and root may write anywhere else.
QString whyNotWritable(const QString &path)
{
    if (!QFileInfo(path).isDir())
        return QCoreApplication::translate("main", "%1 is not a folder").arg(path);
    return ::access(QFile::encodeName(path).constData(), W_OK | X_OK) == 0 ? QString() : qt_error_string(errno);
}

/// Why nothing can be made at `path`: what is wrong with the nearest folder above it that exists.
QString whyNotBelow(const QString &path)
{
    QString above = path;
    while (!QFileInfo::exists(above) && above != QFileInfo(above).path())
        above = QFileInfo(above).path();
    const QString reason = whyNotWritable(above);
    return reason.isEmpty() ? QCoreApplication::translate("main", "it cannot be made in %1").arg(above) : reason;
}

} // namespace

PosixSignals::PosixSignals(QObject *parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, wakeFds) != 0)
        return;
    m_notifier = new QSocketNotifier(wakeFds[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        [[maybe_unused]] const ssize_t count = ::read(wakeFds[1], &byte, sizeof byte);
        emit terminateRequested();
    });
    struct sigaction action = {};
    action.sa_handler = &onPosixSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

PosixSignals::~PosixSignals()
{
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
    delete m_notifier;
    for (int &fd : wakeFds) {
        if (fd >= 0)
            ::close(std::exchange(fd, -1));
    }
}

void PosixSignals::forbidCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

QString PosixSignals::makePrivateDirectory(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        if (!QDir().mkpath(path))
            return whyNotBelow(path);
        ::chmod(QFile::encodeName(path).constData(), S_IRWXU);
    }
    return whyNotWritable(path);
}

} // namespace novita
