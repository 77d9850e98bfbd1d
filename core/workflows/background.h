// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QtConcurrentRun>

#include <functional>
#include <utility>

namespace novita {

/// Carries out `work`, which must own what it uses, on a thread of the global pool. The call delivers what it returns; a call that was
/// withdrawn drops it. `parent` (the caller's thread) owns the call. T is copied: give large things as std::shared_ptr.
template<typename T>
Call<T> *inBackground(std::function<T()> work, QObject *parent)
{
    auto *call = Call<T>::create(parent);
    auto *watcher = new QFutureWatcher<T>(parent);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, out = QPointer<Call<T>>(call)] {
        watcher->deleteLater();
        if (out)
            out->resolve(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run(std::move(work)));
    return call;
}

} // namespace novita
