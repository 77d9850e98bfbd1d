// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/cloud/types/instancerequest.h"

#include <QString>

namespace novita {

/// An action on one instance that ended badly.
struct ActionFailure
{
    InstanceId id;
    QString name;        ///< as shown
    InstanceRequest request;
    Error error;

    /// "Could not stop “trainer-a”"
    QString what() const;
    /// The same may simply be asked for again: it surely had no effect, and it is no refusal that stands. Whether the state allows it
    /// is another question.
    bool mayRepeat() const;
};

} // namespace novita
