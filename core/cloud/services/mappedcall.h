// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QPointer>

#include <functional>

namespace novita {

/// A call that ends with what `map` makes of the result of `inner`. Canceling it cancels `inner`; news of retries pass
/// through. Belongs to `parent`.
template<typename Out, typename In>
Call<Out> *mappedCall(QObject *parent, Call<In> *inner, std::function<Result<Out>(const Result<In> &)> map)
{
    auto *out = Call<Out>::create(parent);
    out->setCanceler([running = QPointer<CallBase>(inner)] {
        if (running)
            running->cancel();
    });
    QObject::connect(inner, &CallBase::retryScheduled, out, &CallBase::retryScheduled);
    inner->onFinished(out, [out, map = std::move(map)](const Result<In> &result) { out->resolve(map(result)); });
    return out;
}

} // namespace novita
