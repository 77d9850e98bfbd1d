// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace novita {

/// One console per data directory: a lock file decides who is first, a local socket carries the arguments of later starts.
///
/// The socket is open to the same user only. A message is one JSON object of at most 64 KiB; anything else is dropped, and
/// so is a peer that says nothing for 3 s. A message can open and show, never act.
class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SingleInstance)

public:
    explicit SingleInstance(const QString &dataDir, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// True: we are the first and listen now. False: another one runs. A lock that cannot be taken for another reason
    /// (read-only directory) counts as first.
    bool claim();

    /// Sends `message` to the first one; `done(true)` once it has confirmed, `done(false)` after 3 s at the latest.
    void forward(const QJsonObject &message, std::function<void(bool)> done);

signals:
    /// A later start said this.
    void messageReceived(const QJsonObject &message);

private:
    void acceptNext();

    QString m_socketName;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace novita
