// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/ledger.h"

#include "core/net/apiclient.h"
#include "core/workflows/background.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "core/workflows/usagebook.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// For comparing estimates with bills, in one turn of the event loop.
constexpr int kSliceMs = 8;

TimePoint hourOf(TimePoint at)
{
    return std::chrono::floor<std::chrono::hours>(at);
}

TimePoint dayOf(TimePoint at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

TimePoint monthOf(TimePoint at)
{
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
    return std::chrono::sys_days(date.year() / date.month() / 1);
}

} // namespace

Ledger::Ledger(ApiClient &client, Stores &stores, Refresher &refresher, UsageBook &usage, const Clock &clock, QObject *parent)
    : QObject(parent), m_client(client), m_stores(stores), m_refresher(refresher), m_usage(usage), m_clock(clock), m_book(std::make_shared<BillBook>())
{
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(0);
    connect(&m_checkTimer, &QTimer::timeout, this, &Ledger::checkOn);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, &Ledger::wake);
    // Another key of the same profile may be another account's.
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] { setProfile(m_profile); });
}

void Ledger::setProfile(const ProfileId &profile)
{
    m_profile = profile;
    m_reading.reset();
    m_underWay = false;
    m_book = std::make_shared<BillBook>();
    m_coming.reset();
    m_statements.clear();
    m_readAt.reset();
    m_readFrom.reset();
    m_wholeUntil.reset();
    m_error.reset();
    m_due = {};
    m_billedSince.clear();
    m_checked.reset();
    m_check.reset();
    m_checkDue = false;
    m_checkTimer.stop();
    for (const QPointer<Call<Done>> &call : std::exchange(m_waiting, {})) {
        if (call)
            call->cancel();
    }
    emit billsChanged();
}

void Ledger::wake()
{
    if (m_checkDue)
        beginCheck();
    // A clock that was set back far must not put the next read off for as long.
    const bool due = m_clock.now() >= m_due || m_due - m_clock.now() > std::chrono::hours(2);
    if (due && !m_profile.isEmpty() && !isReading() && m_client.hasKey() && m_stores.instances.refreshedAt() && !m_stores.instances.isStale())
        begin();
}

Call<Done> *Ledger::refresh()
{
    auto *call = Call<Done>::create(this);
    if (!m_client.hasKey()) {
        call->resolve(Error::make(ErrorKind::Unauthorized, tr("No API key is set.")));
        return call;
    }
    m_waiting.emplace_back(call);
    if (!isReading())
        begin();
    return call;
}

/// The oldest time that an instance which is there still may have cost something.
TimePoint Ledger::oldest() const
{
    TimePoint oldest = monthOf(m_clock.now());
    for (const InstanceId &id : m_stores.instances.ids()) {
        const std::optional<TimePoint> &created = m_stores.instances.find(id)->createdAt;
        if (created)
            oldest = std::min(oldest, *created);
    }
    return monthOf(std::max(oldest, m_clock.now() - kReach));
}

void Ledger::begin()
{
    m_underWay = true;
    m_askedAt = m_clock.now();
    const TimePoint day = dayOf(m_askedAt);
    const TimePoint month = monthOf(m_askedAt);
    const TimePoint from = oldest();
    m_coming = m_book;
    m_askedFrom = m_readFrom.value_or(from);
    m_steps.clear();
    if (m_wholeUntil != day || !m_readFrom || from < *m_readFrom) {
        if (from < month)
            m_steps.append({BillCycle::Month, from, month});
        if (month < day)
            m_steps.append({BillCycle::Day, month, day});
        m_askedFrom = from;
    }
    // From where bills of some owners may have been late, though others had theirs.
    const TimePoint known = m_wholeUntil == day && m_readAt ? surelyBilled() : day;
    m_steps.append({BillCycle::Hour, std::max(known, day), m_askedAt});
    m_refresher.refresh(DataKind::Storages, false); // for what the volumes cost from now on
    readSteps();
}

