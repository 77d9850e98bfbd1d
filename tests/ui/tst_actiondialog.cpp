// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/instance.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/instanceforms/actiondialog.h"
#include "ui/instanceforms/actionform.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/portlisteditor.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace novita;
using A = InstanceAction;

/// The dialogs of the actions that need input: what they begin with, say, check and send.
class TestActionDialog final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ActionDialog> m_dialog;

    Instance subject(InstanceStatus status, BillingMode billing = BillingMode::OnDemand) const
    {
        Instance one = m_fixture->instance(0);
        one.status = status;
        one.statusText = stateInfo(status).wire;
        one.billing = billing;
        one.billingText = billingModeToWire(billing);
        one.endTime = m_fixture->clock().now() + std::chrono::hours(100);
        one.envs = {{QStringLiteral("HF_TOKEN"), QStringLiteral("hf_very_secret")}};
        one.imageUrl = QStringLiteral("registry.example/team/trainer:1");
        return one;
    }
    static QByteArray detailOf(const Instance &one)
    {
        return QStringLiteral(R"({"id":"%1","name":"%2","status":"%3","billingMode":"%4","imageUrl":"%5","rootfsSize":60,"gpuNum":"1",
            "productId":"0","clusterId":"%6","envs":[{"key":"HF_TOKEN","value":"hf_very_secret"}],"command":"run.sh",
            "portMappings":[{"port":8080,"type":"http","endpoint":""}],"volumeMounts":[{"type":"network","size":200,"id":"ns-1","mountPath":"/network"}]})")
            .arg(one.id.toString(), one.name, one.statusText, one.billingText, one.imageUrl, one.clusterId.toString()).toUtf8();
    }
    /// Everything is answered well; a detail is that of `one`.
    void answer(const Instance &one, const QByteArray &post = "{}")
    {
        m_fixture->network().setResponder([one, post](const FakeRequest &request) {
            if (request.verb == "POST")
                return FakeAnswer::payload(post);
            return FakeAnswer::payload(request.path().endsWith(QLatin1String("/gpu/instance")) ? detailOf(one) : QByteArray(R"({"data":[]})"));
        });
    }
    void open(A action, const Instance &one)
    {
        m_fixture->stores().instances.adoptRows({one}, m_fixture->clock().now(), false);
        m_dialog = std::make_unique<ActionDialog>(action, m_fixture->context().commands.planBulk({one.id}, action), m_fixture->context());
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    template<typename T>
    T *named(const char *name) const
    {
        for (T *one : m_dialog->findChildren<T *>()) {
            if (one->accessibleName() == QString::fromUtf8(name))
                return one;
        }
        return nullptr;
    }
    QPushButton *button(const char *text) const
    {
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->text() == QString::fromUtf8(text))
                return one;
        }
        return nullptr;
    }
    QString allWords() const
    {
        QStringList words;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
            if (label->isVisibleTo(m_dialog.get()))
                words.append(label->text());
        }
        return words.join(QLatin1Char('\n'));
    }
    QJsonObject lastBody() const
    {
        for (auto it = m_fixture->network().requests().rbegin(); it != m_fixture->network().requests().rend(); ++it) {
            if (it->verb == "POST")
                return QJsonDocument::fromJson(it->body).object();
        }
        return {};
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_fixture->fill(3);
    }
    void cleanup()
    {
        m_dialog.reset();
        m_fixture.reset();
    }

    void isAsHighAsItsWords_data()
    {
        QTest::addColumn<int>("action");
        QTest::addColumn<int>("percent");
        for (const A action : {A::Edit, A::Upgrade, A::SaveImage, A::ToMonthly, A::AutoMigrate}) {
            for (const int percent : {100, 200})
                QTest::addRow("%d at %d", static_cast<int>(action), percent) << static_cast<int>(action) << percent;
        }
    }
    /// Words that wrap are not squeezed, whatever the text size; where the screen is too low, only the form scrolls.
    void isAsHighAsItsWords()
    {
        QFETCH(int, action);
        QFETCH(int, percent);
        m_fixture->theme().apply(ColorScheme::Light, percent);
        const Instance one = subject(static_cast<A>(action) == A::SaveImage ? InstanceStatus::Exited : InstanceStatus::Running);
        answer(one);
        open(static_cast<A>(action), one);
        const auto squeezed = [this] {
            for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->wordWrap() && label->height() < label->heightForWidth(label->width()))
                    return label->text();
            }
            return QString();
        };
        QTRY_COMPARE(squeezed(), QString());
        QVERIFY(m_dialog->height() <= m_dialog->screen()->availableSize().height());
        m_fixture->theme().apply(ColorScheme::Light, 100);
    }

    void anEditSendsOnlyWhatChanged()
    {
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::Edit, one);
        QPushButton *send = button("Change instance");
        QVERIFY(send);
        QVERIFY(!send->isEnabled()); // still being read
        QTRY_COMPARE(m_dialog->blocker(), QStringLiteral("Nothing is changed."));
        QVERIFY(allWords().contains(QLatin1String("The name stays as it is")));
        auto *grow = named<QSpinBox>("Grow the system disk by");
        QVERIFY(grow);
        grow->setValue(20);
        QVERIFY(send->isEnabled());
        QVERIFY(allWords().contains(QLatin1String("60 GB now, 80 GB afterwards")));
        QSignalSpy closed(m_dialog.get(), &QDialog::accepted);
        send->click();
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(m_fixture->writes().last().section(QLatin1Char('/'), -1), QStringLiteral("edit"));
        QCOMPARE(lastBody(), (QJsonObject{{QStringLiteral("instanceId"), one.id.toString()}, {QStringLiteral("expandRootDisk"), 20}}));
    }

    void aBadPortIsSaidAndNotSent()
    {
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::Edit, one);
        auto *ports = m_dialog->findChild<PortListEditor *>();
        QTRY_COMPARE(ports->ports().size(), 1);
        ports->setPorts({{2222, QStringLiteral("tcp")}});
        QCOMPARE(m_dialog->blocker(), QStringLiteral("Port 2222 is reserved by the platform."));
        QVERIFY(!button("Change instance")->isEnabled());
        QCOMPARE(ports->accessibleDescription(), QStringLiteral("Port 2222 is reserved by the platform."));
        QVERIFY(m_fixture->writes().isEmpty());
    }

    void aFailureKeepsWhatWasTyped()
    {
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::Edit, one);
        QTRY_VERIFY(m_dialog->form()->isEnabled());
        named<QSpinBox>("Grow the system disk by")->setValue(30);
        m_fixture->network().setResponder([one](const FakeRequest &request) {
            return request.verb == "POST" ? FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no"})", 400) : FakeAnswer::payload(detailOf(one));
        });
        button("Change instance")->click();
        auto *banner = m_dialog->findChild<ErrorBanner *>();
        QTRY_VERIFY(banner->isShowing());
        QVERIFY(m_dialog->isVisible());
        QVERIFY(banner->sentence().contains(QLatin1String("Could not change")));
        QCOMPARE(named<QSpinBox>("Grow the system disk by")->value(), 30);
        QTRY_VERIFY(button("Change instance")->isEnabled());
    }

    void whatCannotBeReadCannotBeSent()
    {
        const Instance one = subject(InstanceStatus::Running);
        m_fixture->network().setResponder([](const FakeRequest &) { return FakeAnswer::payload(R"({"message":"not now"})", 403); });
        open(A::Upgrade, one);
        auto *banner = m_dialog->findChild<ErrorBanner *>();
        QTRY_VERIFY(banner->isShowing());
        QVERIFY(!button("Upgrade instance")->isEnabled());
        QCOMPARE(m_dialog->blocker(), QStringLiteral("The instance has not been read."));
    }

    void anUpgradeSendsTheWholeConfiguration()
    {
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::Upgrade, one);
        auto *image = named<QLineEdit>("Image");
        QTRY_COMPARE(image->text(), one.imageUrl);
        QVERIFY(allWords().contains(QLatin1String("May be lost: Container disk")));
        QVERIFY(allWords().contains(QLatin1String("The instance is reset")));
        QVERIFY(!button("Upgrade instance")->isDefault());
        image->setText(QStringLiteral("registry.example/team/trainer:2"));
        named<QCheckBox>("Keep what is on the system disk")->setChecked(false);
        QVERIFY(allWords().contains(QLatin1String("Everything on the container disk is given up.")));
        QSignalSpy closed(m_dialog.get(), &QDialog::accepted);
        button("Upgrade instance")->click();
        QTRY_COMPARE(closed.count(), 1);
        const QJsonObject body = lastBody();
        QCOMPARE(body.value(QStringLiteral("imageUrl")).toString(), QStringLiteral("registry.example/team/trainer:2"));
        QCOMPARE(body.value(QStringLiteral("command")).toString(), QStringLiteral("run.sh"));
        QCOMPARE(body.value(QStringLiteral("save")).toBool(true), false);
        QCOMPARE(body.value(QStringLiteral("envs"))[0][QStringLiteral("value")].toString(), QStringLiteral("hf_very_secret"));
        QCOMPARE(body.value(QStringLiteral("networkVolume"))[QStringLiteral("volumeMounts")][0][QStringLiteral("id")].toString(), QStringLiteral("ns-1"));
    }

    void theCopyHoldsNoSecretAndNoKey()
    {
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::Upgrade, one);
        QTRY_VERIFY(m_dialog->form()->isEnabled());
        const QList<QAction *> forms = button("Copy as")->menu()->actions();
        QCOMPARE(forms.size(), 2);
        for (QAction *form : forms) {
            form->trigger();
            const QString text = QGuiApplication::clipboard()->text();
            QVERIFY(text.contains(QLatin1String("/v1/gpu/instance/upgrade")));
            QVERIFY(text.contains(QLatin1String("NOVITA_API_KEY")));
            QVERIFY(text.contains(QLatin1String("HF_TOKEN")));
            QVERIFY(!text.contains(QLatin1String("hf_very_secret")));
            QVERIFY(!text.contains(QLatin1String("a-key-for-tests")));
            QVERIFY(text.startsWith(QLatin1String("# Secret values were left out")));
        }
        QVERIFY(m_fixture->writes().isEmpty());
    }

    void anImageNeedsAName()
    {
        const Instance one = subject(InstanceStatus::Exited);
        answer(one, R"({"jobId":"job-1"})");
        open(A::SaveImage, one);
        QVERIFY(!button("Save image")->isEnabled());
        named<QLineEdit>("Image to write")->setText(QStringLiteral("ghcr.io/team/trainer:2"));
        QVERIFY(button("Save image")->isEnabled());
        QSignalSpy closed(m_dialog.get(), &QDialog::accepted);
        button("Save image")->click();
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(lastBody().value(QStringLiteral("image")).toString(), QStringLiteral("ghcr.io/team/trainer:2"));
    }

    void aPriceThatIsNotListedIsUnknown()
    {
        const Instance one = subject(InstanceStatus::Running, BillingMode::Monthly);
        Product product = *m_fixture->stores().products.find(one.productId);
        product.billingModes.append(BillingMode::Monthly);
        product.monthlyPrices = {{Money::fromPriceUnits(9900000), 1}};
        m_fixture->stores().products.upsert({product});
        answer(one);
        open(A::Renew, one);
        QVERIFY(allWords().contains(QLatin1String("$99.00")));
        QVERIFY(allWords().contains(QLatin1String("The term that is paid now ends on")));
        named<QSpinBox>("Months")->setValue(2);
        QVERIFY(allWords().contains(QLatin1String("unknown: nothing is listed for 2 month")));
        QTest::keyClick(named<QSpinBox>("Months"), Qt::Key_Return); // one too many pays nothing
        QVERIFY(m_fixture->writes().isEmpty());
        button("Renew instance")->click();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->prompts().asked().first().text.contains(QLatin1String("What will be paid is not known")));
        QVERIFY(m_fixture->prompts().asked().first().destructive); // the keyboard is on Cancel
        QVERIFY(m_fixture->writes().isEmpty());
        m_fixture->prompts().answerNext(true);
        button("Renew instance")->click();
        QTRY_COMPARE(lastBody().value(QStringLiteral("month")).toInt(), 2);
    }

    void severalAreHandedOnAsAPlan()
    {
        QList<InstanceId> ids;
        for (int i = 0; i < 3; ++i) {
            Instance one = m_fixture->instance(i);
            one.billing = i < 2 ? BillingMode::Monthly : BillingMode::Spot;
            one.status = InstanceStatus::Running;
            m_fixture->stores().instances.adoptRows({one}, m_fixture->clock().now(), false);
            ids.append(one.id);
        }
        m_dialog = std::make_unique<ActionDialog>(A::AutoRenew, m_fixture->context().commands.planBulk(ids, A::AutoRenew), m_fixture->context());
        std::optional<InstanceRequest> accepted;
        connect(m_dialog.get(), &ActionDialog::severalAccepted, this,
                [&accepted](const QList<BulkRow> &, const InstanceRequest &request) { accepted = request; });
        m_dialog->show();
        QVERIFY(allWords().contains(QLatin1String("left out")));
        QVERIFY(allWords().contains(QLatin1String("does not tell how this is set now")));
        named<QCheckBox>("Renew automatically")->setChecked(false);
        QVERIFY(!named<QSpinBox>("Months each time")->isVisible());
        button("Set auto-renewal of 2 instance(s)")->click();
        QVERIFY(accepted);
        QVERIFY(!accepted->input<AutoRenewRequest>().on);
        QVERIFY(m_fixture->writes().isEmpty());
    }

    void productionAsksOnceMore()
    {
        m_fixture->useProfile(true, false);
        const Instance one = subject(InstanceStatus::Running);
        answer(one);
        open(A::AutoMigrate, one);
        button("Set auto-migration")->click();
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->writes().isEmpty());
        m_fixture->prompts().answerNext(true);
        button("Set auto-migration")->click();
        QTRY_COMPARE(m_fixture->writes().size(), 1);
    }

    void aStateThatNoLongerFitsBlocks()
    {
        Instance one = subject(InstanceStatus::Exited);
        answer(one);
        open(A::SaveImage, one);
        named<QLineEdit>("Image to write")->setText(QStringLiteral("ghcr.io/team/trainer:2"));
        QVERIFY(button("Save image")->isEnabled());
        one.status = InstanceStatus::Starting;
        one.statusText = QStringLiteral("starting");
        m_fixture->stores().instances.adoptRows({one}, m_fixture->clock().now(), false);
        QVERIFY(!button("Save image")->isEnabled());
        QVERIFY(m_dialog->blocker().startsWith(QLatin1String("Stop the instance first")));
        m_fixture->stores().resetCloudData();
        QVERIFY(!m_dialog->isVisible());
    }

    void everyInputHasAName()
    {
        for (const A action : {A::Edit, A::Upgrade, A::SaveImage, A::Renew, A::ToMonthly, A::AutoRenew, A::AutoMigrate}) {
            const bool monthly = action == A::Renew || action == A::AutoRenew;
            const Instance one = subject(action == A::SaveImage ? InstanceStatus::Exited : InstanceStatus::Running,
                                         monthly ? BillingMode::Monthly : BillingMode::OnDemand);
            answer(one);
            open(action, one);
            QTRY_VERIFY(m_dialog->form()->isEnabled());
            for (QWidget *input : m_dialog->findChildren<QWidget *>()) {
                const bool interactive = qobject_cast<QLineEdit *>(input) || qobject_cast<QAbstractSpinBox *>(input) || qobject_cast<QComboBox *>(input)
                                         || qobject_cast<QAbstractButton *>(input);
                const bool part = qobject_cast<QAbstractSpinBox *>(input->parentWidget()) || qobject_cast<QComboBox *>(input->parentWidget())
                                  || input->objectName().startsWith(QLatin1String("qt_"));
                const auto *pressed = qobject_cast<QAbstractButton *>(input);
                if (!interactive || part || !input->isVisible())
                    continue;
                bool labelled = !input->accessibleName().isEmpty() || (pressed && !pressed->text().isEmpty());
                for (const QLabel *label : m_dialog->findChildren<QLabel *>())
                    labelled = labelled || (label->buddy() == input && !label->text().isEmpty());
                QVERIFY2(labelled, qPrintable(QStringLiteral("action %1: %2").arg(static_cast<int>(action)).arg(QLatin1String(input->metaObject()->className()))));
            }
            m_dialog.reset();
        }
    }
};

QTEST_MAIN(TestActionDialog)
#include "tst_actiondialog.moc"
