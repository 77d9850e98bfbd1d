// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/webhooks/deliveryrow.h"

#include <QFile>

#include <array>
#include <optional>
#include <vector>

namespace novita {

/// Where deliveries are safe before their answers leave: a file of fixed size, written front to back and synced once for each group. It is filled
/// with zeros when it is made, so that a sync has nothing to write but the group itself; a file that grows waits for the file system's own journal.
///
/// It has two halves. While one is written the rows of the other are moved to the DeliveryArchive; once they are there, it is written anew from its
/// start. What lies in it is known by ids that grow and by check sums, each of which covers all records of its half before it: remains of earlier
/// rounds and a record that was cut short never pass for rows. What was moved stays in it until it is written over.
///
/// Not thread-safe.
class DeliveryJournal final
{
    Q_DISABLE_COPY_MOVE(DeliveryJournal)

public:
    static constexpr qint64 kBytes = 16 * 1024 * 1024;
    static constexpr qint64 kFewestBytes = 64 * 1024;

    explicit DeliveryJournal(const QString &path, qint64 bytes = kBytes);

    /// Opens or makes the file (for its owner alone) and reads what lies in it, by id. All of it must be in the archive before begin(). A link, or
    /// anything else that is no file, is an Error.
    Result<std::vector<DeliveryRow>> open();
    /// What lies in `file`, which is `path`, by id. An Error when it cannot be read to its end: what is not seen would be written over.
    static Result<std::vector<DeliveryRow>> rowsOf(QIODevice &file, const QString &path);
    /// From here on append() writes.
    std::optional<Error> begin();

    enum class Appended { Written, NoRoom };
    /// Writes `rows`, ids growing, and syncs. `moved`: rows up to this id are in the archive. NoRoom: try again when more of them are. After
    /// an Error none of the rows counts, but a power cut may still bring them to the next run: their ids must not be given again.
    Result<Appended> append(const std::vector<const DeliveryRow *> &rows, qint64 moved);
    /// Rows that take more than this together never find room.
    qint64 largestGroup() const { return m_bytes / 2; }

private:
    struct Half
    {
        qint64 end = 0;     ///< where the next record goes, counted from the start of the half
        quint32 check = 0;  ///< of all records before
        qint64 lastId = 0;
    };
    std::optional<Error> fill();
    std::optional<Error> sync();
    Error takenBack(qint64 at, Error error);
    Error failed() const;

    const QString m_path;
    QFile m_file;
    const qint64 m_bytes;
    std::array<Half, 2> m_halves;
    std::size_t m_current = 0;
};

} // namespace novita
