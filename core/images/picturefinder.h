// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/pictureimport.h"

#include <QMultiHash>
#include <QSet>

namespace novita {

namespace pictureimport {

/// As FoundPicture::hash.
QByteArray hashOf(const QByteArray &bytes);
/// What `metadata` says of how it was made.
void takeSettings(FoundPicture &found, const ImageMetadata &metadata);

} // namespace pictureimport

/// One turn of pictureimport::find(): goes through what it is given and gathers what it finds. Files of the gallery are
/// read only where the length is the same. Blocks on the disk; for one worker thread.
class PictureFinder final
{
    Q_DISABLE_COPY_MOVE(PictureFinder)

public:
    PictureFinder(const KnownPictures &gallery, std::stop_token stop);

    /// A file, or a folder with all that is in it.
    void takePath(const QString &path);
    void takeClipboard(const QByteArray &bytes);
    PictureFinds result() { return std::move(m_out); }

private:
    void say(const QString &name, const QString &why);
    void takeFolder(const QString &path, int depth);
    void takeFile(const QString &path, bool named);
    void look(FoundPicture &found, const QByteArray &bytes, const QString &name);
    void takeSidecar(FoundPicture &found);
    void takeOwnFilm(const QString &path, const QString &own);
    bool isOthersFolder(const QString &path) const;
    void findPlace(FoundPicture &found);

    const PictureFiles m_files;
    std::stop_token m_stop;
    PictureFinds m_out;
    qsizetype m_entries = 0;
    qint64 m_read = 0;
    QSet<QByteArray> m_seen;
    QMultiHash<qint64, PictureFile> m_known; ///< by length
    QSet<QString> m_knownNames;
};

} // namespace novita
