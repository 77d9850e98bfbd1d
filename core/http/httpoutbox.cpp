// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpoutbox.h"

#include "core/http/httpconnection.h"

#include <utility>

namespace novita {

HttpOutbox::HttpOutbox(QObject *parent) : QObject(parent) {}

void HttpOutbox::post(HttpConnection *connection, Action action)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_items.empty();
        m_items.push_back({connection, std::move(action)});
    }
    if (first)
        QMetaObject::invokeMethod(this, &HttpOutbox::deliver, Qt::QueuedConnection);
}

void HttpOutbox::deliver()
{
    std::vector<Item> items;
    {
        const std::lock_guard lock(m_mutex);
        items.swap(m_items);
    }
    for (const Item &item : items) {
        if (item.connection)
            item.action(item.connection);
    }
}

} // namespace novita
