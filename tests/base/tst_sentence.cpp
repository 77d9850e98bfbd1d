// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

#include <QTest>

using namespace novita;

class TestSentence final : public QObject
{
    Q_OBJECT

private slots:
    void textsAreClosed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("closed");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("blank") << QStringLiteral(" \n") << QString();
        QTest::newRow("open") << QStringLiteral(" no room\n") << QStringLiteral("no room.");
        QTest::newRow("full stop") << QStringLiteral("No room. ") << QStringLiteral("No room.");
        QTest::newRow("question") << QStringLiteral("Why?") << QStringLiteral("Why?");
        QTest::newRow("ellipsis") << QStringLiteral("And then…") << QStringLiteral("And then…");
        QTest::newRow("ideographic") << QStringLiteral("好。") << QStringLiteral("好。");
        QTest::newRow("colon") << QStringLiteral("Because:") << QStringLiteral("Because:.");
    }
    void textsAreClosed()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, closed);
        QCOMPARE(closedSentence(text), closed);
        QCOMPARE(endsAsSentence(closed), !closed.isEmpty());
    }
    void whiteSpaceBehindIsNoEnd() { QVERIFY(!endsAsSentence(u"Done. ")); }
};

QTEST_GUILESS_MAIN(TestSentence)
#include "tst_sentence.moc"
