// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/refresher.h"

#include "core/base/logging.h"
#include "core/net/apiclient.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/datareader.h"
#include "core/workflows/pollschedule.h"
#include "core/workflows/stores.h"

#include <QHash>
#include <QTimer>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kSlowestWhileChanging{30000};
/// Longest sleep of the timer: jumps of the wall clock are noticed after at most this.
constexpr Milliseconds kLongestSleep{10000};
constexpr Milliseconds kClockJump{5000};
/// Several own actions in a row (a bulk run) ask for one list.
constexpr Milliseconds kOwnActionGap{250};
/// An own action keeps the polling fast for so long, also when the cloud shows no sign of it yet.
constexpr Milliseconds kOwnActionEcho{30000};
/// Somebody else's word that something changed leads to a list no more often than that.
constexpr Milliseconds kHintGap{5000};
/// Half-open: each poll is a probe, and several must succeed before work goes on.
constexpr Milliseconds kProbeInterval{2000};
/// Wait before a kind that could not be read is tried again.
constexpr Milliseconds kRetryKind{30000};
constexpr int kDetailsPerRound = 4;

/// How old the data of a page may grow while it is shown; less where something is under way.
Milliseconds shelfLife(DataKind kind, const Stores &stores)
{
    constexpr std::chrono::seconds kWhileMoving{10};
    if (kind == DataKind::Prewarms && stores.prewarms.anyUnfinished())
        return kWhileMoving;
    if (kind == DataKind::Networks) {
        const auto &ids = stores.networks.ids();
        const bool creating = std::any_of(ids.begin(), ids.end(), [&stores](const NetworkId &id) { return stores.networks.find(id)->isCreating(); });
        if (creating)
            return kWhileMoving;
    }
    switch (kind) {
    case DataKind::Jobs: return std::chrono::seconds(20);
    case DataKind::Storages:
    case DataKind::Prewarms:
    case DataKind::Networks: return std::chrono::minutes(2);
    case DataKind::Templates: return std::chrono::minutes(10);
    case DataKind::Clusters: return std::chrono::minutes(30);
    default: return std::chrono::minutes(5);
    }
}

PollSchedule::Intervals intervalsFrom(const Settings &settings)
{
    PollSchedule::Intervals intervals;
    intervals.fast = Milliseconds(settings.value(keys::kPollIntervalMs));
    intervals.slowest = std::max(kSlowestWhileChanging, intervals.fast);
    intervals.stable = std::max(Milliseconds(settings.value(keys::kStableIntervalMs)), intervals.fast);
    intervals.hidden = std::max(Milliseconds(settings.value(keys::kHiddenIntervalMs)), intervals.fast);
    return intervals;
}

} // namespace

class Refresher::Private
{
public:
    Private(Refresher *owner, ApiClient &apiClient, Stores &allStores, const Settings &allSettings, const Clock &theClock,
            std::function<double()> randomSource)
        : q(owner)
        , client(apiClient)
        , stores(allStores)
        , settings(allSettings)
        , clock(theClock)
        , random(std::move(randomSource))
        , reader(apiClient, allStores, theClock)
        , schedule(intervalsFrom(allSettings))
    {}

    void connectSignals();
    void work();
    void arm();
    void noticeClockJump();
    void everythingIsDue();
    bool mayRead() const;
    bool isHeld() const;
    void readInstances(SteadyPoint now);
    Call<int> *readList(RequestPriority priority);
    void readDetails();
    void readOthers();
    bool isDue(DataKind kind) const;
    void instancesEnded();
    Milliseconds fleetCost() const;
    void noticeRelease();

    Refresher *q;
    ApiClient &client;
    Stores &stores;
    const Settings &settings;
    const Clock &clock;
    std::function<double()> random;
    DataReader reader;
    PollSchedule schedule;
    QTimer timer;
    bool running = false;
    bool hidden = false;
    bool again = false;                    ///< an own action came while the list was being read
    bool hinted = false;                   ///< a hint came while the list was being read
    bool wasHeld = false;                  ///< reading was forbidden when last looked
    QSet<DataKind> wanted;
    QHash<DataKind, SteadyPoint> lastTry;
    SteadyPoint nextPoll{};                ///< list of the instances
    std::optional<SteadyPoint> nextDetails; ///< single instances, between the lists of a large fleet
    std::optional<SteadyPoint> lastPollEnd;
    SteadyPoint fastUntil{};
    int listRequests = 0;                  ///< that the last list took
    TimePoint lastWall{};
    SteadyPoint lastSteady{};
};

