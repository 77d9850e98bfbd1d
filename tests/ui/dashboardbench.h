// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/activitystore.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"

#include <QTemporaryDir>

#include <cmath>
#include <cstdlib>

namespace novita {

/// A history of samples and events as a busy day makes them, for the dashboard. Opens a history file in a directory of its own, unless
/// the fixture has one.
class DashboardBench
{
public:
    explicit DashboardBench(UiFixture &fixture) : m_fixture(fixture), m_context(fixture.context()) {}

    bool open()
    {
        m_context.history.setProfile(ProfileId(QStringLiteral("p")), false);
        return await(m_context.history.database.open(m_dir.filePath(QStringLiteral("history.sqlite")))).ok();
    }

    /// One sample every two minutes for `hours` until now, but for a gap in the middle of `gap` minutes.
    void fillSamples(int hours, int gap = 40)
    {
        const TimePoint now = m_fixture.clock().now();
        const int minutes = hours * 60;
        for (int minute = minutes; minute >= 0; minute -= 2) {
            if (std::abs(minute - minutes / 2) * 2 < gap)
                continue;
            const double wave = std::sin(minute / 23.0);
            const double running = std::round(8 + 3 * std::sin(minute / 61.0));
            const double changing = minute % 50 < 12 ? 2 : 0;
            const double failed = minute % 170 < 14 ? 1 : 0;
            m_context.history.samples.append(m_context.history.profile(), now - std::chrono::minutes(minute),
                                             {{QStringLiteral("state/running"), running}, {QStringLiteral("state/changing"), changing},
                                              {QStringLiteral("state/stopped"), 4}, {QStringLiteral("state/failed"), failed},
                                              {QStringLiteral("burn/total"), running * 45000}, {QStringLiteral("balance"), 21240000.0 + minute * 7000},
                                              {QStringLiteral("requests/ok"), std::round(14 + 6 * wave)}, {QStringLiteral("requests/refused"), minute % 40 < 4 ? 2.0 : 0.0},
                                              {QStringLiteral("requests/limited"), minute % 90 < 6 ? 3.0 : 0.0}, {QStringLiteral("requests/failed"), minute % 120 < 4 ? 4.0 : 0.0},
                                              {QStringLiteral("latency/p50"), std::round(84 + 20 * wave)}, {QStringLiteral("latency/p95"), std::round(260 + 90 * wave)},
                                              {QStringLiteral("limiter/used"), std::round(30 + 22 * wave)}, {QStringLiteral("limiter/capacity"), 100},
                                              {QStringLiteral("webhooks/accepted"), std::round(24 + 15 * wave)}, {QStringLiteral("webhooks/duplicate"), minute % 30 < 8 ? 6.0 : 1.0},
                                              {QStringLiteral("webhooks/refused"), minute % 110 < 6 ? 8.0 : 0.0}, {QStringLiteral("webhooks/limited"), minute % 150 < 6 ? 12.0 : 0.0},
                                              {QStringLiteral("queue/depth"), minute % 60 < 4 ? 9.0 : 0.0}});
        }
    }

    void addEvents(int count)
    {
        for (int i = 0; i < count; ++i) {
            ActivityEvent event;
            event.at = m_fixture.clock().now() - std::chrono::seconds(40 * (count - i));
            event.severity = static_cast<EventSeverity>(i % 4);
            event.source = static_cast<EventSource>(i % 5);
            event.subjectId = QStringLiteral("i-%1").arg(i % 5);
            event.subjectName = QStringLiteral("worker-%1").arg(i % 5);
            event.text = i % 3 ? QStringLiteral("“worker-%1” is now: Running.").arg(i % 5)
                               : QStringLiteral("“worker-%1” failed: the image registry.example/team/trainer:22.04-cuda12.4 was not found in the registry.").arg(i % 5);
            m_context.stores.activity.addEvent(event);
        }
    }

private:
    UiFixture &m_fixture;
    UiContext m_context;
    QTemporaryDir m_dir;
};

} // namespace novita
