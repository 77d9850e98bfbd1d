// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/activityevent.h"
#include "core/incoming/hintedreads.h"
#include "core/incoming/webhooknews.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>

namespace novita {

struct ReceivedWebhook;
class Refresher;
struct Stores;

/// What follows from webhook deliveries that were stored. None changes an instance: the instance that it speaks of is read (HintedReads), and
/// what that read shows is true. The activity says what was told, from the webhook as its source: one event for each delivery that
/// says something new, one for many in a flood.
///
/// Nothing follows from what is older than the newest thing said about that instance, from repeats, and from what speaks of an instance that is
/// not known; of one that was just created the list is read, at most once in kBetweenNew. All of it is in the inbox.
class WebhookHints final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookHints)

public:
    static constexpr int kMostEvents = 8;           ///< that are told one by one, in kEventsBack
    static constexpr Milliseconds kEventsBack{8000};
    static constexpr Milliseconds kBurst{5000};     ///< what is not told one by one is told together, so often
    static constexpr Milliseconds kBetweenNew{10000};

    WebhookHints(Stores &stores, Refresher &refresher, const Clock &clock, QObject *parent = nullptr);

    /// For WebhookReceiver::arrived().
    void take(const QList<ReceivedWebhook> &webhooks, int missed);

    /// Tells now what waits to be told together, and looks at the clock, for tests.
    void wake();

private:
    struct Heard
    {
        TimePoint saidAt{}; ///< the newest, by the time in the deliveries
        WebhookNews news;
    };

    void takeInstance(const ReceivedWebhook &webhook, const InstanceEvent &event);
    void takeUnknown(const ReceivedWebhook &webhook, const InstanceEvent &event);
    InstanceId known(const InstanceEvent &event) const;
    void tell(ActivityEvent event);
    void tellBurst();
    bool mayTell();

    Stores &m_stores;
    Refresher &m_refresher;
    const Clock &m_clock;
    HintedReads m_reads;
    QHash<InstanceId, Heard> m_heard;   ///< of instances in the store
    std::optional<SteadyPoint> m_newAt;
    QList<SteadyPoint> m_told;          ///< the last of kEventsBack
    int m_untold = 0;
    QStringList m_untoldNames;
    QTimer m_burst;
};

} // namespace novita
