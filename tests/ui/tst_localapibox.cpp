// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/localapiservice.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "ui/settings/localapibox.h"
#include "ui/settings/settingspage.h"
#include "ui/settings/settingssections.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace novita;

namespace {

const QString kSecret = QStringLiteral("local-api/token");

template<typename Widget>
Widget *named(const QWidget &parent, const char *name)
{
    for (Widget *widget : parent.findChildren<Widget *>()) {
        QString shown = widget->accessibleName();
        if (auto *button = qobject_cast<QAbstractButton *>(widget); button && shown.isEmpty())
            shown = button->text();
        if (shown == QString::fromUtf8(name))
            return widget;
    }
    return nullptr;
}

int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    return server.serverPort();
}

bool says(const QWidget &parent, const QString &words)
{
    const QList<QLabel *> labels = parent.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
}

} // namespace

class TestLocalApiBox final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;

    LocalApiService &api() { return m_fixture->localApi(); }
    void startOn(quint16 port, const QString &token = {})
    {
        api().start({port, token});
        QVERIFY(QTest::qWaitFor([this] { return api().state() != LocalApiState::Starting; }, 5000));
    }

private slots:
    void init() { m_fixture = std::make_unique<UiFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void theSectionSwitchesItOn()
    {
        SettingsPage page(m_fixture->context());
        page.openTarget(QStringLiteral("localapi"));
        page.show();
        QVERIFY(m_fixture->settings().setValue(keys::kLocalApiPort, freePort()).ok());
        api().start();
        QVERIFY(says(page, QStringLiteral("The local API is off.")));
        auto *box = named<QCheckBox>(page, "Serve the local API");
        QVERIFY(box && !box->isChecked());
        box->click();
        QTRY_COMPARE(api().state(), LocalApiState::Listening);
        QVERIFY(says(page, QStringLiteral("Listens on 127.0.0.1:%1.").arg(api().port())));
        const auto *example = named<QLineEdit>(page, "Example request");
        QVERIFY(example && example->text().contains(QLatin1String("curl")));
        box->click();
        QCOMPARE(api().state(), LocalApiState::Off);
    }

    void theTokenIsCopiedAndNeverShown()
    {
        LocalApiBox box(m_fixture->context());
        box.show();
        startOn(0);
        const QString token = m_fixture->secrets().values.value(kSecret);
        QVERIFY(!token.isEmpty());
        QTest::mouseClick(named<QPushButton>(box, "Copy token"), Qt::LeftButton);
        QTRY_COMPARE(QApplication::clipboard()->text(), token);
        QVERIFY(says(box, QStringLiteral("on the clipboard")));
        for (const QLabel *label : box.findChildren<QLabel *>())
            QVERIFY(!label->text().contains(token));
        for (const QLineEdit *edit : box.findChildren<QLineEdit *>())
            QVERIFY(!edit->text().contains(token));
    }

    void aNewTokenIsAskedForFirst()
    {
        LocalApiBox box(m_fixture->context());
        box.show();
        startOn(0);
        const QString token = m_fixture->secrets().values.value(kSecret);
        m_fixture->prompts().answerNext(false);
        QTest::mouseClick(named<QPushButton>(box, "New token…"), Qt::LeftButton);
        QCOMPARE(m_fixture->secrets().values.value(kSecret), token);
        m_fixture->prompts().answerNext(true);
        QTest::mouseClick(named<QPushButton>(box, "New token…"), Qt::LeftButton);
        QTRY_VERIFY(says(box, QStringLiteral("There is a new token.")));
        QVERIFY(m_fixture->secrets().values.value(kSecret) != token);
        QCOMPARE(m_fixture->prompts().asked().size(), 2);
    }

    void aTokenOfOnesOwn()
    {
        LocalApiBox box(m_fixture->context());
        box.show();
        startOn(0);
        auto *own = named<QLineEdit>(box, "Own token");
        auto *keep = named<QPushButton>(box, "Use this token");
        QVERIFY(own && keep && !keep->isEnabled());
        QCOMPARE(own->echoMode(), QLineEdit::Password);
        own->setText(QStringLiteral("short"));
        m_fixture->prompts().answerNext(true);
        QTest::mouseClick(keep, Qt::LeftButton);
        QTRY_VERIFY(keep->isEnabled());
        QCOMPARE(own->text(), QStringLiteral("short")); // what is refused stays to be mended
        own->setText(QStringLiteral("my-own-token-my-own-token"));
        m_fixture->prompts().answerNext(false); // whoever has the present one would be shut out
        QTest::mouseClick(keep, Qt::LeftButton);
        QCOMPARE(own->text(), QStringLiteral("my-own-token-my-own-token"));
        m_fixture->prompts().answerNext(true);
        QTest::keyClick(own, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->secrets().values.value(kSecret), QStringLiteral("my-own-token-my-own-token"));
        QTRY_VERIFY(own->text().isEmpty());
    }

    void whatIsWrongIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
        LocalApiBox box(m_fixture->context());
        box.show();
        startOn(other.serverPort());
        QVERIFY(says(box, QString::number(other.serverPort())));
        auto *retry = named<QPushButton>(box, "Try to start the local API again");
        QVERIFY(retry && retry->isVisible());
        other.close();
        QTest::mouseClick(retry, Qt::LeftButton);
        QTRY_COMPARE(api().state(), LocalApiState::Listening);
        QVERIFY(!retry->isVisible());
    }

    void theEnvironmentsTokenCannotBeChanged()
    {
        LocalApiBox box(m_fixture->context());
        box.show();
        startOn(0, QStringLiteral("a-token-of-the-environment"));
        QVERIFY(says(box, QStringLiteral("LOCAL_API_TOKEN")));
        QVERIFY(!named<QPushButton>(box, "New token…")->isVisible());
        QVERIFY(!named<QLineEdit>(box, "Own token")->isVisible());
    }
};

QTEST_MAIN(TestLocalApiBox)
#include "tst_localapibox.moc"
