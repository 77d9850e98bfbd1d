// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/tablefile.h"

#include "core/base/plainfile.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QtConcurrentRun>

namespace novita {

namespace {

/// Empty when it is written, else why not.
QString write(const TextTable &table, TableFormat format, const QString &path)
{
    const QByteArray bytes = format == TableFormat::Json ? toJson(table) : toCsv(table);
    const Result<Done> written = plainfile::write(path, bytes);
    return written ? QString() : written.error().message;
}

} // namespace

Call<Done> *saveTable(const TextTable &table, TableFormat format, const QString &path, QObject *parent)
{
    auto *call = Call<Done>::create(parent);
    auto *watcher = new QFutureWatcher<QString>(parent);
    QObject::connect(watcher, &QFutureWatcher<QString>::finished, watcher, [watcher, out = QPointer<Call<Done>>(call)] {
        const QString problem = watcher->result();
        watcher->deleteLater();
        if (out)
            out->resolve(problem.isEmpty() ? Result<Done>(Done{}) : Result<Done>(Error::make(ErrorKind::Storage, problem)));
    });
    watcher->setFuture(QtConcurrent::run(&write, table, format, path));
    return call;
}

} // namespace novita
