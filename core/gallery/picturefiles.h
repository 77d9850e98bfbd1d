// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QUuid>
#include <QStringList>

namespace novita {

/// The files of the gallery, below one folder:
///
///     originals/2026-11/<name>.png    the bytes as they were downloaded, with the metadata that was added to them
///     inputs/<sha-256>.png            images that jobs start from, each once
///     thumbnails/ab/<name>            made from originals, JPEG, or PNG where something shines through; may be deleted at any time
///
/// Names are relative to the folder and of the forms above; every other name, whoever it comes from, is ErrorKind::Validation. Files are written
/// whole and synced, or not at all, for their owner alone. ErrorKind::Storage otherwise.
///
/// Blocks on the disk: for worker threads. A value; any number may work on one folder.
class PictureFiles final
{
public:
    static constexpr int kThumbnailSide = 320; ///< pixels of the longer side, at most

    explicit PictureFiles(const QString &folder) : m_folder(folder) {}

    const QString &folder() const { return m_folder; }
    /// Empty for a name that is none of ours.
    QString path(const QString &name) const;

    /// The name of the original that `path` leads to, links resolved; empty for every other file.
    QString originalAt(const QString &path) const;

    /// `suffix`: "png", "jpeg", "webp", "gif", "mp4", "webm". Result: the name.
    /// `id`: takes the place of what was saved with the same `suffix`, `at` and `id` before.
    Result<QString> saveOriginal(const QByteArray &bytes, const QString &suffix, TimePoint at, const QUuid &id = QUuid::createUuid()) const;
    /// The same bytes twice are one file.
    Result<QString> saveInput(const QByteArray &bytes, const QString &suffix) const;
    /// Beside an original: what cannot be written into it. "<name>.json"
    Result<QString> saveSidecar(const QString &name, const QByteArray &json) const;
    /// At most `maxBytes`.
    Result<QByteArray> read(const QString &name, qint64 maxBytes) const;

    /// Null when there is none, it cannot be read, or the original has been written since.
    QImage thumbnail(const QString &name) const;
    /// Scales `image` down and keeps it. Result: what was kept.
    Result<QImage> saveThumbnail(const QString &name, const QImage &image) const;

    /// Into the trash of the desktop with their sidecars, deleted where there is none; thumbnails are deleted. Result: names that are still there.
    QStringList discard(const QStringList &names) const;
    /// Deletes what writes that were killed have left below originals/ and inputs/ an hour before `now` or earlier; nothing else. Result: how many.
    int sweep(TimePoint now) const;

private:
    Result<QString> save(const QString &name, const QByteArray &bytes) const;
    QString thumbnailPath(const QString &name) const;

    QString m_folder;
};

} // namespace novita
