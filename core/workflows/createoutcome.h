// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/database/operationlog.h"

#include <QString>

namespace novita {

/// How a create ended.
struct CreateOutcome
{
    enum class Kind {
        Created, ///< the cloud gave an id
        Adopted, ///< the reply was lost; the instance was found by name and time and is ours
        Unknown, ///< the reply was lost and nothing was found: it may or may not exist; the person decides about a retry
    };
    Kind kind = Kind::Created;
    InstanceId id;        ///< empty for Unknown
    QString name;         ///< as sent: a free name may have been made of the draft's
    QString message;      ///< a sentence for Adopted and Unknown
};

/// Where in a batch a create belongs; without a batch: nowhere.
struct BatchPlace
{
    OperationId batch;
    int row = -1;         ///< from 0
    bool operator==(const BatchPlace &) const = default;
};

} // namespace novita
