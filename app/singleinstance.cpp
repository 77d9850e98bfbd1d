// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include "core/base/logging.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTimer>

#include <chrono>

namespace novita {

using namespace std::chrono_literals;

namespace {

constexpr qint64 kLongestMessage = 64 * 1024;
constexpr auto kPatience = 3s;

QString socketNameFor(const QString &dataDir)
{
    // Socket paths are limited to about 100 bytes, data directories are not.
    const QByteArray hash = QCryptographicHash::hash(QDir(dataDir).absolutePath().toUtf8(), QCryptographicHash::Sha256).toHex().left(20);
    return QStringLiteral("novita-console-") + QString::fromLatin1(hash);
}

} // namespace

SingleInstance::SingleInstance(const QString &dataDir, QObject *parent)
    : QObject(parent)
    , m_socketName(socketNameFor(dataDir))
    , m_lock(dataDir + QStringLiteral("/console.lock"))
{
    // The holder may run for weeks: only a dead process makes the lock stale, never its age.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::acceptNext);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::claim()
{
    if (!m_lock.tryLock(0)) {
        if (m_lock.error() == QLockFile::LockFailedError)
            return false;
        qCWarning(lcApp) << "The lock file cannot be written; a second console would not be noticed";
    }
    if (!m_server.listen(m_socketName)) {
        // We hold the lock, so a socket of this name is what a crash left behind.
        QLocalServer::removeServer(m_socketName);
        if (!m_server.listen(m_socketName))
            qCWarning(lcApp) << "Cannot listen for later starts:" << m_server.errorString();
    }
    return true;
}

void SingleInstance::acceptNext()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kPatience, socket, [socket] { socket->abort(); socket->deleteLater(); });
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > kLongestMessage) {
                socket->abort();
                return;
            }
            if (!socket->canReadLine())
                return;
            const QJsonDocument document = QJsonDocument::fromJson(socket->readLine(kLongestMessage));
            if (!document.isObject()) {
                socket->abort();
                return;
            }
            socket->write("ok\n");
            socket->disconnectFromServer();
            emit messageReceived(document.object());
        });
    }
}

void SingleInstance::forward(const QJsonObject &message, std::function<void(bool)> done)
{
    auto *socket = new QLocalSocket(this);
    auto finish = [socket, done = std::move(done), finished = std::make_shared<bool>(false)](bool ok) {
        if (std::exchange(*finished, true))
            return;
        socket->deleteLater();
        done(ok);
    };
    connect(socket, &QLocalSocket::connected, socket, [socket, message] {
        socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, socket, [socket, finish] {
        if (socket->canReadLine())
            finish(socket->readLine(16) == "ok\n");
    });
    connect(socket, &QLocalSocket::errorOccurred, socket, [finish] { finish(false); });
    QTimer::singleShot(kPatience, socket, [finish] { finish(false); });
    socket->connectToServer(m_socketName);
}

} // namespace novita
