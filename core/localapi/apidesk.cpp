// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apidesk.h"

#include "core/localapi/apireports.h"
#include "core/localapi/prometheustext.h"
#include "core/net/apiclient.h"
#include "core/settings/profilestore.h"
#include "core/webhooks/deliverystore.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

QString lateSentence(const ApiOrder &order, Milliseconds within)
{
    const qint64 seconds = std::max<qint64>(1, std::chrono::ceil<Seconds>(within).count());
    const bool changes = order.route == ApiRoute::CreateInstance || order.route == ApiRoute::StartInstance || order.route == ApiRoute::StopInstance
        || order.route == ApiRoute::DeleteInstance;
    return changes ? QStringLiteral("The cloud has not agreed within %1 s. The request may still take effect: look at /api/instances before you ask again.").arg(seconds)
                   : QStringLiteral("There was no answer within %1 s.").arg(seconds);
}

} // namespace

struct ApiDesk::CountWork
{
    quint64 key = 0;
    ApiRoute route = ApiRoute::Health;
    QList<InstanceId> ids;
    quint64 begunAt = 0; ///< m_rowChanges then
    qsizetype next = 0;
    std::array<int, kInstanceStatuses> counts{};
};

ApiDesk::ApiDesk(const LocalApiParts &parts, QObject *parent) : QObject(parent), m_parts(parts), m_tally(parts.client, parts.clock)
{
    m_parts.stores.instances.followRows(this, [this] { ++m_rowChanges; });
    connect(&m_sweep, &QTimer::timeout, this, [this] {
        if (!m_answers->sweep(m_parts.clock.steadyNow(), m_parts.clock.now()))
            m_sweep.stop();
    });
    setAnswerWithin(kAnswerWithin);
}

ApiDesk::~ApiDesk()
{
    close();
}

void ApiDesk::setAnswerWithin(Milliseconds time)
{
    m_answerWithin = time;
    m_sweep.setInterval(std::clamp<Milliseconds>(time / 10, Milliseconds(10), Milliseconds(1000)));
}

void ApiDesk::open(ApiOrders &orders)
{
    m_orders = &orders;
    orders.open([this] { QMetaObject::invokeMethod(this, &ApiDesk::serve, Qt::QueuedConnection); });
}

void ApiDesk::close()
{
    if (ApiOrders *orders = std::exchange(m_orders, nullptr))
        orders->close(m_parts.clock.now());
    m_answers->endAll(apiSwitchedOff(), m_parts.clock.now());
}

void ApiDesk::serve()
{
    if (!m_orders)
        return;
    const QList<ApiOrder> orders = m_orders->takeAll();
    for (const ApiOrder &order : orders)
        serveOne(order);
}

void ApiDesk::serveOne(const ApiOrder &order)
{
    const quint64 key = m_answers->add(order, m_parts.clock.steadyNow() + m_answerWithin, lateSentence(order, m_answerWithin));
    if (!m_sweep.isActive())
        m_sweep.start();
    switch (order.route) {
    case ApiRoute::Health:
    case ApiRoute::Metrics:
    case ApiRoute::Summary: report(key, order.route); break;
    case ApiRoute::ListInstances: listInstances(key, order); break;
    case ApiRoute::ReadInstance: readInstance(key, order); break;
    case ApiRoute::CreateInstance: createInstance(key, order); break;
    case ApiRoute::StartInstance:
    case ApiRoute::StopInstance:
    case ApiRoute::DeleteInstance: act(key, order); break;
    case ApiRoute::ListDeliveries: listDeliveries(key, order); break;
    case ApiRoute::ReadDelivery: readDelivery(key, order); break;
    }
}

void ApiDesk::fail(quint64 key, const ApiProblem &problem)
{
    m_answers->fail(key, problem, m_parts.clock.now());
}

void ApiDesk::answer(quint64 key, int status, const QJsonObject &object)
{
    m_answers->send(key, apiAnswer(status, object, m_answers->requestId(key)));
}

void ApiDesk::makeElsewhere(quint64 key, std::function<HttpResponse(const QString &)> make)
{
    QThreadPool::globalInstance()->start([answers = m_answers, key, make = std::move(make)] {
        if (answers->isOpen(key))
            answers->send(key, make(answers->requestId(key)));
    });
}

ApiFigures ApiDesk::figures() const
{
    const InstanceStore &instances = m_parts.stores.instances;
    ApiFigures figures;
    figures.at = m_parts.clock.now();
    figures.uptime = m_parts.clock.steadyNow() - m_tally.since();
    if (const std::optional<Profile> profile = m_parts.profiles.active())
        figures.profile = profile->name;
    figures.byStatus = m_byStatus;
    figures.instancesReadAt = instances.refreshedAt();
    figures.missedRefreshes = instances.missedRefreshes();
    figures.fleet = m_parts.fleet.numbers();
    figures.balance = m_parts.stores.account.balance();
    figures.hasKey = m_parts.client.hasKey();
    figures.client = m_parts.client.status();
    figures.requests = m_tally.figures();
    figures.historyProblem = m_parts.history.database.status().problem();
    if (m_parts.deliveries)
        figures.deliveriesProblem = m_parts.deliveries->status().problem();
    if (m_webhookFigures)
        figures.webhooks = m_webhookFigures();
    if (m_serverFigures)
        figures.server = m_serverFigures();
    return figures;
}

void ApiDesk::report(quint64 key, ApiRoute route)
{
    if (m_counted == m_rowChanges)
        return makeReport(key, route);
    auto work = std::make_shared<CountWork>();
    work->key = key;
    work->route = route;
    work->ids = m_parts.stores.instances.ids();
    work->begunAt = m_rowChanges;
    countSlice(work);
}

void ApiDesk::countSlice(const std::shared_ptr<CountWork> &work)
{
    const qsizetype end = std::min(work->next + kSlice, work->ids.size());
    for (; work->next < end; ++work->next) {
        if (const Instance *instance = m_parts.stores.instances.find(work->ids.at(work->next)))
            ++work->counts[static_cast<std::size_t>(instance->status)];
    }
    if (work->next < work->ids.size()) {
        QTimer::singleShot(0, this, [this, work] { countSlice(work); });
        return;
    }
    m_byStatus = work->counts;
    m_counted = work->begunAt;
    makeReport(work->key, work->route);
}

void ApiDesk::makeReport(quint64 key, ApiRoute route)
{
    makeElsewhere(key, [route, figures = figures()](const QString &requestId) {
        const ProcessFigures process = readProcessFigures();
        if (route == ApiRoute::Metrics)
            return apiText(apireports::metrics(figures, process), PrometheusText::contentType(), requestId);
        if (route == ApiRoute::Summary)
            return apiAnswer(200, apireports::summary(figures, process), requestId);
        return apiAnswer(apireports::isHealthy(figures) ? 200 : 503, apireports::health(figures, process), requestId);
    });
}

} // namespace novita
