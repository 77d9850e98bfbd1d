// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/previewfiles.h"

#include "core/base/plainfile.h"
#include "core/imagefile/imagedecoder.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kMostFileBytes = 512 * 1024;
constexpr qsizetype kKeyChars = 64;
constexpr int kQuality = 85;
constexpr qint64 kTouchAfterSeconds = 3600; // so that looking at a list does not write a folder's worth of times

} // namespace

QString PreviewFiles::path(const QString &key) const
{
    const bool isKey = key.size() == kKeyChars && std::all_of(key.begin(), key.end(), [](QChar one) { return (one >= u'0' && one <= u'9') || (one >= u'a' && one <= u'f'); });
    return isKey ? m_folder + QLatin1Char('/') + key : QString();
}

QImage PreviewFiles::load(const QString &key)
{
    const QString name = path(key);
    const Result<QByteArray> bytes = plainfile::read(name, kMostFileBytes);
    const Result<QImage> image = bytes ? decodeImage(*bytes) : Result<QImage>(bytes.error());
    if (!image)
        return {};
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QFile file(name);
    if (file.fileTime(QFileDevice::FileModificationTime).secsTo(now) > kTouchAfterSeconds && file.open(QIODevice::ReadWrite))
        file.setFileTime(now, QFileDevice::FileModificationTime);
    return *image;
}

void PreviewFiles::save(const QString &key, const QImage &image)
{
    const QString name = path(key);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    if (name.isEmpty() || image.isNull() || !image.save(&bytes, image.hasAlphaChannel() ? "PNG" : "JPEG", kQuality) || bytes.size() > kMostFileBytes)
        return;
    const QMutexLocker locker(&m_writing);
    if (!QDir().mkpath(m_folder))
        return;
    QFile::setPermissions(m_folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    makeRoom(bytes.size());
    if (plainfile::write(name, bytes.data()))
        m_total += bytes.size();
}

/// The folder is looked through once, and again when it is full.
void PreviewFiles::makeRoom(qint64 bytes)
{
    if (m_total >= 0 && m_total + bytes <= m_mostBytes)
        return;
    QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time | QDir::Reversed); // oldest first
    m_total = 0;
    for (const QFileInfo &file : std::as_const(files))
        m_total += file.size();
    const qint64 wanted = m_total + bytes > m_mostBytes ? m_mostBytes / 10 * 8 : m_mostBytes; // in one go, not for each picture
    for (qsizetype i = 0; i < files.size() && m_total + bytes > wanted; ++i) {
        if (QFile::remove(files.at(i).filePath()))
            m_total -= files.at(i).size();
    }
}

} // namespace novita
