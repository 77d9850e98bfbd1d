// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/displaytext.h"

#include <QTest>

using namespace novita;

class TestDisplayText final : public QObject
{
    Q_OBJECT

private slots:
    void oneLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << u"trainer-a"_qs << u"trainer-a"_qs;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("blanks only") << u" \t\n\u00a0\u3000"_qs << QString();
        QTest::newRow("unseen only") << u"\u200b\ufeff\u202e"_qs << QString();
        QTest::newRow("lines") << u"  one\r\n two\u2028three "_qs << u"one two three"_qs;
        QTest::newRow("escape sequence") << u"a\x1b[31mb"_qs << u"a[31mb"_qs;
        QTest::newRow("direction turned") << u"exe.\u202egnp.sh\u2066"_qs << u"exe.gnp.sh"_qs;
        QTest::newRow("tags") << u"a"_qs + QString::fromUcs4(U"\U000E0041\U000E0042\U000E007F") + u"b"_qs << u"ab"_qs;
        QTest::newRow("private use") << u"a\ue000"_qs + QString::fromUcs4(U"\U000F0000\U0010FFFD") + u"b"_qs << u"ab"_qs;
        QTest::newRow("half a character") << u"a"_qs + QChar(0xD83D) + u"b"_qs + QChar(0xDE00) << u"ab"_qs;
        QTest::newRow("beyond the first plane") << QString::fromUcs4(U"\U0001F600 \U00020000") << QString::fromUcs4(U"\U0001F600 \U00020000");
        QTest::newRow("other scripts") << u"训练 \u0928\u094d\u200d"_qs << u"训练 \u0928\u094d\u200d"_qs;
    }
    void oneLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, line);
        QCOMPARE(displayLine(text), line);
    }

    void whatHasNoNameIsCalledByItsId()
    {
        QCOMPARE(displayName(u" RTX\n4090 ", u"p-1"), u"RTX 4090"_qs);
        QCOMPARE(displayName(u"\u200b \t", u"p-1"), u"p-1"_qs);
        QCOMPARE(displayName(u"", u"p\u202e-1"), u"p-1"_qs);
        QCOMPARE(displayName(u"", u""), QString());
    }

    void longTextIsCut()
    {
        QCOMPARE(displayLine(QString(10, u'x'), 10), QString(10, u'x'));
        QCOMPARE(displayLine(QString(11, u'x'), 10), QString(9, u'x') + u'…');
        // Never in the middle of a character.
        const QString emoji = QString::fromUcs4(U"\U0001F600").repeated(8);
        QCOMPARE(displayLine(emoji, 10), QString::fromUcs4(U"\U0001F600").repeated(4) + u'…');
        QCOMPARE(displayLine(QString(1 << 20, u'x')).size(), 256);
    }

    void pasting()
    {
        QVERIFY(isSafeToPaste(u"ssh -p 22 root@host"));
        QVERIFY(isSafeToPaste(u"pässwörd 密码 $;|"));
        for (const char16_t *bad : {u"a\nb", u"a\rb", u"a\x1b[A", u"a\tb", u"a\u202eb", u"a\u2028b", u"a\x7f"})
            QVERIFY2(!isSafeToPaste(bad), QString::fromUtf16(bad).toUtf8().toHex().constData());
        QVERIFY(!isSafeToPaste(QString(5000, u'x')));
        QVERIFY(!isSafeToPaste(u"a"_qs + QString::fromUcs4(U"\U000E0041")));
        QVERIFY(isSafeToPaste(QString::fromUcs4(U"\U0001F600\U00020000")));
        QVERIFY(!isSafeToPaste(u"a"_qs + QChar(0xD83D)));
    }
};

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_displaytext.moc"
