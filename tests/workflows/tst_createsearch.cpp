// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createsearch.h"

#include <QTest>

using namespace novita;

namespace {

const TimePoint kAsked{Seconds(1767225600)};

Instance row(const char *id, const char *name, std::optional<TimePoint> created = {})
{
    Instance instance;
    instance.id = InstanceId(QString::fromLatin1(id));
    instance.name = QString::fromLatin1(name);
    instance.createdAt = created;
    return instance;
}

CreateTrace trace()
{
    CreateTrace out;
    out.name = QStringLiteral("trainer");
    out.productId = ProductId(QStringLiteral("4090"));
    out.knownBefore = {InstanceId(QStringLiteral("old"))};
    out.knowsAll = true;
    out.askedAt = kAsked;
    return out;
}

QString found(const QList<Instance> &rows)
{
    const Instance *match = trace().match(rows);
    return match ? match->id.toString() : QString();
}

} // namespace

class TestCreateSearch final : public QObject
{
    Q_OBJECT

private slots:
    void matchesByExactName()
    {
        QCOMPARE(found({row("a", "trainer-2"), row("b", "Trainer"), row("c", "trainer")}), QStringLiteral("c"));
        QCOMPARE(found({row("a", "trainer-2")}), QString());
    }

    void whatWasThereBeforeNeverMatches()
    {
        QCOMPARE(found({row("old", "trainer", kAsked + Seconds(1))}), QString());
    }

    void anOldInstanceOfTheSameNameComesLast()
    {
        const Instance old = row("a", "trainer", kAsked - std::chrono::hours(1));
        const Instance fresh = row("b", "trainer", kAsked + Seconds(5));
        QCOMPARE(found({old, fresh}), QStringLiteral("b"));
        QCOMPARE(found({fresh, old}), QStringLiteral("b"));
        QCOMPARE(found({old, row("c", "trainer")}), QStringLiteral("c"));
    }

    void clocksMayDifferByAnyAmount()
    {
        for (const std::chrono::minutes lead : {std::chrono::minutes(4), std::chrono::minutes(90), std::chrono::minutes(60 * 24 * 400)}) {
            QCOMPARE(found({row("a", "trainer", kAsked - lead)}), QStringLiteral("a"));
            QCOMPARE(found({row("a", "trainer", kAsked + lead)}), QStringLiteral("a"));
        }
    }

    /// Without a whole list from before the request an older instance may be anybody's.
    void withoutAWholeListAnOldOneIsNoMatch()
    {
        CreateTrace blind = trace();
        blind.knowsAll = false;
        const Instance old = row("a", "trainer", kAsked - std::chrono::minutes(11));
        const Instance undated = row("b", "trainer");
        const Instance fresh = row("c", "trainer", kAsked - std::chrono::minutes(9));
        QVERIFY(!blind.match({old, undated}));
        QVERIFY(blind.leavesDoubt({old}) && blind.leavesDoubt({undated}));
        QVERIFY(!blind.leavesDoubt({row("old", "trainer"), row("d", "other")}));
        QCOMPARE(blind.match({old, undated, fresh})->id.toString(), QStringLiteral("c"));
        QVERIFY(!blind.leavesDoubt({old, fresh}));
        QVERIFY(!CreateTrace().knowsAll);
    }

    void anotherProductIsNotOurs()
    {
        Instance other = row("a", "trainer");
        other.productId = ProductId(QStringLiteral("H100"));
        QCOMPARE(found({other}), QString());
    }

    void theEarliestOfSeveral()
    {
        QCOMPARE(found({row("late", "trainer", kAsked + Seconds(9)), row("early", "trainer", kAsked + Seconds(1))}), QStringLiteral("early"));
    }

    void freeNames()
    {
        const QSet<QString> taken{QStringLiteral("a"), QStringLiteral("a-2")};
        QCOMPARE(freeNameAmong(QStringLiteral("b"), taken), QStringLiteral("b"));
        QCOMPARE(freeNameAmong(QStringLiteral("a"), taken), QStringLiteral("a-3"));
        const QString longest(100, QLatin1Char('x'));
        const QString free = freeNameAmong(longest, {longest});
        QCOMPARE(free.size(), 100);
        QVERIFY(free.endsWith(QLatin1String("-2")));
    }

    void defaultNames()
    {
        Product product;
        product.name = QStringLiteral("RTX 4090 24GB (Pro)");
        QCOMPARE(defaultName(&product), QStringLiteral("rtx-4090-24gb-pro"));
        product.name = QString::fromUtf8("显卡");
        QCOMPARE(defaultName(&product), QStringLiteral("instance"));
        QCOMPARE(defaultName(nullptr), QStringLiteral("instance"));
    }
};

QTEST_GUILESS_MAIN(TestCreateSearch)
#include "tst_createsearch.moc"
