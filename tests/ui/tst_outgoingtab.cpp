// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "tests/webhooks/webhooktarget.h"
#include "ui/webhooks/outgoinglogmodel.h"
#include "ui/webhooks/outgoingruledialog.h"
#include "ui/webhooks/outgoingrulemodel.h"
#include "ui/webhooks/outgoingrulespane.h"
#include "ui/webhooks/outgoingtab.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

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
    void labelsStandBesideTheFirstLine();
    void dialogSaysWhatIsWrong();
    void dialogKeepsTheSecret();
    void logShowsWhatWasSent();
    void logPagesAndFollows();
    void resendFromTheDetails();
    void testButtonSends();
    void deleteAsksFirst();
    void environmentRuleCannotBeChanged();
    void saveTwiceMakesOneRule();
    void copiedSecretOutlivesTheDialog();
    void rulesSayWhyNothingCanBeDone();
    void ruleWithTagsDoesNotReadEveryInstance();
    void readErrorIsNotNothing();
    void olderRowsFollow();
    void newRowsPushOutTheOldest();
    void filterKnowsTheWordsShown();
    void detailsKeepTheirPlace();
    void resendOfOneThatIsFilteredOut();
    void failedResendIsToldAnyway();
    void rulesGiveWayWhereItIsNarrow();
    void savesTheExactBody();
    void stateComesBack();

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
    /// The newest in the log is one that its target did not take.
    bool failOne()
    {
        addRule();
        m_target->script(400);
        notifier().notify(stopped(QStringLiteral("box")));
        const QAbstractItemModel *log = table(QStringLiteral("Outgoing webhooks table"))->model();
        return QTest::qWaitFor([log] { return log->index(0, OutgoingLogModel::Outcome).data().toString() == QLatin1String("Failed"); });
    }
    QAction *action(const QString &text) const { return findAction(m_tab->pageActions(), text); }
    TableView *table(const QString &name) const { return findNamed<TableView>(*m_tab, name); }
    static QList<OutgoingMessage> messages(int count, OutgoingState state, TimePoint at)
    {
        QList<OutgoingMessage> made;
        for (int i = 0; i < count; ++i) {
            OutgoingMessage message;
            message.id = OutgoingStore::newId();
            message.lane = QStringLiteral("lane %1").arg(i);
            message.rule = RuleId(QStringLiteral("r"));
            message.state = state;
            message.kind = QStringLiteral("stopped");
            message.subject = QString::number(i);
            message.createdAt = message.dueAt = at;
            made.append(message);
        }
        return made;
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
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Name"))->setText(QStringLiteral(" chat  of the team "));
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Target"))->setText(m_target->url().toString());
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Instances"))->setText(QStringLiteral("train-*, box-1 ,"));
    findNamed<QPushButton>(*dialog(), QStringLiteral("Generate secret"))->click();
    const QString secret = findNamed<QLineEdit>(*dialog(), QStringLiteral("Secret"))->text();
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

void TestOutgoingTab::labelsStandBesideTheFirstLine()
{
    action(QStringLiteral("Add rule…"))->trigger();
    QTRY_VERIFY(dialog() && dialog()->isVisible());
    const QHash<QString, QWidget *> firsts{{QStringLiteral("Target"), findNamed<QLineEdit>(*dialog(), QStringLiteral("Target"))},
                                           {QStringLiteral("Events"), dialog()->findChild<QCheckBox *>()},
                                           {QStringLiteral("Secret"), findNamed<QLineEdit>(*dialog(), QStringLiteral("Secret"))}};
    QStringList seen;
    for (const QLabel *label : dialog()->findChildren<QLabel *>()) {
        const QWidget *first = firsts.value(label->text());
        if (!first)
            continue;
        seen.append(label->text());
        const int words = label->mapTo(dialog(), label->contentsRect().topLeft()).y() + label->fontMetrics().height() / 2;
        const int line = first->mapTo(dialog(), first->rect().center()).y();
        QVERIFY2(std::abs(words - line) <= 1, qPrintable(QStringLiteral("%1: %2, %3").arg(label->text()).arg(words).arg(line)));
    }
    QCOMPARE(seen.size(), firsts.size());
}

void TestOutgoingTab::dialogSaysWhatIsWrong()
{
    SecretClipboard clipboard;
    OutgoingRuleDialog dialog(m_fixture->context(), {}, {}, {}, clipboard);
    dialog.show();
    QVERIFY(!dialog.problem().isEmpty());
    findNamed<QLineEdit>(dialog, QStringLiteral("Name"))->setText(QStringLiteral("n"));
    auto *target = findNamed<QLineEdit>(dialog, QStringLiteral("Target"));
    for (const char *wrong : {"http://example.com/", "https://10.0.0.1/", "https://169.254.169.254/", "nonsense"}) {
        target->setText(QString::fromLatin1(wrong));
        QVERIFY2(!dialog.problem().isEmpty(), wrong);
    }
    target->setText(QStringLiteral("https://hooks.example.com/"));
    QVERIFY(!dialog.problem().isEmpty()); // no secret
    findNamed<QLineEdit>(dialog, QStringLiteral("Secret"))->setText(QStringLiteral("whsec_tooshort"));
    QVERIFY(!dialog.problem().isEmpty());
    findNamed<QLineEdit>(dialog, QStringLiteral("Secret"))->setText(kSecret);
    QCOMPARE(dialog.problem(), QString());
    for (QCheckBox *kind : dialog.findChildren<QCheckBox *>())
        kind->setChecked(false);
    QVERIFY(!dialog.problem().isEmpty());
}

void TestOutgoingTab::dialogKeepsTheSecret()
{
    const WebhookRule rule = addRule();
    SecretClipboard clipboard;
    OutgoingRuleDialog dialog(m_fixture->context(), rule, {}, {}, clipboard);
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
    QCOMPARE(cell(OutgoingLogModel::Response), QStringLiteral("200"));
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
    QVERIFY(failOne());
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
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

void TestOutgoingTab::saveTwiceMakesOneRule()
{
    action(QStringLiteral("Add rule…"))->trigger();
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Name"))->setText(QStringLiteral("chat"));
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Target"))->setText(m_target->url().toString());
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Secret"))->setText(kSecret);
    m_fixture->secrets().hold();
    QPushButton *save = nullptr;
    for (QPushButton *button : dialog()->findChildren<QPushButton *>())
        save = button->text() == QLatin1String("Save rule") ? button : save;
    QVERIFY(save);
    save->click();
    save->click();
    QVERIFY(!save->isEnabled());
    QCOMPARE(m_fixture->secrets().heldCount(), std::size_t(1));
    m_fixture->secrets().release();
    QTRY_VERIFY(!dialog());
    QCOMPARE(notifier().rules().all().size(), 1);

    // Refused: it can be tried again.
    m_fixture->secrets().failWrites = true;
    action(QStringLiteral("Add rule…"))->trigger();
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Name"))->setText(QStringLiteral("second"));
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Target"))->setText(m_target->url().toString());
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Secret"))->setText(kSecret);
    for (QPushButton *button : dialog()->findChildren<QPushButton *>())
        save = button->text() == QLatin1String("Save rule") ? button : save;
    save->click();
    QVERIFY(!save->isEnabled());
    QTRY_VERIFY(save->isEnabled());
    QCOMPARE(notifier().rules().all().size(), 1);
}

void TestOutgoingTab::copiedSecretOutlivesTheDialog()
{
    action(QStringLiteral("Add rule…"))->trigger();
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Name"))->setText(QStringLiteral("chat"));
    findNamed<QLineEdit>(*dialog(), QStringLiteral("Target"))->setText(m_target->url().toString());
    findNamed<QPushButton>(*dialog(), QStringLiteral("Generate secret"))->click();
    const QString secret = findNamed<QLineEdit>(*dialog(), QStringLiteral("Secret"))->text();
    findNamed<QPushButton>(*dialog(), QStringLiteral("Copy secret"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), secret);
    bool told = false;
    for (const QLabel *label : dialog()->findChildren<QLabel *>())
        told = told || (label->isVisible() && label->text().startsWith(QStringLiteral("Copied.")));
    QVERIFY(told);
    emit dialog()->saveRequested();
    QTRY_VERIFY(!dialog());
    QCOMPARE(QGuiApplication::clipboard()->text(), secret);
}

void TestOutgoingTab::rulesSayWhyNothingCanBeDone()
{
    for (const char *name : {"Edit rule…", "Send test", "Delete rule…"}) {
        QVERIFY(!action(QString::fromUtf8(name))->isEnabled());
        QCOMPARE(action(QString::fromUtf8(name))->toolTip(), QStringLiteral("Select a rule first"));
    }
    QVERIFY(!action(QStringLiteral("Resend"))->isEnabled());
    QCOMPARE(action(QStringLiteral("Resend"))->toolTip(), QStringLiteral("Select a webhook first"));
    QVERIFY(!action(QStringLiteral("Save body…"))->isEnabled());
    notifier().rules().setEnvironment(m_target->url(), {});
    TableView *rules = table(QStringLiteral("Webhook rules table"));
    QTRY_COMPARE(rules->model()->rowCount(), 1);
    rules->selectRow(0);
    QVERIFY(action(QStringLiteral("Delete rule…"))->toolTip().contains(QStringLiteral("WEBHOOK_URL")));
    action(QStringLiteral("Send test"))->trigger();
    QTRY_COMPARE(m_target->count(), 1);
    bool told = false;
    for (const ErrorBanner *banner : m_tab->findChildren<ErrorBanner *>())
        told = told || (banner->isShowing() && banner->sentence().contains(QStringLiteral("in the queue")));
    QVERIFY(told);
}

void TestOutgoingTab::ruleWithTagsDoesNotReadEveryInstance()
{
    WebhookRule rule;
    QCOMPARE(outgoingwords::instances(rule), QStringLiteral("every instance"));
    rule.tags = {QStringLiteral("prod"), QStringLiteral("eu")};
    QCOMPARE(outgoingwords::instances(rule), QStringLiteral("tagged prod, eu"));
    rule.instances = {QStringLiteral("box")};
    QCOMPARE(outgoingwords::instances(rule), QStringLiteral("box, tagged prod, eu"));
}

void TestOutgoingTab::readErrorIsNotNothing()
{
    UiFixture fixture; // whose history was never opened
    OutgoingTab tab(fixture.context());
    tab.resize(1200, 700);
    tab.retranslate();
    tab.show();
    tab.activate();
    QTRY_VERIFY(tab.isFilled());
    QPushButton *again = nullptr;
    for (QPushButton *button : tab.findChildren<QPushButton *>())
        again = button->isVisible() && button->text() == QLatin1String("Try again") ? button : again;
    QVERIFY(again);
    for (const QLabel *label : tab.findChildren<QLabel *>())
        QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("Nothing has been sent")), qPrintable(label->text()));
}