void Refresher::Private::connectSignals()
{
    timer.setSingleShot(true);
    timer.setTimerType(Qt::CoarseTimer);
    QObject::connect(&timer, &QTimer::timeout, q, [this] { work(); });
    QObject::connect(&reader, &DataReader::ended, q, [this](DataKind kind, bool) {
        lastTry.insert(kind, clock.steadyNow());
        if (kind == DataKind::Instances)
            instancesEnded();
        arm();
    });
    QObject::connect(&client, &ApiClient::requestFinished, q, [this](const RequestRecord &record) {
        if (record.operation == QLatin1String("listInstances"))
            listRequests += std::max(1, record.attempts);
    });
    QObject::connect(&client, &ApiClient::statusChanged, q, [this] {
        noticeRelease();
        if (running)
            arm();
    });
    QObject::connect(&settings, &Settings::changed, q, [this](const QString &name) {
        const auto is = [&name](const auto &key) { return name == key.name; };
        if (!is(keys::kPollIntervalMs) && !is(keys::kStableIntervalMs) && !is(keys::kHiddenIntervalMs))
            return;
        schedule.configure(intervalsFrom(settings));
        nextPoll = std::min(nextPoll, clock.steadyNow() + intervalsFrom(settings).fast);
        arm();
    });
}

bool Refresher::Private::mayRead() const
{
    if (!client.hasKey())
        return false;
    const ClientStatus status = client.status();
    if (status.pausedUntil && *status.pausedUntil > clock.now())
        return false;
    return status.breaker != BreakerState::Open || !status.breakerRetryAt || *status.breakerRetryAt <= clock.now();
}

bool Refresher::Private::isHeld() const
{
    return !mayRead() || client.status().breaker == BreakerState::Open;
}

/// What was forbidden is allowed again: everything is due, once.
void Refresher::Private::noticeRelease()
{
    const bool held = isHeld();
    if (wasHeld && !held)
        everythingIsDue();
    wasHeld = held;
}

void Refresher::Private::everythingIsDue()
{
    schedule.restart();
    nextPoll = clock.steadyNow();
    lastTry.clear();
}

void Refresher::Private::noticeClockJump()
{
    const TimePoint wall = clock.now();
    const SteadyPoint steady = clock.steadyNow();
    const Milliseconds drift = (wall - lastWall) - (steady - lastSteady);
    const bool first = lastWall == TimePoint{};
    lastWall = wall;
    lastSteady = steady;
    if (first || std::chrono::abs(drift) < kClockJump)
        return;
    qCInfo(lcWorkflow) << "wall clock jumped by" << drift.count() << "ms: reading everything again";
    client.recheck();
    everythingIsDue();
    for (DataKind kind : std::as_const(wanted)) {
        if (!hidden && kind != DataKind::Instances && mayRead())
            reader.read(kind, {RequestPriority::Poll, true, 0});
    }
}

void Refresher::Private::work()
{
    if (!running)
        return;
    noticeClockJump();
    noticeRelease();
    if (mayRead()) {
        const SteadyPoint now = clock.steadyNow();
        // A breaker that may be probed closes by successes: the poll is the probe.
        if (client.status().breaker != BreakerState::Closed)
            nextPoll = std::min(nextPoll, lastPollEnd.value_or(now - kProbeInterval) + kProbeInterval);
        if (now >= nextPoll)
            readInstances(now);
        else if (nextDetails && now >= *nextDetails)
            readDetails();
        if (!hidden)
            readOthers();
    }
    arm();
}

