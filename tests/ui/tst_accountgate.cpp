// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/uifixture.h"
#include "ui/accountgate.h"
#include "ui/mainwindow.h"
#include "ui/rail.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>

using namespace novita;

namespace {

/// The window with two profiles: "work" is in use and has its key in the keychain, "home" has none.
struct Bench
{
    UiFixture fixture;
    Profile work;
    Profile home;
    std::unique_ptr<MainWindow> window;
    QObject createOwner;

    Bench()
    {
        ProfileStore &profiles = fixture.context().profiles;
        profiles.remove(profiles.active()->id);
        work = add(u"work"_qs);
        home = add(u"home"_qs);
        fixture.secrets().values.insert(work.secretName, u"sk_of_work"_qs);
        profiles.setActive(work.id);
        window = std::make_unique<MainWindow>(fixture.context());
        window->show();
        fixture.context().session.start();
    }
    Profile add(const QString &name)
    {
        Profile profile;
        profile.name = name;
        return fixture.context().profiles.save(profile).value();
    }
    bool isInUse(const Profile &profile) { return fixture.context().profiles.active() && fixture.context().profiles.active()->id == profile.id; }
    void startCreate()
    {
        fixture.context().gate.watch(&createOwner, [] { return u"trainer"_qs; });
    }
    void showProfile(const QString &name)
    {
        window->openPage(u"settings/profiles"_qs);
        for (QListWidget *list : window->findChildren<QListWidget *>()) {
            if (list->accessibleName() != u"Profiles"_qs)
                continue;
            for (int row = 0; row < list->count(); ++row) {
                if (list->item(row)->text().startsWith(name))
                    list->setCurrentRow(row);
            }
        }
    }
    QLineEdit *field(const QString &name)
    {
        for (QLineEdit *edit : window->findChildren<QLineEdit *>()) {
            if (edit->isVisible() && edit->accessibleName() == name)
                return edit;
        }
        return nullptr;
    }
    /// Pages that are covered have their buttons, too.
    bool press(const QString &name)
    {
        for (QAbstractButton *button : window->findChildren<QAbstractButton *>()) {
            if (button->isEnabled() && (button->text() == name || button->accessibleName() == name)) {
                button->click();
                return true;
            }
        }
        return false;
    }
    bool says(const QString &words)
    {
        const QList<QLabel *> labels = window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&words](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
    }
};

using Step = std::function<void(Bench &)>;
using Check = std::function<bool(Bench &)>;

} // namespace

Q_DECLARE_METATYPE(Step)
Q_DECLARE_METATYPE(Check)

/// Ways to leave the account in use while an instance is being created, and what is said of where a key is kept.
class TestAccountGate final : public QObject
{
    Q_OBJECT

private slots:
    void leavingIsAskedFirst_data()
    {
        QTest::addColumn<Step>("leave");
        QTest::addColumn<Check>("left");
        const Check atHome = [](Bench &bench) { return bench.isInUse(bench.home); };
        QTest::newRow("rail") << Step([](Bench &bench) { emit bench.window->findChild<Rail *>()->profileChosen(bench.home.id); }) << atHome;
        QTest::newRow("use this profile") << Step([](Bench &bench) {
            bench.showProfile(u"home"_qs);
            QVERIFY(bench.press(u"Use this profile"_qs));
        }) << atHome;
        QTest::newRow("another API root") << Step([](Bench &bench) {
            bench.showProfile(u"work"_qs);
            bench.field(u"API root"_qs)->clear();
            QTest::keyClicks(bench.field(u"API root"_qs), u"https://other.example"_qs);
            QVERIFY(bench.press(u"Save profile"_qs));
        }) << Check([](Bench &bench) { return bench.fixture.context().profiles.find(bench.work.id)->apiRoot.host() == u"other.example"_qs; });
        QTest::newRow("another key") << Step([](Bench &bench) {
            bench.showProfile(u"work"_qs);
            bench.field(u"New API key"_qs)->setText(u"sk_another"_qs);
            QVERIFY(bench.press(u"Keep this key"_qs));
        }) << Check([](Bench &bench) { return bench.fixture.secrets().values.value(bench.work.secretName) == u"sk_another"_qs; });
        QTest::newRow("no key") << Step([](Bench &bench) {
            bench.showProfile(u"work"_qs);
            QVERIFY(bench.press(u"Forget key…"_qs));
        }) << Check([](Bench &bench) { return !bench.fixture.secrets().values.contains(bench.work.secretName); });
        QTest::newRow("no profile") << Step([](Bench &bench) {
            bench.showProfile(u"work"_qs);
            QVERIFY(bench.press(u"Remove profile"_qs));
        }) << Check([](Bench &bench) { return !bench.fixture.context().profiles.find(bench.work.id); });
        QTest::newRow("sandbox of the welcome page") << Step([](Bench &bench) {
            QVERIFY(bench.press(u"Try it with the built-in sandbox"_qs));
        }) << Check([](Bench &bench) { return bench.fixture.context().profiles.active()->sandbox; });
        QTest::newRow("profile of the welcome page") << Step([](Bench &bench) {
            QVERIFY(bench.press(u"Use profile home"_qs));
        }) << atHome;
    }
    void leavingIsAskedFirst()
    {
        QFETCH(Step, leave);
        QFETCH(Check, left);
        Bench bench;
        QTRY_COMPARE(bench.fixture.context().session.keySource(), KeySource::Keychain);
        bench.startCreate();
        leave(bench);
        QCOMPARE(bench.fixture.prompts().asked().size(), 1);
        QVERIFY(bench.fixture.prompts().asked().first().text.contains(u"“trainer” is being created"_qs));
        QVERIFY(!left(bench));
        QCOMPARE(bench.fixture.context().session.keySource(), KeySource::Keychain);
        bench.fixture.prompts().answerNext(true);
        leave(bench);
        QCOMPARE(bench.fixture.prompts().asked().size(), 2);
        QTRY_VERIFY(left(bench));
    }

