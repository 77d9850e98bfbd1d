// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/responsecache.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;

class TestResponseCache : public QObject
{
    Q_OBJECT

private slots:
    void servesUntilTheCallersTtl();
    void invalidatesByKind();
    void doesNotKeepWhatWasAskedBeforeAnInvalidation();
    void isBoundedByEntriesLeastRecentFirst();
    void isBoundedByBytes();
    void replacesInPlace();

private:
    static ApiReply reply(int number) { return {200, QJsonValue(number), 0, {}, false, {}}; }
    FakeClock m_clock;
};

void TestResponseCache::servesUntilTheCallersTtl()
{
    ResponseCache cache;
    cache.insert(QStringLiteral("a"), QStringLiteral("products"), reply(1), 10, cache.ticket(), m_clock.steadyNow());
    m_clock.advance(Milliseconds(999));
    const auto hit = cache.find(QStringLiteral("a"), Seconds(1), m_clock.steadyNow());
    QVERIFY(hit);
    QVERIFY(hit->reply.fromCache);
    QCOMPARE(hit->reply.json, QJsonValue(1));
    QCOMPARE(hit->bytes, 10);
    m_clock.advance(Milliseconds(1));
    QVERIFY(!cache.find(QStringLiteral("a"), Seconds(1), m_clock.steadyNow()));
    QVERIFY(!cache.find(QStringLiteral("a"), Milliseconds(0), m_clock.steadyNow()));
    QVERIFY(cache.find(QStringLiteral("a"), Seconds(5), m_clock.steadyNow()));
    QVERIFY(!cache.find(QStringLiteral("b"), Seconds(5), m_clock.steadyNow()));
}

void TestResponseCache::invalidatesByKind()
{
    ResponseCache cache;
    cache.insert(QStringLiteral("a"), QStringLiteral("products"), reply(1), 10, cache.ticket(), m_clock.steadyNow());
    cache.insert(QStringLiteral("b"), QStringLiteral("instances"), reply(2), 10, cache.ticket(), m_clock.steadyNow());
    cache.invalidate(QStringLiteral("instances"));
    QVERIFY(cache.find(QStringLiteral("a"), Seconds(1), m_clock.steadyNow()));
    QVERIFY(!cache.find(QStringLiteral("b"), Seconds(1), m_clock.steadyNow()));
    cache.clear();
    QCOMPARE(cache.count(), 0);
    QCOMPARE(cache.bytes(), 0);
}

void TestResponseCache::doesNotKeepWhatWasAskedBeforeAnInvalidation()
{
    ResponseCache cache;
    const quint64 before = cache.ticket();
    cache.invalidate(QStringLiteral("instances"));
    cache.insert(QStringLiteral("a"), QStringLiteral("instances"), reply(1), 10, before, m_clock.steadyNow());
    QCOMPARE(cache.count(), 0);
    cache.insert(QStringLiteral("b"), QStringLiteral("products"), reply(1), 10, before, m_clock.steadyNow());
    QCOMPARE(cache.count(), 1);
    cache.insert(QStringLiteral("a"), QStringLiteral("instances"), reply(1), 10, cache.ticket(), m_clock.steadyNow());
    QCOMPARE(cache.count(), 2);
    const quint64 beforeClear = cache.ticket();
    cache.clear();
    cache.insert(QStringLiteral("b"), QStringLiteral("products"), reply(1), 10, beforeClear, m_clock.steadyNow());
    QCOMPARE(cache.count(), 0);
}

void TestResponseCache::isBoundedByEntriesLeastRecentFirst()
{
    ResponseCache cache(3, 1000);
    for (int i = 0; i < 3; ++i)
        cache.insert(QString::number(i), QStringLiteral("k"), reply(i), 1, cache.ticket(), m_clock.steadyNow());
    QVERIFY(cache.find(QStringLiteral("0"), Seconds(1), m_clock.steadyNow()));
    cache.insert(QStringLiteral("3"), QStringLiteral("k"), reply(3), 1, cache.ticket(), m_clock.steadyNow());
    QCOMPARE(cache.count(), 3);
    QVERIFY(cache.find(QStringLiteral("0"), Seconds(1), m_clock.steadyNow()));
    QVERIFY(!cache.find(QStringLiteral("1"), Seconds(1), m_clock.steadyNow()));
}

void TestResponseCache::isBoundedByBytes()
{
    ResponseCache cache(100, 1000);
    for (int i = 0; i < 10; ++i)
        cache.insert(QString::number(i), QStringLiteral("k"), reply(i), 240, cache.ticket(), m_clock.steadyNow());
    QCOMPARE(cache.count(), 4);
    QCOMPARE(cache.bytes(), 960);
    cache.insert(QStringLiteral("big"), QStringLiteral("k"), reply(0), 251, cache.ticket(), m_clock.steadyNow());
    QVERIFY(!cache.find(QStringLiteral("big"), Seconds(1), m_clock.steadyNow()));
    QCOMPARE(cache.count(), 4);
}

void TestResponseCache::replacesInPlace()
{
    ResponseCache cache;
    cache.insert(QStringLiteral("a"), QStringLiteral("k"), reply(1), 10, cache.ticket(), m_clock.steadyNow());
    cache.insert(QStringLiteral("a"), QStringLiteral("k"), reply(2), 20, cache.ticket(), m_clock.steadyNow());
    QCOMPARE(cache.count(), 1);
    QCOMPARE(cache.bytes(), 20);
    QCOMPARE(cache.find(QStringLiteral("a"), Seconds(1), m_clock.steadyNow())->reply.json, QJsonValue(2));
}

QTEST_APPLESS_MAIN(TestResponseCache)
#include "tst_responsecache.moc"
