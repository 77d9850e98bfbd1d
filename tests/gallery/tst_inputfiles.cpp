// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "core/gallery/inputfiles.h"
#include "core/gallery/picturestore.h"
#include "core/gallery/promptlog.h"
#include "tests/gallery/imagesfile.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace novita;

/// Each test on a file and a folder of its own. The files are of now, so the file knows of a day ago and more.
class TestInputFiles final : public QObject
{
    Q_OBJECT

    static constexpr int kDay = 24 * 3600;

    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PictureFiles> m_files;
    std::unique_ptr<InputFiles> m_inputs;

    static TimePoint ago(int seconds)
    {
        return TimePoint(Milliseconds(QDateTime::currentMSecsSinceEpoch())) - Seconds(seconds);
    }
    /// Saved so many seconds ago.
    QString write(const QByteArray &bytes, int age) const
    {
        const QString name = m_files->saveInput(bytes, QStringLiteral("png")).value();
        return setAge(name, age) ? name : QString();
    }
    bool setAge(const QString &name, int age) const
    {
        QFile file(m_files->path(name));
        return file.open(QIODevice::ReadWrite) &&
               file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-age), QFileDevice::FileModificationTime);
    }
    bool isThere(const QString &name) const { return QFile::exists(m_files->path(name)); }
    void addJob(const QJsonObject &recipe, const QJsonObject &inputs, ImageJobState state = ImageJobState::Waiting)
    {
        ImageJob job;
        job.id = ImageJobLog::newId();
        job.profile = kOther;
        job.recipe = recipe;
        job.inputs = inputs;
        job.createdAt = ago(10 * kDay);
        ImageJobLog log(m_file->database());
        job = await(log.add({job})).value().first();
        job.state = state;
        QVERIFY(await(log.save(job)).ok());
    }
    int sweep() { return await(m_inputs->sweep(ago(0))).value(); }

private slots:
    void init()
    {
        m_file = std::make_unique<ImagesFile>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_files = std::make_unique<PictureFiles>(m_folder->path());
        m_inputs = std::make_unique<InputFiles>(m_file->database(), *m_files);
    }
    void cleanup()
    {
        m_inputs.reset();
        m_file.reset();
    }

    void whatNobodyNamesGoes()
    {
        QCOMPARE(sweep(), 0); // there is not even a folder
        const QString waiting = write("waiting", 2 * kDay), ended = write("ended", 2 * kDay),
                      deep = write("deep", 2 * kDay), drawn = write("drawn", 2 * kDay),
                      typed = write("typed", 2 * kDay), fresh = write("fresh", kDay / 2),
                      nobodys = write("nobody's", 2 * kDay);
        addJob({}, {{QStringLiteral("image"), waiting}});
        addJob({}, {{QStringLiteral("image"), ended}}, ImageJobState::Failed); // it may be done again
        addJob({{QStringLiteral("units"), QJsonArray{QJsonObject{{QStringLiteral("image"), deep}}}}}, {},
               ImageJobState::Done);
        Picture picture;
        picture.file = QStringLiteral("originals/2027-01/%1.png").arg(QString(32, QLatin1Char('a')));
        picture.recipe = {{QStringLiteral("image"), drawn}};
        picture.trashedAt = ago(kDay);
        QVERIFY(await(PictureStore(m_file->database()).add(kMine, {picture})).ok());
        QVERIFY(await(PromptLog(m_file->database())
                          .saveDraft(kMine, QStringLiteral("recipe"), QStringLiteral("{\"image\":\"%1\"}").arg(typed)))
                    .ok());

        QCOMPARE(sweep(), 1);
        QVERIFY(!isThere(nobodys));
        for (const QString &name : {waiting, ended, deep, drawn, typed, fresh})
            QVERIFY2(isThere(name), qPrintable(name));
        QCOMPARE(sweep(), 0);
    }

    /// Somebody drops the same picture once more, and has not started the job yet.
    void savedAnewItIsInUse()
    {
        addJob({}, {});
        const QString name = write("a", 2 * kDay);
        QCOMPARE(m_files->saveInput("a", QStringLiteral("png")).value(), name);
        QCOMPARE(sweep(), 0);
        QVERIFY(isThere(name));
        QVERIFY(setAge(name, 2 * kDay));
        QCOMPARE(sweep(), 1);
    }

    /// After the loss of images.sqlite.
    void whatIsOlderThanAllThatIsKnownStays()
    {
        const QString old = write("old", 20 * kDay), later = write("later", 5 * kDay);
        QCOMPARE(sweep(), 0); // nothing is known at all
        addJob({}, {});
        QCOMPARE(sweep(), 1);
        QVERIFY(isThere(old) && !isThere(later));
    }

    void whatIsNotOursStays()
    {
        addJob({}, {});
        QVERIFY(!write("a", 2 * kDay).isEmpty());
        const QString theirs = m_folder->filePath(QStringLiteral("inputs/holiday.png"));
        QFile file(theirs);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-2 * kDay),
                                                                    QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(sweep(), 1);
        QVERIFY(QFile::exists(theirs));
    }
};

QTEST_GUILESS_MAIN(TestInputFiles)
#include "tst_inputfiles.moc"
