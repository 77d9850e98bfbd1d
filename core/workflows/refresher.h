// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/workflows/datakind.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace novita {

class ApiClient;
class Settings;
struct Stores;

/// Decides when which store is read again, and does it: services → stores.
///
/// Instances: every 5 s while something changes, growing ×1.5 to 30 s, 60 s when all is stable, 120 s while the window is
/// hidden, each ±20 % jitter, at once after an own action (and again shortly after). A fleet of many pages is listed less
/// often, so that polling takes no more than half of the request budget; between the lists the instances that change are
/// read one by one. Other kinds: when a page shows them and they are older than their shelf life; the balance every
/// 5 min while the window is visible; the products once, for the prices. A failed poll changes no row; it is counted
/// (EntityStoreBase::missedRefreshes). Nothing is read without a key, during a Retry-After pause or while the breaker is
/// open; once that is over, what is due is read at once. On a jump of the wall clock (resume from sleep, correction):
/// everything visible, at once.
class Refresher final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Refresher)

public:
    Refresher(ApiClient &client, Stores &stores, const Settings &settings, const Clock &clock,
              std::function<double()> random, QObject *parent = nullptr);
    ~Refresher() override;

    /// Begins to poll, or begins anew: everything is due at once, and what is being read is canceled.
    void start();
    /// Stops all reads and forgets what runs: before a profile switch.
    void stop();

    /// The window is minimised or hidden.
    void setHidden(bool hidden);
    /// Which kinds the page in front needs; they are read now when too old, then kept fresh.
    void setWanted(const QSet<DataKind> &kinds);
    /// Reads `kind` now, whatever its age (F5). Joins a read under way. Result: rows read.
    Call<int> *refresh(DataKind kind, bool userAsked = true);
    /// As refresh(), but never joins a read that began before now: for what an own change has made old.
    Call<int> *refreshAnew(DataKind kind);
    bool isReading(DataKind kind) const;
    /// Detail (with connection data) of one instance, for the details pane.
    Call<Done> *refreshInstance(const InstanceId &id, bool userAsked = false);
    /// After an own action: instances are read now and polling starts over at the fast end.
    void noteOwnAction();

    /// Somebody else says that instances changed: they are listed soon. However often it is said, no more often than every 5 s.
    void noteHint();

    /// Looks at the clock now instead of when the timer fires: after a resume from sleep, and in tests.
    void wake();

    /// When the next poll of the instances is due, for tests and the status bar.
    SteadyPoint nextInstancePoll() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
