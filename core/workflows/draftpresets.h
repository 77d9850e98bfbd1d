// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instancedraft.h"

#include <QStringList>

namespace novita {

class Settings;

/// Drafts that a person saved under a name, in the settings of the profile, since they hold ids of its account. Secrets are not
/// kept: variables whose name or value gives one away keep only their name, and so does a command in which one is recognised.
/// Thread: UI thread.
class DraftPresets final
{
    Q_DISABLE_COPY_MOVE(DraftPresets)

public:
    static constexpr int kMost = 50;

    explicit DraftPresets(Settings &settings) : m_settings(settings) {}

    QStringList names() const; ///< in alphabetical order
    /// A new draft when there is none of that name.
    InstanceDraft load(const QString &name) const;
    /// Replaces one of the same name. Result: what was left out ("HF_TOKEN", "command"). An Error when there are kMost, when it has
    /// no name, or when the settings cannot take it.
    Result<QStringList> save(const QString &name, const InstanceDraft &draft);
    Result<Done> remove(const QString &name);

private:
    Settings &m_settings;
};

} // namespace novita
