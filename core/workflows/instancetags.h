// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/database/taglog.h"
#include "core/workflows/goneinstances.h"

#include <QObject>
#include <QTimer>

namespace novita {

struct Stores;

/// The person's own tags of the instances of the profile in use. The cloud knows nothing of them: they are kept in the history file. A
/// change counts once it is on the disk: of() has it then, and not before. Tags of an instance that is gone for good go with it.
/// What could not be read is read again every kReadAgainAfter.
///
/// Thread: UI. Errors: ErrorKind::Storage without a history file, ErrorKind::Validation for what is no tag.
class InstanceTags final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceTags)

public:
    static constexpr Milliseconds kReadAgainAfter{30000};

    /// All must outlive it.
    InstanceTags(TagLog &log, const Stores &stores, QObject *parent = nullptr);

    /// Forgets the tags of the profile before and reads those of `profile`. An empty one has none.
    void setProfile(const ProfileId &profile);

    /// As taglist::sorted(); none while they have not been read.
    QStringList of(const InstanceId &id) const { return m_tags.value(id); }
    /// Every tag that an instance of the list has, each once, sorted.
    QStringList all() const;

    /// Of all `ids` or of none. Tags that are there, or not there, already are no error.
    Call<Done> *change(const QList<InstanceId> &ids, const TagEdit &edit);

signals:
    /// The tags of these instances are others now.
    void changed(const QStringList &ids);

private:
    void read();
    void adopt(const TagTable &known);
    void forgetGone();

    TagLog &m_log;
    const Stores &m_stores;
    GoneInstances m_gone;
    ProfileId m_profile;
    TagTable m_tags; ///< instances with none are not in it
    CallGuard m_reading;
    CallGuard m_forgetting;
    QTimer m_again;
    bool m_failureLogged = false;
};

} // namespace novita
