// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace novita {

/// How the history file is doing; a value the interface may show.
struct DatabaseStatus
{
    enum class State {
        Closed,      ///< not opened yet
        Opening,
        Open,
        Unavailable, ///< no history in this run; `notice` says why
    };

    State state = State::Closed;
    QString path;     ///< of the file
    QString setAside; ///< where a corrupt file was put, else empty
    QString notice;   ///< one sentence for a banner, translated; empty when all is well
    bool isOver = false; ///< `notice` tells of what has passed, a damaged file that was set aside: everything is kept again

    /// Why something is not kept now; empty when everything is.
    QString problem() const { return isOver ? QString() : notice; }

    bool isOpen() const { return state == State::Open; }
    bool operator==(const DatabaseStatus &) const = default;
};

} // namespace novita

Q_DECLARE_METATYPE(novita::DatabaseStatus)
