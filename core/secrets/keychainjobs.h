// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <optional>

/// QtKeychain's jobs as calls: the only place that includes QtKeychain. No plain-text fallback, no time limit (the caller has
/// one). A missing entry reads as nullopt and deletes as success; on a locked keyring QtKeychain says the same, so ask the
/// service first.
namespace novita::keychainjobs {

Call<std::optional<QString>> *read(const QString &service, const QString &key, QObject *parent);
Call<Done> *write(const QString &service, const QString &key, const QString &value, QObject *parent);
Call<Done> *remove(const QString &service, const QString &key, QObject *parent);

/// Has the library below QtKeychain drop its session with the Secret Service: one with a daemon that is gone fails all that
/// is asked of the daemon that took its place. The next job opens another.
void dropSession();

} // namespace novita::keychainjobs
