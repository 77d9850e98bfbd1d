// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/connectionstate.h"

#include <QTest>

using namespace novita;
using C = ConnectionState;

namespace {

const TimePoint kNow{Seconds(1767225600)};
const ConnectionFacts kAllWell{true, false, true, false};

C stateOf(const ClientStatus &status, const ConnectionFacts &facts = kAllWell)
{
    return connectionState(facts, status, kNow);
}

ClientStatus connected()
{
    ClientStatus status;
    status.lastSuccessAt = kNow;
    return status;
}

} // namespace

class TestConnectionState final : public QObject
{
    Q_OBJECT

private slots:
    void keyAndProfileComeFirst()
    {
        QCOMPARE(stateOf(connected(), {}), C::NoProfile);
        QCOMPARE(stateOf(connected(), {true, false, false, false}), C::NoKey);
        QCOMPARE(stateOf(connected(), {true, true, false, false}), C::Connecting);
        QCOMPARE(stateOf(connected(), {true, false, false, true}), C::KeyRejected);
    }

    void firstAnswer()
    {
        QCOMPARE(stateOf({}), C::Connecting);
        QCOMPARE(stateOf(connected()), C::Connected);
    }

    void pausesAndBreaker()
    {
        ClientStatus status = connected();
        status.pausedUntil = kNow + Seconds(5);
        QCOMPARE(stateOf(status), C::RateLimited);
        status.pausedUntil = kNow - Seconds(5);
        QCOMPARE(stateOf(status), C::Connected);
        status.breaker = BreakerState::Open;
        QCOMPARE(stateOf(status), C::BreakerOpen);
        status.breaker = BreakerState::HalfOpen;
        QCOMPARE(stateOf(status), C::Degraded);
    }

    void errors_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("expected");
        const auto add = [](const char *name, ErrorKind kind, C expected) {
            QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(expected);
        };
        add("network", ErrorKind::Network, C::Offline);
        add("tls", ErrorKind::Tls, C::Offline);
        add("timeout", ErrorKind::Timeout, C::Degraded);
        add("server", ErrorKind::Server, C::Degraded);
        add("not found", ErrorKind::NotFound, C::Connected);
        add("quota", ErrorKind::Quota, C::Connected);
    }

    void errors()
    {
        QFETCH(int, kind);
        QFETCH(int, expected);
        ClientStatus status = connected();
        status.lastError = Error::make(static_cast<ErrorKind>(kind), QStringLiteral("x"));
        QCOMPARE(static_cast<int>(stateOf(status)), expected);
    }
};

QTEST_GUILESS_MAIN(TestConnectionState)
#include "tst_connectionstate.moc"
