// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageworkspace.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/gallery/imagesfile.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/prompthistorydialog.h"
#include "ui/images/prompthistorymodel.h"
#include "ui/images/startoptions.h"
#include "ui/images/stylechoice.h"
#include "ui/images/stylefiles.h"
#include "ui/images/stylesbutton.h"
#include "ui/images/stylesdialog.h"
#include "ui/images/wildcardsdialog.h"
#include "ui/images/wildcardsource.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace novita;

/// Styles, prompts used before, and wildcard lists.
class TestPromptDialogs final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<PromptLog> m_log;

    std::unique_ptr<StylesDialog> styles(const PromptPair &own = {QStringLiteral("a fox"), QString()})
    {
        auto dialog = std::make_unique<StylesDialog>(m_fixture->theme(), m_fixture->prompts(), *m_log, own);
        dialog->show();
        return dialog;
    }
    static QTreeWidgetItem *item(const QWidget &dialog, const QString &name)
    {
        const QList<QTreeWidgetItem *> found =
            dialog.findChild<QTreeWidget *>()->findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }
    static QPushButton *button(const QWidget &dialog, const char *name)
    {
        return findNamed<QPushButton>(dialog, QString::fromLatin1(name));
    }
    static QString banner(const QWidget &dialog)
    {
        const auto *banner = dialog.findChild<ErrorBanner *>();
        return banner->isShowing() ? banner->sentence() : QString();
    }
    QList<PromptStyle> kept() const { return await(m_log->styles()).value(); }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_file = std::make_unique<ImagesFile>();
        m_log = std::make_unique<PromptLog>(m_file->database());
    }
    void cleanup()
    {
        m_log.reset();
        m_file.reset();
        m_fixture.reset();
    }

    void aStyleIsMadeChangedAndDeleted()
    {
        const auto dialog = styles();
        auto *name = findNamed<QLineEdit>(*dialog, QStringLiteral("Name of the style"));
        auto *prompt = findNamed<QPlainTextEdit>(*dialog, QStringLiteral("Prompt of the style"));
        auto *save = button(*dialog, "Save the style");
        QVERIFY(!save->isEnabled());
        name->setText(QStringLiteral("film"));
        findNamed<QComboBox>(*dialog, QStringLiteral("Folder of the style"))
            ->setEditText(QStringLiteral("photo/analog"));
        prompt->setPlainText(QStringLiteral("{prompt}, film grain"));
        save->click();
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("film")), 20000);
        QCOMPARE(item(*dialog, QStringLiteral("film"))->parent()->text(0), QStringLiteral("analog"));
        QCOMPARE(kept(), (QList<PromptStyle>{{QStringLiteral("film"), QStringLiteral("photo/analog"),
                                              QStringLiteral("{prompt}, film grain"), QString()}}));
        name->setText(QStringLiteral("grain"));
        save->click();
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("grain")), 20000);
        QCOMPARE(kept().size(), 1);
        name->setText(QStringLiteral("a/b")); // folders have a field of their own
        save->click();
        QCOMPARE(kept().first().name, QStringLiteral("grain"));
        m_fixture->prompts().answerNext(false);
        button(*dialog, "Delete the style")->click();
        QCOMPARE(kept().size(), 1);
        m_fixture->prompts().answerNext(true);
        button(*dialog, "Delete the style")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!item(*dialog, QStringLiteral("grain")), 20000);
        QVERIFY(kept().isEmpty());
    }

    void severalAreAppliedInTheirOrder()
    {
        QVERIFY(await(m_log->saveStyles({{QStringLiteral("one"), {}, QStringLiteral("first"), QStringLiteral("ugly")},
                                         {QStringLiteral("two"), QStringLiteral("f"), QStringLiteral("second"), {}}})));
        const auto dialog = styles();
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("two")), 20000);
        QVERIFY(!button(*dialog, "Apply to the prompt")->isEnabled());
        item(*dialog, QStringLiteral("two"))->setCheckState(0, Qt::Checked);
        item(*dialog, QStringLiteral("one"))->setCheckState(0, Qt::Checked);
        auto *preview = findNamed<QPlainTextEdit>(*dialog, QStringLiteral("Prompt with the styles"));
        QVERIFY2(preview->toPlainText().startsWith(QStringLiteral("a fox, second, first")),
                 qPrintable(preview->toPlainText()));
        auto *order = findNamed<QListWidget>(*dialog, QStringLiteral("Styles that are applied"));
        order->setCurrentRow(1);
        QTest::keyClick(order, Qt::Key_Up, Qt::AltModifier);
        QVERIFY(preview->toPlainText().startsWith(QStringLiteral("a fox, first, second")));
        // As a drag does it.
        QVERIFY(order->model()->moveRow({}, 0, {}, 2));
        QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().startsWith(QStringLiteral("a fox, second, first")), 20000);
        order->setCurrentRow(0);
        QTest::keyClick(order, Qt::Key_Delete);
        QCOMPARE(item(*dialog, QStringLiteral("two"))->checkState(0), Qt::Unchecked);
        // What was written is not thrown away unasked.
        auto *styleName = findNamed<QLineEdit>(*dialog, QStringLiteral("Name of the style"));
        styleName->setText(QStringLiteral("three"));
        dialog->reject();
        QVERIFY(dialog->isVisible());
        m_fixture->prompts().answerNext(true);
        dialog->findChild<QTreeWidget *>()->setCurrentItem(item(*dialog, QStringLiteral("one")));
        QCOMPARE(styleName->text(), QStringLiteral("one"));
        QSignalSpy applied(dialog.get(), &StylesDialog::applied);
        button(*dialog, "Apply to the prompt")->click();
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.first().first().value<PromptPair>(),
                 (PromptPair{QStringLiteral("a fox, first"), QStringLiteral("ugly")}));
    }

    void aBegunStyleOutlivesTheReadingAndARefusedSave()
    {
        QVERIFY(await(m_log->saveStyles({{QStringLiteral("one"), {}, QStringLiteral("first"), {}}})));
        const auto dialog = styles();
        dialog->beginStyle({QStringLiteral("an owl"), QStringLiteral("blurry")});
        auto *prompt = findNamed<QPlainTextEdit>(*dialog, QStringLiteral("Prompt of the style"));
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("one")), 20000);
        QCOMPARE(prompt->toPlainText(), QStringLiteral("an owl"));
        findNamed<QLineEdit>(*dialog, QStringLiteral("Name of the style"))->setText(QStringLiteral("bird"));
        m_file->breakStyles();
        button(*dialog, "Save the style")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!banner(*dialog).isEmpty(), 20000);
        dialog->reject(); // what could not be kept is not given up unasked
        QVERIFY(dialog->isVisible());
        QCOMPARE(prompt->toPlainText(), QStringLiteral("an owl"));
    }

    void stylesAreBroughtInAndTakenOut()
    {
        QTemporaryDir folder;
        const QString csv = folder.filePath(QStringLiteral("styles.csv"));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,prompt,negative_prompt\r\nfilm,\"{prompt}, grain, \"\"35mm\"\"\",blurry\r\nbad/name,x,\r\n");
        file.close();
        const auto dialog = styles();
        m_fixture->prompts().chooseNext(csv);
        button(*dialog, "Import styles")->click();
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("film")), 20000);
        QVERIFY2(banner(*dialog).contains(QStringLiteral("Styles added: 1")), qPrintable(banner(*dialog)));
        QVERIFY(banner(*dialog).contains(QStringLiteral("Line 3")));
        QCOMPARE(kept().first().prompt, QStringLiteral("{prompt}, grain, \"35mm\""));
        for (const QString &name : {QStringLiteral("out.csv"), QStringLiteral("out.json")}) {
            const QString out = folder.filePath(name);
            m_fixture->prompts().chooseNext(out);
            button(*dialog, "Export styles")->click();
            QTRY_VERIFY_WITH_TIMEOUT(banner(*dialog).contains(name), 20000);
            QCOMPARE(stylefiles::read(out).value().styles, kept());
        }
    }

    void hostileFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("binary") << QByteArray("\xff\xfe\x00\x01", 4);
        QTest::newRow("no JSON") << QByteArray("[{\"name\":");
        QTest::newRow("deep JSON") << QByteArray(100'000, '[');
        QTest::newRow("page") << QByteArray("<!doctype html>");
        QTest::newRow("large") << QByteArray(5 * 1024 * 1024, 'a');
    }
    void hostileFilesAreRefused()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("styles.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto dialog = styles();
        m_fixture->prompts().chooseNext(file.fileName());
        button(*dialog, "Import styles")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!banner(*dialog).isEmpty(), 20000);
        QVERIFY(kept().isEmpty());
    }

    void theButtonAppliesOneAtOnce()
    {
        QVERIFY(await(
            m_log->saveStyles({{QStringLiteral("one"), {}, QStringLiteral("first"), {}},
                               {QStringLiteral("two & three"), QStringLiteral("f"), QStringLiteral("second"), {}}})));
        StylesButton button(m_fixture->theme(), m_fixture->prompts(), *m_log, [] {
            return PromptPair{QStringLiteral("a fox"), QString()};
        });
        button.show();
        (void)kept(); // what the button has asked for is there before
        emit button.menu()->aboutToShow();
        QList<QAction *> actions = button.menu()->actions();
        QCOMPARE(actions.size(), 5);
        QSignalSpy applied(&button, &StylesButton::applied);
        actions.first()->trigger();
        QCOMPARE(applied.first().first().value<PromptPair>().prompt, QStringLiteral("a fox, first"));
        QCOMPARE(actions.at(1)->menu()->actions().first()->text(), QStringLiteral("two && three"));
    }

    void earlierPromptsAreFoundAndTakenUp()
    {
        QVERIFY(await(m_log->remember(kMine, QStringLiteral("a red fox"), QStringLiteral("blurry"), secondsLater(1))));
        QVERIFY(await(m_log->remember(kMine, QStringLiteral("a lighthouse"), {}, secondsLater(2))));
        PromptHistoryDialog dialog({m_fixture->theme(), m_fixture->prompts(), m_fixture->settings(), *m_log, kMine});
        dialog.show();
        const auto *model = dialog.findChild<PromptHistoryModel *>();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2, 20000);
        QCOMPARE(model->entry(0).prompt, QStringLiteral("a lighthouse"));
        dialog.findChild<SearchField *>()->setFilter(QStringLiteral("fox"));
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 20000);
        QCOMPARE(findNamed<QPlainTextEdit>(dialog, QStringLiteral("The whole prompt"))->toPlainText(),
                 QStringLiteral("a red fox\n\nNegative: blurry"));
        button(dialog, "Star")->click();
        QTRY_VERIFY_WITH_TIMEOUT(model->entry(0).starred, 20000);
        QCOMPARE(button(dialog, "Star")->text(), QStringLiteral("Take the star away"));
        dialog.findChild<SearchField *>()->setFilter(QStringLiteral("\"no such\" OR ( words"));
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, 20000);
        QVERIFY(banner(dialog).isEmpty());
        dialog.findChild<SearchField *>()->setFilter(QString());
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2, 20000);
        auto *table = dialog.findChild<TableView *>();
        table->clearSelection();
        table->selectRow(0);
        m_fixture->prompts().answerNext(true);
        button(dialog, "Forget")->click();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 20000);
        QSignalSpy recalled(&dialog, &PromptHistoryDialog::recalled);
        table->selectRow(0);
        button(dialog, "Use this prompt")->click();
        QCOMPARE(recalled.size(), 1);
        QCOMPARE(recalled.first().at(0).toString(), QStringLiteral("a red fox"));
        QCOMPARE(recalled.first().at(1).toString(), QStringLiteral("blurry"));
    }

    void wildcardListsAreReadAndWritten()
    {
        QTemporaryDir data;
        const QString folder = data.filePath(QStringLiteral("wildcards"));
        WildcardSource source(folder);
        source.reload();
        WildcardsDialog dialog(m_fixture->theme(), m_fixture->prompts(), source);
        dialog.show();
        auto *name = findNamed<QLineEdit>(dialog, QStringLiteral("Name of the list"));
        auto *text = findNamed<QPlainTextEdit>(dialog, QStringLiteral("Lines of the list"));
        name->setText(QStringLiteral("animals/birds"));
        text->setPlainText(QStringLiteral("# birds\nowl\n\nswan"));
        button(dialog, "Save the list")->click();
        QTRY_COMPARE_WITH_TIMEOUT(source.lists().lines(QStringLiteral("animals/birds")),
                                  (QStringList{QStringLiteral("owl"), QStringLiteral("swan")}), 20000);
        auto *list = dialog.findChild<QListWidget *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("# birds\nowl\n\nswan"), 20000); // its comments stay
        text->appendPlainText(QStringLiteral("crow"));
        button(dialog, "Save the list")->click();
        QTRY_COMPARE_WITH_TIMEOUT(source.lists().lines(QStringLiteral("animals/birds")).size(), 3, 20000);
        for (const char *bad : {"../outside", "__x__", "a b|c", ".hidden", "x/../../y"}) {
            name->setText(QString::fromLatin1(bad));
            QTRY_VERIFY_WITH_TIMEOUT(button(dialog, "Save the list")->isEnabled(), 20000); // once it has been read
            button(dialog, "Save the list")->click();
            QTRY_VERIFY2_WITH_TIMEOUT(!banner(dialog).isEmpty(), bad, 20000);
            QVERIFY(source.lists().contains(QStringLiteral("animals/birds")));
            dialog.findChild<ErrorBanner *>()->clear();
        }
        QVERIFY(!QFile::exists(data.filePath(QStringLiteral("outside.txt"))));
        // Another program writes one.
        QFile other(folder + QStringLiteral("/colours.txt"));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("red\nblue\n") > 0);
        other.close();
        QTRY_VERIFY_WITH_TIMEOUT(source.lists().contains(QStringLiteral("colours")), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, 20000);
        list->setCurrentRow(1);
        QCOMPARE(name->text(), QStringLiteral("x/../../y")); // asked, and not given up
        m_fixture->prompts().answerNext(true);
        list->setCurrentRow(1);
        QCOMPARE(name->text(), QStringLiteral("colours"));
        QTRY_COMPARE(text->toPlainText(), QStringLiteral("red\nblue\n"));
        text->appendPlainText(QStringLiteral("green"));
        dialog.reject();
        QVERIFY(dialog.isVisible());
        QCOMPARE(m_fixture->prompts().asked().size(), 3);
        text->setPlainText(QStringLiteral("red\nblue\n"));
        QSignalSpy inserted(&dialog, &WildcardsDialog::insertRequested);
        button(dialog, "Insert into the prompt")->click();
        QCOMPARE(inserted.value(0).value(0).toString(), QStringLiteral("__colours__"));
    }

    void aClickedListStandsBackWhileAChangeIsKept()
    {
        QTemporaryDir data;
        const QString folder = data.filePath(QStringLiteral("wildcards"));
        QVERIFY(wildcardfolder::save(folder, QStringLiteral("birds"), QStringLiteral("owl")).ok());
        QVERIFY(wildcardfolder::save(folder, QStringLiteral("fish"), QStringLiteral("eel")).ok());
        WildcardSource source(folder);
        source.reload();
        WildcardsDialog dialog(m_fixture->theme(), m_fixture->prompts(), source);
        dialog.show();
        auto *list = dialog.findChild<QListWidget *>();
        auto *name = findNamed<QLineEdit>(dialog, QStringLiteral("Name of the list"));
        auto *text = findNamed<QPlainTextEdit>(dialog, QStringLiteral("Lines of the list"));
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("owl"), 20000);
        text->appendPlainText(QStringLiteral("crow"));
        const auto click = [list] {
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        };
        const auto marked = [list] { return list->selectedItems().isEmpty() ? -1 : list->row(list->selectedItems().first()); };
        m_fixture->prompts().answerNext(false);
        click();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QCOMPARE(name->text(), QStringLiteral("birds"));
        QTRY_COMPARE(marked(), 0);
        QCOMPARE(list->currentRow(), 0);
        m_fixture->prompts().answerNext(true);
        click();
        QCOMPARE(name->text(), QStringLiteral("fish"));
        QTRY_COMPARE_WITH_TIMEOUT(text->toPlainText(), QStringLiteral("eel"), 20000);
        QCOMPARE(marked(), 1);
        // A list that is begun is in no row.
        button(dialog, "New list")->click();
        text->setPlainText(QStringLiteral("begun"));
        click();
        QCOMPARE(m_fixture->prompts().asked().size(), 3);
        QTRY_COMPARE(marked(), -1);
        QCOMPARE(text->toPlainText(), QStringLiteral("begun"));
    }

    void aClickedStyleStandsBackWhileAChangeIsKept()
    {
        QVERIFY(await(m_log->saveStyles({{QStringLiteral("one"), {}, QStringLiteral("first"), {}},
                                         {QStringLiteral("two"), QStringLiteral("f"), QStringLiteral("second"), {}}})));
        const auto dialog = styles();
        QTRY_VERIFY_WITH_TIMEOUT(item(*dialog, QStringLiteral("two")), 20000);
        auto *tree = dialog->findChild<QTreeWidget *>();
        auto *name = findNamed<QLineEdit>(*dialog, QStringLiteral("Name of the style"));
        const auto click = [&](const QString &row) {
            const QRect rect = tree->visualItemRect(item(*dialog, row));
            QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, {rect.right() - 4, rect.center().y()});
        };
        const auto marked = [tree] { return tree->selectedItems().isEmpty() ? QString() : tree->selectedItems().first()->text(0); };
        click(QStringLiteral("one"));
        name->setText(QStringLiteral("three"));
        for (const char *row : {"two", "f"}) {
            m_fixture->prompts().answerNext(false);
            click(QString::fromLatin1(row));
            QTRY_COMPARE(marked(), QStringLiteral("one"));
            QCOMPARE(tree->currentItem(), item(*dialog, QStringLiteral("one")));
            QCOMPARE(name->text(), QStringLiteral("three"));
        }
        QCOMPARE(m_fixture->prompts().asked().size(), 2);
        // A folder that was clicked is where it goes on.
        m_fixture->prompts().answerNext(true);
        click(QStringLiteral("f"));
        QCOMPARE(tree->currentItem(), item(*dialog, QStringLiteral("f")));
        QTRY_COMPARE(marked(), QStringLiteral("f"));
        QVERIFY(name->text().isEmpty());
        name->setText(QStringLiteral("three"));
        m_fixture->prompts().answerNext(true);
        click(QStringLiteral("two"));
        QTRY_COMPARE(marked(), QStringLiteral("two"));
        QCOMPARE(name->text(), QStringLiteral("two"));
    }

    void optionsOfAStartBeginWithTheSettings()
    {
        StartOptions options(m_fixture->theme(), m_fixture->settings());
        EndpointSpec spec;
        spec.output.types = {QStringLiteral("png"), QStringLiteral("webp")};
        spec.nsfw.enableWire = QStringLiteral("extra.enable_nsfw_detection");
        options.setEndpoint(spec);
        QVERIFY(options.isVisible());
        const auto chosen = [&options] {
            RequestOptions out;
            options.apply(out);
            return std::pair(out.outputType, out.nsfwCheck);
        };
        QCOMPARE(chosen(), std::pair(QStringLiteral("png"), false));
        QSignalSpy changed(&options, &StartOptions::changed);
        emit options.menu()->aboutToShow();
        for (QAction *action : options.menu()->actions()) {
            if (action->text() == QStringLiteral("WEBP") || action->text() == QStringLiteral("Check for nudity"))
                action->trigger();
        }
        QCOMPARE(chosen(), std::pair(QStringLiteral("webp"), true));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(m_fixture->settings().value(keys::kImageOutputType), QStringLiteral("png")); // of this start only
        QVERIFY(m_fixture->settings().setValue(keys::kImageNsfwCheck, true).ok());
        QCOMPARE(chosen(), std::pair(QStringLiteral("png"), true));
        options.setEndpoint({});
        QVERIFY(!options.isVisible());
        QCOMPARE(chosen(), std::pair(QString(), false));
    }

    void linksInTheWildcardFolderAreNotWrittenThrough()
    {
        QTemporaryDir data;
        const QString folder = data.filePath(QStringLiteral("wildcards"));
        QVERIFY(wildcardfolder::save(folder, QStringLiteral("a"), QStringLiteral("x")).ok());
        QVERIFY(QFile::link(data.path(), folder + QStringLiteral("/out")));
        QVERIFY(QFile::link(data.filePath(QStringLiteral("target.txt")), folder + QStringLiteral("/b.txt")));
        QVERIFY(!wildcardfolder::save(folder, QStringLiteral("out/c"), QStringLiteral("x")).ok());
        QVERIFY(!wildcardfolder::save(folder, QStringLiteral("b"), QStringLiteral("x")).ok());
        QVERIFY(!QFile::exists(data.filePath(QStringLiteral("c.txt"))));
        QVERIFY(!wildcardfolder::save(folder, QStringLiteral("d"), QString(2'000'000, QLatin1Char('x'))).ok());
        QCOMPARE(wildcardfolder::textOf(folder, QStringLiteral("a")).value(), QStringLiteral("x"));
        QVERIFY(!wildcardfolder::textOf(folder, QStringLiteral("b")).ok());
    }
};

QTEST_MAIN(TestPromptDialogs)
#include "tst_promptdialogs.moc"
