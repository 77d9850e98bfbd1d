// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <mutex>
#include <vector>

namespace novita {

class HttpConnection;

/// What other threads have to say to the connections of a server: one event for all that comes together, where one for each would wake the server's
/// thread as many times. Internal to core/http; lives in the server's thread and outlives its connections.
class HttpOutbox final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpOutbox)

public:
    using Action = std::function<void(HttpConnection *)>;

    explicit HttpOutbox(QObject *parent);

    /// Any thread, while `connection` cannot die. In the order of the posts, later, in the server's thread; nothing when the connection is gone by then.
    void post(HttpConnection *connection, Action action);

private:
    struct Item
    {
        QPointer<HttpConnection> connection;
        Action action;
    };
    void deliver();

    std::mutex m_mutex;
    std::vector<Item> m_items;
};

} // namespace novita
