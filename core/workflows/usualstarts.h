// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/workflows/startupstate.h"

#include <QList>
#include <QObject>

#include <optional>

namespace novita {

class Timeline;

/// How long the starts of a profile have taken: those that the history holds, and those that are added. Thread: UI.
class UsualStarts final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UsualStarts)

public:
    explicit UsualStarts(Timeline &timeline, QObject *parent = nullptr);

    /// Forgets what it holds and reads the history of `profile`; of an empty one nothing.
    void setProfile(const ProfileId &profile);
    /// One more, from the request to Ready.
    void add(Milliseconds took);
    /// nullopt: too few have been seen to say.
    std::optional<UsualStart> usual() const;

private:
    Timeline &m_timeline;
    CallGuard m_reading;
    QList<Milliseconds> m_times; ///< newest first
};

} // namespace novita
