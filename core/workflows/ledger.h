// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/services/billingservice.h"
#include "core/workflows/billbook.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace novita {

class ApiClient;
class Refresher;
class UsageBook;
struct Stores;

/// What one instance or network volume has cost so far: what the bills say, and what has come since.
struct CostSoFar
{
    BillBook::Billed billed;
    std::optional<TimePoint> billedUntil; ///< its own; nullopt: no bill was read
    Money accruedGpu;                     ///< since then, estimated from its states and the price list
    Money accruedDisk;
    bool complete = false;                ///< false: it is at least this

    Money accrued() const { return accruedGpu + accruedDisk; }
    Money total() const { return billed.total() + accrued(); }
    /// Neither a bill nor a state tells anything.
    bool isUnknown() const { return !complete && total().isZero(); }
    bool operator==(const CostSoFar &) const = default;
};

/// A figure of the account: what was billed and, apart, what has come since the bill.
struct Spending
{
    BillBook::Billed billed;
    Money accrued;
    bool complete = false;
    Money total() const { return billed.total() + accrued; }
};

/// The estimate against the bill, over the hours and days of this month of which both are known. Subscriptions are not estimated.
struct Reconciliation
{
    TimePoint from{}; ///< of the oldest that was compared
    Money estimated;
    Money billed;
    int owners = 0; ///< instances and volumes compared
    Money difference() const { return billed - estimated; }
};

/// Joins the bills of the account with the tracks of use. Bills are read seldom: when the first list of instances is there, then once
/// an hour when the hour is settled, and at a person's wish. Days and months are those of the bills: UTC. Whole months and days before today
/// are read as one row each; only today by the hour.
///
/// Of any size: bills go into the book on another thread, and the estimate is compared with them in slices of some milliseconds.
/// What is known changes only when a read came to its end: a read that fails in the middle leaves the figures of the one before.
class Ledger final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Ledger)

public:
    /// So long after the full hour its bills are asked for.
    static constexpr std::chrono::minutes kSettling{3};
    static constexpr std::chrono::minutes kAfterFailure{10};
    /// Hours that are over for longer have been billed, if anything was to be billed.
    static constexpr std::chrono::hours kLongestSettling{2};
    /// How far back bills are read.
    static constexpr std::chrono::hours kReach{24 * 365};

    Ledger(ApiClient &client, Stores &stores, Refresher &refresher, UsageBook &usage, const Clock &clock, QObject *parent = nullptr);

    /// Another account: everything is forgotten. Bills are read by themselves only when there is a profile.
    void setProfile(const ProfileId &profile);
    /// Reads the bills when they are due. Comes by itself with every list of instances.
    void wake();
    /// Reads the bills now.
    Call<Done> *refresh();
    bool isReading() const { return m_underWay; }
    std::optional<TimePoint> readAt() const { return m_readAt; }
    const std::optional<Error> &lastError() const { return m_error; }

    /// Cost of an instance or volume until now. Cheap: for the rows on screen, any time.
    CostSoFar costOf(const QString &owner) const;
    /// UTC day and month until now; nullopt before the first bill was read.
    std::optional<Spending> today() const;
    std::optional<Spending> thisMonth() const;
    /// Of all owners, as of the last bills; nullopt until it has been worked out (see reconciled()).
    const std::optional<Reconciliation> &reconciliation() const { return m_checked; }
    /// nullopt as long as there is no time of which both are known.
    std::optional<Reconciliation> reconciliationOf(const QString &owner) const;
    /// The newest bill of any owner. What it says holds for that owner only: see CostSoFar::billedUntil.
    std::optional<TimePoint> billedUntil() const;
    const QList<MonthlyStatement> &statements() const { return m_statements; }

signals:
    /// Bills were read, or could not be.
    void billsChanged();
    /// reconciliation() is another.
    void reconciled();

private:
    using Book = std::shared_ptr<const BillBook>;
    struct Step
    {
        BillCycle cycle;
        TimePoint from;
        TimePoint to;
    };
    void begin();
    void readSteps();
    void takeIn(std::function<void(BillBook &)> rows, std::function<void()> next);
    void readTerms();
    void readStatements();
    void end(const std::optional<Error> &error);
    void beginCheck();
    void checkOn();
    TimePoint oldest() const;
    TimePoint surelyBilled() const;
    TimePoint billedUntil(const QString &owner) const;
    Spending since(TimePoint from) const;

    ApiClient &m_client;
    Stores &m_stores;
    Refresher &m_refresher;
    UsageBook &m_usage;
    const Clock &m_clock;
    ProfileId m_profile;
    Book m_book;    ///< never null
    Book m_coming;  ///< m_book with what the read under way has brought; takes its place in the end
    // Sums over all owners are asked for every few seconds and move with the bills only.
    mutable QHash<qint64, BillBook::Billed> m_billedSince; ///< by ms since 1970
    std::optional<Reconciliation> m_checked;
    struct Check
    {
        QStringList owners;
        qsizetype next = 0;
        Reconciliation sum;
    };
    std::optional<Check> m_check; ///< under way
    bool m_checkDue = false;      ///< bills are there, the tracks are not yet
    QTimer m_checkTimer;
    QList<MonthlyStatement> m_statements;
    std::optional<TimePoint> m_readAt;
    std::optional<TimePoint> m_readFrom;     ///< bills before it are not known
    TimePoint m_askedFrom{};                 ///< the same of the read under way
    std::optional<TimePoint> m_wholeUntil;   ///< the begin of the UTC day up to which months and days were read
    std::optional<Error> m_error;
    TimePoint m_due{};
    QList<Step> m_steps;
    TimePoint m_askedAt{};
    CallGuard m_reading;      ///< the request of the present step
    bool m_underWay = false;  ///< some step of a read is still to come
    std::vector<QPointer<Call<Done>>> m_waiting;
};

} // namespace novita
