// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "tests/ui/instancesbench.h"
#include "ui/errortext.h"
#include "ui/instanceforms/actiondialog.h"
#include "ui/instances/actionfailure.h"
#include "ui/instances/instanceconfirm.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/resultlistdialog.h"
#include "ui/widgets/searchfield.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTextDocument>

using namespace novita;

/// What the page says, and what its actions do.
class TestInstancesPage final : public QObject, private InstancesBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void everyControlHasAName();
    void subtitleTellsCountRunningAndAge();
    void statesOfThePage();
    void staleDataSaysSoAndStays();
    void filterNarrowsAndClears();
    void actionsFollowTheState();
    void aMigrationNamesWhatIsLost();
    void aFormOpensForTheSelectedOne();
    void requestsCanBeTakenAlong();
    void readOnlyProfileDisablesChanges();
    void startGoesToTheCloudAndShowsAsAsked();
    void stopAsksAndCancelDoesNothing();
    void deleteNamesWhatIsLost();
    void deletingTenAsksForAWord();
    void manyAreCountedReadablyAndThoseLeftOutAreTold();
    void productionAsksForAWord();
    void deleteLockHolds();
    void aLockOfARunOnlyProfileSaysSo();
    void manyAreLockedInOneWrite();
    void aReasonIsNeverHtml();
    void onlyWhatCountsAsksForAWord();
    void bulkReachesOnlyWhatWasConfirmed();
    void bulkEndsInAResultPerRow();
    void failedActionIsABanner();
    void failedActionCanBeRepeated();
    void failureOfAnActionDoneAfterAllGoes();
    void themeAndLanguageSwitchLive();
};

void TestInstancesPage::everyControlHasAName()
{
    show(3);
    Instance one = m_fixture->instance(1);
    one.connection = connection();
    one.envs = {{QStringLiteral("TOKEN"), QStringLiteral("x")}};
    adopt(one);
    m_page->showInstance(QStringLiteral("i-1"));
    QVERIFY(table());
    QVERIFY(named<SearchField>(QStringLiteral("Filter instances")));
    for (const char *name : {"Start", "Stop", "Restart", "Delete", "New instance"})
        QVERIFY2(named<QAbstractButton>(QLatin1String(name)), name);
    for (const char *text : {"Clone…", "Copy SSH command", "Open Jupyter", "Open terminal"})
        QVERIFY2(action(QString::fromUtf8(text)), text);
    const QList<QWidget *> widgets = m_page->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool interactive = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                                 || qobject_cast<QAbstractItemView *>(widget);
        const bool ownPart = qobject_cast<QHeaderView *>(widget) || qobject_cast<QTabBar *>(widget->parentWidget())
                             || qobject_cast<QLineEdit *>(widget->parentWidget())
                             || widget->objectName().startsWith(QLatin1String("qt_"));
        if (!interactive || ownPart || !widget->isVisible() || qobject_cast<QTableView *>(widget->parentWidget()))
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), widget->metaObject()->className());
    }
}

void TestInstancesPage::subtitleTellsCountRunningAndAge()
{
    show(6);
    m_fixture->clock().advance(Seconds(3));
    auto *subtitle = m_page->findChild<QLabel *>(QStringLiteral("pageSubtitle"));
    QVERIFY(subtitle);
    m_page->activate();
    QTRY_COMPARE(subtitle->accessibleName(), QStringLiteral("6 · 3 running · 3 s old"));
    // The rows come into the table in slices; what is said counts what there is.
    adopt(m_fixture->instance(6));
    QEvent language(QEvent::LanguageChange);
    QApplication::sendEvent(m_page.get(), &language);
    QVERIFY2(subtitle->accessibleName().startsWith(QStringLiteral("6 of 7 · ")), qPrintable(subtitle->accessibleName()));
    QTRY_VERIFY(subtitle->accessibleName().startsWith(QStringLiteral("7 · ")));
}

