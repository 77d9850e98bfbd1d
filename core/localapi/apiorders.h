// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/httpresponder.h"
#include "core/localapi/apianswer.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace novita {

enum class ApiRoute {
    Health, Metrics, Summary,
    ListInstances, ReadInstance, CreateInstance, StartInstance, StopInstance, DeleteInstance,
    ListDeliveries, ReadDelivery,
};

/// A request that was let in, on its way from the server's thread to the desk.
struct ApiOrder
{
    ApiRoute route = ApiRoute::Health;
    QString id;                             ///< of the path, where the route has one
    QList<std::pair<QString, QString>> query;
    QJsonObject body;
    QString confirmation;                   ///< X-Confirm-Production
    QString requestId;
    HttpResponder responder;

    QString queryValue(const QString &name) const; ///< the first of that name, or empty
};

/// Where orders wait for the desk. Any thread.
class ApiOrders final
{
public:
    /// `news` is called, in the thread of whoever puts something, when the first order waits. An empty one closes the queue.
    void open(std::function<void()> news);
    /// Answers what waits, and from now on whatever comes, with 503.
    void close(TimePoint now);
    void put(ApiOrder order, TimePoint now);
    QList<ApiOrder> takeAll();

private:
    std::mutex m_mutex;
    std::function<void()> m_news;
    QList<ApiOrder> m_waiting;
};

/// The answers that are owed. Each ends once: by send() or fail(), by its deadline, or by endAll(). Any thread.
class ApiAnswers final
{
public:
    /// `lateSentence`: what a client is told that waited until `deadline`.
    quint64 add(const ApiOrder &order, SteadyPoint deadline, const QString &lateSentence);
    /// Somebody still waits for it.
    bool isOpen(quint64 key) const;
    void send(quint64 key, HttpResponse response);
    void fail(quint64 key, const ApiProblem &problem, TimePoint now);
    QString requestId(quint64 key) const;

    /// Answers what is too late (504) and forgets whose client has gone. False when nothing is owed any more.
    bool sweep(SteadyPoint steady, TimePoint now);
    void endAll(const ApiProblem &problem, TimePoint now);
    int count() const;

private:
    struct Owed
    {
        HttpResponder responder;
        QString requestId;
        SteadyPoint deadline;
        QString lateSentence;
    };
    std::optional<Owed> take(quint64 key);

    mutable std::mutex m_mutex;
    std::unordered_map<quint64, Owed> m_owed;
    quint64 m_next = 1;
};

/// The local API is being switched off.
ApiProblem apiSwitchedOff();

} // namespace novita
