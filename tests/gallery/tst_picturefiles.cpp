// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturefiles.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

class TestPictureFiles : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    const TimePoint m_at{Seconds(1'800'000'000)}; // January 2027

    PictureFiles files() const { return PictureFiles(m_folder->filePath(QStringLiteral("gallery"))); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        // discard() uses the desktop's trash, and that must not be this one's.
        qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->filePath(QStringLiteral("data"))));
    }

    void keepsOriginals()
    {
        const QByteArray bytes("\x89PNG bytes");
        const QString name = files().saveOriginal(bytes, QStringLiteral("png"), m_at).value();
        QVERIFY(name.startsWith(QLatin1String("originals/2027-01/")));
        QVERIFY(name.endsWith(QLatin1String(".png")));
        QCOMPARE(files().read(name, 100).value(), bytes);
        QCOMPARE(files().read(name, 3).error().kind, ErrorKind::Validation);
        QCOMPARE(QFileInfo(files().path(name)).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(files().saveOriginal(bytes, QStringLiteral("png"), m_at).value() != name);
        QCOMPARE(files().saveOriginal(bytes, QStringLiteral("exe"), m_at).error().kind, ErrorKind::Validation);
    }

    /// Galleries written before JPEG files were named “.jpeg” have “.jpg”: they are read, and no more are written.
    void readsWhatEarlierGalleriesCalledIt()
    {
        const QString old = files().saveOriginal("a", QStringLiteral("jpeg"), m_at).value().chopped(4) + QStringLiteral("jpg");
        QVERIFY(old.endsWith(QLatin1String(".jpg")));
        QFile file(files().folder() + u'/' + old);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("abc") == 3);
        file.close();
        QCOMPARE(files().read(old, 100).value(), QByteArray("abc"));
        QVERIFY(files().saveThumbnail(old, QImage(8, 8, QImage::Format_RGB32)).ok());
        QVERIFY(!files().thumbnail(old).isNull());
        QVERIFY(files().discard({old}).isEmpty());
        QVERIFY(!QFile::exists(file.fileName()));
        QCOMPARE(files().saveOriginal("abc", QStringLiteral("jpg"), m_at).error().kind, ErrorKind::Validation);
        QCOMPARE(files().saveInput("abc", QStringLiteral("jpg")).error().kind, ErrorKind::Validation);
    }

    void keepsInputsOnce()
    {
        const QString name = files().saveInput("abc", QStringLiteral("png")).value();
        QCOMPARE(name, QStringLiteral("inputs/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png"));
        QCOMPARE(files().saveInput("abc", QStringLiteral("png")).value(), name);
        QCOMPARE(QDir(m_folder->filePath(QStringLiteral("gallery/inputs"))).entryList(QDir::Files).size(), 1);
    }

    void leavesNothingOutside_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "../secret.png", "/etc/passwd", "originals/2027-01/../../x.png", "originals/2027-01/00000000000000000000000000000000.sh",
                                 "originals/2027-01/0000000000000000000000000000000/.png", "thumbnails/ab/x", "inputs/a.png", "originals\\2027-01\\x.png"})
            QTest::newRow(*name ? name : "empty") << QString::fromLatin1(name);
    }
    void leavesNothingOutside()
    {
        QFETCH(QString, name);
        QVERIFY(files().path(name).isEmpty());
        QCOMPARE(files().read(name, 100).error().kind, ErrorKind::Validation);
        QCOMPARE(files().saveSidecar(name, "{}").error().kind, ErrorKind::Validation);
        QVERIFY(!files().saveThumbnail(name, QImage(8, 8, QImage::Format_RGB32)).ok());
        QVERIFY(files().thumbnail(name).isNull());
        QVERIFY(files().discard({name}).isEmpty());
    }

    void thumbnailsAreSmall()
    {
        const QString name = files().saveOriginal("x", QStringLiteral("png"), m_at).value();
        QVERIFY(files().thumbnail(name).isNull());
        QImage large(1600, 800, QImage::Format_RGB32);
        large.fill(Qt::red);
        QCOMPARE(files().saveThumbnail(name, large).value().size(), QSize(320, 160));
        QCOMPARE(files().thumbnail(name).size(), QSize(320, 160));
        QVERIFY(qRed(files().thumbnail(name).pixel(100, 100)) > 240);
    }

    void whatShinesThroughStaysSo()
    {
        const QString name = files().saveOriginal("x", QStringLiteral("png"), m_at).value();
        QImage clear(64, 64, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        QVERIFY(files().saveThumbnail(name, clear).ok());
        QCOMPARE(qAlpha(files().thumbnail(name).pixel(10, 10)), 0);
    }

    void aBrokenThumbnailIsNone()
    {
        const QString name = files().saveOriginal("x", QStringLiteral("png"), m_at).value();
        QVERIFY(files().saveThumbnail(name, QImage(64, 64, QImage::Format_RGB32)).ok());
        const QString stem = QFileInfo(name).completeBaseName();
        QFile file(QStringLiteral("%1/thumbnails/%2/%3").arg(files().folder(), stem.left(2), stem));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no picture");
        file.close();
        QVERIFY(files().thumbnail(name).isNull());
    }

    void discardsAllOfAPicture()
    {
        const QString name = files().saveOriginal("x", QStringLiteral("png"), m_at).value();
        QCOMPARE(files().saveSidecar(name, "{}").value(), name + QLatin1String(".json"));
        QVERIFY(files().saveThumbnail(name, QImage(8, 8, QImage::Format_RGB32)).ok());
        QVERIFY(files().discard({name, name}).isEmpty());
        QVERIFY(!QFile::exists(files().path(name)));
        QVERIFY(!QFile::exists(files().path(name) + QLatin1String(".json")));
        QVERIFY(files().thumbnail(name).isNull());
        // Into the trash, although there was none, and nowhere else.
        const QDir trash(m_folder->filePath(QStringLiteral("data/Trash/files")));
        QCOMPARE(trash.entryList(QDir::Files).size(), 2);
        QVERIFY(!QDir(QStringLiteral("info")).exists());
    }

    void sweepsWhatKilledWritesLeft()
    {
        const QString original = files().saveOriginal("a", QStringLiteral("png"), m_at).value();
        const QString input = files().saveInput("b", QStringLiteral("webp")).value();
        QVERIFY(files().saveSidecar(original, "{}").ok());
        const TimePoint now(Milliseconds(QDateTime::currentMSecsSinceEpoch()));
        const auto put = [this](const QString &name, int age) {
            QFile file(files().folder() + u'/' + name);
            return file.open(QIODevice::WriteOnly) && file.write("abc") == 3 && file.flush() &&
                   file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-age), QFileDevice::FileModificationTime);
        };
        const QStringList leftOver{original + QStringLiteral(".aBcDeF"), original + QStringLiteral(".json.xYzXyZ"), input + QStringLiteral(".QqQqQq")};
        for (const QString &name : leftOver)
            QVERIFY(put(name, 3700));
        // What is being written, and what somebody else has put there.
        const QStringList others{input + QStringLiteral(".zZzZzZ"), QStringLiteral("inputs/holiday.png"), QStringLiteral("originals/notes.backup"),
                                 QStringLiteral("originals/.hidden")};
        for (int i = 0; i < others.size(); ++i)
            QVERIFY(put(others.at(i), i == 0 ? 3500 : 3700));
        QCOMPARE(files().sweep(now), 3);
        for (const QString &name : leftOver)
            QVERIFY2(!QFile::exists(files().folder() + u'/' + name), qPrintable(name));
        const QStringList kept = others + QStringList{original, original + QStringLiteral(".json"), input};
        for (const QString &name : kept)
            QVERIFY2(QFile::exists(files().folder() + u'/' + name), qPrintable(name));
        QCOMPARE(files().sweep(now), 0);
        QCOMPARE(PictureFiles(m_folder->filePath(QStringLiteral("none"))).sweep(now), 0);
    }

    void saysWhenItCannotWrite()
    {
        QFile file(m_folder->filePath(QStringLiteral("gallery"))); // in the folder's place
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Result<QString> saved = files().saveOriginal("x", QStringLiteral("png"), m_at);
        QCOMPARE(saved.error().kind, ErrorKind::Storage);
        QVERIFY(!saved.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPictureFiles)
#include "tst_picturefiles.moc"
