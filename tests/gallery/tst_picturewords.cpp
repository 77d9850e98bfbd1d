// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturequery.h"
#include "core/gallery/picturewords.h"

#include <QDateTime>
#include <QTest>

using namespace novita;

class TestPictureWords : public QObject
{
    Q_OBJECT

private slots:
    void partsScriptsWithoutBlanks()
    {
        QCOMPARE(picturewords::indexed(QStringLiteral("a cat, 4k")), QStringLiteral("a cat, 4k"));
        QCOMPARE(picturewords::indexed(QStringLiteral("灯塔 dawn海")), QStringLiteral("灯 塔 dawn 海"));
        QCOMPARE(picturewords::indexed(QString(QChar(0))), QStringLiteral(" "));
        QCOMPARE(picturewords::indexed(QStringLiteral("ﬁne")), QStringLiteral("fine"));
        QCOMPARE(picturewords::indexed(QString()), QString());
    }

    void asks_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("question");
        const auto row = [](const char *name, const char *typed, const char *question) {
            QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(question);
        };
        row("nothing", "", "");
        row("blanks", " \t ", "");
        row("the last word may be a beginning", "red cat", "\"red\" AND \"cat\"*");
        row("a word that is over", "red cat ", "\"red\" AND \"cat\"");
        row("phrase", "\"red cat\"", "\"red cat\"");
        row("open quotation mark", "\"red cat", "\"red cat\"");
        row("without", "cat -dog ", "(\"cat\") NOT \"dog\"");
        row("without alone", "-dog ", "");
        row("operators are words", "cat AND NEAR(x) OR ", "\"cat\" AND \"AND\" AND \"NEAR(x)\" AND \"OR\"");
        row("marks alone", "* ( ^ : ", "");
        row("quotation mark inside", "5\"x ", "\"5 x\"");
        row("script without blanks", "灯塔 ", "\"灯 塔\"");
    }
    void asks()
    {
        QFETCH(QString, typed);
        QTEST(picturewords::question(typed), "question");
    }

    void asksForWhatIsNotThereAlone()
    {
        QCOMPARE(picturewords::exclusion(QStringLiteral("-dog -\"red cat\" ")), QStringLiteral("\"dog\" OR \"red cat\""));
        QCOMPARE(picturewords::exclusion(QStringLiteral("cat -dog ")), QString());
        QCOMPARE(picturewords::exclusion(QStringLiteral("- -* ")), QString());
        QCOMPARE(picturewords::exclusion(QString()), QString());
    }

    void manyWordsAreCut()
    {
        const QString typed = QStringLiteral("x ").repeated(1000);
        QCOMPARE(picturewords::question(typed).count(QLatin1Char('"')), 2 * picturewords::kMostTerms);
    }

    void readsFields()
    {
        const PictureQuery query =
            PictureQuery::fromText(QStringLiteral("red tag:\"two words\" model:sdxl is:starred is:video after:2026-11-01 before:2026-11-02 \"a b\" is:odd after:never x:y"));
        QCOMPARE(query.tags, QStringList{QStringLiteral("two words")});
        QCOMPARE(query.models, QStringList{QStringLiteral("sdxl")});
        QVERIFY(query.starredOnly);
        QCOMPARE(query.kind, MediaKind::Video);
        const auto day = [](int number) { return TimePoint(Milliseconds(QDate(2026, 11, number).startOfDay().toMSecsSinceEpoch())); };
        QCOMPARE(*query.from, day(1));
        QCOMPARE(*query.before, day(2));
        QCOMPARE(query.words, QStringLiteral("red \"a b\" is:odd after:never x:y"));
        const PictureQuery without = PictureQuery::fromText(
            QStringLiteral("-format:MP4 format:jpg -tag:\"two  words\" -model:sdxl -is:starred -is:video -format:tiff -is:odd -after:2026-11-02 -\"a b\""));
        QCOMPARE(without.formats, QStringList{QStringLiteral("jpeg")});
        QCOMPARE(without.exceptFormats, QStringList{QStringLiteral("mp4")});
        QCOMPARE(without.exceptTags, QStringList{QStringLiteral("two words")});
        QCOMPARE(without.exceptModels, QStringList{QStringLiteral("sdxl")});
        QVERIFY(without.unstarredOnly && !without.starredOnly);
        QCOMPARE(without.kind, MediaKind::Image);
        QCOMPARE(*without.before, day(2));
        QCOMPARE(without.words, QStringLiteral("-format:tiff -is:odd -\"a b\""));
        QCOMPARE(PictureQuery::fromText(QStringLiteral("cat ")).words, QStringLiteral("cat "));
        QCOMPARE(PictureQuery::fromText(QString()), PictureQuery());
    }
};

QTEST_GUILESS_MAIN(TestPictureWords)
#include "tst_picturewords.moc"