void Ledger::readSteps()
{
    if (m_steps.isEmpty()) {
        readTerms();
        return;
    }
    const Step step = m_steps.takeFirst();
    if (step.from >= step.to) {
        readSteps();
        return;
    }
    m_reading.reset(BillingService(m_client).usage(step.cycle, step.from, step.to, {RequestPriority::Poll, true, 0}))
        ->onFinished(this, [this, step](const Result<RowList<UsageBill>> &rows) {
            if (rows) {
                // Each step is later than the one before it and replaces what was known from its beginning on.
                takeIn([bills = *rows, from = step.from, readAt = m_askedAt](BillBook &book) { book.setUsage(bills, from, readAt); },
                       [this] { readSteps(); });
            } else if (rows.error().kind == ErrorKind::Protocol && rows.error().fault == ProtocolFault::TooLarge && step.cycle != BillCycle::Month) {
                m_steps.prepend({step.cycle == BillCycle::Hour ? BillCycle::Day : BillCycle::Month, step.from, step.to});
                readSteps();
            } else {
                end(rows.error());
            }
        });
}

/// A hundred thousand rows take longer than a frame: they go into a copy elsewhere, which then takes the place of the book. A profile
/// switch in between drops it with `m_reading`.
void Ledger::takeIn(std::function<void(BillBook &)> rows, std::function<void()> next)
{
    const auto work = [book = m_coming, rows = std::move(rows)]() -> Book {
        const auto copy = std::make_shared<BillBook>(*book);
        rows(*copy);
        return copy;
    };
    m_reading.reset(inBackground<Book>(work, this))->onFinished(this, [this, next = std::move(next)](const Result<Book> &book) {
        m_coming = *book;
        next();
    });
}

void Ledger::readTerms()
{
    m_reading.reset(BillingService(m_client).fixedTerm(m_askedFrom, m_askedAt + Seconds(1), {RequestPriority::Poll, true, 0}))
        ->onFinished(this, [this](const Result<RowList<FixedTermBill>> &rows) {
            if (!rows) {
                end(rows.error());
                return;
            }
            takeIn([bills = *rows](BillBook &book) { book.setTerms(bills); }, [this] {
                m_book = std::exchange(m_coming, nullptr);
                m_readFrom = m_askedFrom;
                m_wholeUntil = dayOf(m_askedAt);
                readStatements(); // the one of this month grows with every bill
            });
        });
}

void Ledger::readStatements()
{
    m_reading.reset(BillingService(m_client).statements({RequestPriority::Poll, true, 0}))->onFinished(this, [this](const Result<RowList<MonthlyStatement>> &rows) {
        if (rows)
            m_statements = *rows;
        end(rows ? std::nullopt : std::optional(rows.error()));
    });
}

void Ledger::end(const std::optional<Error> &error)
{
    m_error = error;
    if (error) {
        m_due = m_clock.now() + kAfterFailure;
        m_wholeUntil.reset(); // which of the steps were done is not worth knowing
    } else {
        m_readAt = m_askedAt;
        m_due = hourOf(m_askedAt - kSettling) + std::chrono::hours(1) + kSettling;
    }
    m_reading.reset();
    m_coming.reset();
    m_underWay = false;
    m_billedSince.clear();
    if (m_readAt)
        beginCheck();
    emit billsChanged();
    for (const QPointer<Call<Done>> &call : std::exchange(m_waiting, {})) {
        if (call)
            call->resolve(error ? Result<Done>(*error) : Result<Done>(Done{}));
    }
}

std::optional<TimePoint> Ledger::billedUntil() const
{
    if (!m_readAt)
        return std::nullopt;
    return std::max(m_book->lastBilled().value_or(surelyBilled()), surelyBilled());
}

/// Where nothing ran there is no row that says so. Only when bills were read.
TimePoint Ledger::surelyBilled() const
{
    return hourOf(*m_readAt - kLongestSettling);
}

TimePoint Ledger::billedUntil(const QString &owner) const
{
    return std::max(m_book->lastBilled(owner).value_or(surelyBilled()), surelyBilled());
}

