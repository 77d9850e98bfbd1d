// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/activitystore.h"

#include <QListWidget>

namespace novita {

/// What happened to one instance in this run of the program, newest first.
class EventList final : public QListWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventList)

public:
    explicit EventList(const ActivityStore &activity, QWidget *parent = nullptr);
    void setSubject(const QString &instanceId);

private:
    void rebuild();
    void addNewest(int dropped);
    void addPlaceholder();
    QListWidgetItem *itemFor(const ActivityEvent &event) const;

    const ActivityStore &m_activity;
    QString m_subject;
    bool m_hasEvents = false;
};

} // namespace novita
