// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "ui/settings/settingspage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace novita;

/// The section *Webhooks* of the settings page, pressed as a person does.
class TestWebhookSettings : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress(QHostAddress::LocalHost)));
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverPort, int(free.serverPort())).ok());
        free.close();
        m_fixture->webhooks().start();
        m_page = std::make_unique<SettingsPage>(m_fixture->context());
        m_page->resize(900, 1600);
        m_page->openTarget(QStringLiteral("webhooks"));
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_VERIFY(m_fixture->webhooks().status().secretsRead);
    }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void secretIsMadeCopiedAndRotated()
    {
        QVERIFY(shows(QStringLiteral("Webhooks are not received: the receiver is switched off.")));
        QVERIFY(!button(QStringLiteral("Copy signing secret"))->isVisible());
        press(QStringLiteral("Receive webhooks"));
        QTRY_COMPARE(m_fixture->webhooks().status().state, WebhookStatus::State::NeedsSecret);
        press(QStringLiteral("Generate signing secret"));
        QTRY_VERIFY(m_fixture->webhooks().status().isListening());
        const QString first = kept(WebhookSecrets::kSecretName);
        QVERIFY(first.startsWith(QLatin1String("whsec_")));
        QTRY_VERIFY(button(QStringLiteral("Copy signing secret"))->isVisible());
        press(QStringLiteral("Copy signing secret"));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), first);
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            QVERIFY(!label->text().contains(first));

        press(QStringLiteral("Generate signing secret"));
        QTRY_COMPARE(kept(WebhookSecrets::kPreviousName), first);
        QTRY_VERIFY(kept(WebhookSecrets::kSecretName) != first);
        QTRY_VERIFY(button(QStringLiteral("Stop accepting the old signing secret"))->isVisible());
        m_fixture->prompts().answerNext(true);
        press(QStringLiteral("Stop accepting the old signing secret"));
        QTRY_VERIFY(!m_fixture->secrets().values.contains(WebhookSecrets::kPreviousName));

        m_fixture->prompts().answerNext(false);
        press(QStringLiteral("Remove signing secret"));
        QVERIFY(m_fixture->webhooks().status().secret.isSet);
        m_fixture->prompts().answerNext(true);
        press(QStringLiteral("Remove signing secret"));
        QTRY_COMPARE(m_fixture->webhooks().status().state, WebhookStatus::State::NeedsSecret);
    }

    void typedSecretIsChecked()
    {
        auto *typed = edit(QStringLiteral("New signing secret"));
        QVERIFY(!typed->isVisible());
        press(QStringLiteral("Replace signing secret"));
        QVERIFY(typed->isVisible());
        QCOMPARE(typed->echoMode(), QLineEdit::Password);
        typed->setText(QStringLiteral("whsec_notbase64"));
        press(QStringLiteral("Use new signing secret"));
        QTRY_VERIFY(shows(QStringLiteral("whsec_"), true));
        QVERIFY(!m_fixture->webhooks().status().secret.isSet);
        typed->setText(QStringLiteral("shared with the sender"));
        press(QStringLiteral("Use new signing secret"));
        QTRY_COMPARE(kept(WebhookSecrets::kSecretName), QStringLiteral("shared with the sender"));
        QTRY_VERIFY(!typed->isVisible());
        QVERIFY(typed->text().isEmpty());
    }

    void tokenMakesAnAddress()
    {
        press(QStringLiteral("Receive webhooks"));
        press(QStringLiteral("Generate path token"));
        QTRY_VERIFY(m_fixture->webhooks().status().isListening());
        press(QStringLiteral("Copy address for task events"));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     QStringLiteral("http://127.0.0.1:%1/webhook/%2").arg(m_fixture->webhooks().status().port).arg(kept(WebhookSecrets::kTokenName)));
    }

    void badValuesStayInTheirField()
    {
        auto *address = edit(QStringLiteral("Listen on"));
        address->setText(QStringLiteral("everywhere"));
        press(QStringLiteral("Apply Listen on"));
        QVERIFY(shows(QStringLiteral("This is no address to listen on"), true));
        QCOMPARE(m_fixture->settings().value(keys::kReceiverAddress), QStringLiteral("127.0.0.1"));
        auto *allowed = edit(QStringLiteral("Allowed addresses"));
        allowed->setText(QStringLiteral("10.0.0.0/40"));
        press(QStringLiteral("Apply Allowed addresses"));
        QVERIFY(shows(QStringLiteral("10.0.0.0/40"), true));
        allowed->setText(QStringLiteral("10.0.0.0/8 ::1"));
        press(QStringLiteral("Apply Allowed addresses"));
        QCOMPARE(m_fixture->settings().value(keys::kReceiverAllowed), QStringLiteral("10.0.0.0/8, ::1"));
    }

    void openReceiverIsSaidPlainly()
    {
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverAddress, QStringLiteral("0.0.0.0")).ok());
        press(QStringLiteral("Receive webhooks"));
        press(QStringLiteral("Generate signing secret"));
        QTRY_VERIFY(m_fixture->webhooks().status().isListening());
        QTRY_VERIFY(shows(QStringLiteral("other computers can reach it"), true));
        QCOMPARE(m_fixture->webhooks().status().localUrl.host(), QStringLiteral("127.0.0.1"));
    }

    void whatTheKeychainDoesNotTakeIsSaid()
    {
        m_fixture->secrets().sessionOnly = true;
        press(QStringLiteral("Generate signing secret"));
        QTRY_VERIFY(shows(QStringLiteral("Set for this session only"), true));
    }

private:
    QAbstractButton *button(const QString &name) const
    {
        for (QAbstractButton *one : m_page->findChildren<QAbstractButton *>()) {
            if (one->accessibleName() == name || (one->accessibleName().isEmpty() && one->text() == name))
                return one;
        }
        qFatal("There is no button %s", qPrintable(name));
    }
    void press(const QString &name) const
    {
        QAbstractButton *one = button(name);
        QVERIFY2(QTest::qWaitFor([one] { return one->isVisible() && one->isEnabled(); }), qPrintable(name));
        one->click();
    }
    QLineEdit *edit(const QString &name) const
    {
        for (QLineEdit *one : m_page->findChildren<QLineEdit *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        qFatal("There is no field %s", qPrintable(name));
    }
    bool shows(const QString &words, bool asPart = false) const
    {
        for (const QLabel *label : m_page->findChildren<QLabel *>()) {
            if (label->isVisible() && (asPart ? label->text().contains(words) : label->text() == words))
                return true;
        }
        return false;
    }
    QString kept(QLatin1String name) const { return m_fixture->secrets().values.value(name); }

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<SettingsPage> m_page;
};

QTEST_MAIN(TestWebhookSettings)
#include "tst_webhooksettings.moc"
