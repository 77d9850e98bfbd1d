// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

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

} // namespace novita
