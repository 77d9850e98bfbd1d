// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picture.h"
#include "ui/gallery/picturedetails.h"
#include "ui/uicontext.h"

#include <QObject>

namespace novita {

/// Reads all that is known of one picture, the current one of a grid, and looks what became of its file.
class CurrentPicture final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CurrentPicture)

public:
    CurrentPicture(const UiContext &context, QObject *parent);

    /// Reads this one, though it be the same; an answer about another no longer counts. 0 = none.
    void read(PictureId id);

signals:
    void arrived(const novita::Picture &picture);
    /// After arrived(): off the disk.
    void fileLookedAt(novita::PictureId id, novita::PictureDetails::FileState state);
    /// There is none, or not any more; `why` is a sentence where it could not be read.
    void gone(const QString &why);

private:
    void lookAtFile(const Picture &picture);

    const UiContext m_context;
    CallGuard m_reading;
    CallGuard m_looking;
};

} // namespace novita
