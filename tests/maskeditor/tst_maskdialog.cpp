// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"
#include "tests/support/scriptedprompts.h"
#include "ui/maskeditor/maskdialog.h"
#include "ui/maskeditor/maskview.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QApplication>
#include <QBuffer>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace novita;

/// What the dialog reads, refuses, asks and hands out.
class TestMaskDialog final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MaskDialog> m_dialog;
    QTemporaryDir m_folder;

    static QByteArray png(QSize size, Qt::GlobalColor color)
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }
    static FieldSpec field()
    {
        FieldSpec made;
        made.name = QStringLiteral("mask");
        made.label = QStringLiteral("Mask");
        made.type = FieldType::Mask;
        made.note = QStringLiteral("White is painted anew.");
        return made;
    }
    void open(const MaskRequest &request)
    {
        m_dialog = std::make_unique<MaskDialog>(*m_theme, *m_prompts, request);
        m_dialog->open();
        QTRY_VERIFY(!m_dialog->isBusy());
    }
    void open(QSize size = {120, 80}) { open(MaskRequest{png(size, Qt::darkCyan), {}, field()}); }
    QPushButton *button(const char *text) const
    {
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->text() == QString::fromUtf8(text))
                return one;
        }
        return nullptr;
    }
    QString said() const
    {
        const auto *banner = m_dialog->findChild<ErrorBanner *>();
        return banner->isShowing() ? banner->sentence() : QString();
    }
    QString write(const char *name, const QByteArray &bytes) const
    {
        const QString path = m_folder.filePath(QString::fromUtf8(name));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
    }

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->apply(ColorScheme::Light, 100);
        m_prompts = std::make_unique<ScriptedPrompts>();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_prompts.reset();
        m_theme.reset();
    }

    void handsOutTheMask()
    {
        open();
        QVERIFY(!button("Use mask")->isEnabled()); // nothing is painted yet
        m_dialog->view().fillMask();
        QSignalSpy ready(m_dialog.get(), &MaskDialog::maskReady);
        button("Use mask")->click();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(m_dialog->isHidden());
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        const Result<QImage> mask = decodeImage(ready.first().first().toByteArray());
        QVERIFY(mask.ok());
        QCOMPARE(mask->size(), QSize(120, 80));
        QCOMPARE(mask->pixelColor(60, 40), QColor(Qt::white));
        QVERIFY(m_prompts->asked().isEmpty());
    }

    void goesOnWithAnEarlierMask()
    {
        open(MaskRequest{png({120, 80}, Qt::darkCyan), png({120, 80}, Qt::white), field()});
        QCOMPARE(m_dialog->view().mask().coverage(), 1.0);
        QVERIFY(!m_dialog->view().mask().isModified());
        QVERIFY(said().isEmpty());
        m_dialog->reject(); // nothing was changed: nothing to ask
        QVERIFY(m_dialog->isHidden());
        QVERIFY(m_prompts->asked().isEmpty());
        open(MaskRequest{png({120, 80}, Qt::darkCyan), png({50, 50}, Qt::white), field()});
        QVERIFY(said().contains(QLatin1String("another shape")));
        open(MaskRequest{png({120, 80}, Qt::darkCyan), QByteArrayLiteral("<html>"), field()});
        QVERIFY(said().startsWith(QLatin1String("The earlier mask cannot be read")));
        QVERIFY(m_dialog->view().mask().isEmpty());
    }

    void asksBeforeStrokesAreLost()
    {
        open();
        m_dialog->view().fillMask();
        m_dialog->reject();
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_prompts->asked().size(), 1);
        m_prompts->answerNext(true);
        m_dialog->reject();
        QVERIFY(m_dialog->isHidden());
        open();
        m_dialog->view().fillMask();
        m_dialog->view().undo();
        m_dialog->reject();
        QVERIFY(m_dialog->isHidden());
        QCOMPARE(m_prompts->asked().size(), 2);
    }

    void whatIsNoPictureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray bomb = png({4, 4}, Qt::black);
        bomb.replace(16, 8, QByteArray::fromHex("0007ffff0007ffff"));
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("page") << QByteArrayLiteral("<!DOCTYPE html><html></html>");
        QTest::newRow("bomb") << bomb;
        QTest::newRow("cut") << png({400, 400}, Qt::red).left(60);
    }
    void whatIsNoPictureIsRefused()
    {
        QFETCH(QByteArray, bytes);
        open(MaskRequest{bytes, {}, field()});
        QVERIFY(said().startsWith(QLatin1String("The picture cannot be opened. ")));
        QVERIFY(!button("Use mask")->isEnabled());
        QVERIFY(!button("Import mask…")->isEnabled());
        m_dialog->reject();
        QVERIFY(m_dialog->isHidden());
        // The same as a mask leaves what is there.
        open();
        m_dialog->view().fillMask();
        m_dialog->importFrom(write("bad.png", bytes));
        QTRY_VERIFY(!m_dialog->isBusy());
        QVERIFY(said().startsWith(QLatin1String("bad.png was not imported. ")));
        QCOMPARE(m_dialog->view().mask().coverage(), 1.0);
    }

    void limitsOfTheFieldAreSaidAtOnce_data()
    {
        QTest::addColumn<ImageLimits>("limits");
        QTest::addColumn<QString>("sentence");
        ImageLimits pixels;
        pixels.mostPixels = 5000;
        QTest::newRow("pixels") << pixels << QStringLiteral("Mask: the picture has 120 × 80 pixels; at most 5,000 in all are taken.");
        ImageLimits side;
        side.mostSide = 100;
        QTest::newRow("side") << side << QStringLiteral("Mask: the picture has 120 × 80 pixels; each side may have at most 100.");
        ImageLimits least;
        least.leastSide = 128;
        QTest::newRow("least") << least << QStringLiteral("Mask: the picture has 120 × 80 pixels; each side must have at least 128.");
    }
    void limitsOfTheFieldAreSaidAtOnce()
    {
        QFETCH(ImageLimits, limits);
        QFETCH(QString, sentence);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        FieldSpec limited = field();
        limited.image = limits;
        open(MaskRequest{png({120, 80}, Qt::darkCyan), {}, limited});
        QCOMPARE(said(), sentence);
        m_dialog->view().fillMask();
        QVERIFY(!button("Use mask")->isEnabled());
    }

    void tooLargeAFileIsNotHandedOut()
    {
        FieldSpec limited = field();
        limited.image.mostBytes = 60;
        open(MaskRequest{png({120, 80}, Qt::darkCyan), {}, limited});
        m_dialog->view().fillMask();
        QSignalSpy ready(m_dialog.get(), &MaskDialog::maskReady);
        button("Use mask")->click();
        QTRY_VERIFY(said().startsWith(QLatin1String("Mask: the file has ")));
        QVERIFY(ready.isEmpty());
        QVERIFY(m_dialog->isVisible());
        QVERIFY(button("Use mask")->isEnabled()); // another mask may fit
    }

    void importIsOneStep()
    {
        open();
        m_prompts->chooseNext(write("same.png", png({120, 80}, Qt::white)));
        button("Import mask…")->click();
        QTRY_COMPARE(m_dialog->view().mask().coverage(), 1.0);
        QVERIFY(said().isEmpty());
        QTRY_VERIFY(button("Undo")->isEnabled());
        button("Undo")->click();
        QVERIFY(m_dialog->view().mask().isEmpty());
        m_dialog->importFrom(write("half.png", png({60, 40}, Qt::white)));
        QTRY_COMPARE(said(), QStringLiteral("The mask had 60 × 40 pixels and was scaled to the picture's 120 × 80."));
        m_dialog->importFrom(write("black.png", png({120, 80}, Qt::black)));
        QTRY_COMPARE(said(), QStringLiteral("black.png is black all over: nothing is painted now."));
        m_dialog->importFrom(m_folder.filePath(QStringLiteral("none.png")));
        QTRY_COMPARE(said(), QStringLiteral("none.png was not imported. There is no such file."));
        m_dialog->importFrom(QStringLiteral("/dev/zero"));
        QTRY_COMPARE(said(), QStringLiteral("zero was not imported. It is no plain file."));
    }

    void aDroppedFileBecomesTheMask()
    {
        open();
        QMimeData two;
        two.setUrls({QUrl::fromLocalFile(QStringLiteral("/a")), QUrl::fromLocalFile(QStringLiteral("/b"))});
        QDragEnterEvent refused({10, 10}, Qt::CopyAction, &two, Qt::LeftButton, Qt::NoModifier);
        refused.setAccepted(false);
        QApplication::sendEvent(m_dialog.get(), &refused);
        QVERIFY(!refused.isAccepted());
        QMimeData one;
        one.setUrls({QUrl::fromLocalFile(write("drop.png", png({120, 80}, Qt::white)))});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &one, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_dialog.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &one, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_dialog.get(), &drop);
        QTRY_COMPARE(m_dialog->view().mask().coverage(), 1.0);
    }

    void exportWritesAFileOrSaysWhyNot()
    {
        open();
        QVERIFY(!button("Export mask…")->isEnabled());
        m_dialog->view().fillMask();
        const QString path = m_folder.filePath(QStringLiteral("out.png"));
        m_prompts->chooseNext(path);
        button("Export mask…")->click();
        QTRY_VERIFY(said().startsWith(QLatin1String("The mask was saved to ")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(decodeImage(file.readAll())->size(), QSize(120, 80));
        m_prompts->chooseNext(m_folder.filePath(QStringLiteral("no/such/folder.png")));
        button("Export mask…")->click();
        QTRY_VERIFY(said().startsWith(QLatin1String("Nothing was saved to ")));
    }

    void toolsFollowTheView()
    {
        open();
        MaskView &view = m_dialog->view();
        const QList<QSpinBox *> spins = m_dialog->findChildren<QSpinBox *>();
        QCOMPARE(spins.size(), 3);
        view.setErasing(true);
        QVERIFY(button("Eraser")->isChecked());
        button("Brush")->click();
        QVERIFY(!view.brush().erases);
        view.setBrushSize(33);
        QCOMPARE(spins.at(0)->value(), 33);
        spins.at(0)->setValue(12);
        QCOMPARE(view.brush().size, 12.0);
        spins.at(1)->setValue(40);
        QCOMPARE(view.brush().hardness, 0.4);
        button("Invert")->click();
        QCOMPARE(view.mask().coverage(), 1.0);
        button("Clear")->click();
        QVERIFY(view.mask().isEmpty());
        QTest::mouseClick(&view, Qt::LeftButton);
        const QImage before = view.mask().image().copy();
        button("Feather edges")->click();
        QTRY_VERIFY(!m_dialog->isBusy());
        QVERIFY(view.mask().image() != before);
        button("Undo")->click();
        QCOMPARE(view.mask().image(), before);
    }

    void pureBlackAndWhiteOnDemand()
    {
        open();
        for (QCheckBox *box : m_dialog->findChildren<QCheckBox *>()) {
            if (box->text() == QLatin1String("Keep soft edges"))
                box->setChecked(false);
        }
        QImage faint(120, 80, QImage::Format_Grayscale8);
        faint.fill(90);
        m_dialog->view().replaceMask(faint);
        QSignalSpy ready(m_dialog.get(), &MaskDialog::maskReady);
        button("Use mask")->click();
        QTRY_VERIFY(said().startsWith(QLatin1String("Nothing is painted strongly enough")));
        QVERIFY(ready.isEmpty());
        faint.fill(200);
        m_dialog->view().replaceMask(faint);
        button("Use mask")->click();
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(decodeImage(ready.first().first().toByteArray())->pixelColor(5, 5), QColor(Qt::white));
    }

    void everyControlHasAName()
    {
        open();
        for (const QWidget *one : m_dialog->findChildren<QWidget *>()) {
            const auto *push = qobject_cast<const QPushButton *>(one);
            const auto *spin = qobject_cast<const QSpinBox *>(one);
            if ((push || spin) && one->isVisible())
                QVERIFY2(!one->accessibleName().isEmpty() || (push && !push->text().isEmpty()), one->metaObject()->className());
        }
        QVERIFY(!m_dialog->findChildren<QPushButton *>().isEmpty());
    }

    void canBeDestroyedWhileItReads()
    {
        m_dialog = std::make_unique<MaskDialog>(*m_theme, *m_prompts, MaskRequest{png({2000, 2000}, Qt::red), {}, field()});
        m_dialog->open();
        QVERIFY(m_dialog->isBusy());
        m_dialog->reject();
        QVERIFY(m_dialog->isHidden());
        m_dialog.reset();
        QVERIFY(m_prompts->asked().isEmpty());
    }
};

QTEST_MAIN(TestMaskDialog)
#include "tst_maskdialog.moc"
