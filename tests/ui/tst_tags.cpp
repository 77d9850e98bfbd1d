// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/history.h"
#include "core/workflows/instancetags.h"
#include "tests/support/await.h"
#include "tests/ui/instancesbench.h"
#include "ui/widgets/tagsdialog.h"
#include "ui/webhooks/outgoingruledialog.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/tagfield.h"

#include <QCompleter>
#include <QLayout>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>

using namespace novita;

/// The person's own tags of instances: column, filter, details, the dialog that sets them and the rule that asks for them.
class TestTags : public QObject, private InstancesBench
{
    Q_OBJECT

private slots:
    void init()
    {
        begin();
        m_folder = std::make_unique<QTemporaryDir>();
        m_fixture->context().history.open(m_folder->filePath(QStringLiteral("history.sqlite")));
        tags().setProfile(ProfileId(QStringLiteral("p")));
    }
    void cleanup() { end(); }

    void columnIsThereForWhoWantsIt();
    void filterFindsThem();
    void detailsShowThem();
    void dialogForOne();
    void dialogIsAsHighAsItsContent();
    void dialogForSeveral();
    void whatOnlySomeHaveCanBeLeft();
    void dialogSaysWhatIsWrong();
    void withoutAFileNothingIsLost();
    void dialogGoesWithTheAccount();
    void fieldCompletesTheLastTag();
    void rulesAskForThem();

private:
    InstanceTags &tags() const { return m_fixture->context().tags; }
    static InstanceId id(int number) { return InstanceId(QStringLiteral("i-%1").arg(number)); }
    bool put(int number, const QStringList &list) { return await(tags().change({id(number)}, {list, {}})).ok(); }
    QString of(int number) const { return tags().of(id(number)).join(u' '); }

    TagsDialog *dialog() const { return m_page->findChild<TagsDialog *>(); }
    QListWidget *list() const { return dialog()->findChild<QListWidget *>(); }
    TagField *entry() const { return dialog()->findChild<TagField *>(); }
    void press(const QString &text) const
    {
        const QList<QPushButton *> buttons = dialog()->findChildren<QPushButton *>();
        for (QPushButton *button : buttons) {
            if (button->text() == text) {
                button->click();
                return;
            }
        }
        QFAIL("there is no such button");
    }
    QListWidgetItem *item(const QString &text) const { return list()->findItems(text, Qt::MatchExactly).value(0); }
    QString problem() const
    {
        const QList<QLabel *> labels = dialog()->findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->isVisible() && label->property("tone") == QLatin1String("bad"))
                return label->text();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTags::columnIsThereForWhoWantsIt()
{
    show(3);
    QVERIFY(table()->isColumnHidden(InstanceModel::Tags));
    QCOMPARE(model()->headerData(InstanceModel::Tags, Qt::Horizontal).toString(), QStringLiteral("Tags"));
    QVERIFY(put(1, {QStringLiteral("prod"), QStringLiteral("eu")}));
    const auto cell = [this](int number, int role) {
        return model()->index(static_cast<InstanceModel *>(model())->rowOf(id(number).toString()), InstanceModel::Tags).data(role).toString();
    };
    QTRY_COMPARE(cell(1, Qt::DisplayRole), QStringLiteral("eu, prod"));
    QCOMPARE(cell(0, Qt::DisplayRole), QString());
    // Those without stand at the end both ways.
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model()->sort(InstanceModel::Tags, order);
        QCOMPARE(static_cast<InstanceModel *>(model())->idAt(0), id(1).toString());
    }
    tags().setProfile(ProfileId(QStringLiteral("other")));
    QTRY_COMPARE(cell(1, Qt::DisplayRole), QString());
}

void TestTags::filterFindsThem()
{
    show(4);
    QVERIFY(put(1, {QStringLiteral("prod"), QStringLiteral("team a")}));
    QVERIFY(put(2, {QStringLiteral("production")}));
    auto *rows = static_cast<InstanceModel *>(model());
    const auto found = [rows](const QString &filter) {
        rows->flush();
        rows->setFilter(filter);
        return rows->rowCount();
    };
    QCOMPARE(found(QStringLiteral("tag:PROD")), 2);
    QCOMPARE(found(QStringLiteral("tag:production")), 1);
    QCOMPARE(found(QStringLiteral("tag:\"team a\"")), 1);
    QCOMPARE(found(QStringLiteral("prod")), 2);
    QCOMPARE(found(QStringLiteral("name:prod")), 0);
    QVERIFY(await(tags().change({id(3)}, {{QStringLiteral("new")}, {}})).ok());
    QCOMPARE(found(QStringLiteral("tag:new")), 1);
}

