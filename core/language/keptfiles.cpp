// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/keptfiles.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
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
    QSaveFile file(folder + QLatin1Char('/') + name);
    // Its mode is set before anything stands in it.
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(bytes) == bytes.size() && file.commit())
        return Done{};
    return storageError(file.errorString());
}

} // namespace

KeptFiles::KeptFiles(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1); // keeps the order
}

KeptFiles::~KeptFiles() = default;

Result<QByteArray> KeptFiles::readWhole(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.exists())
        return QByteArray();
    if (!file.open(QIODevice::ReadOnly))
        return storageError(file.errorString());
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return storageError(QStringLiteral("%1 is larger than this program reads").arg(path));
    return bytes;
}

Call<Done> *KeptFiles::write(const QString &name, std::function<QByteArray()> bytes)
{
    return run<Done>([folder = m_folder, name, bytes = std::move(bytes)] { return writeWhole(folder, name, bytes()); });
}

QString KeptFiles::nameFor(const QString &stem, const QString &key)
{
    return stem + QLatin1Char('-') + QString::fromLatin1(QUrl::toPercentEncoding(key)) + QStringLiteral(".json");
}

} // namespace novita
