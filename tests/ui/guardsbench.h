// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/guards.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"

#include <QTemporaryDir>

namespace novita {

/// Gives a fixture a history file, so that rules can be kept, and takes up its profile.
class GuardsBench
{
public:
    explicit GuardsBench(UiFixture &fixture)
        : m_context(fixture.context())
    {
        m_context.history.open(m_dir.filePath(QStringLiteral("history.sqlite")));
        m_context.guards.setProfile(m_profile);
        settle();
    }
    /// What was asked of the file is answered, and what follows from it.
    void settle()
    {
        for (int round = 0; round < 4; ++round)
            static_cast<void>(await(m_context.history.rules.read(m_profile, QStringLiteral("idle"))));
    }
    /// Puts `id` into a countdown: it has run for longer than its rule allows.
    void countDown(const InstanceId &id)
    {
        IdleRule rule;
        rule.trigger = IdleRule::Trigger::RunTime;
        rule.minutes = IdleRule::kLeastMinutes;
        rule.dryRun = false;
        m_context.stores.instances.markRefreshed(m_context.clock.now());
        static_cast<void>(await(m_context.guards.idle.setRule(id, rule)));
        m_context.guards.idle.wake();
        settle();
    }

private:
    QTemporaryDir m_dir;
    UiContext m_context;
    const ProfileId m_profile{QStringLiteral("p")};
};

} // namespace novita
