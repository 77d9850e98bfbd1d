// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/result.h"
#include "core/base/taglist.h"
#include "core/gallery/picture.h"
#include "ui/theme.h"
#include "ui/uicontext.h"

#include <QList>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace novita {

/// What is changed about pictures of the gallery: stars, tags, the trash, gone for good. What came to nothing is told
/// with a way to try it again, a move to the trash with the way back.
///
/// Thread: the UI thread, which it never blocks. The destructor waits for files that are being deleted.
class PictureCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureCommands)

public:
    using Ids = QList<PictureId>;
    /// Called when it could not be done, besides reported().
    using Refused = std::function<void()>;

    /// Questions stand over `dialogParent`, which owns it.
    PictureCommands(const UiContext &context, QWidget *dialogParent);
    ~PictureCommands() override;

    void setStarred(const Ids &ids, bool starred, const Refused &refused = {});
    void moveToTrash(const Ids &ids, const Refused &refused = {});
    void restoreFromTrash(const Ids &ids, const Refused &refused = {});
    void changeTags(const Ids &ids, const TagEdit &edit);
    /// Out of the gallery and off the disk, after a question.
    void deleteForGood(const Ids &ids);
    /// Does what the last reported() offered; nothing when it offered nothing.
    void takeOffer();

signals:
    /// What was done, or why not. `offer` is the label of a button for takeOffer(); empty for none.
    void reported(novita::StateTone tone, const QString &sentence, const QString &offer);
    /// The pictures whose way back the last reported() offered are back already, or gone for good.
    void offerWithdrawn();

private:
    void settle(const std::optional<Error> &error, const QString &what, const std::function<void()> &again);
    void report(StateTone tone, const QString &sentence, const QString &label, const std::function<void()> &offer);
    void removeForGood(const Ids &ids);
    void discard(const QStringList &files);
    void lookAtOffer();

    const UiContext m_context;
    QWidget *m_parent;
    QThreadPool m_pool;
    std::function<void()> m_offer;
    Ids m_trashed; ///< that m_offer brings back
    CallGuard m_looking;
};

} // namespace novita
