// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/localapi/apifigures.h"
#include "core/localapi/apiorders.h"
#include "core/localapi/createrequest.h"
#include "core/localapi/instancejson.h"
#include "core/workflows/createoutcome.h"
#include "core/workflows/datakind.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace novita {

class ApiClient;
class CreateInstance;
class DeliveryStore;
class FleetSummary;
class History;
class InstanceCommands;
class ProfileStore;
class Refresher;
class Settings;
class StartupWatch;
struct Profile;
struct Stores;

/// What the local API serves from. All of it must outlive the API.
struct LocalApiParts
{
    ApiClient &client;
    Stores &stores;
    Refresher &refresher;
    InstanceCommands &commands;
    CreateInstance &create;
    const StartupWatch &startups;
    const FleetSummary &fleet;
    const History &history;
    const ProfileStore &profiles;
    Settings &settings;
    DeliveryStore *deliveries = nullptr; ///< null: webhooks are not kept
    const Clock &clock;                  ///< safe to ask from any thread
};

/// The program's half of the local API: does what the orders ask for, by the same workflows and under the same rules as the window, and
/// answers when the cloud has agreed. Long answers are made in slices here and put into words on other threads, so that no request
/// holds the window up.
///
/// Whatever is still owed when its deadline comes ends as 504, when the API is switched off as 503. Thread: UI.
class ApiDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiDesk)

public:
    static constexpr Milliseconds kAnswerWithin{60000};

    explicit ApiDesk(const LocalApiParts &parts, QObject *parent = nullptr);
    ~ApiDesk() override;

    /// Takes orders from `orders`, which outlives the desk, until close().
    void open(ApiOrders &orders);
    /// Everything that waits ends as 503. What was asked of the cloud goes on; its outcome is in the window.
    void close();

    int owed() const { return m_answers->count(); }

    void setAnswerWithin(Milliseconds time);
    void setWebhookFigures(std::function<WebhookFigures()> figures) { m_webhookFigures = std::move(figures); }
    void setServerFigures(std::function<HttpServerStats()> figures) { m_serverFigures = std::move(figures); }

private:
    /// Rows that are looked at in one turn of the event loop: some hundred microseconds.
    static constexpr qsizetype kSlice = 250;

    struct CountWork;
    struct ListWork;
    struct CreateWork;

    ApiFigures figures() const;
    void serve();
    void serveOne(const ApiOrder &order);
    void fail(quint64 key, const ApiProblem &problem);
    void answer(quint64 key, int status, const QJsonObject &object);
    /// Makes the answer on another thread. `make` owns all it needs.
    void makeElsewhere(quint64 key, std::function<HttpResponse(const QString &requestId)> make);

    void report(quint64 key, ApiRoute route);
    void countSlice(const std::shared_ptr<CountWork> &work);
    void makeReport(quint64 key, ApiRoute route);
    void listInstances(quint64 key, const ApiOrder &order);
    void copySlice(const std::shared_ptr<ListWork> &work);
    void readInstance(quint64 key, const ApiOrder &order);
    void createInstance(quint64 key, const ApiOrder &order);
    void readThenCreate(const std::shared_ptr<CreateWork> &work);
    void onCreated(quint64 key, const InstanceDraft &draft, const Result<CreateOutcome> &result);
    void act(quint64 key, const ApiOrder &order);
    void answerTaken(quint64 key, ApiRoute route, const InstanceId &id, const char *message);
    void onDone(quint64 key, ApiRoute route, const InstanceId &id, const Result<Done> &result);
    void listDeliveries(quint64 key, const ApiOrder &order);
    void readDelivery(quint64 key, const ApiOrder &order);

    /// Why nothing may be changed now: no key, read-only, production without confirmation.
    std::optional<ApiProblem> changeRefusal(const ApiOrder &order) const;
    /// Why nothing can be said of the instance `id`; nullopt when it is there.
    std::optional<ApiProblem> absence(const InstanceId &id) const;
    std::optional<ApiProblem> notRead() const;
    std::optional<InstanceSnapshot> snapshot(const InstanceId &id) const;

    const LocalApiParts m_parts;
    RequestTally m_tally;
    ApiOrders *m_orders = nullptr;
    std::shared_ptr<ApiAnswers> m_answers = std::make_shared<ApiAnswers>(); ///< shared with the threads that make answers
    Milliseconds m_answerWithin = kAnswerWithin;
    QTimer m_sweep;
    std::function<WebhookFigures()> m_webhookFigures;
    std::function<HttpServerStats()> m_serverFigures;
    std::array<int, kInstanceStatuses> m_byStatus{}; ///< as counted last
    quint64 m_rowChanges = 1; ///< so often have the rows changed
    quint64 m_counted = 0;    ///< m_rowChanges when they were counted
};

} // namespace novita
