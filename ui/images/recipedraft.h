// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>

namespace novita {

class PromptLog;

/// Keeps what a form holds, beside its prompts: written down at most kDelay after a change, and there again after any end of the program.
class RecipeDraft final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RecipeDraft)

public:
    static constexpr Milliseconds kDelay{300};

    /// `state` is asked for what there is to keep.
    RecipeDraft(PromptLog &log, std::function<QJsonObject()> state, QObject *parent = nullptr);
    /// Writes what was not written yet.
    ~RecipeDraft() override;

    /// Reads what `profile` had: opened() follows, unless another profile is opened before. Nothing is written until then.
    void open(const ProfileId &profile);
    /// state() may be another now.
    void noteChange();
    void flush();

signals:
    /// Empty when there was nothing, or it could not be read.
    void opened(const QJsonObject &state);

private:
    void write();

    PromptLog &m_log;
    const std::function<QJsonObject()> m_state;
    ProfileId m_profile;
    CallGuard m_reading;
    QTimer m_timer;
    QString m_saved;
};

} // namespace novita
