// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/keptfiles.h"

#include "core/base/logging.h"
#include "core/base/plainfile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace novita {

namespace {

Error storageError(const QString &problem)
{
    return Error::make(ErrorKind::Storage, problem);
}

Result<Done> writeWhole(const QString &folder, const QString &name, const QByteArray &bytes)
{
    if (!QDir().mkpath(folder))
        return storageError(QStringLiteral("The folder %1 cannot be made").arg(folder));
    return plainfile::write(folder + QLatin1Char('/') + name, bytes, plainfile::Readers::OwnerAlone);
}

/// As a damaged data base is: beside its place, under a name that says when.
Result<Done> setAside(const QString &path, TimePoint at)
{
    if (!QFile::exists(path))
        return Done{};
    const QFileInfo file(path);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC);
    const QString stem = QStringLiteral("%1/%2.damaged-%3").arg(file.absolutePath(), file.completeBaseName(), now.toString(QStringLiteral("yyyyMMdd-hhmmss")));
    QString name = stem + QLatin1String(".json");
    for (int i = 2; QFile::exists(name); ++i)
        name = QStringLiteral("%1-%2.json").arg(stem).arg(i);
    if (!QFile::rename(path, name))
        return storageError(QStringLiteral("%1 cannot be read and cannot be set aside").arg(path));
    qCWarning(lcCloud).noquote() << "A file that cannot be read was kept as" << name;
    return Done{};
}

} // namespace

KeptFiles::KeptFiles(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1); // keeps the order
}

KeptFiles::~KeptFiles() = default;

Result<QByteArray> KeptFiles::readWhole(const QString &path, qint64 most)
{
    Result<QByteArray> bytes = plainfile::read(path, most);
    if (bytes || bytes.error().kind == ErrorKind::Storage)
        return bytes;
    if (bytes.error().kind == ErrorKind::NotFound)
        return QByteArray();
    return storageError(QStringLiteral("%1 is larger than this program reads").arg(path));
}

void KeptFiles::noteRead(const QString &name, bool taken)
{
    if (taken)
        m_unread.remove(name);
    else
        m_unread.insert(name);
}

Call<Done> *KeptFiles::write(const QString &name, std::function<QByteArray()> bytes, std::optional<TimePoint> setAsideAt)
{
    return run<Done>([this, name, bytes = std::move(bytes), setAsideAt]() -> Result<Done> {
        if (setAsideAt && m_unread.contains(name)) {
            const Result<Done> aside = setAside(m_folder + QLatin1Char('/') + name, *setAsideAt);
            if (!aside)
                return aside;
            m_unread.remove(name);
        }
        return writeWhole(m_folder, name, bytes());
    });
}

Call<Done> *KeptFiles::forget(const QString &key)
{
    const QString end = nameFor(QString(), key);
    return run<Done>([this, end = end.chopped(5)]() -> Result<Done> {
        const QRegularExpression form(QRegularExpression::anchoredPattern(QStringLiteral("[a-z]+%1(\\.damaged-[0-9-]+)?\\.json").arg(QRegularExpression::escape(end))));
        const QDir folder(m_folder);
        const QStringList doomed = folder.entryList(QDir::Files).filter(form);
        for (const QString &name : doomed) {
            m_unread.remove(name);
            if (!QFile::remove(folder.filePath(name)))
                return storageError(QStringLiteral("%1 cannot be removed").arg(folder.filePath(name)));
        }
        return Done{};
    });
}

QString KeptFiles::nameFor(const QString &stem, const QString &key)
{
    return stem + QLatin1Char('-') + QString::fromLatin1(QUrl::toPercentEncoding(key)) + QStringLiteral(".json");
}

} // namespace novita
