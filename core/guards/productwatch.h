// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/guards/productwatchrule.h"
#include "core/guards/rulebook.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace novita {

class NotificationCenter;
class Refresher;
struct Stores;

/// A watch as it is shown.
struct WatchedProduct
{
    RuleId id;
    ProductId product;
    ProductWatchRule rule;
    ProductWatchState state;
    bool enabled = true;
};

/// Looks at every catalogue that comes in for prices and stock that somebody waits for, and has it read every few minutes while anybody
/// does. Tells, never buys. Thread: UI.
class ProductWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProductWatch)

public:
    static constexpr Milliseconds kReadEvery{5 * 60 * 1000};

    ProductWatch(RuleLog &log, Stores &stores, Refresher &refresher, NotificationCenter &center, const Clock &clock, QObject *parent = nullptr);

    void setProfile(const ProfileId &profile);

    /// In the order they were made; what cannot be read is left out.
    QList<WatchedProduct> watches() const;
    /// Validation when it is out of range.
    Call<RuleId> *add(const ProductId &product, const ProductWatchRule &rule);
    Call<Done> *setEnabled(const RuleId &id, bool enabled);
    Call<Done> *remove(const RuleId &id);

signals:
    void changed();

private:
    void look();
    void step(const WatchedProduct &watch);
    void tell(const WatchedProduct &watch, const ProductWatchStep &step, const Product &product);
    void arm();

    RuleBook m_book;
    Stores &m_stores;
    Refresher &m_refresher;
    NotificationCenter &m_center;
    const Clock &m_clock;
    std::optional<TimePoint> m_seen;  ///< catalogue that was looked at
    QSet<QString> m_busy;             ///< watches whose step is being written
    QTimer m_timer;
};

} // namespace novita
