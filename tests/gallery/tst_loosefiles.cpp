// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/loosefiles.h"
#include "core/gallery/originalname.h"
#include "core/gallery/picturestore.h"
#include "tests/gallery/imagesfile.h"

#include <QTest>

using namespace novita;

/// Each test on a file and a folder of its own.
class TestLooseFiles final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PictureFiles> m_files;
    std::unique_ptr<PictureStore> m_store;
    std::unique_ptr<LooseFiles> m_loose;

    /// As after a kill: nothing is known but what is on the disk.
    void restart()
    {
        m_file->reopen();
        m_store = std::make_unique<PictureStore>(m_file->database());
        m_loose = std::make_unique<LooseFiles>(m_file->database(), *m_files);
    }
    static QString nameOf(const QUuid &id)
    {
        return originalName(QStringLiteral("png"), secondsLater(0), id);
    }
    QString write(const QUuid &id) const
    {
        return m_files->saveOriginal("bytes", QStringLiteral("png"), secondsLater(0), id).value();
    }
    bool isThere(const QString &name) const { return QFile::exists(m_files->path(name)); }
    QList<PictureId> add(const QString &name)
    {
        Picture picture;
        picture.file = name;
        picture.createdAt = secondsLater(0);
        return await(m_store->add(kMine, {picture})).value();
    }
    int sweep() { return await(m_loose->sweep()).value(); }

private slots:
    void init()
    {
        m_file = std::make_unique<ImagesFile>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_files = std::make_unique<PictureFiles>(m_folder->path());
        restart();
    }
    void cleanup()
    {
        m_loose.reset();
        m_store.reset();
        m_file.reset();
    }

    void aKillOnTheWayInLeavesNoFile()
    {
        const QUuid id = QUuid::createUuid();
        QCOMPARE(await(m_loose->announce({nameOf(id)})).value(), QStringList());
        restart(); // before it was written
        QCOMPARE(await(m_loose->announce({nameOf(id)})).value(), QStringList());
        const QString name = write(id);
        QCOMPARE(name, nameOf(id));
        QVERIFY(m_files->saveSidecar(name, "{}").ok());
        restart(); // before its picture was written down
        QCOMPARE(sweep(), 1);
        QVERIFY(!isThere(name));
        QVERIFY(!QFile::exists(m_files->path(name) + QStringLiteral(".json")));
        QCOMPARE(sweep(), 0);
    }

    void whatArrivedStays()
    {
        const QUuid id = QUuid::createUuid();
        (void)await(m_loose->announce({nameOf(id)}));
        const QString name = write(id);
        QCOMPARE(add(name).size(), 1);
        restart();
        QCOMPARE(sweep(), 0);
        QVERIFY(isThere(name));
        // Announced once more, and not taken after all: a picture has it.
        (void)await(m_loose->announce({name}));
        QVERIFY(await(m_loose->withdraw({name})).ok());
        QVERIFY(isThere(name));
        (void)await(m_loose->announce({name}));
        restart();
        QCOMPARE(sweep(), 0);
        QVERIFY(isThere(name));
    }

    void whatIsWithdrawnGoes()
    {
        const QUuid id = QUuid::createUuid();
        (void)await(m_loose->announce({nameOf(id)}));
        const QString name = write(id);
        QVERIFY(await(m_loose->withdraw({name})).ok());
        QVERIFY(!isThere(name));
        QCOMPARE(sweep(), 0);
    }

    void aKillOnTheWayOutLeavesNoFile()
    {
        const QString name = write(QUuid::createUuid());
        const QList<PictureId> ids = add(name);
        QCOMPARE(await(m_store->remove(ids)).value(), QStringList{name});
        // Nobody writes where somebody deletes.
        QCOMPARE(await(m_loose->announce({name})).value(), QStringList{name});
        restart();
        QCOMPARE(sweep(), 1);
        QVERIFY(!isThere(name));
    }

    void tellsWhatBelongsToSomebody()
    {
        const QString taken = write(QUuid::createUuid());
        const QString nobodys = write(QUuid::createUuid());
        const QString incoming = nameOf(QUuid::createUuid());
        (void)add(taken);
        (void)await(m_loose->announce({incoming}));
        QCOMPARE(await(m_loose->claimed({taken, nobodys, incoming})).value(), (QStringList{taken, incoming}));
    }

    /// After the loss of images.sqlite that is all of them.
    void whatNobodyWroteDownIsNotTouched()
    {
        const QString name = write(QUuid::createUuid());
        QCOMPARE(sweep(), 0);
        QVERIFY(isThere(name));
    }

    void aFileThatLiesIsNoHarm()
    {
        const QString outside = m_folder->filePath(QStringLiteral("precious.png"));
        QFile file(outside);
        QVERIFY(file.open(QIODevice::WriteOnly));
        (void)await(m_loose->announce({QStringLiteral("../precious.png"), QStringLiteral("precious.png"), outside}));
        QCOMPARE(sweep(), 3);
        QVERIFY(file.exists());
    }
};

QTEST_GUILESS_MAIN(TestLooseFiles)
#include "tst_loosefiles.moc"
