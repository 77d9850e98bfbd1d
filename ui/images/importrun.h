// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/images/pictureimport.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace novita {

class ImageWorkspace;

/// Puts pictures that were found into the gallery, a few at a time: files in a worker thread, then the database. One
/// that lies in the trash comes out of it as it was. Ends with the profile: what is under way then is finished, or
/// taken off the disk again. A kill leaves no file behind that belongs to no picture: see LooseFiles. Originals of the
/// gallery that belong to nobody are taken where they lie, and are never deleted.
class ImportRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportRun)

public:
    static constexpr qsizetype kAtATime = 8;

    ImportRun(ImageWorkspace &images, const Clock &clock, const QList<FoundPicture> &pictures, QObject *parent);
    ~ImportRun() override;

    int total() const { return static_cast<int>(m_pictures.size()); }

signals:
    void progressed(int done);
    /// How many are there now, and "name: why not" of the others.
    void finished(int added, const QStringList &problems);

private:
    struct Incoming
    {
        FoundPicture found;
        QUuid id;
    };
    struct Kept;
    void next();
    void restoreTrashed();
    void claim();
    void announce();
    void keep();
    void take(const Kept &kept);
    void withdraw();
    void stop();
    void fail(const Error &error);
    void end();

    ImageWorkspace &m_images;
    const Clock &m_clock;
    const ProfileId m_profile;
    const QList<FoundPicture> m_pictures;
    qsizetype m_at = 0;
    TimePoint m_now{};       ///< when those under way came
    QList<Incoming> m_batch; ///< under way
    QStringList m_names;     ///< of the files that are new, written down
    QSet<PictureId> m_added;
    QStringList m_problems;
    CallGuard m_keeping;
    CallGuard m_writing;
};

} // namespace novita
