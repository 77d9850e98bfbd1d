// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/activityevent.h"
#include "core/webhooks/webhookevent.h"

#include <QSet>
#include <QString>

namespace novita {

/// Which of the deliveries about one instance say something new. A start is told of again with every poll until it is over: of each kind only
/// the first counts. Kinds that begin or end something make all others new again.
class WebhookNews final
{
public:
    /// True when it is to be told; remembers it.
    bool isNews(const InstanceEvent &event);

private:
    QSet<QString> m_told; ///< statuses, bounded
};

namespace webhooknews {

/// What a person reads about it, translated. `name`: of the instance, or its id.
QString sentence(const InstanceEvent &event, const QString &name);
QString sentence(const TaskEvent &event);
/// What belongs to it and does not fit into the sentence; may be empty.
QString detail(const InstanceEvent &event);
EventSeverity severity(const InstanceEvent &event);
EventSeverity severity(const TaskEvent &event);

} // namespace webhooknews

} // namespace novita