    void whatLeavesNothingIsNotAsked()
    {
        Bench bench;
        bench.startCreate();
        bench.showProfile(u"home"_qs);
        bench.field(u"New API key"_qs)->setText(u"sk_of_home"_qs);
        QVERIFY(bench.press(u"Keep this key"_qs));
        QTRY_COMPARE(bench.fixture.secrets().values.value(bench.home.secretName), u"sk_of_home"_qs);
        bench.showProfile(u"work"_qs);
        QTest::keyClicks(bench.field(u"Profile name"_qs), u"shop"_qs);
        QVERIFY(bench.press(u"Save profile"_qs));
        QVERIFY(bench.fixture.context().profiles.findByName(u"workshop"_qs));
        QVERIFY(bench.fixture.prompts().asked().isEmpty());
    }

    void nothingIsAskedOnceTheCreateIsGone()
    {
        UiFixture fixture;
        AccountGate &gate = fixture.context().gate;
        bool went = false;
        {
            QWidget asker;
            QObject owner;
            gate.watch(&owner, [] { return u"trainer"_qs; });
            QVERIFY(!gate.warning().isEmpty());
            gate.pass(&asker, u"Leave?"_qs, u"Leave"_qs, [&went] { went = true; });
            QVERIFY(!went);
        }
        // The create went with its owner.
        QVERIFY(gate.creating().isEmpty());
        QWidget asker;
        gate.pass(&asker, u"Leave?"_qs, u"Leave"_qs, [&went] { went = true; });
        QVERIFY(went);
        QCOMPARE(fixture.prompts().asked().size(), 1);
    }

    void aKeyThatWentToMemorySaysSo_data()
    {
        QTest::addColumn<QString>("profile");
        QTest::newRow("in use") << u"work"_qs;
        QTest::newRow("not in use") << u"home"_qs;
    }
    void aKeyThatWentToMemorySaysSo()
    {
        QFETCH(QString, profile);
        Bench bench;
        QTRY_COMPARE(bench.fixture.context().session.keySource(), KeySource::Keychain);
        bench.fixture.secrets().failWrites = true;
        bench.showProfile(profile);
        bench.field(u"New API key"_qs)->setText(u"sk_typed"_qs);
        QVERIFY(bench.press(u"Keep this key"_qs));
        QTRY_VERIFY(bench.says(u"kept for this session only"_qs));
        QVERIFY(!bench.says(u"The key is kept in the keychain."_qs));
        // And says so later, and of no other.
        bench.showProfile(profile == u"work"_qs ? u"home"_qs : u"work"_qs);
        QVERIFY(!bench.field(u"Profile name"_qs)->text().startsWith(profile));
        bench.fixture.secrets().failWrites = false;
        bench.field(u"New API key"_qs)->setText(u"sk_typed"_qs);
        QVERIFY(bench.press(u"Keep this key"_qs));
        QTRY_VERIFY(bench.says(u"The key is kept in the keychain."_qs));
        bench.showProfile(profile);
        QVERIFY(bench.says(u"kept for this session only"_qs));
    }
};

QTEST_MAIN(TestAccountGate)
#include "tst_accountgate.moc"
