// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/sqltypes.h"
#include "core/gallery/promptlog.h"
#include "tests/gallery/imagesfile.h"

#include <QTest>

using namespace novita;

/// Each test on a file of its own.
class TestPromptLog : public QObject
{
    Q_OBJECT

    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<PromptLog> m_log;

    void remember(const QString &prompt, qint64 seconds, const QString &negative = {})
    {
        QVERIFY(await(m_log->remember(kMine, prompt, negative, secondsLater(seconds))).ok());
    }
    QStringList found(const QString &words, int limit = 100)
    {
        QStringList out;
        const QList<PromptEntry> all = await(m_log->find(kMine, words, limit)).value();
        for (const PromptEntry &entry : all)
            out.append(entry.prompt);
        return out;
    }

private slots:
    void init()
    {
        m_file = std::make_unique<ImagesFile>();
        QVERIFY(m_file->isOpen());
        m_log = std::make_unique<PromptLog>(m_file->database());
    }
    void cleanup()
    {
        m_log.reset();
        m_file.reset();
    }

    void theSameAgainCountsUp()
    {
        remember(QStringLiteral("cat"), 1);
        remember(QStringLiteral("dog"), 2, QStringLiteral("blur"));
        remember(QStringLiteral("cat"), 3);
        remember(QStringLiteral("cat"), 4, QStringLiteral("blur"));
        QCOMPARE(found({}), (QStringList{QStringLiteral("cat"), QStringLiteral("cat"), QStringLiteral("dog")}));
        const PromptEntry entry = await(m_log->find(kMine, {}, 100)).value().at(1);
        QCOMPARE(entry.uses, 2);
        QCOMPARE(entry.usedAt, secondsLater(3));
        QVERIFY(await(m_log->find(kOther, {}, 100)).value().isEmpty());
    }

    /// With a clock that was a year ahead for a while what is new would be the oldest, and the first to go.
    void aClockThatIsSetBackForgetsNothing()
    {
        remember(QStringLiteral("from the future"), 31'536'000);
        remember(QStringLiteral("old"), 31'536'001);
        remember(QStringLiteral("new"), 1);
        QCOMPARE(found({}).first(), QStringLiteral("new"));
        QVERIFY(await(m_log->find(kMine, {}, 100)).value().last().usedAt < secondsLater(1));
        remember(QStringLiteral("old"), 2);
        QCOMPARE(found({}).first(), QStringLiteral("old"));
    }

    void isSearched()
    {
        remember(QStringLiteral("a red cat"), 1);
        remember(QStringLiteral("a blue dog"), 2, QStringLiteral("cat"));
        QCOMPARE(found(QStringLiteral("cat")), (QStringList{QStringLiteral("a blue dog"), QStringLiteral("a red cat")}));
        QCOMPARE(found(QStringLiteral("re")), QStringList{QStringLiteral("a red cat")});
        QCOMPARE(found(QStringLiteral("-red ")), QStringList{QStringLiteral("a blue dog")});
        const qint64 id = await(m_log->find(kMine, QStringLiteral("red"), 1)).value().first().id;
        QVERIFY(await(m_log->forget({id})).ok());
        QVERIFY(found(QStringLiteral("red")).isEmpty());
    }

    void starredOnesStay()
    {
        remember(QStringLiteral("first"), 0);
        QVERIFY(await(m_log->setStarred(await(m_log->find(kMine, {}, 1)).value().first().id, true)).ok());
        remember(QStringLiteral("second"), 1);
        const Result<Done> many = await(m_file->database().run<Done>([](SqlSession &session) {
            return done(session.exec(QStringLiteral("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                                                    " INSERT INTO prompt (profile, prompt, negative, used_at, uses, starred) SELECT 'mine', i, '', ? + i, 1, 0 FROM n"),
                                     {PromptLog::kMostPrompts - 1, timeToSql(secondsLater(2))}));
        }));
        QVERIFY(many.ok());
        QCOMPARE(found(QStringLiteral("second ")).size(), 1);
        remember(QStringLiteral("one too many"), 100);
        QCOMPARE(found(QStringLiteral("first ")).size(), 1);
        QVERIFY(found(QStringLiteral("second ")).isEmpty());
    }

    void draftsOutliveARestart()
    {
        QVERIFY(await(m_log->saveDraft(kMine, QStringLiteral("prompt"), QStringLiteral("half a sent"))).ok());
        QVERIFY(await(m_log->saveDraft(kMine, QStringLiteral("prompt"), QStringLiteral("half a sentence"))).ok());
        m_file->reopen();
        m_log = std::make_unique<PromptLog>(m_file->database());
        QCOMPARE(await(m_log->draft(kMine, QStringLiteral("prompt"))).value(), QStringLiteral("half a sentence"));
        QCOMPARE(await(m_log->draft(kOther, QStringLiteral("prompt"))).value(), QString());
        QVERIFY(await(m_log->saveDraft(kMine, QStringLiteral("prompt"), {})).ok());
        QCOMPARE(await(m_log->draft(kMine, QStringLiteral("prompt"))).value(), QString());
        QCOMPARE(await(m_log->saveDraft(kMine, QStringLiteral("prompt"), QString(PromptLog::kMaxText + 1, QLatin1Char('x')))).error().kind, ErrorKind::Validation);
    }

    void stylesAreReplacedByName()
    {
        const PromptStyle film{QStringLiteral("film"), QStringLiteral("photo"), QStringLiteral("{prompt}, film grain"), QStringLiteral("cgi")};
        const PromptStyle ink{QStringLiteral("ink"), QStringLiteral(""), QStringLiteral("ink drawing"), {}};
        QVERIFY(await(m_log->saveStyles({film, ink})).ok());
        PromptStyle other = film;
        other.prompt = QStringLiteral("{prompt}, 35 mm");
        QVERIFY(await(m_log->saveStyles({other})).ok());
        QCOMPARE(await(m_log->styles()).value(), (QList<PromptStyle>{ink, other}));
        QCOMPARE(await(m_log->saveStyles({{QStringLiteral("new"), {}, {}, {}}, {QStringLiteral(" "), {}, {}, {}}})).error().kind, ErrorKind::Validation);
        QVERIFY(await(m_log->removeStyle({}, QStringLiteral("ink"))).ok());
        QCOMPARE(await(m_log->styles()).value(), QList<PromptStyle>{other});
    }
};

QTEST_GUILESS_MAIN(TestPromptLog)
#include "tst_promptlog.moc"