void TestInstancesPage::statesOfThePage()
{
    m_page->resize(1000, 600);
    m_page->show();
    auto *empty = m_page->findChild<EmptyState *>();
    QVERIFY(!empty->isVisible());
    QSignalSpy create(m_page.get(), &Page::newInstanceRequested);

    m_fixture->stores().instances.markRefreshFailed(Error::make(ErrorKind::Network, QStringLiteral("unreachable")));
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(!empty->sentence().isEmpty());
    const int before = m_fixture->network().count();
    empty->button()->click();
    QTRY_VERIFY(m_fixture->network().count() > before);

    m_fixture->stores().instances.adoptList({}, m_fixture->clock().now());
    QTRY_COMPARE(empty->sentence(), QStringLiteral("You have no instances yet."));
    empty->button()->click();
    QCOMPARE(create.count(), 1);

    m_fixture->fill(4);
    QTRY_VERIFY(table()->isVisible());
    QTRY_VERIFY(m_page->isFilled());
}

void TestInstancesPage::staleDataSaysSoAndStays()
{
    show(4);
    const auto banners = m_page->findChildren<ErrorBanner *>();
    const auto showing = [&banners] {
        return std::any_of(banners.cbegin(), banners.cend(), [](const ErrorBanner *banner) { return banner->isShowing(); });
    };
    auto &store = m_fixture->stores().instances;
    store.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    QVERIFY(!showing());
    store.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    store.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    QVERIFY(showing());
    QCOMPARE(model()->rowCount(), 4);
    store.markRefreshed(m_fixture->clock().now());
    QVERIFY(!showing());
    store.markRefreshFailed(Error::make(ErrorKind::Unauthorized, QStringLiteral("bad key")));
    QVERIFY(showing());
}

void TestInstancesPage::filterNarrowsAndClears()
{
    show(40);
    auto *filter = named<SearchField>(QStringLiteral("Filter instances"));
    m_page->focusFilter();
    QTest::keyClicks(filter, QStringLiteral("gpu:h100 state:running"));
    QTRY_VERIFY(model()->rowCount() < 40);
    for (int row = 0; row < model()->rowCount(); ++row)
        QCOMPARE(model()->index(row, InstanceModel::Gpu).data().toString().left(4), QStringLiteral("H100"));
    filter->setFilter(QStringLiteral("nothing-like-it"));
    auto *empty = m_page->findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(empty->sentence().contains(QLatin1String("nothing-like-it")));
    empty->button()->click();
    QTRY_COMPARE(model()->rowCount(), 40);
    QVERIFY(filter->text().isEmpty());
}

