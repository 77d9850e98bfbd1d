// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/backendpicker.h"
#include "ui/images/endpointpicker.h"
#include "ui/images/inputpictures.h"
#include "ui/images/recipeform.h"
#include "ui/images/valuefields.h"
#include "ui/imageservers/imageserverbox.h"
#include "ui/imageservers/serverdialog.h"
#include "ui/imageservers/servereditor.h"
#include "ui/imageservers/serverwords.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

/// The dialog of the image servers, and the choice of one. With SERVER_SHOTS=DIRECTORY pictures of both are saved there.
class TestServerDialog final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ServerDialog> m_dialog;

    template<typename Widget>
    static Widget *named(const QWidget &root, const char *name)
    {
        return findNamed<Widget>(root, QString::fromLatin1(name));
    }
    ImageServers &servers() { return *m_fixture->images().servers(); }
    void open()
    {
        m_dialog = std::make_unique<ServerDialog>(m_fixture->context());
        m_dialog->show();
    }
    ServerEditor *editor() const
    {
        const QList<ServerEditor *> all = m_dialog->findChildren<ServerEditor *>();
        return all.isEmpty() ? nullptr : all.last();
    }
    /// The one that is seen, if any is: adding can be asked for in two places.
    QPushButton *button(const char *name) const
    {
        QPushButton *found = nullptr;
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->accessibleName() == QLatin1String(name) && (!found || one->isVisible()))
                found = one;
        }
        return found;
    }
    static QPushButton *saveOf(const ServerEditor &editor)
    {
        for (QPushButton *one : editor.findChildren<QPushButton *>()) {
            if (one->isDefault())
                return one;
        }
        return nullptr;
    }
    static bool says(const QWidget &root, const QString &part)
    {
        for (const QLabel *label : root.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    QString add(const QString &name, const QString &url)
    {
        ImageServer server;
        server.name = name;
        server.url = QUrl(url);
        return await(servers().save(server, {})).value();
    }
    QString addOnInstance(const QString &name, int number)
    {
        ImageServer server;
        server.name = name;
        server.instance = m_fixture->instance(number).id;
        server.port = 8888;
        return await(servers().save(server, {})).value();
    }
    /// Its http port answers at `endpoint`.
    void answerAt(int number, const QString &endpoint)
    {
        Instance instance = m_fixture->instance(number);
        instance.ports = {{8888, QStringLiteral("http"), endpoint}};
        m_fixture->stores().instances.adoptRows({instance}, m_fixture->clock().now(), false);
    }
    static WebUiLists someLists()
    {
        WebUiLists lists;
        lists.samplers = QStringList{QStringLiteral("Euler"), QStringLiteral("DPM++ 3M SDE")};
        lists.schedulers = QStringList{QStringLiteral("Karras")};
        ImageModel model;
        model.type = ImageModelType::Checkpoint;
        model.fileName = QStringLiteral("sub/anime.safetensors");
        lists.models = {model};
        lists.options.checkpoint = QStringLiteral("anime.safetensors [1a2b]");
        return lists;
    }

private slots:
    void init() { m_fixture = std::make_unique<UiFixture>(); }
    void cleanup()
    {
        m_dialog.reset();
        m_fixture.reset();
    }

    void anEmptyListSaysWhatItIsFor()
    {
        open();
        QVERIFY(says(*m_dialog, QStringLiteral("--api")));
        const auto *table = named<QTableWidget>(*m_dialog, "Image servers");
        QPushButton *first = button("Add image server");
        QVERIFY(first->isVisible() && first->isEnabled() && !table->isVisible());
        QVERIFY(!button("Edit image server")->isVisible() && !button("Test image server")->isVisible() && !button("Remove image server")->isVisible());
        QCOMPARE(first->text(), QStringLiteral("Add an image server…"));
        first->setFocus();
        const QString studio = add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        QVERIFY(table->isVisible() && button("Edit image server")->isVisible() && !first->isVisible());
        QCOMPARE(m_dialog->focusWidget(), table);
        QVERIFY(await(servers().remove(studio)).ok());
        QVERIFY(!table->isVisible());
        QCOMPARE(m_dialog->focusWidget(), first);
    }

    void anAddressIsAddedOnceItMayBeAsked()
    {
        open();
        button("Add image server")->click();
        ServerEditor *one = editor();
        QVERIFY(one);
        auto *kind = named<QComboBox>(*one, "Where it runs");
        QCOMPARE(kind->currentText(), QStringLiteral("An address")); // there is no instance
        auto *address = named<QLineEdit>(*one, "Address");
        QTest::keyClicks(named<QLineEdit>(*one, "Name"), QStringLiteral("Studio"));
        address->setText(QStringLiteral("http://203.0.113.7:7860"));
        QVERIFY(says(*one, QStringLiteral("Use https")));
        saveOf(*one)->click();
        QVERIFY(servers().all().isEmpty());
        address->setText(QStringLiteral("http://192.168.1.20:7860"));
        QVERIFY(says(*one, serverwords::readable(false)));
        named<QLineEdit>(*one, "User")->setText(QStringLiteral("ann"));
        QVERIFY(says(*one, serverwords::readable(true)));
        named<QLineEdit>(*one, "User")->clear();
        saveOf(*one)->click();
        QTRY_COMPARE(servers().all().size(), 1);
        QCOMPARE(servers().all().first().server.url, QUrl(QStringLiteral("http://192.168.1.20:7860")));
        auto *table = named<QTableWidget>(*m_dialog, "Image servers");
        QTRY_COMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("Studio"));
        QTRY_VERIFY(!editor());
    }

    void anInstanceAndItsPort()
    {
        m_fixture->fill(3); // the third one does not run
        open();
        button("Add image server")->click();
        ServerEditor *one = editor();
        auto *instance = named<QComboBox>(*one, "Instance");
        QVERIFY(instance->isVisible() && !named<QLineEdit>(*one, "Address")->isVisible());
        QCOMPARE(instance->count(), 2);
        QCOMPARE(instance->currentText(), QStringLiteral("worker-0"));
        QCOMPARE(named<QComboBox>(*one, "Port")->count(), 1); // the other one speaks no http
        named<QLineEdit>(*one, "Name")->setText(QStringLiteral("Worker"));
        saveOf(*one)->click();
        QTRY_COMPARE(servers().all().size(), 1);
        QCOMPARE(servers().all().first().server.instance, InstanceId(QStringLiteral("i-0")));
        QCOMPARE(servers().all().first().server.port, 8888);
    }

    void aPasswordGoesIntoTheKeychain()
    {
        open();
        button("Add image server")->click();
        ServerEditor *one = editor();
        auto *password = named<QLineEdit>(*one, "Password");
        QVERIFY(!password->isVisible());
        named<QLineEdit>(*one, "Name")->setText(QStringLiteral("Studio"));
        named<QLineEdit>(*one, "Address")->setText(QStringLiteral("https://studio.example.net"));
        named<QLineEdit>(*one, "User")->setText(QStringLiteral("ann"));
        QVERIFY(password->isVisible());
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        saveOf(*one)->click();
        QVERIFY(says(*one, QStringLiteral("Enter the password")));
        password->setText(QStringLiteral("top-secret-word"));
        saveOf(*one)->click();
        QTRY_COMPARE(servers().all().size(), 1);
        QCOMPARE(m_fixture->secrets().values.value(servers().all().first().server.secretName()), QStringLiteral("top-secret-word"));
        QTRY_VERIFY(!editor());
        button("Edit image server")->click();
        QTRY_VERIFY(editor());
        QVERIFY(named<QLineEdit>(*editor(), "Password")->text().isEmpty()); // it does not come back out
        QVERIFY(!editor()->password());
    }

    void anotherAddressWantsThePasswordAgain()
    {
        ImageServer server;
        server.name = QStringLiteral("Studio");
        server.url = QUrl(QStringLiteral("https://studio.example.net"));
        server.user = QStringLiteral("ann");
        server.id = await(servers().save(server, QStringLiteral("top-secret-word"))).value();
        ServerEditor one(m_fixture->context(), servers().find(server.id)->server);
        one.show();
        auto *password = named<QLineEdit>(one, "Password");
        QCOMPARE(password->placeholderText(), QStringLiteral("unchanged"));
        named<QLineEdit>(one, "Address")->setText(QStringLiteral("https://elsewhere.example.net"));
        QCOMPARE(password->placeholderText(), QStringLiteral("enter it again"));
        saveOf(one)->click();
        QTRY_VERIFY(says(one, QStringLiteral("enter the password again")));
        QTRY_VERIFY(saveOf(one)->isEnabled());
        named<QPushButton>(one, "Test this server")->click();
        QTRY_VERIFY(says(one, QStringLiteral("failed: The server is at another address now")));
        QCOMPARE(servers().find(server.id)->server.url, server.url);
        password->setText(QStringLiteral("another-secret-word"));
        saveOf(one)->click();
        QTRY_COMPARE(servers().find(server.id)->server.url, QUrl(QStringLiteral("https://elsewhere.example.net")));
    }

    void aTestBeforeSavingCounts()
    {
        m_fixture->links().setResponder([](const FakeRequest &request) { return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]"); });
        open();
        button("Add image server")->click();
        ServerEditor *one = editor();
        named<QLineEdit>(*one, "Name")->setText(QStringLiteral("Studio"));
        named<QLineEdit>(*one, "Address")->setText(QStringLiteral("https://studio.example.net"));
        named<QPushButton>(*one, "Test this server")->click();
        QTRY_VERIFY(says(*one, QStringLiteral("It answers, but lists no checkpoint")));
        saveOf(*one)->click();
        QTRY_COMPARE(servers().all().size(), 1);
        QCOMPARE(named<QTableWidget>(*m_dialog, "Image servers")->item(0, 2)->text(), QStringLiteral("has answered"));
    }

    void aServerThatCannotBeReachedIsNamedByItsName_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("off") << int(QNetworkReply::ConnectionRefusedError) << QStringLiteral("Connection failed: The server cannot be reached.");
        QTest::newRow("broken off") << int(QNetworkReply::RemoteHostClosedError) << QStringLiteral("Connection failed: The connection to the server broke off.");
        QTest::newRow("certificate") << int(QNetworkReply::SslHandshakeFailedError) << QStringLiteral("Connection failed: The certificate of the server was refused.");
    }
    void aServerThatCannotBeReachedIsNamedByItsName()
    {
        QFETCH(int, error);
        QFETCH(QString, sentence);
        m_fixture->links().setResponder([error](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::NetworkError(error)); });
        add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        open();
        button("Test image server")->click();
        QTRY_VERIFY(says(*m_dialog, QStringLiteral("“Studio”: ") + sentence));
        QVERIFY(!says(*m_dialog, QStringLiteral("example.net")));
        const QString tip = named<QTableWidget>(*m_dialog, "Image servers")->item(0, 2)->toolTip();
        QVERIFY2(!tip.isEmpty() && !tip.contains(QStringLiteral("example.net")), qPrintable(tip));
    }

    void aTestSaysWhatFailed()
    {
        add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        open();
        button("Test image server")->setFocus();
        button("Test image server")->click();
        button("Test image server")->click(); // anew
        QCOMPARE(m_dialog->focusWidget(), button("Test image server"));
        // Whoever answers here is no WebUI server: its lists are none.
        QTRY_VERIFY(says(*m_dialog, QStringLiteral("WebUI API failed")));
        QCOMPARE(named<QTableWidget>(*m_dialog, "Image servers")->item(0, 2)->text(), QStringLiteral("no usable answer"));
        QVERIFY(button("Test image server")->isEnabled());
        ImageServerReport report;
        report.lists = someLists();
        QVERIFY(serverwords::report(report).endsWith(QStringLiteral("; loaded is anime.safetensors [1a2b].")));
        QCOMPARE(serverwords::toneOf(report), "good");
        report.lists.models.clear();
        QVERIFY2(serverwords::report(report).contains(QStringLiteral("no checkpoint")), qPrintable(serverwords::report(report)));
        QCOMPARE(serverwords::toneOf(report), "warn");
    }

    void whatWasTypedIsNotThrownAwayUnasked()
    {
        open();
        button("Add image server")->click();
        QPointer<ServerEditor> one = editor();
        QTest::keyClicks(named<QLineEdit>(*one, "Name"), QStringLiteral("Studio"));
        QTest::keyClick(one, Qt::Key_Escape);
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(one && one->isVisible());
        m_fixture->prompts().answerNext(true);
        QTest::keyClick(one, Qt::Key_Escape);
        QTRY_VERIFY(!one);
        QVERIFY(servers().all().isEmpty());
        // Nothing was typed: nothing is asked.
        button("Add image server")->click();
        one = editor();
        QTest::keyClick(one, Qt::Key_Escape);
        QTRY_VERIFY(!one);
        QCOMPARE(m_fixture->prompts().asked().size(), 2);
    }

    void removingAsksFirst()
    {
        add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        open();
        button("Remove image server")->click();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QCOMPARE(servers().all().size(), 1);
        m_fixture->prompts().answerNext(true);
        button("Remove image server")->click();
        QTRY_VERIFY(servers().all().isEmpty());
    }

    void thePickerFollowsTheServers()
    {
        m_fixture->fill(3);
        const QString studio = add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        const QString worker = addOnInstance(QStringLiteral("Worker"), 2);
        BackendPicker picker(m_fixture->context());
        picker.show();
        auto *box = named<QComboBox>(picker, "Made by");
        QCOMPARE(picker.backend(), QStringLiteral("novita"));
        QVERIFY(!picker.isServer());
        QCOMPARE(box->itemText(1), QStringLiteral("Studio"));
        QCOMPARE(box->itemText(2), QStringLiteral("Worker (instance stopped)"));
        QSignalSpy chosen(&picker, &BackendPicker::chosen);
        QVERIFY(picker.choose(WebUiBackend::backendId(worker)));
        QCOMPARE(chosen.size(), 1);
        QVERIFY(says(picker, QStringLiteral("“worker-2” does not run")));
        QVERIFY(picker.choose(WebUiBackend::backendId(studio)));
        QVERIFY(!picker.choose(QStringLiteral("webui:nobody")));
        QVERIFY(picker.isServer());
        QTRY_VERIFY(says(picker, QStringLiteral("does not speak as a WebUI server"))); // it was asked for its lists
        QVERIFY(await(servers().remove(studio)).ok());
        QCOMPARE(picker.backend(), QStringLiteral("novita"));
        QCOMPARE(chosen.last().first().toString(), QStringLiteral("novita"));
    }

    void theSettingsNameThemAndOpenTheDialog()
    {
        ImageServerBox box(m_fixture->context());
        box.show();
        QVERIFY(says(box, QStringLiteral("Stable Diffusion WebUI server of your own")));
        add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        QVERIFY(says(box, QStringLiteral("Studio: not asked yet")));
        for (int i = 0; i < 8; ++i)
            add(QStringLiteral("Server %1").arg(i), QStringLiteral("https://s%1.example.net").arg(i));
        QVERIFY(says(box, QStringLiteral("and 3 more")));
        named<QPushButton>(box, "Edit image servers")->click();
        QTRY_VERIFY(box.findChild<ServerDialog *>());
    }

    void whatIsAwaitedIsSaid()
    {
        const QString studio = add(QStringLiteral("Studio"), QStringLiteral("https://studio.example.net"));
        BackendPicker picker(m_fixture->context());
        picker.show();
        QVERIFY(picker.listsState() == ServerListsState::Loaded); // Novita
        QVERIFY(picker.choose(WebUiBackend::backendId(studio)));
        QVERIFY(picker.listsState() == ServerListsState::Loading);
        QVERIFY(says(picker, QStringLiteral("being asked what it has")));
        QTRY_VERIFY(picker.listsState() == ServerListsState::Failed);
        WebUiLists lists = someLists();
        ImageModel lora;
        lora.type = ImageModelType::Lora;
        lora.fileName = QStringLiteral("line");
        lists.models.append(lora);
        QCOMPARE(serverNames(lists, ImageModelType::Lora), QStringList(QStringLiteral("line")));
        QVERIFY(serverNames({}, ImageModelType::Lora).isEmpty());
    }

    void theLastEntryOpensTheDialog()
    {
        BackendPicker picker(m_fixture->context());
        picker.show();
        auto *box = named<QComboBox>(picker, "Made by");
        box->setCurrentIndex(box->count() - 1);
        emit box->activated(box->currentIndex());
        QTRY_VERIFY(picker.findChild<ServerDialog *>());
        QCOMPARE(box->currentText(), QStringLiteral("Novita"));
    }

    void anotherAddressIsToldAsOpen()
    {
        m_fixture->fill(1);
        m_fixture->images().open(ProfileId(QStringLiteral("mine")), Reach::Internet);
        const QString worker = addOnInstance(QStringLiteral("Worker"), 0);
        answerAt(0, QStringLiteral("http://node.example.net:41000"));
        QCOMPARE(servers().find(worker)->state, ImageServerState::Ready);
        BackendPicker picker(m_fixture->context());
        picker.show();
        QVERIFY(picker.choose(WebUiBackend::backendId(worker)));
        QVERIFY(servers().find(worker)->isReadable);
    }

    void aServerHasEndpointsOfItsOwn()
    {
        EndpointPicker picker(m_fixture->images().endpoints(), m_fixture->clock());
        QVERIFY(picker.choose(QStringLiteral("txt2img")));
        QVERIFY(!picker.choose(QStringLiteral("webui-txt2img")));
        QSignalSpy chosen(&picker, &EndpointPicker::chosen);
        picker.setOnServer(true);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(picker.endpoint()->id, QStringLiteral("webui-txt2img"));
        auto *mode = named<QComboBox>(picker, "Mode");
        QCOMPARE(mode->count(), 5);
        for (int i = 0; i < mode->count(); ++i)
            QVERIFY(!mode->itemText(i).isEmpty());
        QVERIFY(picker.choose(QStringLiteral("webui-img2img"), ImageMode::Inpaint));
        QVERIFY(!picker.choose(QStringLiteral("txt2img")));
        picker.setOnServer(false);
        QVERIFY(picker.endpoint()->family != EndpointFamily::WebUi);
        QCOMPARE(picker.mode(), ImageMode::Inpaint);
    }

    void theFormOffersWhatTheServerHas()
    {
        QTemporaryDir folder;
        InputPictures pictures(PictureFiles(folder.path()));
        RecipeForm form({m_fixture->theme(), m_fixture->prompts(), pictures, [] { return 0.5; }, {}, {}, {}});
        form.show();
        form.setEndpoint(*m_fixture->images().endpoints().find(QStringLiteral("webui-txt2img")), ImageMode::TextToImage);
        form.setText(fields::kPrompt, QStringLiteral("a lighthouse"));
        QVERIFY(named<QPushButton>(form, "Choose Checkpoint")->isVisible());
        offerServerLists(form, true, std::nullopt); // chosen, and has not told yet
        auto *checkpoint = named<QComboBox>(form, "Checkpoint");
        QCOMPARE(checkpoint->count(), 0);
        QVERIFY(!checkpoint->lineEdit()->placeholderText().isEmpty());
        QVERIFY(!named<QPushButton>(form, "Choose Checkpoint")->isVisible()); // the catalogue is Novita's
        offerServerLists(form, true, someLists());
        auto *sampler = named<QComboBox>(form, "Sampler");
        QVERIFY(sampler->findText(QStringLiteral("DPM++ 3M SDE")) >= 0);
        QVERIFY(sampler->findText(QStringLiteral("Heun")) < 0);
        QCOMPARE(form.recipe().values.value(fields::kSampler).toString(), QStringLiteral("DPM++ 2M")); // what was chosen stays until the person chooses
        QCOMPARE(form.recipe().values.value(fields::kPrompt).toString(), QStringLiteral("a lighthouse"));
        QVERIFY(named<QComboBox>(form, "Checkpoint")->count() > 0);
        QVERIFY(!named<QPushButton>(form, "Choose Checkpoint")->isVisible()); // the catalogue is Novita's
        QVERIFY(named<QComboBox>(form, "Checkpoint")->lineEdit()->placeholderText().isEmpty());
        offerServerLists(form, false, std::nullopt);
        QVERIFY(named<QComboBox>(form, "Sampler")->findText(QStringLiteral("Heun")) >= 0);
        QVERIFY(named<QPushButton>(form, "Choose Checkpoint")->isVisible());
    }

    void picturesOfThem()
    {
        const QString target = qEnvironmentVariable("SERVER_SHOTS");
        if (target.isEmpty())
            QSKIP("SERVER_SHOTS names no directory");
        const struct
        {
            const char *name;
            ColorScheme scheme;
            int percent;
        } looks[] = {{"light", ColorScheme::Light, 100}, {"dark", ColorScheme::Dark, 100}, {"largest", ColorScheme::Light, 200}};
        for (const auto &look : looks) {
            m_fixture->theme().apply(look.scheme, look.percent);
            open();
            QTest::qWait(60);
            m_dialog->grab().save(target + QLatin1Char('/') + QLatin1String(look.name) + QStringLiteral("-servers-empty.png"));
            m_dialog.reset();
        }
        m_fixture->fill(6);
        m_fixture->images().open(ProfileId(QStringLiteral("mine")), Reach::Internet);
        add(QStringLiteral("Studio under the desk"), QStringLiteral("http://192.168.1.20:7860"));
        addOnInstance(QStringLiteral("Worker"), 2);
        addOnInstance(QStringLiteral("Render node"), 0);
        answerAt(0, QStringLiteral("http://i-0-8888.node.example.net"));
        for (const auto &look : looks) {
            m_fixture->theme().apply(look.scheme, look.percent);
            const QString prefix = target + QLatin1Char('/') + QLatin1String(look.name) + QLatin1Char('-');
            QWidget window;
            window.resize(1280, 800);
            window.show();
            m_dialog = std::make_unique<ServerDialog>(m_fixture->context(), &window);
            m_dialog->show();
            button("Test image server")->click();
            QTest::qWait(80);
            m_dialog->grab().save(prefix + QStringLiteral("servers.png"));
            for (const bool onInstance : {true, false}) {
                ServerEditor one(m_fixture->context(), {}, &window);
                one.show();
                named<QLineEdit>(one, "Name")->setText(QStringLiteral("Studio"));
                named<QComboBox>(one, "Where it runs")->setCurrentIndex(onInstance ? 1 : 0);
                named<QLineEdit>(one, "Address")->setText(QStringLiteral("http://192.168.1.20:7860"));
                if (!onInstance)
                    named<QLineEdit>(one, "User")->setText(QStringLiteral("ann"));
                if (!onInstance)
                    named<QLineEdit>(one, "Password")->setText(QStringLiteral("some words"));
                named<QPushButton>(one, "Test this server")->click();
                QTest::qWait(80);
                one.grab().save(prefix + (onInstance ? QStringLiteral("editor-instance.png") : QStringLiteral("editor-address.png")));
            }
            BackendPicker picker(m_fixture->context());
            picker.resize(340, 10);
            picker.show();
            picker.choose(WebUiBackend::backendId(servers().all().at(1).server.id));
            picker.adjustSize();
            picker.resize(340 * look.percent / 100, picker.heightForWidth(340 * look.percent / 100));
            QTest::qWait(60);
            picker.grab().save(prefix + QStringLiteral("picker.png"));
            m_dialog.reset();
        }
    }
};

QTEST_MAIN(TestServerDialog)
#include "tst_serverdialog.moc"
