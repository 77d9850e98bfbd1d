// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QTest>

namespace novita {

/// Turns the event loop until the call has delivered; a Timeout error if it has not within `limit`.
template<typename T>
Result<T> await(Call<T> *call, std::chrono::milliseconds limit = std::chrono::seconds(15))
{
    std::optional<Result<T>> result;
    QObject context;
    call->onFinished(&context, [&result](const Result<T> &delivered) { result.emplace(delivered); });
    if (QTest::qWaitFor([&result] { return result.has_value(); }, int(limit.count())))
        return *result;
    return Error::make(ErrorKind::Timeout, QStringLiteral("The call did not deliver within the test's limit"));
}

} // namespace novita
