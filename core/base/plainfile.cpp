// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plainfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace novita::plainfile {

namespace {

Error unreadable(const QString &path, const QString &why)
{
    return Error::make(ErrorKind::Storage, why, path);
}

/// Not by QFile's name: opening a pipe would wait for ever, and what was a file when it was listed may be one by now.
std::optional<Error> open(QFile &file, const QString &path, Links links)
{
    const int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | (links == Links::Refuse ? O_NOFOLLOW : 0);
    const int handle = ::open(QFile::encodeName(path).constData(), flags);
    if (handle < 0) {
        const int reason = errno;
        return Error::make(reason == ENOENT || reason == ENOTDIR ? ErrorKind::NotFound : ErrorKind::Storage,
                           qt_error_string(reason), path);
    }
    struct stat facts = {};
    const bool isPlain = ::fstat(handle, &facts) == 0 && S_ISREG(facts.st_mode);
    if (isPlain && file.open(handle, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return std::nullopt;
    ::close(handle);
    return unreadable(path, QCoreApplication::translate("PlainFile", "It is no plain file."));
}

} // namespace

Result<QByteArray> startOf(const QString &path, qint64 most, Links links)
{
    QFile file;
    if (const std::optional<Error> error = open(file, path, links))
        return *error;
    QByteArray bytes = file.read(most);
    if (file.error() != QFileDevice::NoError)
        return unreadable(path, file.errorString());
    return bytes;
}

Result<QByteArray> read(const QString &path, qint64 most, Links links)
{
    Result<QByteArray> bytes = startOf(path, most + 1, links);
    if (bytes && bytes->size() > most)
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("PlainFile", "It is too large."), path);
    return bytes;
}

Result<Done> write(const QString &path, const QByteArray &bytes, Readers readers)
{
    QSaveFile file(path);
    // The mode is set before anything stands in it.
    const bool isOpen = file.open(QIODevice::WriteOnly) &&
                        (readers == Readers::AsUsual || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    if (isOpen && file.write(bytes) == bytes.size() && file.commit())
        return Done{};
    return Error::make(ErrorKind::Storage, file.errorString(), path);
}

} // namespace novita::plainfile