void TestOutgoingTab::olderRowsFollow()
{
    OutgoingStore store(m_fixture->context().history.database);
    const TimePoint now = m_fixture->clock().now();
    QVERIFY(await(store.enqueue(messages(1, OutgoingState::Waiting, now + 1h), 10000, {})).ok());
    QVERIFY(await(store.enqueue(messages(300, OutgoingState::Delivered, now), 10000, {})).ok());
    OutgoingLogModel model(store, m_fixture->clock());
    model.look();
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() == 301));
    OutgoingMessage ended = *model.at(300);
    QVERIFY(ended.isOpen());
    QVERIFY(await(store.drop(ended.rule, now, QStringLiteral("gone"))).ok());
    model.look();
    QTRY_COMPARE(model.at(300)->state, OutgoingState::Dropped);
    QVERIFY(await(store.resend(ended.seq, 3, now)).ok());
    model.look(ended.seq);
    QTRY_COMPARE(model.at(300)->state, OutgoingState::Waiting);
    ended.state = OutgoingState::Failed;
    model.take(ended);
    QCOMPARE(model.at(300)->state, OutgoingState::Failed);
}

void TestOutgoingTab::newRowsPushOutTheOldest()
{
    OutgoingStore store(m_fixture->context().history.database);
    const TimePoint now = m_fixture->clock().now();
    QVERIFY(await(store.enqueue(messages(230, OutgoingState::Delivered, now), 10000, {})).ok());
    OutgoingLogModel model(store, m_fixture->clock(), nullptr, 250);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.look();
    QTRY_VERIFY((model.fetchMore({}), model.rowCount() == 230));
    QVERIFY(await(store.enqueue(messages(50, OutgoingState::Delivered, now), 10000, {})).ok());
    model.look();
    QTRY_COMPARE(model.rowCount(), 250);
    QVERIFY(!model.isComplete());
}