void Refresher::Private::arm()
{
    if (!running)
        return;
    const SteadyPoint now = clock.steadyNow();
    SteadyPoint next = now + (hidden ? 3 * kLongestSleep : kLongestSleep);
    const ClientStatus status = client.status();
    for (const std::optional<TimePoint> &heldUntil : {status.pausedUntil, status.breakerRetryAt}) {
        if (heldUntil && *heldUntil > clock.now())
            next = std::min(next, now + (*heldUntil - clock.now()));
    }
    if (!reader.isReading(DataKind::Instances) && mayRead()) {
        next = std::min(next, nextPoll);
        if (nextDetails)
            next = std::min(next, *nextDetails);
        if (status.breaker != BreakerState::Closed && lastPollEnd)
            next = std::min(next, *lastPollEnd + kProbeInterval);
    }
    constexpr Milliseconds kLeast{20}; // never spins, whatever the clock says
    timer.start(std::max(kLeast, std::chrono::duration_cast<Milliseconds>(next - now)));
}

void Refresher::Private::readInstances(SteadyPoint now)
{
    if (reader.isReading(DataKind::Instances))
        return;
    nextDetails.reset();
    // A read that hangs must not be asked for at every wake-up.
    nextPoll = now + kSlowestWhileChanging;
    readList(RequestPriority::Poll);
}

Call<int> *Refresher::Private::readList(RequestPriority priority)
{
    if (!reader.isReading(DataKind::Instances))
        listRequests = 0;
    return reader.read(DataKind::Instances, {priority, true, stores.instances.size()});
}

/// Rows that a list of many pages would show too late: those that change, the longest unseen first.
void Refresher::Private::readDetails()
{
    nextDetails.reset();
    std::vector<std::pair<TimePoint, InstanceId>> busy;
    for (const InstanceId &id : stores.instances.ids()) {
        if (stores.instances.isTransitional(id))
            busy.emplace_back(stores.instances.extra(id)->seenAt.value_or(TimePoint{}), id);
    }
    const auto count = std::min<std::size_t>(busy.size(), kDetailsPerRound);
    std::partial_sort(busy.begin(), busy.begin() + static_cast<std::ptrdiff_t>(count), busy.end());
    for (std::size_t i = 0; i < count; ++i)
        reader.readInstance(busy.at(i).second, {RequestPriority::Poll, true, 0});
    if (count > 0)
        nextDetails = clock.steadyNow() + schedule.next(true, hidden, random());
}

bool Refresher::Private::isDue(DataKind kind) const
{
    if (reader.isReading(kind))
        return false;
    const SteadyPoint now = clock.steadyNow();
    const auto tried = lastTry.constFind(kind);
    if (tried == lastTry.constEnd())
        return true;
    const EntityStoreBase &store = reader.store(kind);
    const bool wentWrong = store.lastError() || !store.refreshedAt();
    return now - *tried >= (wentWrong ? kRetryKind : shelfLife(kind, stores));
}

void Refresher::Private::readOthers()
{
    QSet<DataKind> kinds = wanted;
    kinds.remove(DataKind::Instances);
    kinds.insert(DataKind::Balance);
    if (!stores.products.refreshedAt())
        kinds.insert(DataKind::Products);
    for (DataKind kind : std::as_const(kinds)) {
        if (isDue(kind))
            reader.read(kind, {RequestPriority::Poll, true, 0});
    }
}

/// The shortest time between two lists that leaves half of the request budget to everything else; nothing for a list of one page.
Milliseconds Refresher::Private::fleetCost() const
{
    if (listRequests <= 1)
        return Milliseconds(0);
    const int perMinute = std::max(1, client.status().limiterCapacity);
    return Milliseconds(2LL * 60000 * listRequests / perMinute);
}

void Refresher::Private::instancesEnded()
{
    const SteadyPoint now = clock.steadyNow();
    lastPollEnd = now;
    const bool wasHinted = std::exchange(hinted, false);
    if (std::exchange(again, false)) {
        nextPoll = now + std::max(kOwnActionGap, fleetCost());
        return;
    }
    const bool changing = stores.instances.anyTransitional() || now < fastUntil || !stores.instances.refreshedAt();
    const Milliseconds wait = schedule.next(changing, hidden, random());
    const Milliseconds cost = fleetCost();
    nextPoll = now + std::max(wasHinted ? std::min(wait, kHintGap) : wait, cost);
    if (changing && !hidden && cost > wait)
        nextDetails = now + wait;
    if (client.status().breaker == BreakerState::HalfOpen)
        nextPoll = now + kProbeInterval;
}

