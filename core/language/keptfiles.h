// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"

#include <QByteArray>
#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <functional>
#include <optional>
#include <utility>

namespace novita {

/// Small files of one folder, read and written whole on a thread of its own and in the order in which that was asked for: what was written before is what a
/// read finds. Thread: the owner's; only the end waits, until the last file is written.
class KeptFiles final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeptFiles)

public:
    /// Made when the first file is written.
    explicit KeptFiles(QString folder, QObject *parent = nullptr);
    ~KeptFiles() override;

    /// nullopt when there is no such file, or it is empty; ErrorKind::Storage when it cannot be read or is larger than `most` bytes. `decode` is called on the
    /// thread that reads.
    template<typename T>
    Call<std::optional<T>> *read(const QString &name, qint64 most, Result<T> (*decode)(const QByteArray &))
    {
        using Out = std::optional<T>;
        return run<Out>([this, name, path = m_folder + QLatin1Char('/') + name, most, decode]() -> Result<Out> {
            const Result<QByteArray> bytes = readWhole(path, most);
            Result<Out> out = bytes ? Result<Out>(Out()) : Result<Out>(bytes.error());
            if (bytes && !bytes->isEmpty()) {
                Result<T> decoded = decode(*bytes);
                out = decoded ? Result<Out>(std::move(decoded).value()) : Result<Out>(decoded.error());
            }
            noteRead(name, out.ok());
            return out;
        });
    }
    /// `bytes` is made on the thread that writes and must own what it uses. The file is replaced as a whole or stays; nobody else of this computer may read it.
    /// With `setAsideAt`, the time that it is, a file that the last read() could not take is not lost: it is renamed to NAME.damaged-TIME.json before. Where it
    /// cannot be, nothing is written.
    Call<Done> *write(const QString &name, std::function<QByteArray()> bytes, std::optional<TimePoint> setAsideAt = std::nullopt);
    /// All files that nameFor() names after `key` go, and those that were set aside in their place.
    Call<Done> *forget(const QString &key);
    /// Reads and writes that were asked for and are not done.
    int underWay() const { return m_underWay; }

    /// `stem`-`key`.json, whatever characters the key has; the stem: letters.
    static QString nameFor(const QString &stem, const QString &key);

private:
    template<typename T>
    Call<T> *run(std::function<Result<T>()> work)
    {
        auto *call = Call<T>::create(this);
        auto *watcher = new QFutureWatcher<Result<T>>(this);
        ++m_underWay;
        connect(watcher, &QFutureWatcherBase::finished, watcher, [this, watcher, out = QPointer<Call<T>>(call)] {
            watcher->deleteLater();
            --m_underWay;
            if (out)
                out->resolve(watcher->result());
        });
        watcher->setFuture(QtConcurrent::run(&m_pool, std::move(work)));
        return call;
    }
    static Result<QByteArray> readWhole(const QString &path, qint64 most);
    void noteRead(const QString &name, bool taken);

    const QString m_folder;
    QSet<QString> m_unread; ///< names of files that could not be taken; the pool's one thread alone touches it
    int m_underWay = 0;
    QThreadPool m_pool; ///< last: its end waits for what uses the others
};

} // namespace novita