void TestOutgoingTab::filterKnowsTheWordsShown()
{
    OutgoingStore store(m_fixture->context().history.database);
    QList<OutgoingMessage> rows = messages(2, OutgoingState::Delivered, m_fixture->clock().now());
    rows[0].kind = QStringLiteral("startup_failed");
    rows[1].subjectName = QStringLiteral("ÄPFEL");
    QVERIFY(await(store.enqueue(rows, 10000, {})).ok());
    OutgoingLogModel model(store, m_fixture->clock());
    const auto found = [&model](const QString &text) {
        model.setFilter(text, std::nullopt);
        return QTest::qWaitFor([&model] { return model.wasRead(); }) ? model.rowCount() : -1;
    };
    QCOMPARE(found(outgoingwords::kind(QStringLiteral("startup_failed")).toUpper()), 1);
    QCOMPARE(found(QStringLiteral("äpfel")), 1);
    QCOMPARE(found(QStringLiteral("nobody")), 0);
}

void TestOutgoingTab::detailsKeepTheirPlace()
{
    addRule();
    notifier().notify(stopped(QStringLiteral("box")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->index(0, OutgoingLogModel::Outcome).data().toString(), QStringLiteral("Delivered"));
    log->selectRow(0);
    auto *body = findNamed<QPlainTextEdit>(*m_tab, QStringLiteral("Delivery body"));
    QVERIFY(body);
    QTRY_VERIFY(body->toPlainText().contains(QStringLiteral("box")));
    TableView *attempts = table(QStringLiteral("Attempts table"));
    body->selectAll();
    attempts->selectRow(0);
    QSignalSpy rebuilt(attempts->model(), &QAbstractItemModel::rowsRemoved);
    emit m_fixture->context().stores.instances.wasReset();
    m_tab->refresh();
    notifier().notify(stopped(QStringLiteral("other")));
    QTRY_COMPARE(log->model()->rowCount(), 2);
    QTRY_COMPARE(log->model()->index(0, OutgoingLogModel::Outcome).data().toString(), QStringLiteral("Delivered"));
    QVERIFY(body->textCursor().hasSelection());
    QCOMPARE(rebuilt.count(), 0);
}

void TestOutgoingTab::resendOfOneThatIsFilteredOut()
{
    QVERIFY(failOne());
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    log->selectRow(0);
    QTRY_VERIFY(action(QStringLiteral("Save body…"))->isEnabled());
    findNamed<QComboBox>(*m_tab, QStringLiteral("Result"))->setCurrentIndex(2); // Delivered
    QTRY_VERIFY(m_tab->isFilled());
    QTRY_COMPARE(log->model()->rowCount(), 0);
    QVERIFY(action(QStringLiteral("Resend"))->isEnabled());
    action(QStringLiteral("Resend"))->trigger();
    QTRY_COMPARE(m_target->count(), 2);
    QTRY_COMPARE(table(QStringLiteral("Attempts table"))->model()->rowCount(), 2);
}

void TestOutgoingTab::failedResendIsToldAnyway()
{
    QVERIFY(failOne());
    notifier().notify(stopped(QStringLiteral("other")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->rowCount(), 2);
    WebhookRule rule = notifier().rules().all().first();
    rule.enabled = false;
    QVERIFY(await(notifier().rules().save(rule, std::nullopt)).ok());
    log->selectRow(1);
    QTRY_VERIFY(action(QStringLiteral("Resend"))->isEnabled());
    action(QStringLiteral("Resend"))->trigger();
    QVERIFY(!action(QStringLiteral("Resend"))->isEnabled()); // it is asked for
    log->selectRow(0);
    const auto *banner = m_tab->findChild<ErrorBanner *>(QString(), Qt::FindDirectChildrenOnly);
    QTRY_VERIFY(banner->isShowing());
    QVERIFY2(banner->sentence().contains(QStringLiteral("name of box")), qPrintable(banner->sentence()));
    QVERIFY2(banner->sentence().contains(QStringLiteral("switched off")), qPrintable(banner->sentence()));
    m_tab->refresh();
    for (QPushButton *button : banner->findChildren<QPushButton *>()) {
        if (button->text() == QLatin1String("Dismiss"))
            button->click();
    }
    QTRY_VERIFY(!banner->isShowing());
}

void TestOutgoingTab::rulesGiveWayWhereItIsNarrow()
{
    QVERIFY(failOne());
    m_tab->resize(640, 700);
    const QWidget *rules = m_tab->findChild<OutgoingRulesPane *>();
    QVERIFY(rules->isVisible());
    table(QStringLiteral("Outgoing webhooks table"))->selectRow(0);
    QVERIFY(!rules->isVisible());
    QTest::keyClick(m_tab.get(), Qt::Key_Escape);
    QVERIFY(rules->isVisible());
    QVERIFY(!table(QStringLiteral("Attempts table"))->isVisible());
}

void TestOutgoingTab::savesTheExactBody()
{
    addRule();
    notifier().notify(stopped(QStringLiteral("box")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->rowCount(), 1);
    log->selectRow(0);
    QTRY_VERIFY(action(QStringLiteral("Save body…"))->isEnabled());
    QTRY_COMPARE(m_target->count(), 1);
    const QString path = m_folder->filePath(QStringLiteral("body.json"));
    m_fixture->prompts().chooseNext(path);
    action(QStringLiteral("Save body…"))->trigger();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), m_target->requests().first().body);
}

void TestOutgoingTab::stateComesBack()
{
    addRule();
    notifier().notify(stopped(QStringLiteral("box")));
    TableView *log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->model()->index(0, OutgoingLogModel::Outcome).data().toString(), QStringLiteral("Delivered"));
    log->selectRow(0);
    log->setColumnWidth(OutgoingLogModel::Rule, 233);
    findNamed<QComboBox>(*m_tab, QStringLiteral("Result"))->setCurrentIndex(2);
    m_tab->findChild<SearchField *>()->setFilter(QStringLiteral("BOX"));
    const QJsonObject state = m_tab->saveState();
    m_tab = std::make_unique<OutgoingTab>(m_fixture->context());
    m_tab->resize(1200, 700);
    m_tab->retranslate();
    m_tab->restoreState(state);
    m_tab->show();
    m_tab->activate();
    log = table(QStringLiteral("Outgoing webhooks table"));
    QTRY_COMPARE(log->selectedRowNumbers(), QList<int>{0});
    QCOMPARE(findNamed<QComboBox>(*m_tab, QStringLiteral("Result"))->currentIndex(), 2);
    QCOMPARE(m_tab->findChild<SearchField *>()->text(), QStringLiteral("BOX"));
    QTRY_VERIFY(action(QStringLiteral("Save body…"))->isEnabled());
    QCOMPARE(m_tab->saveState(), state);
    m_tab->restoreState({}); // of an earlier version, or damaged
    QVERIFY(m_tab->saveState().contains(QStringLiteral("columns")));
}

QTEST_MAIN(TestOutgoingTab)
#include "tst_outgoingtab.moc"
