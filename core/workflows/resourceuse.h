// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/resourcekind.h"

#include <QStringList>

namespace novita {

struct Stores;

/// Names of what is known to use a resource: instances that mount a volume or are in a network, instances and templates of
/// one's own that need credentials. Empty for templates and prewarm tasks, which nothing holds on to.
QStringList resourceUsers(const Stores &stores, ResourceKind kind, const QString &id);

/// "“a” and “b” use it." Empty when there are none.
QString useSentence(const QStringList &users);

} // namespace novita
