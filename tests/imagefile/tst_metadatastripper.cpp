// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatastripper.h"
#include "core/imagefile/metadatawriter.h"
#include "samples.h"

#include <QImage>
#include <QTest>

using namespace novita;

class TestMetadataStripper : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLeft_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"a1111.png", "a1111_itxt.png", "a1111_ztxt.png", "a1111.jpg", "a1111.webp", "comfyui.png", "comfyui.webp", "signed.png",
                                 "signed.jpg", "signed.webp", "plain.png", "plain.jpg", "plain.webp"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void nothingIsLeft()
    {
        QFETCH(QString, file);
        const QByteArray picture = sample(file);
        const Result<QByteArray> bare = withoutMetadata(picture);
        QVERIFY(bare.ok());
        const Result<ImageMetadata> read = readMetadata(*bare);
        QVERIFY(read.ok() && read->header.complete && !read->signedContent);
        QVERIFY(read->texts.isEmpty());
        QVERIFY(!bare->contains("lighthouse") && !bare->contains("jumb"));
        QCOMPARE(QImage::fromData(*bare), QImage::fromData(picture));
        if (file.startsWith(QLatin1String("plain")))
            QCOMPARE(*bare, picture);
    }

    void whatWeWroteGoesToo()
    {
        MetadataToWrite metadata;
        metadata.parameters.prompt = QStringLiteral("a harbour");
        metadata.json.insert(QStringLiteral("taskId"), QStringLiteral("t-1"));
        metadata.source = DigitalSource::TrainedAlgorithmicMedia;
        for (const char *format : {"png", "jpeg", "webp"}) {
            const QByteArray picture = painted(format);
            const Result<QByteArray> bare = withoutMetadata(writeMetadata(picture, metadata)->bytes);
            QVERIFY(bare.ok());
            QVERIFY(readMetadata(*bare)->texts.isEmpty() && readMetadata(*bare)->json.isEmpty());
            QCOMPARE(QImage::fromData(*bare), QImage::fromData(picture));
        }
        const QByteArray jpeg = painted("jpeg");
        QCOMPARE(*withoutMetadata(writeMetadata(jpeg, metadata)->bytes), *withoutMetadata(jpeg));
    }

    void orientationAndColoursOfAJpegStay()
    {
        const QByteArray exif("Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0", 32);
        const QByteArray profile = QByteArray("\xff\xe2\0\x14", 4) + QByteArray("ICC_PROFILE\0\1\1abcd", 18);
        const QByteArray picture = painted("jpeg").insert(2, QByteArray("\xff\xe1\0\x22", 4) + exif + profile + QByteArray("\xff\xfe\0\6note", 8));
        const Result<QByteArray> bare = withoutMetadata(picture);
        QVERIFY(bare.ok());
        QVERIFY(bare->contains(exif) && bare->contains(profile) && !bare->contains("note"));
    }

    void whatCannotBeReadIsRefused()
    {
        QCOMPARE(withoutMetadata("<html></html>").error().kind, ErrorKind::Protocol);
        QCOMPARE(withoutMetadata(painted("png").chopped(12)).error().kind, ErrorKind::Protocol);
        QCOMPARE(withoutMetadata(QByteArray("GIF89a\1\0\1\0\0\0\0;", 14)).error().kind, ErrorKind::Validation);
    }
};

QTEST_GUILESS_MAIN(TestMetadataStripper)
#include "tst_metadatastripper.moc"
