// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/support/sandboxfixture.h"
#include "tests/support/uifixture.h"
#include "ui/accountgate.h"
#include "ui/welcome/connectform.h"
#include "ui/widgets/errorbanner.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace novita;

/// The form that connects an account, against a simulated cloud.
class TestWelcome final : public QObject
{
    Q_OBJECT

    struct Bench
    {
        UiFixture fixture;
        ConnectForm form{fixture.context()};

        explicit Bench(const QUrl &root)
        {
            form.show();
            type(QStringLiteral("API root"), root.toString());
        }
        QLineEdit *field(const QString &name) const
        {
            for (QLineEdit *edit : form.findChildren<QLineEdit *>()) {
                if (edit->accessibleName() == name)
                    return edit;
            }
            return nullptr;
        }
        void type(const QString &name, const QString &text) const { field(name)->setText(text); }
        void press(const QString &text) const
        {
            for (QPushButton *button : form.findChildren<QPushButton *>()) {
                if (button->text() == text)
                    button->click();
            }
        }
        QString said() const
        {
            QStringList out;
            for (const QLabel *label : form.findChildren<QLabel *>()) {
                if (label->isVisible())
                    out.append(label->text());
            }
            return out.join(u'\n');
        }
    };

private slots:
    void wrongKeyIsSaidAtTheKey()
    {
        const SandboxFixture sandbox;
        const Bench bench(sandbox.cloud.apiRoot());
        bench.type(u"API key"_qs, u"wrong-key-0123456789"_qs);
        bench.press(u"Test and connect"_qs);
        QTRY_VERIFY(bench.field(u"API key"_qs)->property("invalid").toBool());
        QVERIFY2(bench.said().contains(u"127.0.0.1 did not accept this API key."_qs), qPrintable(bench.said()));
        QVERIFY(!bench.form.findChild<ErrorBanner *>()->isShowing());
        QCOMPARE(bench.field(u"API key"_qs)->text(), u"wrong-key-0123456789"_qs);
        // Typing takes the complaint away.
        QTest::keyClicks(bench.field(u"API key"_qs), u"x"_qs);
        QVERIFY(!bench.said().contains(u"did not accept"_qs));
    }

    void goodKeyConnectsAndIsStored()
    {
        const SandboxFixture sandbox;
        Bench bench(sandbox.cloud.apiRoot());
        bench.type(u"API key"_qs, u"sk_good_0123456789"_qs);
        bench.type(u"Profile name"_qs, u"mine"_qs);
        QSignalSpy connected(&bench.form, &ConnectForm::connected);
        bench.press(u"Test and connect"_qs);
        QTRY_COMPARE(connected.count(), 1);
        QVERIFY(connected.first().first().toString().startsWith(u"Connected as mine. Balance $"_qs));
        QVERIFY(bench.field(u"API key"_qs)->text().isEmpty());
        QCOMPARE(bench.fixture.context().profiles.active()->name, u"mine"_qs);
    }

    void leavingARunningCreateIsAskedFirst()
    {
        const SandboxFixture sandbox;
        Bench bench(sandbox.cloud.apiRoot());
        QObject owner;
        bench.fixture.context().gate.watch(&owner, [] { return u"trainer"_qs; });
        bench.type(u"API key"_qs, u"sk_good_0123456789"_qs);
        bench.type(u"Profile name"_qs, u"mine"_qs);
        QSignalSpy connected(&bench.form, &ConnectForm::connected);
        bench.press(u"Test and connect"_qs);
        QTRY_COMPARE(bench.fixture.prompts().asked().size(), 1);
        QVERIFY(bench.fixture.prompts().asked().first().text.contains(u"“trainer” is being created"_qs));
        QCOMPARE(bench.fixture.context().profiles.active()->name, u"test-0"_qs);
        QCOMPARE(bench.field(u"API key"_qs)->text(), u"sk_good_0123456789"_qs);
        QVERIFY(!bench.field(u"API key"_qs)->isReadOnly());
        QVERIFY(connected.isEmpty());
        bench.fixture.prompts().answerNext(true);
        bench.press(u"Test and connect"_qs);
        QTRY_COMPARE(connected.count(), 1);
        QCOMPARE(bench.fixture.context().profiles.active()->name, u"mine"_qs);
    }

    void nobodyThereOffersToTryAgain()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl root(u"http://127.0.0.1:%1"_qs.arg(closed.serverPort()));
        closed.close();
        const Bench bench(root);
        bench.type(u"API key"_qs, u"sk_good_0123456789"_qs);
        bench.press(u"Test and connect"_qs);
        QTRY_VERIFY(bench.form.findChild<ErrorBanner *>()->isShowing());
        QVERIFY2(bench.said().contains(u"could not be reached"_qs), qPrintable(bench.said()));
        QVERIFY(!bench.field(u"API key"_qs)->property("invalid").toBool());
    }
};

QTEST_MAIN(TestWelcome)
#include "tst_welcome.moc"
