// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/wildcardfolder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace novita;

class TestWildcardFolder : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    QString path(const QString &name) const { return m_home->filePath(name); }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    Result<WildcardFolder> readIt() const { return wildcardfolder::read(path(QStringLiteral("lists"))); }

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("lists")));
    }

    void readsLines()
    {
        write(QStringLiteral("lists/colour.txt"), "\xEF\xBB\xBF# a comment\nred\r\n\n  dark blue  \n\\#1\n  # too\ngr\xC3\xBCn");
        write(QStringLiteral("lists/place/by sea.TXT"), "harbour\n");
        write(QStringLiteral("lists/none.txt"), "");
        write(QStringLiteral("lists/readme.md"), "no list\n");
        write(QStringLiteral("lists/.hidden.txt"), "no list\n");
        const Result<WildcardFolder> read = readIt();
        QVERIFY(read.ok());
        QVERIFY2(read->problems.isEmpty(), qPrintable(read->problems.join(u'\n')));
        QCOMPARE(read->lists.names(), QStringList({QStringLiteral("colour"), QStringLiteral("none"), QStringLiteral("place/by sea")}));
        QCOMPARE(read->lists.lines(QStringLiteral("colour")),
                 QStringList({QStringLiteral("red"), QStringLiteral("dark blue"), QStringLiteral("\\#1"), QStringLiteral("gr\u00fcn")}));
        QVERIFY(read->lists.lines(QStringLiteral("none")).isEmpty());
        QVERIFY(!read->lists.contains(QStringLiteral("nowhere")));
    }

    void noFolderIsAnError()
    {
        QCOMPARE(wildcardfolder::read(path(QStringLiteral("nowhere"))).error().kind, ErrorKind::Storage);
        write(QStringLiteral("file"), "x");
        QCOMPARE(wildcardfolder::read(path(QStringLiteral("file"))).error().kind, ErrorKind::Storage);
        QVERIFY(wildcardfolder::read(path(QStringLiteral("lists"))).value().lists.isEmpty());
    }

    void linksAndPipesAreNotRead()
    {
        write(QStringLiteral("secret.txt"), "secret\n");
        write(QStringLiteral("elsewhere/secret.txt"), "secret\n");
        QVERIFY(QFile::link(path(QStringLiteral("secret.txt")), path(QStringLiteral("lists/link.txt"))));
        QVERIFY(QFile::link(path(QStringLiteral("elsewhere")), path(QStringLiteral("lists/folder"))));
        QVERIFY(QFile::link(path(QStringLiteral("lists")), path(QStringLiteral("lists/circle"))));
        QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path(QStringLiteral("lists/zero.txt"))));
        QCOMPARE(::mkfifo(QFile::encodeName(path(QStringLiteral("lists/pipe.txt"))).constData(), 0600), 0);
        write(QStringLiteral("lists/good.txt"), "x\n");
        const Result<WildcardFolder> read = readIt();
        QVERIFY(read.ok());
        QCOMPARE(read->lists.names(), QStringList{QStringLiteral("good")});
        for (const QString &name : {QStringLiteral("pipe"), QStringLiteral("zero"), QStringLiteral("gone")})
            QVERIFY(!wildcardfolder::textOf(path(QStringLiteral("lists")), name).ok());
    }

    void whatCannotBeUsedIsNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("Latin-1") << QStringLiteral("a") << QByteArray("gr\xFCn") << QStringLiteral("a: is no UTF-8");
        QTest::newRow("NUL") << QStringLiteral("a") << QByteArray("a\0b", 3) << QStringLiteral("a: is no UTF-8");
        QTest::newRow("large") << QStringLiteral("a") << QByteArray(1024 * 1024 + 1, 'x') << QStringLiteral("a: is larger");
        QTest::newRow("name") << QStringLiteral("a__b") << QByteArray("x") << QStringLiteral("a__b: is no name");
        QTest::newRow("other name") << QStringLiteral("a{b}") << QByteArray("x") << QStringLiteral("a{b}: is no name");
    }

    void whatCannotBeUsedIsNamed()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        write(QStringLiteral("lists/%1.txt").arg(name), bytes);
        write(QStringLiteral("lists/good.txt"), "x\n");
        const Result<WildcardFolder> read = readIt();
        QVERIFY(read.ok());
        QCOMPARE(read->problems.size(), 1);
        QVERIFY2(read->problems.first().startsWith(words), qPrintable(read->problems.first()));
        QCOMPARE(read->lists.names(), QStringList{QStringLiteral("good")});
    }

    void hasBounds()
    {
        write(QStringLiteral("lists/long.txt"), QByteArray("x\n").repeated(20'001) + QByteArray(5000, 'y'));
        for (int i = 0; i < 16; ++i)
            write(QStringLiteral("lists/z%1.txt").arg(i), QByteArray("line\n").repeated(209'000));
        write(QStringLiteral("lists/1/2/3/4/5/6/7/8/deep.txt"), "x\n");
        write(QStringLiteral("lists/1/2/3/4/5/6/7/8/9/deeper.txt"), "x\n");
        Result<WildcardFolder> read = readIt();
        QVERIFY(read.ok());
        QCOMPARE(read->lists.lines(QStringLiteral("long")).size(), WildcardLists::kMostLines);
        QVERIFY(read->problems.filter(QStringLiteral("first 20000 lines")).size() >= 1);
        for (int i = 0; i < 16; ++i)
            QVERIFY(QFile::remove(path(QStringLiteral("lists/z%1.txt").arg(i))));
        read = readIt();
        QVERIFY(read->lists.contains(QStringLiteral("1/2/3/4/5/6/7/8/deep")));
        QVERIFY(!read->lists.contains(QStringLiteral("1/2/3/4/5/6/7/8/9/deeper")));
        QCOMPARE(read->problems.filter(QStringLiteral("too deep")).size(), 1);
        for (int i = 0; i < 17; ++i)
            write(QStringLiteral("lists/w%1.txt").arg(i, 2, 10, QLatin1Char('0')), QByteArray(1024 * 1024, '\n'));
        QVERIFY(readIt()->problems.filter(QStringLiteral("16 MiB")).size() == 1);
    }

    void removesIntoTheTrash()
    {
        // There is no data folder yet: the trash is made with it, and the file lands nowhere else.
        qputenv("XDG_DATA_HOME", QFile::encodeName(path(QStringLiteral("data"))));
        const QString before = QDir::currentPath();
        QVERIFY(QDir().mkpath(path(QStringLiteral("here"))) && QDir::setCurrent(path(QStringLiteral("here"))));
        write(QStringLiteral("lists/colour.txt"), "red\n");
        const bool removed = wildcardfolder::remove(path(QStringLiteral("lists")), QStringLiteral("colour")).ok();
        QVERIFY(QDir::setCurrent(before));
        QVERIFY(removed);
        QVERIFY(!QFile::exists(path(QStringLiteral("lists/colour.txt"))));
        QCOMPARE(QDir(path(QStringLiteral("data/Trash/files"))).entryList(QDir::Files), QStringList{QStringLiteral("colour.txt")});
        QVERIFY(QDir(path(QStringLiteral("here"))).isEmpty());
    }

    void canBeStopped()
    {
        std::stop_source source;
        source.request_stop();
        QCOMPARE(wildcardfolder::read(path(QStringLiteral("lists")), source.get_token()).error().kind, ErrorKind::Canceled);
    }

    void linesHaveALongest()
    {
        QCOMPARE(WildcardLists::linesOf(QString(4096, u'x') + u'\n' + QString(4097, u'y')).size(), 1);
    }

    void listsHaveAMost()
    {
        WildcardLists lists;
        for (int i = 0; i <= WildcardLists::kMostLists; ++i)
            lists.insert(QString::number(i), {});
        QCOMPARE(lists.size(), WildcardLists::kMostLists);
        lists.insert(QStringLiteral("7"), {QStringLiteral("x")});
        QCOMPARE(lists.lines(QStringLiteral("7")), QStringList{QStringLiteral("x")});
    }
};

QTEST_GUILESS_MAIN(TestWildcardFolder)
#include "tst_wildcardfolder.moc"
