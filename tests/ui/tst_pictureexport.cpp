// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/galleryroom.h"
#include "ui/gallery/exportdialog.h"
#include "ui/gallery/exportname.h"
#include "ui/gallery/pictureexport.h"

#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace novita;

/// Pictures that leave the gallery as files: what they are called, and that nothing is written over.
class TestPictureExport final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static Picture picture()
    {
        Picture out;
        out.file = QStringLiteral("originals/2027-01/0123456789abcdef0123456789abcdef.png");
        out.size = {96, 64};
        out.createdAt = secondsLater(0);
        out.prompt = QStringLiteral("a lighthouse, in the fog");
        out.model = QStringLiteral("dream_1");
        out.seed = 42;
        out.tags = {QStringLiteral("client"), QStringLiteral("sea")};
        return out;
    }
    QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

private slots:
    void init()
    {
        m_folder = QTemporaryDir();
        QVERIFY(m_folder.isValid());
    }

    void namesAreMadeOfWhatIsKnown()
    {
        QCOMPARE(exportname::stem(QStringLiteral("{number} {prompt} {model} {seed} {size} {tags}"), picture(), 7),
                 QStringLiteral("007 a lighthouse, in the fog dream_1 42 96x64 client sea"));
        const QString date = exportname::stem(exportname::defaultPattern(), picture(), 1);
        QVERIFY2(QDateTime::fromString(date, QStringLiteral("yyyy-MM-dd HH-mm-ss")).isValid(), qPrintable(date));
        Picture bare = picture();
        bare.seed.reset();
        bare.prompt.clear();
        QCOMPARE(exportname::stem(QStringLiteral("{seed}{prompt}"), bare, 1), date); // nothing is left
        QCOMPARE(exportname::stem(QStringLiteral("fog {seed} a"), bare, 1), QStringLiteral("fog a"));
    }

    void namesStayInTheFolder_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("up") << QStringLiteral("../../etc/passwd");
        QTest::newRow("backwards") << QStringLiteral("..\\..\\x");
        QTest::newRow("hidden") << QStringLiteral(".bashrc");
        QTest::newRow("option") << QStringLiteral("-rf *");
        QTest::newRow("drive") << QStringLiteral("C:\\x?<>|\"");
        QTest::newRow("lines") << QStringLiteral("a\nb\r\0c").left(6);
        QTest::newRow("turned") << QStringLiteral("a") + QChar(0x202e) + QStringLiteral("gnp.exe");
        QTest::newRow("long") << QString(5000, QChar(0x4e2d));
        QTest::newRow("pairs") << QString::fromUcs4(U"\U0001F5FC").repeated(500);
        QTest::newRow("half a pair") << QString(QChar(0xd83d)).repeated(50);
        QTest::newRow("blanks") << QStringLiteral("   ");
        QTest::newRow("field") << QStringLiteral("{seed}");
    }

    void namesStayInTheFolder()
    {
        QFETCH(QString, prompt);
        Picture hostile = picture();
        hostile.prompt = prompt;
        for (const QString &pattern :
             {QStringLiteral("{prompt}"), QStringLiteral("{prompt}{prompt}{prompt}{prompt}")}) {
            const QString name = exportname::stem(pattern, hostile, 1);
            QVERIFY(!name.isEmpty());
            QVERIFY(name.size() <= exportname::kMostLength);
            QVERIFY(name.toUtf8().size() <= exportname::kMostBytes);
            QVERIFY(!name.startsWith(QLatin1Char('.')) && !name.startsWith(QLatin1Char('-')));
            for (const QChar c : name)
                QVERIFY(!QStringLiteral("/\\:*?\"<>|").contains(c) && c.unicode() >= 0x20 && c.unicode() != 0x202e);
            QVERIFY(!name.back().isHighSurrogate());
        }
    }

    void patternsThatMeanNothingAreRefused()
    {
        QVERIFY(exportname::problem(exportname::defaultPattern()).isEmpty());
        for (const QString &field : exportname::fields())
            QVERIFY(exportname::problem(QStringLiteral("x {%1}").arg(field)).isEmpty());
        for (const char *bad : {"", "   ", "{what}", "{", "a}b", "{seed", "{date}/{time}", "a\\b", "{}"})
            QVERIFY2(!exportname::problem(QString::fromLatin1(bad)).isEmpty(), bad);
    }

    void nothingIsReplaced()
    {
        GalleryRoom room;
        const QList<PictureId> ids = room.fill(1);
        const Picture one = *await(room.store().read(ids.constFirst()));
        PictureExport exporter(room.images().files());
        ExportOrder order{m_folder.path(), QStringLiteral("same"), false};
        QFile there(m_folder.filePath(QStringLiteral("same.png")));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
        there.close();
        Result<PictureExportReport> report = await(exporter.start({one, one}, order));
        QVERIFY(report);
        QCOMPARE(report->written, 2);
        QCOMPARE(names(), (QStringList{QStringLiteral("same (2).png"), QStringLiteral("same (3).png"),
                                       QStringLiteral("same.png")}));
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), QByteArray("mine"));
        order.strips = true;
        report = await(exporter.start({one}, order));
        QCOMPARE(report->written, 1);
        QCOMPARE(names().size(), 4);
    }

    void whatCannotBeWrittenIsTold()
    {
        GalleryRoom room;
        const QList<PictureId> ids = room.fill(2);
        QList<Picture> both = *await(room.store().read(ids));
        PictureExport exporter(room.images().files());
        // The file of one is gone: the other one is written.
        QVERIFY(QFile::remove(room.images().files().path(both.constFirst().file)));
        Result<PictureExportReport> report = await(exporter.start(both, {m_folder.path(), {}, false}));
        QCOMPARE(report->written, 1);
        QCOMPARE(report->failed, 1);
        QVERIFY(report->problem.contains(QStringLiteral("cannot be read")));
        QCOMPARE(names().size(), 1);
        // Metadata that cannot be taken out are no reason to write them.
        both.first().file =
            room.images().files().saveOriginal("....ftypisom....", QStringLiteral("mp4"), secondsLater(1)).valueOr({});
        report = await(exporter.start(both.mid(0, 1), {m_folder.path(), {}, true}));
        QCOMPARE(report->failed, 1);
        QVERIFY(!report->problem.isEmpty());
        QCOMPARE(names().size(), 1);
        report = await(exporter.start(both.mid(1), {m_folder.filePath(QStringLiteral("nowhere")), {}, false}));
        QCOMPARE(report->failed, 1);
        QVERIFY2(report->problem.contains(QStringLiteral("could not be written to")), qPrintable(report->problem));
    }

    void theDialogShowsAnExampleAndWhatIsWrong()
    {
        GalleryRoom room;
        ExportDialog dialog(room.fixture().prompts(), {picture()},
                            {QStringLiteral("/tmp"), QStringLiteral("{seed}"), true}, nullptr);
        const auto says = [&dialog](const QString &words) {
            for (const QLabel *label : dialog.findChildren<QLabel *>()) {
                if (label->text().contains(words))
                    return true;
            }
            return false;
        };
        QVERIFY(says(QStringLiteral("For example: 42.png")));
        QCOMPARE(dialog.order(), (ExportOrder{QStringLiteral("/tmp"), QStringLiteral("{seed}"), true}));
        QCOMPARE(dialog.problem(), QString());
        dialog.show();
        const auto *form = dialog.findChild<QFormLayout *>();
        for (int row = 0; row < form->rowCount(); ++row) {
            const QWidget *label = form->itemAt(row, QFormLayout::LabelRole)->widget();
            const QWidget *field = form->itemAt(row, QFormLayout::FieldRole)->widget();
            const int words = label->contentsMargins().top() + label->fontMetrics().height() / 2;
            QVERIFY(std::abs(label->y() + words - field->geometry().center().y()) <= 2);
        }
        for (QLineEdit *field : dialog.findChildren<QLineEdit *>()) {
            QVERIFY(!field->accessibleName().isEmpty());
            if (field->accessibleName() == QLatin1String("Names"))
                field->setText(QStringLiteral("{nothing}"));
            else
                field->setText(QStringLiteral("relative"));
        }
        QVERIFY(says(QStringLiteral("{nothing} is none")));
        QVERIFY(dialog.problem().contains(QStringLiteral("whole path")));
    }
};

QTEST_MAIN(TestPictureExport)
#include "tst_pictureexport.moc"