CostSoFar Ledger::costOf(const QString &owner) const
{
    CostSoFar cost;
    const TimePoint now = m_clock.now();
    const Instance *instance = m_stores.instances.find(InstanceId(owner));
    // Not an optional of its own: GCC 12 takes a copy of one for uninitialised.
    const bool hasBegin = instance && instance->createdAt;
    const TimePoint created = hasBegin ? *instance->createdAt : TimePoint();
    if (m_readAt)
        cost.billedUntil = billedUntil(owner);
    const UsageTrack *track = m_usage.find(owner);
    if (cost.billedUntil) {
        cost.billed = m_book->of(owner);
        const bool fromBegin = hasBegin ? created >= *m_readFrom : !instance;
        cost.complete = fromBegin && !cost.billed.partial;
    }
    // What was before the begin of the track is not known without a bill.
    const TimePoint from = cost.billedUntil.value_or(created);
    if (!track) {
        cost.complete = false;
        return cost;
    }
    const UsageCost accrued = track->cost(hasBegin ? std::max(from, created) : from, now);
    cost.accruedGpu = accrued.gpu.rounded();
    cost.accruedDisk = accrued.disk.rounded();
    const bool isBilledByUse = !instance || instance->billing != BillingMode::Monthly;
    cost.complete = (cost.billedUntil ? cost.complete : isBilledByUse) && accrued.complete;
    return cost;
}

Spending Ledger::since(TimePoint from) const
{
    Spending spending;
    const TimePoint now = m_clock.now();
    const qint64 key = from.time_since_epoch().count();
    if (!m_billedSince.contains(key))
        m_billedSince.insert(key, m_book->within(from, TimePoint::max()));
    spending.billed = m_billedSince.value(key);
    spending.complete = !spending.billed.partial;
    Accrual sum;
    const QHash<QString, UsageTrack> &tracks = m_usage.tracks();
    for (auto track = tracks.cbegin(); track != tracks.cend(); ++track) {
        const UsageCost cost = track->cost(std::max(billedUntil(track.key()), from), now);
        sum += cost.gpu;
        sum += cost.disk;
        spending.complete = spending.complete && cost.complete;
    }
    spending.accrued = sum.rounded();
    return spending;
}

std::optional<Spending> Ledger::today() const
{
    return m_readAt ? std::optional(since(dayOf(m_clock.now()))) : std::nullopt;
}

std::optional<Spending> Ledger::thisMonth() const
{
    return m_readAt ? std::optional(since(monthOf(m_clock.now()))) : std::nullopt;
}

std::optional<Reconciliation> Ledger::reconciliationOf(const QString &owner) const
{
    const UsageTrack *track = m_usage.find(owner);
    if (!m_readAt || !track || !track->knownSince())
        return std::nullopt;
    const TimePoint until = billedUntil(owner);
    // From the first row that begins when everything is known: rows are hours of today, days before it.
    const TimePoint known = *track->knownSince();
    const TimePoint day = dayOf(*m_readAt);
    const TimePoint month = monthOf(*m_readAt);
    const TimePoint from = known <= month ? month
                         : known <= day ? TimePoint(std::chrono::ceil<std::chrono::days>(known))
                                        : TimePoint(std::chrono::ceil<std::chrono::hours>(known));
    const UsageCost cost = track->cost(from, until);
    if (from >= until || !cost.complete)
        return std::nullopt;
    const BillBook::Billed billed = m_book->of(owner, from);
    return Reconciliation{from, cost.gpu.rounded() + cost.disk.rounded(), billed.gpu + billed.disk, 1};
}

void Ledger::beginCheck()
{
    m_checkDue = !m_usage.isReady();
    if (m_checkDue)
        return;
    m_check = Check{m_usage.tracks().keys(), 0, {}};
    m_check->sum.from = *m_readAt;
    checkOn();
}

void Ledger::checkOn()
{
    QElapsedTimer spent;
    spent.start();
    for (Check &check = *m_check; check.next < check.owners.size(); ++check.next) {
        if (spent.elapsed() >= kSliceMs) {
            m_checkTimer.start();
            return;
        }
        const std::optional<Reconciliation> one = reconciliationOf(check.owners.at(check.next));
        if (!one)
            continue;
        check.sum.from = std::min(check.sum.from, one->from);
        check.sum.estimated += one->estimated;
        check.sum.billed += one->billed;
        ++check.sum.owners;
    }
    m_checkTimer.stop();
    m_checked = std::exchange(m_check, std::nullopt)->sum;
    emit reconciled();
}

} // namespace novita
