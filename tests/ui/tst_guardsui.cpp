// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/guardsbench.h"
#include "ui/instances/guarddialogs.h"
#include "ui/instances/guardstab.h"
#include "ui/instances/idleruledialog.h"
#include "ui/instances/scheduledialog.h"
#include "ui/models/instancemodel.h"
#include "ui/products/watchdialog.h"
#include "ui/products/watchdialogs.h"
#include "ui/widgets/rulelistdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

const InstanceId kRunning(u"i-0"_s);
const InstanceId kSpot(u"i-1"_s);

QPushButton *button(const QWidget &root, const QString &text)
{
    for (QPushButton *one : root.findChildren<QPushButton *>()) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

bool says(const QWidget &root, const QString &part)
{
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(part))
            return true;
    }
    return false;
}

void press(const QWidget &root, const QString &text)
{
    QPushButton *one = button(root, text);
    QVERIFY2(one && one->isVisible() && one->isEnabled(), qPrintable(text));
    QTest::mouseClick(one, Qt::LeftButton);
}

} // namespace

class TestGuardsUi : public QObject
{
    Q_OBJECT

private slots:
    void anIdleRuleIsMadeAndKept()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        GuardsTab tab(fixture.context());
        tab.setInstanceId(kRunning);
        tab.resize(420, 700);
        tab.show();
        QVERIFY(says(tab, u"nothing stops this instance by itself"_s));
        press(tab, u"Set idle rule…"_s);
        auto *dialog = tab.findChild<IdleRuleDialog *>();
        QVERIFY(dialog);
        QVERIFY(dialog->rule().dryRun); // a new rule only speaks
        dialog->findChildren<QSpinBox *>().first()->setValue(500);
        QCOMPARE(dialog->rule().percent, IdleRule::kMostPercent);
        press(*dialog, u"Save rule"_s);
        QTRY_VERIFY(fixture.context().guards.idle.ruleOf(kRunning));
        QTRY_VERIFY(says(tab, u"dry run"_s));
        press(tab, u"Quiet for an hour"_s);
        QTRY_VERIFY(says(tab, u"quiet until"_s));
        QVERIFY(!button(tab, u"Quiet for an hour"_s)->isVisible());
        press(tab, u"Remove idle rule"_s);
        QTRY_VERIFY(says(tab, u"nothing stops this instance by itself"_s));
    }

    void aCountdownIsSeenInTabAndRow()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        GuardsTab tab(fixture.context());
        tab.setInstanceId(kRunning);
        tab.show();
        InstanceModel model(fixture.stores().instances, fixture.clock());
        bench.countDown(kRunning);
        QTRY_COMPARE(fixture.context().guards.idle.stateOf(kRunning).phase, IdleState::Phase::Countdown);
        QTRY_VERIFY(says(tab, u"The idle rule stops it in"_s));
        const auto row = [&model] {
            for (int r = 0; r < model.rowCount(); ++r) {
                if (model.idAt(r) == kRunning.toString())
                    return model.index(r, InstanceModel::State).data().toString();
            }
            return QString();
        };
        QTRY_VERIFY2(row().startsWith(u"Stops in"_s), qPrintable(row()));
        press(tab, u"Keep running"_s);
        bench.settle();
        QTRY_VERIFY(!button(tab, u"Keep running"_s)->isVisible());
        QTRY_COMPARE(row(), u"Running"_s);
        QVERIFY(fixture.writes().isEmpty());
    }

    void schedulesAreMadeListedAndDeleted()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        QWidget window;
        window.show();
        guarddialogs::addSchedule(fixture.context(), {kRunning, kSpot}, &window);
        auto *dialog = window.findChild<ScheduleDialog *>();
        QVERIFY(dialog && says(*dialog, u"only while this console runs"_s));
        dialog->findChildren<QComboBox *>().at(1)->setCurrentIndex(2); // Monday to Friday
        QVERIFY(says(*dialog, u"Next:"_s));
        press(*dialog, u"Save schedule"_s);
        QTRY_COMPARE(fixture.context().guards.schedules.schedules().size(), 1);
        bench.settle();

        guarddialogs::showAll(fixture.context(), &window);
        auto *list = window.findChild<RuleListDialog *>();
        QVERIFY(list);
        auto *table = list->findChild<QTableWidget *>();
        QTRY_COMPARE(table->rowCount(), 1);
        QVERIFY(table->item(0, 2)->text().contains(u"Monday to Friday"_s));
        press(*list, u"Switch off"_s);
        QTRY_COMPARE(table->item(0, 4)->text(), u"no"_s);
        press(*list, u"Delete"_s);
        QTRY_COMPARE(table->rowCount(), 0);
        QVERIFY(fixture.context().guards.schedules.schedules().isEmpty());
    }

    void schedulesOnChosenDays()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        QWidget window;
        window.show();
        guarddialogs::addSchedule(fixture.context(), {kRunning}, &window);
        auto *dialog = window.findChild<ScheduleDialog *>();
        QVERIFY(dialog);
        const auto day = [dialog](int number) {
            for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
                if (box->accessibleName() == QLocale().standaloneDayName(number, QLocale::LongFormat))
                    return box;
            }
            return static_cast<QCheckBox *>(nullptr);
        };
        QVERIFY(day(1) && day(7));
        QVERIFY(!day(1)->isVisible()); // until chosen days are asked for
        dialog->findChildren<QComboBox *>().at(1)->setCurrentIndex(3);
        QTRY_VERIFY(day(1)->isVisible());
        QVERIFY(says(*dialog, u"Choose at least one day"_s));
        press(*dialog, u"Save schedule"_s);
        QVERIFY(dialog->isVisible());
        QVERIFY(fixture.context().guards.schedules.schedules().isEmpty());
        day(3)->click();
        day(7)->click();
        QVERIFY(says(*dialog, u"Next:"_s));
        press(*dialog, u"Save schedule"_s);
        QTRY_COMPARE(fixture.context().guards.schedules.schedules().size(), 1);
        QCOMPARE(fixture.context().guards.schedules.schedules().first().rule.days, localtime::Days(0x44));
    }

    void aSpotRuleIsForSpotInstances()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        GuardsTab tab(fixture.context());
        tab.show();
        tab.setInstanceId(kRunning);
        QVERIFY(says(tab, u"Only spot instances"_s));
        tab.setInstanceId(kSpot);
        QCheckBox *box = nullptr;
        for (QCheckBox *one : tab.findChildren<QCheckBox *>()) {
            if (one->isVisible() && one->text().contains(u"Migrate"_s))
                box = one;
        }
        QVERIFY(box);
        box->click();
        QTRY_VERIFY(fixture.context().guards.spot.ruleOf(kSpot));
        bench.settle();
        Instance noticed = fixture.instance(1);
        noticed.spotStatus = SpotStatus::Notified;
        noticed.spotReclaimTime = fixture.clock().now() + std::chrono::minutes(50);
        fixture.stores().instances.adoptRows({noticed}, fixture.clock().now(), false);
        tab.refresh();
        QVERIFY(says(tab, u"taken back in 50 min"_s));
    }

    void migratingIsConfirmedWithWhatIsLost()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        Instance noticed = fixture.instance(1);
        noticed.billing = BillingMode::Spot;
        noticed.spotStatus = SpotStatus::Notified;
        noticed.spotReclaimTime = fixture.clock().now() + std::chrono::minutes(50);
        fixture.stores().instances.adoptRows({noticed}, fixture.clock().now(), false);
        GuardsTab tab(fixture.context());
        tab.setInstanceId(kSpot);
        tab.show();
        press(tab, u"Migrate now"_s);
        QCOMPARE(fixture.prompts().asked().size(), 1);
        QCOMPARE(fixture.prompts().asked().first().title, u"Migrate worker-1?"_s);
        QVERIFY(fixture.prompts().asked().first().text.contains(u"not taken along"_s));
        QVERIFY(fixture.writes().isEmpty());
        fixture.prompts().answerNext(true);
        press(tab, u"Migrate now"_s);
        QTRY_COMPARE(fixture.writes().size(), 1);
        QVERIFY(fixture.writes().first().endsWith(u"migrate"_s));
    }

    void productionAsksBeforeARuleThatActs()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        fixture.useProfile(true, false);
        QWidget window;
        window.show();
        guarddialogs::addSchedule(fixture.context(), {kRunning}, &window);
        auto *dialog = window.findChild<ScheduleDialog *>();
        QVERIFY(dialog);
        dialog->findChildren<QComboBox *>().at(1)->setCurrentIndex(2);
        press(*dialog, u"Save schedule"_s);
        QCOMPARE(fixture.prompts().asked().size(), 1);
        bench.settle();
        QVERIFY(fixture.context().guards.schedules.schedules().isEmpty());
        fixture.prompts().answerNext(true);
        press(*dialog, u"Save schedule"_s);
        QTRY_COMPARE(fixture.context().guards.schedules.schedules().size(), 1);
    }

    void anotherAccountClosesTheDialogs()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        QWidget window;
        window.show();
        const UiContext context = fixture.context();
        guarddialogs::editIdleRule(context, kRunning, &window);
        guarddialogs::addSchedule(context, {kRunning}, &window);
        guarddialogs::showAll(context, &window);
        watchdialogs::add(context, ProductId(u"0"_s), &window);
        watchdialogs::showAll(context, &window);
        QCOMPARE(window.findChildren<QDialog *>().size(), 5);
        fixture.stores().resetCloudData();
        QTRY_VERIFY(window.findChildren<QDialog *>().isEmpty());
    }

    void aListOfRulesMovesOnlyWhatHasChanged()
    {
        UiFixture fixture;
        RuleListDialog list(fixture.theme(), {u"Rules"_s, {}, {}, u"Rules table"_s, {u"Kind"_s, u"Now"_s}, {}});
        list.show();
        auto *table = list.findChild<QTableWidget *>();
        QList<RuleListDialog::Row> rows;
        for (int i = 0; i < 500; ++i)
            rows.append({QString::number(i), {u"rule"_s, u"stops in 4 min"_s}, true, true});
        list.setRows(rows);
        table->setCurrentCell(7, 1);
        QSignalSpy touched(table->model(), &QAbstractItemModel::dataChanged);
        list.setRows(rows); // a second later
        QCOMPARE(touched.count(), 0);
        rows[3].cells[1] = u"stops in 3 min"_s;
        list.setRows(rows);
        QCOMPARE(touched.count(), 1);
        QCOMPARE(table->item(3, 1)->text(), u"stops in 3 min"_s);
        QCOMPARE(table->currentRow(), 7);
        QCOMPARE(table->currentColumn(), 1);
        rows.removeAt(2);
        list.setRows(rows);
        QCOMPARE(table->rowCount(), 499);
        QCOMPARE(table->currentRow(), 6); // the same rule
    }

    void pricesAreReadExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("units"); // 0: refused
        QTest::newRow("cents") << u"0.35"_s << qint64(35000);
        QTest::newRow("comma") << u"0,35"_s << qint64(35000);
        QTest::newRow("dollar sign") << u"$ 1.5"_s << qint64(150000);
        QTest::newRow("whole") << u"2"_s << qint64(200000);
        QTest::newRow("smallest") << u"0.00001"_s << qint64(1);
        QTest::newRow("too fine") << u"0.000001"_s << qint64(0);
        QTest::newRow("nothing") << u"0"_s << qint64(0);
        QTest::newRow("negative") << u"-1"_s << qint64(0);
        QTest::newRow("words") << u"cheap"_s << qint64(0);
        QTest::newRow("exponent") << u"1e5"_s << qint64(0);
        QTest::newRow("huge") << u"99999"_s << qint64(0);
    }
    void pricesAreReadExactly()
    {
        QFETCH(QString, text);
        const std::optional<Money> price = priceFromText(text);
        QTEST(price ? price->priceUnits() : qint64(0), "units");
    }

    void aProductIsWatched()
    {
        UiFixture fixture;
        fixture.fill(6);
        GuardsBench bench(fixture);
        QWidget window;
        window.show();
        watchdialogs::add(fixture.context(), ProductId(u"0"_s), &window);
        auto *dialog = window.findChild<WatchDialog *>();
        QVERIFY(dialog);
        press(*dialog, u"Watch"_s);
        QVERIFY(says(*dialog, u"nothing to watch"_s));
        dialog->findChild<QLineEdit *>()->setText(u"abc"_s);
        press(*dialog, u"Watch"_s);
        QVERIFY(says(*dialog, u"is written like"_s));
        dialog->findChild<QLineEdit *>()->setText(u"0.30"_s);
        press(*dialog, u"Watch"_s);
        QTRY_COMPARE(fixture.context().guards.watches.watches().size(), 1);
        bench.settle();
        watchdialogs::showAll(fixture.context(), &window);
        auto *list = window.findChild<RuleListDialog *>();
        QVERIFY(list);
        QTRY_COMPARE(list->findChild<QTableWidget *>()->rowCount(), 1);
        QVERIFY(list->findChild<QTableWidget *>()->item(0, 1)->text().contains(u"$0.30"_s));
        press(*list, u"Delete"_s);
        QTRY_COMPARE(list->findChild<QTableWidget *>()->rowCount(), 0);
    }

    void aWatchBeginsWithABillingThatIsOffered()
    {
        const UiFixture fixture;
        Product product;
        product.id = ProductId(u"p"_s);
        product.name = u"RTX 4090 24GB"_s;
        product.price = Money::fromPriceUnits(35000);
        product.billingModes = {BillingMode::OnDemand, BillingMode::Spot};
        const WatchDialog dialog(product);
        QCOMPARE(dialog.findChild<QComboBox *>()->currentText(), u"On demand"_s);
    }

    void withoutAFileARuleIsRefusedInWords()
    {
        UiFixture fixture;
        fixture.fill(6);
        fixture.context().guards.setProfile(ProfileId(u"p"_s));
        QWidget window;
        window.show();
        guarddialogs::editIdleRule(fixture.context(), kRunning, &window);
        auto *dialog = window.findChild<IdleRuleDialog *>();
        press(*dialog, u"Save rule"_s);
        QTRY_VERIFY([dialog] {
            for (const QLabel *label : dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->property("tone").toString() == u"bad"_s && !label->text().isEmpty())
                    return true;
            }
            return false;
        }());
        QVERIFY(!fixture.context().guards.idle.ruleOf(kRunning));
    }
};

QTEST_MAIN(TestGuardsUi)
#include "tst_guardsui.moc"