void TestTags::detailsShowThem()
{
    show(3);
    QVERIFY(put(0, {QStringLiteral("prod")}));
    m_page->showInstance(QStringLiteral("i-0"));
    const auto shown = [this](const QString &name) { return named<QLabel>(name) != nullptr; };
    QTRY_VERIFY(shown(QStringLiteral("Tags: prod")));
    QVERIFY(put(0, {QStringLiteral("eu")}));
    QTRY_VERIFY(shown(QStringLiteral("Tags: eu, prod")));
}

void TestTags::dialogForOne()
{
    show(3);
    QAction *tagging = action(QStringLiteral("Tags…"));
    QVERIFY(!tagging->isEnabled());
    QVERIFY(put(1, {QStringLiteral("Prod")}));
    m_fixture->useProfile(true, true); // nothing of it reaches the cloud
    tags().setProfile(ProfileId(QStringLiteral("p")));
    select({QStringLiteral("i-0")});
    QVERIFY(tagging->isEnabled());
    QTRY_COMPARE(tags().all().size(), 1);
    tagging->trigger();
    QVERIFY(dialog());
    QCOMPARE(item(QStringLiteral("Prod"))->checkState(), Qt::Unchecked); // offered, since another has it
    entry()->setText(QStringLiteral("eu, PROD"));
    press(QStringLiteral("Add"));
    QCOMPARE(list()->count(), 2);
    QCOMPARE(item(QStringLiteral("Prod"))->checkState(), Qt::Checked);
    QCOMPARE(item(QStringLiteral("eu"))->checkState(), Qt::Checked);
    QVERIFY(entry()->text().isEmpty());
    entry()->setText(QStringLiteral("typed"));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(!dialog());
    QCOMPARE(of(0), QStringLiteral("eu Prod typed"));
    QCOMPARE(of(1), QStringLiteral("Prod"));
}

void TestTags::dialogIsAsHighAsItsContent()
{
    show(1);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Tags…"))->trigger();
    QVERIFY(dialog() && dialog()->isVisible());
    QVERIFY(!list()->isVisible());
    QCOMPARE(dialog()->height(), dialog()->layout()->totalHeightForWidth(dialog()->width()));
}

void TestTags::dialogForSeveral()
{
    show(4);
    for (int number = 0; number < 3; ++number)
        QVERIFY(put(number, {QStringLiteral("all")}));
    QVERIFY(put(0, {QStringLiteral("first")}));
    QVERIFY(put(0, {QStringLiteral("some")}));
    QVERIFY(put(1, {QStringLiteral("some")}));
    QVERIFY(put(3, {QStringLiteral("elsewhere")}));
    select({QStringLiteral("i-0"), QStringLiteral("i-1"), QStringLiteral("i-2")});
    action(QStringLiteral("Tags…"))->trigger();
    QCOMPARE(list()->count(), 4);
    QCOMPARE(item(QStringLiteral("all"))->checkState(), Qt::Checked);
    QCOMPARE(item(QStringLiteral("elsewhere"))->checkState(), Qt::Unchecked);
    QListWidgetItem *first = item(QStringLiteral("first (on 1 of 3)"));
    QListWidgetItem *some = item(QStringLiteral("some (on 2 of 3)"));
    QVERIFY(first && some);
    QCOMPARE(first->checkState(), Qt::PartiallyChecked);
    item(QStringLiteral("all"))->setCheckState(Qt::Unchecked);
    some->setCheckState(Qt::Checked);
    QCOMPARE(some->text(), QStringLiteral("some"));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(!dialog());
    QCOMPARE(of(0), QStringLiteral("first some"));
    QCOMPARE(of(1), QStringLiteral("some"));
    QCOMPARE(of(2), QStringLiteral("some"));
    QCOMPARE(of(3), QStringLiteral("elsewhere"));
}

