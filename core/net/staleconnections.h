// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QNetworkAccessManager;
class QNetworkReply;

namespace novita {

/// Qt keeps connections by address and proxy alone, with the certificate authorities that they were made with. This
/// drops those of a manager once others go: at once, or as soon as nothing is under way, which would end with them. One
/// thread.
class StaleConnections final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StaleConnections)

public:
    /// `network` must outlive it.
    explicit StaleConnections(QNetworkAccessManager &network, QObject *parent = nullptr);

    /// Of each reply of the manager.
    void follow(const QNetworkReply &reply);
    void drop();

private:
    void dropIfIdle();

    QNetworkAccessManager &m_network;
    int m_replies = 0; ///< that are not deleted yet
    bool m_isStale = false;
};

} // namespace novita
