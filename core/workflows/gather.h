// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QList>

#include <functional>
#include <memory>
#include <vector>

namespace novita {

/// The results of several calls of one kind, in the order of the calls, once all of them stand. Nothing is told when
/// `context` dies before that.
template<typename T>
void gather(const QList<Call<T> *> &calls, const QObject *context, std::function<void(const std::vector<Result<T>> &)> done)
{
    struct State
    {
        std::vector<Result<T>> results;
        qsizetype open = 0;
    };
    auto state = std::make_shared<State>();
    state->open = calls.size();
    state->results.assign(static_cast<std::size_t>(calls.size()), Error::make(ErrorKind::Canceled, QStringLiteral("Canceled")));
    for (qsizetype i = 0; i < calls.size(); ++i) {
        calls.at(i)->onFinished(context, [state, i, done](const Result<T> &result) {
            state->results.at(static_cast<std::size_t>(i)) = result;
            if (--state->open == 0)
                done(state->results);
        });
    }
}

} // namespace novita