void TestTags::whatOnlySomeHaveCanBeLeft()
{
    show(2);
    QVERIFY(put(0, {QStringLiteral("some")}));
    select({QStringLiteral("i-0"), QStringLiteral("i-1")});
    action(QStringLiteral("Tags…"))->trigger();
    list()->setFocus();
    list()->setCurrentRow(0);
    QList<Qt::CheckState> states;
    for (int round = 0; round < 3; ++round) {
        QTest::keyClick(list(), Qt::Key_Space);
        states.append(list()->item(0)->checkState());
    }
    QCOMPARE(states, QList<Qt::CheckState>({Qt::Checked, Qt::Unchecked, Qt::PartiallyChecked}));
    QCOMPARE(list()->item(0)->text(), QStringLiteral("some (on 1 of 2)"));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(!dialog());
    QCOMPARE(of(0), QStringLiteral("some"));
    QCOMPARE(of(1), QString());
}

void TestTags::dialogSaysWhatIsWrong()
{
    show(1);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Tags…"))->trigger();
    entry()->setText(QString(41, u'x'));
    press(QStringLiteral("Add"));
    QVERIFY(problem().contains(QStringLiteral("40")));
    QVERIFY(!entry()->text().isEmpty());
    press(QStringLiteral("Save tags"));
    QVERIFY(problem().contains(QStringLiteral("40")));
    QStringList many;
    for (int i = 0; i <= taglist::kMostTags; ++i)
        many.append(QString::number(i));
    entry()->setText(many.join(u','));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(problem().contains(QStringLiteral("20")));
    QCOMPARE(of(0), QString());
    entry()->setText(QStringLiteral("prod"));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(!dialog());
    QCOMPARE(of(0), QStringLiteral("prod"));
}

void TestTags::withoutAFileNothingIsLost()
{
    end();
    begin(); // whose history was never opened
    tags().setProfile(ProfileId(QStringLiteral("p")));
    show(1);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Tags…"))->trigger();
    entry()->setText(QStringLiteral("prod"));
    press(QStringLiteral("Save tags"));
    QTRY_VERIFY(!problem().isEmpty());
    QCOMPARE(entry()->text(), QStringLiteral("prod"));
    QCOMPARE(of(0), QString());
}

void TestTags::dialogGoesWithTheAccount()
{
    show(1);
    select({QStringLiteral("i-0")});
    action(QStringLiteral("Tags…"))->trigger();
    QVERIFY(dialog());
    m_fixture->stores().instances.reset();
    QTRY_VERIFY(!dialog());
}

void TestTags::fieldCompletesTheLastTag()
{
    TagField field;
    field.setSuggestions({QStringLiteral("production"), QStringLiteral("staging")});
    field.setText(QStringLiteral("eu, PROD"));
    QCompleter *completer = field.completer();
    completer->setCompletionPrefix(completer->splitPath(field.text()).last());
    QCOMPARE(completer->completionCount(), 1);
    QCOMPARE(completer->pathFromIndex(completer->completionModel()->index(0, 0)), QStringLiteral("eu, production"));
    QVERIFY(field.tags().ok());
    QCOMPARE(field.tags()->join(u'/'), QStringLiteral("eu/PROD"));
}

void TestTags::rulesAskForThem()
{
    show(2);
    QVERIFY(put(0, {QStringLiteral("prod")}));
    WebhookRule begin;
    begin.name = QStringLiteral("chat");
    begin.target = QUrl(QStringLiteral("https://hooks.example.com/a"));
    begin.tags = {QStringLiteral("live")};
    SecretClipboard clipboard;
    OutgoingRuleDialog dialog(m_fixture->context(), begin, ProfileId(QStringLiteral("p")), QStringLiteral("Team"), clipboard);
    auto *field = dialog.findChild<TagField *>();
    QVERIFY(field);
    QCOMPARE(field->accessibleName(), QStringLiteral("Tags"));
    QCOMPARE(field->text(), QStringLiteral("live"));
    QCOMPARE(field->completer()->model()->index(0, 0).data().toString(), QStringLiteral("prod"));
    field->setText(QStringLiteral(" prod , Live, live"));
    QCOMPARE(dialog.rule().tags, QStringList({QStringLiteral("prod"), QStringLiteral("Live")}));
    QCOMPARE(outgoingwords::instances(dialog.rule()), QStringLiteral("tagged prod, Live"));
    field->setText(QString(41, u'x'));
    QVERIFY(dialog.problem().contains(QStringLiteral("40")));
    field->clear();
    QVERIFY(dialog.rule().tags.isEmpty());
}

QTEST_MAIN(TestTags)
#include "tst_tags.moc"
