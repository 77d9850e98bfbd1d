// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliveryjournal.h"

#include "core/webhooks/deliverykind.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <zlib.h>

namespace novita {

namespace {

/// Each record: mark, length of the row, check sum, row.
constexpr quint32 kMark = 0x4e564431; // "NVD1"
constexpr qsizetype kHeadBytes = 3 * sizeof(quint32);

quint32 checkOf(quint32 before, const char *data, qsizetype size)
{
    return static_cast<quint32>(crc32(before, reinterpret_cast<const Bytef *>(data), static_cast<uInt>(size)));
}

#ifdef Q_OS_WIN

bool syncFile(int file)
{
    return ::_commit(file) == 0;
}

void syncFolder(const QString &) {}

bool openOwn(QFile &file, const QString &path)
{
    file.setFileName(path);
    return file.open(QIODevice::ReadWrite | QIODevice::Unbuffered, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

#else

bool syncFile(int file)
{
#ifdef Q_OS_DARWIN
    return ::fcntl(file, F_FULLFSYNC) == 0; // fsync() leaves it in the drive's own memory there
#else
    return ::fdatasync(file) == 0;
#endif
}

/// The name of a new file is on the disk only when its folder is.
void syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder);
    ::close(folder);
}

/// For its owner alone. A link is not followed: the file is emptied when it has not the right size, and that may befall no other.
bool openOwn(QFile &file, const QString &path)
{
    const int number = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (number < 0)
        return false;
    struct stat status{};
    if (::fstat(number, &status) == 0 && S_ISREG(status.st_mode) && file.open(number, QIODevice::ReadWrite | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return true;
    ::close(number);
    errno = EINVAL;
    return false;
}

#endif

bool isDiskFull(int code)
{
#ifndef Q_OS_WIN
    if (code == EDQUOT)
        return true;
#endif
    return code == ENOSPC || code == EFBIG;
}

Error failure(const QString &file, int code)
{
    const DatabaseKind::Texts &texts = deliveryKind().texts;
    const char *text = texts.unusable;
    if (isDiskFull(code))
        text = texts.diskFull;
    else if (code == EACCES || code == EROFS || code == EPERM)
        text = texts.readOnly;
    return Error::make(ErrorKind::Storage, QCoreApplication::translate("Database", text), file + QLatin1String(": ") + qt_error_string(code));
}

std::vector<DeliveryRow> rowsOfHalf(const QByteArray &bytes)
{
    std::vector<DeliveryRow> rows;
    quint32 check = 0;
    for (qsizetype at = 0; at + kHeadBytes <= bytes.size();) {
        const char *head = bytes.constData() + at;
        const qsizetype size = qFromLittleEndian<quint32>(head + sizeof(quint32));
        if (qFromLittleEndian<quint32>(head) != kMark || size > bytes.size() - at - kHeadBytes)
            break;
        check = checkOf(check, head + kHeadBytes, size);
        if (qFromLittleEndian<quint32>(head + 2 * sizeof(quint32)) != check)
            break;
        std::optional<DeliveryRow> row = decodeRow(bytes.mid(at + kHeadBytes, size));
        if (!row || (!rows.empty() && row->delivery.id <= rows.back().delivery.id))
            break;
        rows.push_back(*std::move(row));
        at += kHeadBytes + size;
    }
    return rows;
}

} // namespace

DeliveryJournal::DeliveryJournal(const QString &path, qint64 bytes) : m_path(path), m_bytes(std::max(bytes, kFewestBytes)) {}

Error DeliveryJournal::failed() const
{
    return failure(m_path, errno);
}

Result<std::vector<DeliveryRow>> DeliveryJournal::open()
{
    m_file.close();
    if (!openOwn(m_file, m_path))
        return failed();
    return rowsOf(m_file, m_path);
}

Result<std::vector<DeliveryRow>> DeliveryJournal::rowsOf(QIODevice &file, const QString &path)
{
    // A file of another size, as of another version or of a computer that went down while it was made, is read by its own measure.
    const qint64 half = file.size() / 2;
    std::vector<DeliveryRow> rows;
    for (int i = 0; i < 2; ++i) {
        const qint64 size = std::min(half, kBytes);
        errno = 0;
        const QByteArray bytes = file.seek(i * half) ? file.read(size) : QByteArray();
        if (bytes.size() != size)
            return failure(path, errno == 0 ? EIO : errno);
        for (DeliveryRow &row : rowsOfHalf(bytes))
            rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end(), [](const DeliveryRow &a, const DeliveryRow &b) { return a.delivery.id < b.delivery.id; });
    return rows;
}

std::optional<Error> DeliveryJournal::begin()
{
    m_halves = {};
    m_current = 0;
    return m_file.size() == m_bytes ? std::nullopt : fill();
}

std::optional<Error> DeliveryJournal::fill()
{
    if (!m_file.resize(0))
        return failed();
    const QByteArray zeros(std::min<qsizetype>(m_bytes, 1024 * 1024), '\0');
    for (qint64 left = m_bytes; left > 0; left -= zeros.size()) {
        const qint64 size = std::min<qint64>(left, zeros.size());
        if (m_file.write(zeros.constData(), size) == size)
            continue;
        const Error error = failed();
        m_file.resize(0); // half a file takes the room that others need
        return error;
    }
    if (std::optional<Error> error = sync())
        return error;
    syncFolder(m_path);
    return std::nullopt;
}

std::optional<Error> DeliveryJournal::sync()
{
    return syncFile(m_file.handle()) ? std::nullopt : std::optional(failed());
}

/// Makes what failed to be written at `at` no record, as well as such a disk allows.
Error DeliveryJournal::takenBack(qint64 at, Error error)
{
    constexpr std::array<char, sizeof(kMark)> kNoMark{};
    if (m_file.seek(at) && m_file.write(kNoMark.data(), kNoMark.size()) == qint64(kNoMark.size()))
        sync();
    return error;
}

Result<DeliveryJournal::Appended> DeliveryJournal::append(const std::vector<const DeliveryRow *> &rows, qint64 moved)
{
    QByteArray records;
    std::vector<qsizetype> starts;
    for (const DeliveryRow *row : rows) {
        starts.push_back(records.size());
        records.append(kHeadBytes, '\0').append(encodeRow(*row));
    }
    starts.push_back(records.size());
    const qint64 half = m_bytes / 2;
    if (records.size() > half)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("Database", deliveryKind().texts.unusable), QStringLiteral("larger than the journal"));
    std::size_t target = m_current;
    if (m_halves[target].end + records.size() > half) {
        target = 1 - m_current;
        if (m_halves[target].lastId > moved)
            return Appended::NoRoom;
    }
    Half written = target == m_current ? m_halves[target] : Half{};
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
        char *head = records.data() + starts[i];
        const qsizetype size = starts[i + 1] - starts[i] - kHeadBytes;
        written.check = checkOf(written.check, head + kHeadBytes, size);
        qToLittleEndian(kMark, head);
        qToLittleEndian(static_cast<quint32>(size), head + sizeof(quint32));
        qToLittleEndian(written.check, head + 2 * sizeof(quint32));
    }
    const qint64 at = static_cast<qint64>(target) * half + written.end;
    if (!m_file.seek(at) || m_file.write(records) != records.size())
        return takenBack(at, failed());
    if (std::optional<Error> error = sync())
        return takenBack(at, *std::move(error));
    written.end += records.size();
    written.lastId = rows.back()->delivery.id;
    m_halves[target] = written;
    m_current = target;
    return Appended::Written;
}

} // namespace novita