Refresher::Refresher(ApiClient &client, Stores &stores, const Settings &settings, const Clock &clock, std::function<double()> random,
                     QObject *parent)
    : QObject(parent)
    , d(new Private(this, client, stores, settings, clock, std::move(random)))
{
    d->connectSignals();
}

Refresher::~Refresher() = default;

void Refresher::start()
{
    // What was asked with another key may still be on its way: its end would put off what is due now.
    d->reader.abandon();
    d->running = true;
    d->everythingIsDue();
    d->wasHeld = d->isHeld();
    d->lastWall = d->clock.now();
    d->lastSteady = d->clock.steadyNow();
    d->arm();
}

void Refresher::stop()
{
    d->running = false;
    d->timer.stop();
    d->again = false;
    d->hinted = false;
    d->nextDetails.reset();
    d->lastPollEnd.reset();
    d->reader.abandon();
}

void Refresher::setHidden(bool hidden)
{
    if (d->hidden == hidden)
        return;
    d->hidden = hidden;
    const SteadyPoint now = d->clock.steadyNow();
    if (hidden)
        d->nextPoll = now + d->schedule.next(d->stores.instances.anyTransitional(), true, d->random());
    else
        d->nextPoll = std::min(d->nextPoll, d->lastPollEnd.value_or(now) + intervalsFrom(d->settings).fast);
    d->arm();
}

void Refresher::setWanted(const QSet<DataKind> &kinds)
{
    d->wanted = kinds;
    // Through the event loop: a page may set this before it has connected to the stores.
    if (d->running)
        QMetaObject::invokeMethod(this, &Refresher::wake, Qt::QueuedConnection);
}

Call<int> *Refresher::refresh(DataKind kind, bool userAsked)
{
    if (!d->client.hasKey())
        return Call<int>::settledWith(Error::make(ErrorKind::Unauthorized, tr("No API key is set.")), this);
    const RequestPriority priority = userAsked ? RequestPriority::Interactive : RequestPriority::Poll;
    return kind == DataKind::Instances ? d->readList(priority) : d->reader.read(kind, {priority, true, 0});
}

Call<int> *Refresher::refreshAnew(DataKind kind)
{
    if (!d->client.hasKey())
        return Call<int>::settledWith(Error::make(ErrorKind::Unauthorized, tr("No API key is set.")), this);
    return d->reader.readAnew(kind, {RequestPriority::Interactive, true, 0});
}

bool Refresher::isReading(DataKind kind) const
{
    return d->reader.isReading(kind);
}

Call<Done> *Refresher::refreshInstance(const InstanceId &id, bool userAsked)
{
    if (!d->client.hasKey())
        return Call<Done>::settledWith(Error::make(ErrorKind::Unauthorized, tr("No API key is set.")), this);
    return d->reader.readInstance(id, {userAsked ? RequestPriority::Interactive : RequestPriority::Poll, true, 0});
}

void Refresher::noteOwnAction()
{
    const SteadyPoint now = d->clock.steadyNow();
    d->schedule.restart();
    d->fastUntil = now + kOwnActionEcho;
    if (d->reader.isReading(DataKind::Instances)) {
        // That list was asked for before the action: it cannot know of it.
        d->again = true;
        return;
    }
    SteadyPoint soon = now + kOwnActionGap;
    if (d->lastPollEnd)
        soon = std::max(soon, *d->lastPollEnd + d->fleetCost());
    d->nextPoll = std::min(d->nextPoll, soon);
    if (!d->nextDetails && d->nextPoll > now + kOwnActionGap)
        d->nextDetails = now + intervalsFrom(d->settings).fast;
    d->arm();
}

void Refresher::noteHint()
{
    if (d->reader.isReading(DataKind::Instances)) {
        d->hinted = true; // that list may have been made before what was said
        return;
    }
    SteadyPoint soon = d->clock.steadyNow() + kOwnActionGap;
    if (d->lastPollEnd)
        soon = std::max(soon, *d->lastPollEnd + std::max(kHintGap, d->fleetCost()));
    if (d->nextPoll <= soon)
        return;
    d->nextPoll = soon;
    d->arm();
}

void Refresher::wake()
{
    d->work();
}

SteadyPoint Refresher::nextInstancePoll() const
{
    return d->nextPoll;
}

} // namespace novita
