// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plainfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace novita;

class TestPlainFile final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    bool make(const char *name, const QByteArray &bytes) const { return plainfile::write(at(name), bytes).ok(); }
    static std::optional<ErrorKind> kindOf(const Result<QByteArray> &read)
    {
        return read ? std::nullopt : std::optional(read.error().kind);
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsUpToTheLimit()
    {
        QVERIFY(make("a", "12345"));
        QCOMPARE(plainfile::read(at("a"), 5).value(), QByteArray("12345"));
        QCOMPARE(kindOf(plainfile::read(at("a"), 4)), ErrorKind::Validation);
        QCOMPARE(plainfile::startOf(at("a"), 4).value(), QByteArray("1234"));
        QCOMPARE(plainfile::startOf(at("a"), 40).value(), QByteArray("12345"));
        QVERIFY(make("empty", {}));
        QCOMPARE(plainfile::read(at("empty"), 0).value(), QByteArray());
    }

    void aFileThatIsLargerThanItSays()
    {
        if (!QFile::exists(QStringLiteral("/proc/self/status")))
            QSKIP("without /proc");
        // Its size is 0, and there is something in it.
        QVERIFY(plainfile::read(QStringLiteral("/proc/self/status"), 1024 * 1024).value().startsWith("Name:"));
        QCOMPARE(kindOf(plainfile::read(QStringLiteral("/proc/self/status"), 10)), ErrorKind::Validation);
    }

    /// None of these may keep the thread: the test would hang.
    void whatIsNoFileIsRefused()
    {
        QVERIFY(::mkfifo(QFile::encodeName(at("pipe")).constData(), 0600) == 0);
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder")));
        QVERIFY(QFile::link(at("pipe"), at("to a pipe")));
        for (const QString &path :
             {at("pipe"), at("to a pipe"), at("folder"), QStringLiteral("/dev/zero"), at("pipe/below")}) {
            QVERIFY2(!plainfile::read(path, 100).ok(), qPrintable(path));
            QVERIFY2(!plainfile::startOf(path, 100).ok(), qPrintable(path));
        }
        QCOMPARE(kindOf(plainfile::read(at("pipe"), 100)), ErrorKind::Storage);
        QCOMPARE(kindOf(plainfile::read(at("gone"), 100)), ErrorKind::NotFound);
        QCOMPARE(kindOf(plainfile::read(QString(), 100)), ErrorKind::NotFound);
    }

    void linksAreFollowedWhereTheyMay()
    {
        QVERIFY(make("a", "1"));
        QVERIFY(QFile::link(at("a"), at("link")));
        QCOMPARE(plainfile::read(at("link"), 9).value(), QByteArray("1"));
        QCOMPARE(kindOf(plainfile::read(at("link"), 9, plainfile::Links::Refuse)), ErrorKind::Storage);
    }

    void writesForTheOwnerAlone()
    {
        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(plainfile::write(at("mine"), "secret", plainfile::Readers::OwnerAlone).ok());
        QVERIFY(!(QFile::permissions(at("mine")) & others));
        QVERIFY(plainfile::write(at("mine"), "new", plainfile::Readers::OwnerAlone).ok());
        QCOMPARE(plainfile::read(at("mine"), 99).value(), QByteArray("new"));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("mine")});
    }

    void whatCannotBeWrittenStays()
    {
        const Result<Done> written = plainfile::write(at("no folder/a"), "1");
        QVERIFY(!written.ok());
        QCOMPARE(written.error().kind, ErrorKind::Storage);
        QVERIFY(!written.error().message.isEmpty());
        QVERIFY(!plainfile::write(m_folder->path(), "1").ok());
        QVERIFY(QDir(m_folder->path()).exists());
    }
};

QTEST_GUILESS_MAIN(TestPlainFile)
#include "tst_plainfile.moc"
