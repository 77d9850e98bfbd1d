// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apiorders.h"

#include <vector>

namespace novita {

QString ApiOrder::queryValue(const QString &name) const
{
    for (const auto &[itemName, itemValue] : query) {
        if (itemName == name)
            return itemValue;
    }
    return {};
}

ApiProblem apiSwitchedOff()
{
    ApiProblem problem = ApiProblem::make(503, "SWITCHED_OFF", QStringLiteral("The local API is being switched off."));
    problem.retryable = true;
    return problem;
}

void ApiOrders::open(std::function<void()> news)
{
    const std::lock_guard lock(m_mutex);
    m_news = std::move(news);
}

void ApiOrders::close(TimePoint now)
{
    QList<ApiOrder> left;
    {
        const std::lock_guard lock(m_mutex);
        m_news = nullptr;
        left = std::exchange(m_waiting, {});
    }
    for (const ApiOrder &order : left)
        order.responder.send(apiFailure(apiSwitchedOff(), order.requestId, now));
}

void ApiOrders::put(ApiOrder order, TimePoint now)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_news) {
            m_waiting.append(std::move(order));
            // Under the lock: whoever closes the queue knows that nobody is told any more.
            if (m_waiting.size() == 1)
                m_news();
            return;
        }
    }
    order.responder.send(apiFailure(apiSwitchedOff(), order.requestId, now));
}

QList<ApiOrder> ApiOrders::takeAll()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

quint64 ApiAnswers::add(const ApiOrder &order, SteadyPoint deadline, const QString &lateSentence)
{
    const std::lock_guard lock(m_mutex);
    const quint64 key = m_next++;
    m_owed.emplace(key, Owed{order.responder, order.requestId, deadline, lateSentence});
    return key;
}

bool ApiAnswers::isOpen(quint64 key) const
{
    const std::lock_guard lock(m_mutex);
    const auto owed = m_owed.find(key);
    return owed != m_owed.end() && owed->second.responder.isOpen();
}

std::optional<ApiAnswers::Owed> ApiAnswers::take(quint64 key)
{
    const std::lock_guard lock(m_mutex);
    const auto owed = m_owed.find(key);
    if (owed == m_owed.end())
        return std::nullopt;
    std::optional<Owed> taken(std::move(owed->second));
    m_owed.erase(owed);
    return taken;
}

void ApiAnswers::send(quint64 key, HttpResponse response)
{
    if (const std::optional<Owed> owed = take(key))
        owed->responder.send(std::move(response));
}

void ApiAnswers::fail(quint64 key, const ApiProblem &problem, TimePoint now)
{
    if (const std::optional<Owed> owed = take(key))
        owed->responder.send(apiFailure(problem, owed->requestId, now));
}

QString ApiAnswers::requestId(quint64 key) const
{
    const std::lock_guard lock(m_mutex);
    const auto owed = m_owed.find(key);
    return owed == m_owed.end() ? QString() : owed->second.requestId;
}

bool ApiAnswers::sweep(SteadyPoint steady, TimePoint now)
{
    std::vector<Owed> late;
    bool any = false;
    {
        const std::lock_guard lock(m_mutex);
        for (auto it = m_owed.begin(); it != m_owed.end();) {
            const bool over = it->second.deadline <= steady;
            if (over)
                late.push_back(it->second);
            it = over || !it->second.responder.isOpen() ? m_owed.erase(it) : std::next(it);
        }
        any = !m_owed.empty();
    }
    for (const Owed &owed : late)
        owed.responder.send(apiFailure(ApiProblem::make(504, "TIMEOUT", owed.lateSentence), owed.requestId, now));
    return any;
}

void ApiAnswers::endAll(const ApiProblem &problem, TimePoint now)
{
    std::unordered_map<quint64, Owed> left;
    {
        const std::lock_guard lock(m_mutex);
        left.swap(m_owed);
    }
    for (const auto &[key, owed] : left)
        owed.responder.send(apiFailure(problem, owed.requestId, now));
}

int ApiAnswers::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_owed.size());
}

} // namespace novita
