// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/instancestore.h"

#include <QJsonObject>
#include <QList>

#include <optional>

namespace novita {

/// An instance as the store holds it: a copy that any thread may read.
struct InstanceSnapshot
{
    Instance instance;
    InstanceExtra extra;
};

/// One instance for programs. Field names are those of the service whose clients this API is for; what is not known is left out.
///
/// No secret is in it: values of environment variables are masked, connection details are addresses without passwords, user info or query,
/// and free text is redacted. Pure.
QJsonObject instanceJson(const InstanceSnapshot &snapshot);

} // namespace novita
