// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "core/workflows/history.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "tests/webhooks/webhooktarget.h"
#include "ui/webhooks/outgoinglogmodel.h"
#include "ui/webhooks/outgoingruledialog.h"
#include "ui/webhooks/outgoingrulemodel.h"
#include "ui/webhooks/outgoingtab.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const QString kSecret = QStringLiteral("a secret of this test");

OutgoingEvent stopped(const QString &instance)
{
    OutgoingEvent event;
    event.event.kind = InstanceEvent::Kind::Stopped;
    event.event.instanceId = instance;
    event.event.timestamp = TimePoint(1767225600000ms);
    event.instanceName = QStringLiteral("name of ") + instance;
    return event;
}

} // namespace

class TestOutgoingTab : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void emptyStatesOfferARule();
    void dialogMakesARule();
    void dialogSaysWhatIsWrong();
    void dialogKeepsTheSecret();
    void logShowsWhatWasSent();
    void logPagesAndFollows();
    void resendFromTheDetails();
    void testButtonSends();
    void deleteAsksFirst();
    void environmentRuleCannotBeChanged();

private:
    WebhookNotifier &notifier() { return m_fixture->notifier(); }
    WebhookRule addRule()
    {
        WebhookRule rule;
        rule.name = QStringLiteral("chat");
        rule.target = m_target->url();
        rule.kinds = webhookpayload::sentKinds();
        const Result<Done> saved = await(notifier().rules().save(rule, kSecret));
        return saved ? notifier().rules().all().last() : WebhookRule();
    }
    QAction *action(const QString &text) const
    {
        for (QAction *one : m_tab->pageActions()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    TableView *table(const QString &name) const
    {
        for (TableView *one : m_tab->findChildren<TableView *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    template<typename Widget>
    static Widget *named(QWidget *in, const QString &name)
    {
        for (Widget *one : in->findChildren<Widget *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    OutgoingRuleDialog *dialog() const { return m_tab->findChild<OutgoingRuleDialog *>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<WebhookTarget> m_target;
    std::unique_ptr<OutgoingTab> m_tab;
};

void TestOutgoingTab::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_fixture = std::make_unique<UiFixture>();
    m_target = std::make_unique<WebhookTarget>();
    m_fixture->context().history.open(m_folder->filePath(QStringLiteral("history.sqlite")));
    notifier().start();
    QTRY_VERIFY(notifier().rules().isLoaded());
    m_tab = std::make_unique<OutgoingTab>(m_fixture->context());
    m_tab->resize(1200, 700);
    m_tab->retranslate();
    m_tab->show();
    m_tab->activate();
    QTRY_VERIFY(m_tab->isFilled());
}

void TestOutgoingTab::cleanup()
{
    m_tab.reset();
    m_fixture.reset();
    m_target.reset();
}

void TestOutgoingTab::emptyStatesOfferARule()
{
    bool offered = false;
    for (const EmptyState *state : m_tab->findChildren<EmptyState *>())
        offered = offered || (state->isVisible() && state->button()->text() == action(QStringLiteral("Add rule…"))->text());
    QVERIFY(offered);
    QVERIFY(!action(QStringLiteral("Edit rule…"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Send test"))->isEnabled());
}

void TestOutgoingTab::dialogMakesARule()
{
    action(QStringLiteral("Add rule…"))->trigger();
    QVERIFY(dialog());
    named<QLineEdit>(dialog(), QStringLiteral("Name"))->setText(QStringLiteral(" chat  of the team "));
    named<QLineEdit>(dialog(), QStringLiteral("Target"))->setText(m_target->url().toString());
    named<QLineEdit>(dialog(), QStringLiteral("Instances"))->setText(QStringLiteral("train-*, box-1 ,"));
    named<QPushButton>(dialog(), QStringLiteral("Generate secret"))->click();
    const QString secret = named<QLineEdit>(dialog(), QStringLiteral("Secret"))->text();
    QVERIFY(secret.startsWith(QStringLiteral("whsec_")));
    for (QCheckBox *kind : dialog()->findChildren<QCheckBox *>())
        kind->setChecked(kind->property("kind").toString() == QLatin1String("stopped"));
    emit dialog()->saveRequested();
    QTRY_COMPARE(notifier().rules().all().size(), 1);
    const WebhookRule rule = notifier().rules().all().first();
    QCOMPARE(rule.name, QStringLiteral("chat of the team"));
    QCOMPARE(rule.kinds, QStringList{QStringLiteral("stopped")});
    QCOMPARE(rule.instances, (QStringList{QStringLiteral("train-*"), QStringLiteral("box-1")}));
    QVERIFY(rule.isSigned);
    QCOMPARE(m_fixture->secrets().values.value(rule.secretName()), secret);
    QTRY_COMPARE(table(QStringLiteral("Webhook rules table"))->model()->rowCount(), 1);
}

void TestOutgoingTab::dialogSaysWhatIsWrong()
{
    OutgoingRuleDialog dialog(m_fixture->context(), {}, {}, {});
    dialog.show();
    QVERIFY(!dialog.problem().isEmpty());
    named<QLineEdit>(&dialog, QStringLiteral("Name"))->setText(QStringLiteral("n"));
    auto *target = named<QLineEdit>(&dialog, QStringLiteral("Target"));
    for (const char *wrong : {"http://example.com/", "https://10.0.0.1/", "https://169.254.169.254/", "nonsense"}) {
        target->setText(QString::fromLatin1(wrong));
        QVERIFY2(!dialog.problem().isEmpty(), wrong);
    }
    target->setText(QStringLiteral("https://hooks.example.com/"));
    QVERIFY(!dialog.problem().isEmpty()); // no secret
    named<QLineEdit>(&dialog, QStringLiteral("Secret"))->setText(QStringLiteral("whsec_tooshort"));
    QVERIFY(!dialog.problem().isEmpty());
    named<QLineEdit>(&dialog, QStringLiteral("Secret"))->setText(kSecret);
    QCOMPARE(dialog.problem(), QString());
    for (QCheckBox *kind : dialog.findChildren<QCheckBox *>())
        kind->setChecked(false);
    QVERIFY(!dialog.problem().isEmpty());
}

void TestOutgoingTab::dialogKeepsTheSecret()
{
    const WebhookRule rule = addRule();
    OutgoingRuleDialog dialog(m_fixture->context(), rule, {}, {});
    QCOMPARE(dialog.problem(), QString());
    QVERIFY(!dialog.secret());
    QCOMPARE(dialog.rule(), rule);
}

void TestOutgoingTab::logShowsWhatWasSent()
{
    addRule();
    notifier().notify(stopped(QStringLiteral("box")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->rowCount(), 1);
    const auto cell = [log](int column) { return log->model()->index(0, column).data().toString(); };
    QTRY_COMPARE(cell(OutgoingLogModel::Outcome), QStringLiteral("Delivered"));
    QCOMPARE(cell(OutgoingLogModel::Rule), QStringLiteral("chat"));
    QCOMPARE(cell(OutgoingLogModel::Instance), QStringLiteral("name of box"));
    QCOMPARE(cell(OutgoingLogModel::Attempts), QStringLiteral("1 of 3"));
    QCOMPARE(cell(OutgoingLogModel::Answer), QStringLiteral("200"));
    log->selectRow(0);
    TableView *headers = table(QStringLiteral("Headers table"));
    QTRY_VERIFY(headers->model()->rowCount() > 5);
    QString all;
    for (int row = 0; row < headers->model()->rowCount(); ++row)
        all += headers->model()->index(row, 0).data().toString() + QLatin1Char('=') + headers->model()->index(row, 1).data().toString() + QLatin1Char('\n');
    QVERIFY(all.contains(QStringLiteral("webhook-id=msg_")));
    QVERIFY(all.contains(QStringLiteral("X-Webhook-Signature=")));
    QVERIFY(!all.contains(QString::fromLatin1(m_target->requests().first().headers.value("X-Webhook-Signature"))));
    QCOMPARE(table(QStringLiteral("Attempts table"))->model()->rowCount(), 1);
    TableView *rules = table(QStringLiteral("Webhook rules table"));
    QTRY_COMPARE(rules->model()->index(0, OutgoingRuleModel::Last).data().toString(), QStringLiteral("Delivered"));
}

void TestOutgoingTab::logPagesAndFollows()
{
    OutgoingStore store(m_fixture->context().history.database);
    const auto make = [this](int count) {
        QList<OutgoingMessage> messages;
        for (int i = 0; i < count; ++i) {
            OutgoingMessage message;
            message.id = OutgoingStore::newId();
            message.lane = QStringLiteral("r");
            message.rule = RuleId(QStringLiteral("r"));
            message.state = i % 2 ? OutgoingState::Delivered : OutgoingState::Failed;
            message.subject = QString::number(i);
            message.createdAt = m_fixture->clock().now();
            messages.append(message);
        }
        return messages;
    };
    QVERIFY(await(store.enqueue(make(450), 10000, {})).ok());
    OutgoingLogModel model(store, m_fixture->clock());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.look();
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() == 450)); // the tester fetches, too
    QCOMPARE(model.isComplete(), true);
    const qint64 newest = model.at(0)->seq;
    QVERIFY(await(store.enqueue(make(3), 10000, {})).ok());
    model.look();
    QTRY_COMPARE(model.rowCount(), 453);
    QCOMPARE(model.rowOf(newest), 3);
    QVERIFY(model.isComplete());
    QVERIFY(await(store.resend(newest, 3, m_fixture->clock().now())).ok());
    model.look();
    QTRY_COMPARE(model.at(3)->state, OutgoingState::Waiting);
    QCOMPARE(model.rowCount(), 453);
    model.setFilter({}, OutgoingState::Failed);
    QTRY_VERIFY(model.wasRead() && model.rowCount() >= OutgoingLogModel::kPage);
    model.setFilter(QStringLiteral("nobody"), std::nullopt);
    QTRY_VERIFY(model.wasRead() && model.isComplete());
    QCOMPARE(model.rowCount(), 0);
}

void TestOutgoingTab::resendFromTheDetails()
{
    addRule();
    m_target->script(400);
    notifier().notify(stopped(QStringLiteral("box")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->index(0, OutgoingLogModel::Outcome).data().toString(), QStringLiteral("Failed"));
    log->selectRow(0);
    QTRY_VERIFY(action(QStringLiteral("Resend"))->isEnabled());
    action(QStringLiteral("Resend"))->trigger();
    QTRY_COMPARE(log->model()->index(0, OutgoingLogModel::Outcome).data().toString(), QStringLiteral("Delivered"));
    QCOMPARE(m_target->count(), 2);
    QCOMPARE(m_target->requests().at(1).body, m_target->requests().at(0).body);
    QTRY_COMPARE(table(QStringLiteral("Attempts table"))->model()->rowCount(), 2);
}

void TestOutgoingTab::testButtonSends()
{
    addRule();
    TableView *rules = table(QStringLiteral("Webhook rules table"));
    QTRY_COMPARE(rules->model()->rowCount(), 1);
    rules->selectRow(0);
    action(QStringLiteral("Send test"))->trigger();
    QTRY_COMPARE(m_target->count(), 1);
    action(QStringLiteral("Switch off"))->trigger();
    QTRY_COMPARE(rules->model()->index(0, OutgoingRuleModel::State).data().toString(), QStringLiteral("Off"));
    QTRY_VERIFY(action(QStringLiteral("Switch on")));
}

void TestOutgoingTab::deleteAsksFirst()
{
    addRule();
    TableView *rules = table(QStringLiteral("Webhook rules table"));
    QTRY_COMPARE(rules->model()->rowCount(), 1);
    rules->selectRow(0);
    m_fixture->prompts().answerNext(false);
    action(QStringLiteral("Delete rule…"))->trigger();
    QCOMPARE(notifier().rules().all().size(), 1);
    m_fixture->prompts().answerNext(true);
    action(QStringLiteral("Delete rule…"))->trigger();
    QTRY_COMPARE(rules->model()->rowCount(), 0);
}

void TestOutgoingTab::environmentRuleCannotBeChanged()
{
    notifier().rules().setEnvironment(m_target->url(), {});
    TableView *rules = table(QStringLiteral("Webhook rules table"));
    QTRY_COMPARE(rules->model()->rowCount(), 1);
    const QAbstractItemModelTester tester(rules->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(rules->model()->index(0, OutgoingRuleModel::Name).data().toString().contains(QStringLiteral("from environment")));
    rules->selectRow(0);
    QVERIFY(!action(QStringLiteral("Edit rule…"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Delete rule…"))->isEnabled());
    QVERIFY(action(QStringLiteral("Send test"))->isEnabled());
}

QTEST_MAIN(TestOutgoingTab)
#include "tst_outgoingtab.moc"
