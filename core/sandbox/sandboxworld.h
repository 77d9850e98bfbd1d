// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/sandbox/sandboxbilling.h"
#include "core/sandbox/sandboxcatalog.h"
#include "core/sandbox/sandboxinstance.h"

#include <QHash>
#include <QJsonObject>
#include <QMap>
#include <QRandomGenerator64>
#include <QSet>

#include <deque>
#include <memory>
#include <vector>

namespace novita {

/// Whole seconds since 1970 as decimal text; "0" for the epoch.
QString unixText(TimePoint time);

/// The state of the simulated cloud and the passing of its time. Not thread-safe; knows no HTTP.
///
/// World time is the clock's plus what advance() added; only the durations of state changes are scaled, so that times and
/// costs stay comparable with the client's own clock.
class SandboxWorld
{
public:
    static constexpr std::size_t kMostUses = 20000;

    SandboxWorld(const Clock &clock, quint64 seed, double timeScale);

    const SandboxCatalog &catalog() const { return m_catalog; }
    const InstancePlanner &planner() const { return m_planner; }

    TimePoint now() const { return m_clock.now() + m_offset; }
    void advance(Milliseconds by) { m_offset += by; }
    /// Brings everything up to now(): due state changes, stock, subscriptions that end, arrears. Call before every look.
    void settle();

    // Instances; pointers are valid until the next add.
    SandboxInstance *instance(const QString &id); ///< nullptr when unknown or removed
    const std::vector<std::unique_ptr<SandboxInstance>> &instances() const { return m_instances; } ///< oldest first, without the removed
    const std::deque<std::unique_ptr<SandboxInstance>> &removed() const { return m_removed; } ///< the latest that are gone, for their bills
    SandboxInstance &addInstance(SandboxInstance instance); ///< under a new id when it has none
    void touch(SandboxInstance &instance); ///< after every command: watches its plan, accounts for its hardware
    /// Id of a running spot instance that is not called back yet: of any when `id` is empty; empty when there is none.
    QString reclaimable(const QString &id, const QSet<QString> &besides = {});
    /// Announces a reclaim; false when there is no such running spot instance.
    bool reclaim(const QString &id, std::optional<Milliseconds> notice);

    int freeStock(const SandboxProduct &product) const; ///< cards or machines
    void setOutOfStock(const QSet<QString> &productIds) { m_outOfStock = productIds; }

    Money openingBalance() const { return m_openingBalance; }
    void setOpeningBalance(Money balance) { m_openingBalance = balance; }
    /// Buys `months` of a subscription at `monthly` each from `from` on: charges them at once, moves the end, leaves a bill.
    /// False, and nothing changed, when the balance does not reach.
    bool paySubscription(SandboxInstance &instance, Money monthly, TimePoint from, qint64 months, const QString &tradeType);
    /// Takes `use.paid`, which is due at once, from the balance and remembers it for the bills; false, and nothing changed, when the balance does not
    /// reach. `use.at` is set.
    bool charge(SandboxUse use);
    const std::deque<SandboxUse> &uses() const { return m_uses; } ///< oldest first; the latest kMostUses
    /// What the instances cost until now is history, paid long ago: the opening balance is what is there now.
    void startBilling();
    Money balance() const; ///< what is left now
    /// Sizes of the network volumes as they are now: to be called after whatever may have changed them.
    void noteVolumes();
    const QMap<QString, SandboxVolume> &volumes() const { return m_volumes; } ///< by id, also those that are gone
    Money burnPerHour() const;

    // Everything else is kept in the form it has on the wire, by id, oldest first.
    using Table = QMap<qint64, QJsonObject>;
    Table templates, auths, storages, networks, prewarms, jobs, endpoints, subscriptionBills;
    /// A job of `instanceId` that begins now; returns its id.
    QString addJob(const QString &type, const QString &instanceId, bool fails = false);
    qint64 append(Table &table, QJsonObject row); ///< returns the key: a running number
    static qint64 find(const Table &table, QLatin1String idKey, const QString &id); ///< key, or -1

    QString newId(int hexDigits);
    QString newUuid();
    double random(); ///< 0 ≤ x < 1
    qint64 randomBelow(qint64 bound);
    /// A text of letters and digits that belongs to `subject`, the same every time: passwords, assigned ports.
    QString derivedText(const QString &subject, int length) const;
    int derivedNumber(const QString &subject, int from, int to) const;

private:
    void forget(const QSet<QString> &ids);
    /// A spot instance that was just reclaimed looks for another host, where it was told to and one is free.
    void migrateByItself(SandboxInstance &instance, TimePoint at);
    void endSubscriptions(TimePoint at);
    void freezeInArrears();

    const Clock &m_clock;
    quint64 m_seed;
    InstancePlanner m_planner;
    SandboxCatalog m_catalog;
    QRandomGenerator64 m_random;
    Milliseconds m_offset{0};
    std::vector<std::unique_ptr<SandboxInstance>> m_instances;
    std::deque<std::unique_ptr<SandboxInstance>> m_removed;
    QHash<QString, SandboxInstance *> m_byId;
    QSet<QString> m_active;       ///< instances with something planned
    QHash<QString, int> m_taken;  ///< by product
    QSet<QString> m_outOfStock;
    QMap<QString, SandboxVolume> m_volumes;
    Money m_openingBalance;
    Money m_prepaid;
    std::deque<SandboxUse> m_uses;
    Money m_paidBefore;           ///< cost of what has been forgotten, and of the time before the world began (negative)
    qint64 m_lastKey = 0;
    TimePoint m_lastSweep;
};

} // namespace novita
