// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/workflows/notification.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace novita {

class NotificationCenter;
class RuleBook;
struct Error;
struct Stores;

/// A list of instances that is older says nothing about now: no guard acts on it.
inline constexpr Milliseconds kListStale{10 * 60 * 1000};

/// The instances that were in the list of this account and are no more. What has not been seen is not among them: a list that was read
/// with another account's key has none of ours, and no rule may be lost by that. So rules of what went while the program was closed stay,
/// without effect, until somebody deletes them.
///
/// Thread: UI.
class GoneInstances final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GoneInstances)

public:
    /// `stores` must outlive this.
    explicit GoneInstances(const Stores &stores, QObject *parent = nullptr);

    /// Nothing is said while the list is not complete, or its last read failed.
    bool contains(const InstanceId &id) const;

private:
    const Stores &m_stores;
    QSet<QString> m_removed;
};

/// Says, once for each profile taken up, that the rules of `book` could not be read from the history file and none of them acts:
/// `title` names them ("The idle rules could not be read").
void tellUnreadRules(NotificationCenter &center, RuleBook &book, NotificationKind kind, const QString &title);

} // namespace novita