void TestInstancesPage::actionsFollowTheState()
{
    show(6);
    QVERIFY(!action(QStringLiteral("Start"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Start"))->toolTip().isEmpty());
    select({QStringLiteral("i-2")}); // stopped
    QVERIFY(action(QStringLiteral("Start"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Stop"))->isEnabled());
    QVERIFY(action(QStringLiteral("Stop"))->toolTip() != QLatin1String("Stop"));
    select({QStringLiteral("i-0")}); // running
    QVERIFY(!action(QStringLiteral("Start"))->isEnabled());
    QVERIFY(action(QStringLiteral("Stop"))->isEnabled());
    QVERIFY(action(QStringLiteral("Restart"))->isEnabled());
    QVERIFY(action(QStringLiteral("Delete"))->isEnabled());
    select({QStringLiteral("i-0"), QStringLiteral("i-2")});
    QVERIFY(action(QStringLiteral("Start"))->isEnabled());
    QVERIFY(action(QStringLiteral("Stop"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Clone…"))->isEnabled());
    for (const char *one : {"Edit…", "Save image…", "Upgrade…"}) {
        QVERIFY2(!action(QString::fromUtf8(one))->isEnabled(), one);
        QVERIFY(action(QString::fromUtf8(one))->toolTip().startsWith(QLatin1String("For one instance at a time")));
    }
    QVERIFY(action(QStringLiteral("Migrate"))->isEnabled()); // the stopped one
    QVERIFY(!action(QStringLiteral("Renew…"))->isEnabled());
    QCOMPARE(action(QStringLiteral("Renew…"))->toolTip(), QStringLiteral("Only monthly instances can be renewed."));
    select({QStringLiteral("i-2")});
    QVERIFY(action(QStringLiteral("Save image…"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Edit…"))->isEnabled());
}

void TestInstancesPage::aMigrationNamesWhatIsLost()
{
    show(3);
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Migrate"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().size(), 1);
    const ConfirmRequest &asked = m_fixture->prompts().asked().first();
    QCOMPARE(asked.title, QStringLiteral("Migrate worker-2?"));
    QVERIFY(asked.bullets.first().startsWith(QLatin1String("Container disk")));
    QVERIFY(asked.text.contains(QLatin1String("not taken along")));
    QVERIFY(m_fixture->writes().isEmpty());
    m_fixture->prompts().answerNext(true);
    action(QStringLiteral("Migrate"))->trigger();
    QTRY_COMPARE(m_fixture->writes().size(), 1);
}

void TestInstancesPage::aFormOpensForTheSelectedOne()
{
    show(3);
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Save image…"))->trigger();
    auto *dialog = m_page->findChild<ActionDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->windowTitle(), QStringLiteral("Save image: worker-2"));
    QVERIFY(m_fixture->writes().isEmpty());
    dialog->reject();
}

void TestInstancesPage::requestsCanBeTakenAlong()
{
    show(3);
    select({QStringLiteral("i-0")});
    QAction *copyAs = action(QStringLiteral("Copy as"));
    QVERIFY(copyAs && copyAs->menu() && copyAs->isEnabled());
    QStringList names;
    for (const QAction *entry : copyAs->menu()->actions())
        names.append(entry->text());
    QCOMPARE(names, (QStringList{QStringLiteral("Start"), QStringLiteral("Stop"), QStringLiteral("Restart"), QStringLiteral("Delete"), QStringLiteral("Migrate")}));
    copyAs->menu()->actions().at(1)->menu()->actions().first()->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("/v1/gpu/instance/stop")));
    QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("\"instanceId\":\"i-0\"")));
    QVERIFY(m_fixture->writes().isEmpty());
}

void TestInstancesPage::readOnlyProfileDisablesChanges()
{
    show(3);
    m_fixture->useProfile(false, true);
    select({QStringLiteral("i-0")});
    QVERIFY(!action(QStringLiteral("Stop"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Delete"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Delete"))->toolTip().isEmpty());
}

void TestInstancesPage::startGoesToTheCloudAndShowsAsAsked()
{
    show(6);
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Start"))->trigger();
    QVERIFY(m_fixture->prompts().asked().isEmpty());
    QTRY_COMPARE(m_fixture->writes().size(), 1);
    QVERIFY(m_fixture->writes().first().endsWith(QLatin1String("/instance/start")));
    const int row = static_cast<InstanceModel *>(model())->rowOf(QStringLiteral("i-2"));
    QTRY_COMPARE(model()->index(row, InstanceModel::State).data().toString(), QStringLiteral("Starting (asked)"));
}

void TestInstancesPage::stopAsksAndCancelDoesNothing()
{
    show(6);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Stop"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().size(), 1);
    const ConfirmRequest asked = m_fixture->prompts().asked().first();
    QCOMPARE(asked.title, QStringLiteral("Stop worker-0?"));
    QVERIFY(asked.destructive);
    QVERIFY(asked.bullets.join(u'\n').contains(QLatin1String("/workspace")));
    QVERIFY(asked.keptBullets.join(u'\n').contains(QLatin1String("/network")));
    QVERIFY(m_fixture->writes().isEmpty());
    m_fixture->prompts().answerNext(true);
    action(QStringLiteral("Stop"))->trigger();
    QTRY_COMPARE(m_fixture->writes().size(), 1);
}

void TestInstancesPage::deleteNamesWhatIsLost()
{
    show(6);
    select({QStringLiteral("i-0"), QStringLiteral("i-1"), QStringLiteral("i-3")});
    action(QStringLiteral("Delete"))->trigger();
    const ConfirmRequest asked = m_fixture->prompts().asked().value(0);
    QVERIFY(asked.confirmLabel.startsWith(QLatin1String("Delete 3 instance")));
    for (const char *name : {"worker-0", "worker-1", "worker-3"})
        QVERIFY2(asked.bullets.join(u'\n').contains(QLatin1String(name)), name);
    QVERIFY(asked.typeToConfirm.isEmpty());
    QVERIFY(asked.destructive);
    QVERIFY(m_fixture->writes().isEmpty());
}

void TestInstancesPage::deletingTenAsksForAWord()
{
    show(12);
    table()->selectAll();
    action(QStringLiteral("Delete"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().value(0).typeToConfirm, QStringLiteral("delete"));
}

void TestInstancesPage::manyAreCountedReadablyAndThoseLeftOutAreTold()
{
    QList<ConfirmSubject> subjects(9445, ConfirmSubject{QStringLiteral("a"), {}});
    const auto request = confirmRequest(InstanceAction::Delete, subjects, {}, {{QStringLiteral("Locked."), 1200}, {QStringLiteral("Gone."), 2}});
    QVERIFY(request);
    const QString count = QLocale().toString(9445);
    QVERIFY2(request->title.contains(count), qPrintable(request->title));
    QVERIFY2(request->confirmLabel.contains(count), qPrintable(request->confirmLabel));
    QVERIFY2(request->text.contains(QStringLiteral("Locked. (%1); Gone. (2)").arg(QLocale().toString(1200))), qPrintable(request->text));

    show(4);
    m_fixture->context().commands.setDeleteLocked({InstanceId(QStringLiteral("i-1"))}, true);
    table()->selectAll();
    action(QStringLiteral("Delete"))->trigger();
    const QString reason = m_fixture->context().commands.verdict(InstanceId(QStringLiteral("i-1")), InstanceAction::Delete).reason;
    QVERIFY(!reason.isEmpty());
    QVERIFY2(m_fixture->prompts().asked().value(0).text.contains(reason), qPrintable(m_fixture->prompts().asked().value(0).text));
}

void TestInstancesPage::productionAsksForAWord()
{
    show(3);
    m_fixture->useProfile(true, false);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Delete"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().value(0).typeToConfirm, QStringLiteral("delete"));
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Start"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().size(), 2);
}

void TestInstancesPage::deleteLockHolds()
{
    show(3);
    select({QStringLiteral("i-0")});
    QAction *lock = action(QStringLiteral("Delete lock"));
    QVERIFY(!lock->isChecked());
    lock->trigger();
    QVERIFY(lock->isChecked());
    QVERIFY(!action(QStringLiteral("Delete"))->isEnabled());
    select({QStringLiteral("i-1")});
    QVERIFY(!lock->isChecked());
    select({QStringLiteral("i-0")});
    lock->trigger();
    QVERIFY(action(QStringLiteral("Delete"))->isEnabled());
}

void TestInstancesPage::aLockOfARunOnlyProfileSaysSo()
{
    const auto said = [this] {
        const QList<QLabel *> labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(QStringLiteral("The delete lock lasts until the console ends"));
        });
    };
    show(3);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Delete lock"))->trigger();
    QVERIFY(!said());
    action(QStringLiteral("Delete lock"))->trigger();
    Profile passing;
    passing.name = QStringLiteral("127.0.0.1:8080");
    m_fixture->context().profiles.setTransient(passing);
    action(QStringLiteral("Delete lock"))->trigger();
    QVERIFY(said());
}

void TestInstancesPage::manyAreLockedInOneWrite()
{
    show(200);
    QSignalSpy written(&m_fixture->settings(), &Settings::changed);
    table()->selectAll();
    action(QStringLiteral("Delete lock"))->trigger();
    QCOMPARE(written.count(), 1);
    QVERIFY(action(QStringLiteral("Delete lock"))->isChecked());
    QVERIFY(m_fixture->context().commands.isDeleteLocked(InstanceId(QStringLiteral("i-199"))));
    action(QStringLiteral("Delete lock"))->trigger();
    QCOMPARE(written.count(), 2);
    QVERIFY(!m_fixture->context().commands.isDeleteLocked(InstanceId(QStringLiteral("i-0"))));
}

void TestInstancesPage::aReasonIsNeverHtml()
{
    show(1);
    Instance odd = m_fixture->instance(0);
    odd.status = InstanceStatus::Unknown;
    odd.statusText = QStringLiteral("<img src='file:///etc/hostname'>\nodd");
    m_fixture->stores().instances.adoptRows({odd}, m_fixture->clock().now(), false);
    select({QStringLiteral("i-0")});
    const QString tip = action(QStringLiteral("Start"))->toolTip();
    QVERIFY2(tip.contains(QStringLiteral("odd")), qPrintable(tip));
    QVERIFY2(!Qt::mightBeRichText(tip), qPrintable(tip));
}

void TestInstancesPage::onlyWhatCountsAsksForAWord()
{
    show(12);
    for (int i = 0; i < 3; ++i)
        m_fixture->context().commands.setDeleteLocked({InstanceId(QStringLiteral("i-%1").arg(i))}, true);
    m_fixture->prompts().meanwhile([this] {
        for (int i = 0; i < 3; ++i)
            m_fixture->context().commands.setDeleteLocked({InstanceId(QStringLiteral("i-%1").arg(i))}, false);
    });
    m_fixture->prompts().answerNext(true);
    table()->selectAll();
    action(QStringLiteral("Delete"))->trigger();
    QVERIFY(m_fixture->prompts().asked().value(0).typeToConfirm.isEmpty());
    auto *run = m_fixture->context().commands.findChild<BulkRun *>();
    QVERIFY(run);
    QTRY_VERIFY(run->isFinished());
    QCOMPARE(m_fixture->writes().size(), 9);
    QCOMPARE(run->count(BulkRow::State::Skipped), 3);
}

/// A state that changes between question and answer adds nothing to what was said yes to.
void TestInstancesPage::bulkReachesOnlyWhatWasConfirmed()
{
    show(6);
    const auto isIn = [this](const char *id, InstanceStatus status) {
        Instance one = *m_fixture->stores().instances.find(InstanceId(QLatin1String(id)));
        one.status = status;
        one.statusText = stateInfo(status).wire;
        adopt(one);
    };
    isIn("i-0", InstanceStatus::Running);
    isIn("i-1", InstanceStatus::Exited);
    isIn("i-3", InstanceStatus::Running);
    m_fixture->prompts().meanwhile([&isIn] {
        isIn("i-1", InstanceStatus::Running);
        isIn("i-3", InstanceStatus::Exited);
    });
    m_fixture->prompts().answerNext(true);
    select({QStringLiteral("i-0"), QStringLiteral("i-1"), QStringLiteral("i-3")});
    action(QStringLiteral("Stop"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().value(0).title, QStringLiteral("Stop 2 instance(s)?"));
    auto *run = m_fixture->context().commands.findChild<BulkRun *>();
    QVERIFY(run);
    QTRY_VERIFY(run->isFinished());
    QStringList stopped;
    for (const FakeRequest &request : m_fixture->network().requests()) {
        if (request.path().endsWith(QLatin1String("instance/stop")))
            stopped.append(QString::fromUtf8(request.body));
    }
    QCOMPARE(stopped, QStringList{QStringLiteral("{\"instanceId\":\"i-0\"}")});
    QCOMPARE(run->count(BulkRow::State::Skipped), 2);
    for (const BulkRow &row : run->rows()) {
        if (row.id == InstanceId(QStringLiteral("i-1")))
            QVERIFY2(row.message.contains(QStringLiteral("Only a running instance")), qPrintable(row.message));
    }
}

void TestInstancesPage::bulkEndsInAResultPerRow()
{
    show(6);
    m_fixture->network().setResponder([](const FakeRequest &request) {
        if (request.body.contains("i-1"))
            return FakeAnswer::payload(R"({"code":400,"reason":"BALANCE_NOT_ENOUGH","message":"no money"})", 400);
        return FakeAnswer::payload("{}");
    });
    m_fixture->prompts().answerNext(true);
    select({QStringLiteral("i-0"), QStringLiteral("i-1"), QStringLiteral("i-2")}); // i-2 is stopped already
    action(QStringLiteral("Stop"))->trigger();
    QTRY_VERIFY(m_page->findChild<ResultListDialog *>());
    auto *dialog = m_page->findChild<ResultListDialog *>();
    auto *results = dialog->findChild<TableView *>();
    const auto state = [results](int row) { return results->model()->index(row, 1).data().toString(); };
    QCOMPARE(results->model()->rowCount(), 3);
    QStringList states;
    QTRY_VERIFY((states = {state(0), state(1), state(2)}, states.contains(QStringLiteral("Failed"))));
    QTRY_VERIFY((states = {state(0), state(1), state(2)}, states.contains(QStringLiteral("Skipped"))));
    QVERIFY(m_fixture->writes().size() >= 2);
    dialog->reject();
    QTRY_VERIFY(!m_page->findChild<ResultListDialog *>());
}

void TestInstancesPage::failedActionIsABanner()
{
    show(6);
    m_fixture->network().setResponder([](const FakeRequest &request) {
        return request.verb == "POST" ? FakeAnswer::payload(R"({"code":400,"reason":"INSUFFICIENT_RESOURCE","message":"none left"})", 400)
                                      : FakeAnswer::payload("{}");
    });
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Start"))->trigger();
    const auto banners = m_page->findChildren<ErrorBanner *>();
    QTRY_VERIFY(std::any_of(banners.cbegin(), banners.cend(), [](const ErrorBanner *banner) { return banner->isShowing(); }));
    for (const ErrorBanner *banner : banners)
        QVERIFY2(!banner->isShowing() || banner->sentence().startsWith(u"Could not start “worker-2”: "_qs), qPrintable(banner->sentence()));
    // Without a free GPU another product is no way out for what is there.
    QVERIFY(buttonReading(QStringLiteral("Retry")));
}

void TestInstancesPage::failedActionCanBeRepeated()
{
    show(6);
    bool works = false;
    m_fixture->network().setResponder([&works](const FakeRequest &request) {
        return request.verb == "POST" && !works ? FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError) : FakeAnswer::payload("{}");
    });
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Start"))->trigger();
    QAbstractButton *retry = nullptr;
    QTRY_VERIFY((retry = buttonReading(QStringLiteral("Retry"))));
    works = true;
    const qsizetype before = m_fixture->writes().size();
    retry->click();
    QTRY_VERIFY(m_fixture->writes().size() > before);
    QTRY_VERIFY(!buttonReading(QStringLiteral("Retry")));
    QVERIFY(m_fixture->prompts().asked().isEmpty());

    const Error base = Error::make(ErrorKind::Network, QStringLiteral("x"));
    ActionFailure failure{InstanceId(QStringLiteral("i")), QStringLiteral("a"), InstanceAction::Delete, base};
    QCOMPARE(failure.what(), QStringLiteral("Could not delete “a”"));
    QVERIFY(failure.mayRepeat());
    failure.error.effectUnknown = true;
    QVERIFY(!failure.mayRepeat());
    failure.error = Error::make(ErrorKind::Conflict, QStringLiteral("x"));
    QVERIFY(!failure.mayRepeat());
    failure.error = Error::make(ErrorKind::Quota, QStringLiteral("x"));
    failure.error.apiReason = QStringLiteral("INSUFFICIENT_RESOURCE");
    QVERIFY(failure.mayRepeat());
    failure.error.apiReason = QStringLiteral("BALANCE_NOT_ENOUGH");
    QVERIFY(!failure.mayRepeat());
}

void TestInstancesPage::failureOfAnActionDoneAfterAllGoes()
{
    Error held = Error::make(ErrorKind::BreakerOpen, QStringLiteral("x"));
    held.retryAfter = std::chrono::seconds(53);
    const ErrorText words = errorText(held);
    QVERIFY2(!words.sentence.contains(QRegularExpression(QStringLiteral("[0-9]"))), qPrintable(words.sentence));
    QCOMPARE(words.remedy, ErrorRemedy::Retry);
    QVERIFY((ActionFailure{InstanceId(QStringLiteral("i")), QStringLiteral("a"), InstanceAction::Start, held}.mayRepeat()));

    show(6);
    bool works = false;
    m_fixture->network().setResponder([&works](const FakeRequest &request) {
        return request.verb == "POST" && !works ? FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError) : FakeAnswer::payload("{}");
    });
    select({QStringLiteral("i-2")});
    action(QStringLiteral("Start"))->trigger();
    QTRY_VERIFY(buttonReading(QStringLiteral("Retry")));
    works = true;
    m_fixture->context().commands.run(InstanceId(QStringLiteral("i-2")), InstanceAction::Start);
    QTRY_VERIFY(!buttonReading(QStringLiteral("Retry")));
}

void TestInstancesPage::themeAndLanguageSwitchLive()
{
    show(6);
    m_page->showInstance(QStringLiteral("i-0"));
    m_fixture->theme().apply(ColorScheme::Dark, 130);
    QEvent language(QEvent::LanguageChange);
    QCoreApplication::sendEvent(m_page.get(), &language);
    QVERIFY(!m_page->grab().isNull());
    QCOMPARE(model()->rowCount(), 6);
}

QTEST_MAIN(TestInstancesPage)
#include "tst_instancespage.moc"
