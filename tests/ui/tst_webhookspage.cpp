// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/stores.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/webhooksbench.h"
#include "ui/models/roles.h"
#include "ui/webhooks/deliverydetails.h"
#include "ui/webhooks/deliverymodel.h"
#include "ui/webhooks/editreplaydialog.h"
#include "ui/webhooks/forwarddialog.h"
#include "ui/webhooks/inboxempty.h"
#include "ui/webhooks/inboxtab.h"
#include "ui/webhooks/receiverstrip.h"
#include "ui/webhooks/testreport.h"
#include "ui/webhooks/webhookspage.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

#include <algorithm>
#include <limits>
#include <memory>

using namespace novita;

/// The inbox over a real receiver and a real file of deliveries.
class TestWebhooksPage final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<WebhooksBench> m_bench;
    std::unique_ptr<WebhooksPage> m_page;

    void showPage()
    {
        m_page = std::make_unique<WebhooksPage>(m_fixture->context());
        m_page->resize(1080, 760);
        m_page->show();
        m_page->activate();
    }
    bool showListening()
    {
        const bool listens = m_bench->listen();
        showPage();
        return listens && rows(0);
    }
    DeliveryModel *model() const { return m_page->findChild<DeliveryModel *>(); }
    bool rows(int count) const
    {
        return QTest::qWaitFor([&] { return model()->wasRead() && model()->rowCount() == count; }, 10000);
    }
    template<typename Widget>
    Widget *named(const QString &name) const
    {
        // The other tab has names of its own that may be the same.
        return findNamed<Widget>(*m_page->findChild<InboxTab *>(), name);
    }
    template<typename Widget>
    bool seen(const QString &name) const
    {
        const Widget *one = named<Widget>(name);
        return one && one->isVisible();
    }
    QAction *action(const QString &text) const { return findAction(m_page->pageActions(), text); }
    TableView *table() const { return named<TableView>(QStringLiteral("Deliveries table")); }
    DeliveryDetails *details() const { return m_page->findChild<DeliveryDetails *>(); }
    QString body() const { return named<QPlainTextEdit>(QStringLiteral("Delivery body"))->toPlainText(); }
    QString emptySentence() const
    {
        const auto *empty = m_page->findChild<InboxEmpty *>();
        QString out;
        for (const QLabel *label : empty->findChildren<QLabel *>())
            out += label->isVisible() ? label->text() + QLatin1Char('\n') : QString();
        return out;
    }
    QString report() const
    {
        const auto *banner = details()->findChild<ErrorBanner *>();
        return banner && banner->isShowing() ? banner->sentence() : QString();
    }
    QString banner() const
    {
        QString out;
        for (const ErrorBanner *one : m_page->findChildren<ErrorBanner *>())
            out += one->isVisible() ? one->sentence() : QString();
        return out;
    }
    bool says(const QString &part) const
    {
        return QTest::qWaitFor([&] { return report().contains(part); }, 10000);
    }
    /// Selects it and waits for its bytes.
    bool select(int row)
    {
        table()->selectRow(row);
        return QTest::qWaitFor([this] { return action(QStringLiteral("Copy body"))->isEnabled() || !body().isEmpty(); }, 5000);
    }
    void press(QDialog *dialog, const QString &text)
    {
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->text() == text)
                button->click();
        }
    }

    /// With changes in it, over the first row.
    EditReplayDialog *openEdited(const QString &text)
    {
        action(QStringLiteral("Edit and replay…"))->trigger();
        auto *dialog = m_page->findChild<EditReplayDialog *>();
        if (dialog)
            dialog->findChild<QPlainTextEdit *>()->setPlainText(text);
        return dialog;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_bench = std::make_unique<WebhooksBench>(*m_fixture);
    }
    void cleanup()
    {
        m_page.reset();
        m_bench.reset();
        m_fixture.reset();
    }

    void offThenWithoutSecretThenListening()
    {
        showPage();
        QVERIFY(rows(0));
        QVERIFY(m_page->isFilled());
        QVERIFY2(emptySentence().contains(QStringLiteral("The receiver is off")), qPrintable(emptySentence()));
        QVERIFY(!action(QStringLiteral("Send a test delivery"))->isEnabled());
        QVERIFY(!action(QStringLiteral("Send a test delivery"))->toolTip().isEmpty());
        QVERIFY(!named<QCheckBox>(QStringLiteral("Receive webhooks"))->isChecked());
        QVERIFY(m_bench->switchOn());
        QTRY_VERIFY2(emptySentence().contains(QStringLiteral("needs a secret")), qPrintable(emptySentence()));
        QSignalSpy pages(m_page.get(), &Page::openPageRequested);
        m_page->findChild<InboxEmpty *>()->findChild<QPushButton *>()->click();
        QCOMPARE(pages.value(0).value(0).toString(), QStringLiteral("settings/webhooks"));
        m_bench->service().secrets().setSecret(WebhooksBench::secretText());
        QTRY_VERIFY2(emptySentence().contains(QStringLiteral("Nothing has arrived yet")), qPrintable(emptySentence()));
        QVERIFY(seen<QLineEdit>(QStringLiteral("webhook URL")));
        QCOMPARE(named<QLineEdit>(QStringLiteral("webhook URL"))->text(), QStringLiteral("http://127.0.0.1:%1/webhook").arg(m_bench->service().status().port));
        QCOMPARE(named<QLineEdit>(QStringLiteral("cloudflared command"))->text(), QStringLiteral("cloudflared tunnel --url http://127.0.0.1:%1").arg(m_bench->service().status().port));
        named<QCheckBox>(QStringLiteral("Receive webhooks"))->click();
        QTRY_VERIFY(!m_bench->service().status().isListening());
        QVERIFY(!m_fixture->settings().value(keys::kReceiverEnabled));
    }

    void whatCannotBeStoredIsNoQuietInbox()
    {
        QVERIFY(m_bench->blockStore());
        QVERIFY(m_bench->listen());
        showPage();
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 503);
        QTRY_VERIFY(!m_bench->service().status().storeNotice.isEmpty());
        const auto *strip = m_page->findChild<ReceiverStrip *>();
        const QString notice = m_bench->service().status().storeNotice;
        const auto stripSays = [strip, &notice] {
            const QList<QLabel *> labels = strip->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&notice](const QLabel *label) { return label->text().contains(notice); });
        };
        QTRY_VERIFY(stripSays());
        QVERIFY2(!emptySentence().contains(QStringLiteral("Nothing has arrived")), qPrintable(emptySentence()));
    }

    void aDeliveryShowsItself()
    {
        QVERIFY(showListening());
        m_fixture->fill(5);
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QCOMPARE(model()->index(0, DeliveryModel::Outcome).data().toString(), QStringLiteral("Accepted"));
        QVERIFY(!details()->isVisible());
        QVERIFY(select(0));
        QVERIFY(details()->isVisible());
        QVERIFY2(body().contains(QStringLiteral("  \"instanceId\": \"i-3\",\n")), qPrintable(body()));
        auto *form = named<QComboBox>(QStringLiteral("Show body as"));
        form->setCurrentIndex(1);
        QCOMPARE(body().toUtf8(), WebhooksBench::eventBody("i-3"));
        form->setCurrentIndex(2);
        QVERIFY(body().startsWith(QStringLiteral("00000000  7b 22 69")));
        const auto *headers = named<TableView>(QStringLiteral("Headers table"))->model();
        QString all;
        for (int row = 0; row < headers->rowCount(); ++row)
            all += headers->index(row, 0).data().toString() + QLatin1Char('=') + headers->index(row, 1).data().toString() + QLatin1Char('\n');
        QVERIFY2(all.contains(QStringLiteral("Authorization=•••")), qPrintable(all));
        QVERIFY(!all.contains(QStringLiteral("sk_of_the_sender")));
        QVERIFY(all.contains(QStringLiteral("X-Webhook-Signature=sha256=")));
        QSignalSpy opened(m_page.get(), &Page::openInstanceRequested);
        for (QPushButton *button : details()->findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String("Open instance"))
                button->click();
        }
        QCOMPARE(opened.value(0).value(0).toString(), QStringLiteral("i-3"));
        QTest::keyClick(details(), Qt::Key_Escape);
        QVERIFY(!details()->isVisible());
    }

    void theReceiverGivesWayWhereItIsNarrow()
    {
        QVERIFY(showListening());
        m_bench->post(WebhooksBench::eventBody("i-1"));
        QVERIFY(rows(1));
        const QWidget *strip = m_page->findChild<ReceiverStrip *>();
        table()->selectRow(0);
        QVERIFY(strip->isVisible());
        m_page->resize(600, 760);
        QVERIFY(!strip->isVisible());
        QTest::keyClick(m_page->findChild<InboxTab *>(), Qt::Key_Escape);
        QVERIFY(strip->isVisible());
    }

    void whyOneWasRefused()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3"), QStringLiteral("another secret")), 401);
        QVERIFY(rows(1));
        table()->selectRow(0);
        QTRY_VERIFY(named<TableView>(QStringLiteral("Headers table"))->model()->rowCount() > 0);
        QString words;
        for (const QLabel *label : details()->findChildren<QLabel *>())
            words += label->text() + QLatin1Char('\n');
        QVERIFY2(words.contains(QStringLiteral("made with another secret")), qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("no body is kept")));
        for (const QString &name : {QStringLiteral("Replay"), QStringLiteral("Edit and replay…"), QStringLiteral("Forward…"), QStringLiteral("Save body…")}) {
            QVERIFY(!action(name)->isEnabled());
            QVERIFY2(action(name)->toolTip().contains(QStringLiteral("no body is kept")), qPrintable(action(name)->toolTip()));
        }
        // Without a known instance there is nothing to open.
        QVERIFY(!words.contains(QStringLiteral("Open instance")));
    }

    void replayIsADuplicate()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        action(QStringLiteral("Replay"))->trigger();
        QVERIFY2(says(QStringLiteral("Answered 200")), qPrintable(report()));
        QVERIFY(rows(2));
        QCOMPARE(model()->at(0)->result, DeliveryResult::Duplicate);
        QCOMPARE(model()->index(0, DeliveryModel::Outcome).data(NoteRole).toString(), QStringLiteral("of #1"));
        // The report leads to it, and from there back to the first.
        const auto link = [this](const QString &text) -> QPushButton * {
            for (QPushButton *button : details()->findChildren<QPushButton *>()) {
                if (button->text() == text && button->isVisible())
                    return button;
            }
            return nullptr;
        };
        QTRY_VERIFY(link(QStringLiteral("Show #2")));
        link(QStringLiteral("Show #2"))->click();
        QTRY_COMPARE(table()->currentIndex().row(), 0);
        QTRY_VERIFY(link(QStringLiteral("Show #1")));
        link(QStringLiteral("Show #1"))->click();
        QTRY_COMPARE(table()->currentIndex().row(), 1);
    }

    void editedReplayIsSignedAnew()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        action(QStringLiteral("Edit and replay…"))->trigger();
        auto *dialog = m_page->findChild<EditReplayDialog *>();
        QVERIFY(dialog);
        auto *editor = dialog->findChild<QPlainTextEdit *>();
        QCOMPARE(editor->toPlainText().toUtf8(), WebhooksBench::eventBody("i-3"));
        const auto words = [dialog] {
            QString out;
            for (const QLabel *label : dialog->findChildren<QLabel *>())
                out += label->text();
            return out;
        };
        editor->setPlainText(QStringLiteral("{\"a\":\n  x"));
        QTRY_VERIFY2(words().contains(QStringLiteral("line 2")), qPrintable(words()));
        editor->setPlainText(QString::fromUtf8(WebhooksBench::eventBody("i-8", "stopped")));
        QVERIFY(dialog->signAnew());
        press(dialog, QStringLiteral("Send"));
        QVERIFY2(says(QStringLiteral("Answered 200")), qPrintable(report()));
        QVERIFY(rows(2));
        QCOMPARE(model()->at(0)->result, DeliveryResult::Accepted);
        QCOMPARE(model()->at(0)->subject, QStringLiteral("i-8"));
        QCOMPARE(model()->at(0)->kind, QStringLiteral("stopped"));
    }

    void whatWasEditedStaysUntilThereIsAnAnswer()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        const QString text = QString::fromUtf8(WebhooksBench::eventBody("i-8"));
        const QPointer<EditReplayDialog> dialog = openEdited(text);
        QVERIFY(dialog);
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverEnabled, false).ok());
        QTRY_VERIFY(!m_bench->service().status().isListening());
        press(dialog, QStringLiteral("Send"));
        const auto says = [&dialog](const QString &part) {
            for (const QLabel *label : dialog->findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(part))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("the receiver is switched off")));
        QVERIFY(dialog->isVisible());
        QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(), text);
        // Nor does Escape take it away unasked.
        QTest::keyClick(dialog, Qt::Key_Escape);
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(dialog->isVisible());
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverEnabled, true).ok());
        QTRY_VERIFY(m_bench->service().status().isListening());
        press(dialog, QStringLiteral("Send"));
        QVERIFY(rows(2));
        QTRY_VERIFY(!dialog || !dialog->isVisible());
        QVERIFY(this->says(QStringLiteral("Answered 200")));
        const QPointer<EditReplayDialog> other = openEdited(QStringLiteral("{}"));
        m_fixture->prompts().answerNext(true);
        QTest::keyClick(other, Qt::Key_Escape);
        QTRY_VERIFY(!other || !other->isVisible());
    }

    void onlyWhatAFieldKeepsCanBeEdited()
    {
        Delivery delivery;
        delivery.result = DeliveryResult::Accepted;
        QString kept;
        for (int c = 0; c < 0xffff; ++c) {
            const QChar one(static_cast<char16_t>(c));
            delivery.body = QString(one).toUtf8();
            delivery.bytes = delivery.body.size();
            if (!one.isSurrogate() && EditReplayDialog::whyNot(delivery).isEmpty())
                kept += one;
        }
        QVERIFY(kept.size() > 60000);
        QTextDocument field; // what the field keeps its text in, without laying out every script there is
        field.setPlainText(kept);
        QCOMPARE(field.toPlainText(), kept);
        for (const char16_t c : {u'\u00a0', u'\u2028', u'\u2029', u'\r', u'\ufdd0', u'\ufdd1'})
            QVERIFY(!kept.contains(QChar(c)));
        delivery.body = QByteArray("{\n") + QByteArray(EditReplayDialog::kLongestLine, 'x');
        QVERIFY(EditReplayDialog::whyNot(delivery).isEmpty());
        delivery.body += 'x';
        QVERIFY(EditReplayDialog::whyNot(delivery).contains(QStringLiteral("too long")));
    }

    void anOutcomeIsToldAlsoWhenAnotherIsShown()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        action(QStringLiteral("Replay"))->trigger();
        QTest::keyClick(details(), Qt::Key_Escape);
        QTRY_VERIFY2(banner().startsWith(QStringLiteral("Delivery #1: Answered 200")), qPrintable(banner()));
    }

    void theFirstNewsComesAtOnce()
    {
        QVERIFY(showListening());
        qint64 fastest = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-" + QByteArray::number(i))), 200);
            QElapsedTimer passed;
            passed.start();
            QVERIFY(rows(i + 1));
            fastest = std::min(fastest, passed.elapsed());
            QTRY_VERIFY(passed.hasExpired(300)); // until it looks at once again
        }
        QVERIFY2(fastest < 100, qPrintable(QString::number(fastest)));
    }

    void forwardAsksForAnAddress()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        action(QStringLiteral("Forward…"))->trigger();
        auto *dialog = m_page->findChild<ForwardDialog *>();
        QVERIFY(dialog);
        auto *url = dialog->findChild<QLineEdit *>();
        url->setText(QStringLiteral("javascript:alert(1)"));
        press(dialog, QStringLiteral("Forward"));
        QVERIFY(dialog->isVisible());
        // Its own receiver takes it for a repeat, as any receiver would.
        url->setText(m_bench->service().status().localUrl.toString());
        press(dialog, QStringLiteral("Forward"));
        QVERIFY2(says(QStringLiteral("Answered 200")), qPrintable(report()));
        QVERIFY(rows(2));
    }

    void takenAlong()
    {
        QVERIFY(showListening());
        const QByteArray bytes = WebhooksBench::eventBody("i-3");
        QCOMPARE(m_bench->post(bytes), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        action(QStringLiteral("Copy body"))->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), bytes);
        action(QStringLiteral("Copy as curl"))->trigger();
        const QString command = QGuiApplication::clipboard()->text();
        QVERIFY2(command.contains(QStringLiteral("curl -sS -X POST '%1'").arg(m_bench->service().status().localUrl.toString())), qPrintable(command));
        QVERIFY(!command.contains(QStringLiteral("sk_of_the_sender")));
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("body.json"));
        m_fixture->prompts().chooseNext(path);
        action(QStringLiteral("Save body…"))->trigger();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
        QVERIFY2(report().contains(QStringLiteral("body.json")), qPrintable(report()));
        m_fixture->prompts().chooseNext(folder.filePath(QStringLiteral("no such folder/body.json")));
        action(QStringLiteral("Save body…"))->trigger();
        QVERIFY2(report().contains(QStringLiteral("Could not save")), qPrintable(report()));
    }

    void theTestSaysEachStep()
    {
        QVERIFY(showListening());
        auto *report = m_page->findChild<TestReport *>();
        QVERIFY(!report->isVisible());
        action(QStringLiteral("Send a test delivery"))->trigger();
        QTRY_VERIFY(report->isVisible());
        int passed = 0;
        for (const QLabel *label : report->findChildren<QLabel *>())
            passed += label->isVisible() && label->accessibleName() == QLatin1String("passed") ? 1 : 0;
        QVERIFY(passed >= 4);
        QVERIFY(rows(1));
        for (QPushButton *button : report->findChildren<QPushButton *>())
            button->click();
        QVERIFY(!report->isVisible());
    }

    void aTestThatPassesTakesThePlaceOfOneThatFailed()
    {
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverPublicUrl, QStringLiteral("http://127.0.0.1:1")).ok());
        QVERIFY(showListening());
        auto *report = m_page->findChild<TestReport *>();
        const auto count = [report](const QString &name) {
            const QList<QLabel *> labels = report->findChildren<QLabel *>();
            return std::count_if(labels.cbegin(), labels.cend(), [&name](const QLabel *label) { return label->isVisible() && label->accessibleName() == name; });
        };
        action(QStringLiteral("Send a test delivery"))->trigger();
        QTRY_VERIFY(count(QStringLiteral("failed")) > 0);
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverPublicUrl, QString()).ok());
        m_fixture->clock().advance(Seconds(1));
        emit m_bench->service().wake().woke(); // tests by itself once connections have settled
        QTRY_VERIFY_WITH_TIMEOUT(count(QStringLiteral("failed")) == 0 && count(QStringLiteral("passed")) > 0, 10000);
    }

    void followingAndNot()
    {
        QVERIFY(m_bench->listen());
        QVERIFY(m_bench->fill(150));
        showPage();
        QVERIFY(rows(150));
        auto *follow = named<QCheckBox>(QStringLiteral("Follow newest"));
        follow = follow ? follow : [this] {
            for (QCheckBox *box : m_page->findChildren<QCheckBox *>()) {
                if (box->text() == QLatin1String("Follow newest"))
                    return box;
            }
            return static_cast<QCheckBox *>(nullptr);
        }();
        QVERIFY(follow && follow->isChecked());
        QVERIFY(select(1));
        const qint64 kept = model()->at(1)->id;
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-900")), 200);
        QVERIFY(rows(151));
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
        QCOMPARE(model()->at(table()->currentIndex().row())->id, kept);
        // Who scrolls away reads in peace.
        table()->verticalScrollBar()->setValue(400);
        QVERIFY(!follow->isChecked());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-901")), 200);
        QPushButton *news = nullptr;
        QTRY_VERIFY([&] {
            for (QPushButton *button : m_page->findChildren<QPushButton *>()) {
                if (button->isVisible() && button->text() == QLatin1String("1 new"))
                    news = button;
            }
            return news != nullptr;
        }());
        QCOMPARE(model()->rowCount(), 151);
        QCOMPARE(table()->verticalScrollBar()->value(), 400);
        news->click();
        QVERIFY(rows(152));
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
        QVERIFY(!news->isVisible());
        QVERIFY(!follow->isChecked());
        follow->click();
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-902")), 200);
        QVERIFY(rows(153));
    }

    void filterFindsOldOnesAndSaysWhenThereAreNone()
    {
        QVERIFY(m_bench->listen());
        QVERIFY(m_bench->fill(2400));
        showPage();
        QTRY_VERIFY(model()->rowCount() > 0);
        auto *filter = named<QLineEdit>(QStringLiteral("Filter deliveries"));
        m_page->focusFilter();
        filter->setText(QStringLiteral("id:#2 subject:i-1"));
        QTRY_VERIFY(model()->isComplete());
        QTRY_VERIFY(model()->rowCount() > 0 && model()->rowCount() < 300);
        filter->setText(QStringLiteral("nothing like it"));
        QTRY_VERIFY2(emptySentence().contains(QStringLiteral("No delivery matches this filter")), qPrintable(emptySentence()));
        m_page->findChild<InboxEmpty *>()->findChild<QPushButton *>()->click();
        QTRY_VERIFY(model()->rowCount() > 0);
        QVERIFY(filter->text().isEmpty());
        auto *result = named<QComboBox>(QStringLiteral("Result"));
        result->setCurrentIndex(1 + static_cast<int>(DeliveryResult::TooOld));
        QVERIFY(rows(100));
        // All of it survives a restart.
        const QJsonObject state = m_page->saveState();
        m_page.reset();
        showPage();
        m_page->restoreState(state);
        QVERIFY(rows(100));
        QCOMPARE(named<QComboBox>(QStringLiteral("Result"))->currentText(), QStringLiteral("Too old"));
    }

    void theSelectedOneSurvivesARestart()
    {
        QVERIFY(showListening());
        QCOMPARE(m_bench->post(WebhooksBench::eventBody("i-3")), 200);
        QVERIFY(rows(1));
        QVERIFY(select(0));
        const QJsonObject state = m_page->saveState();
        m_page.reset();
        showPage();
        m_page->restoreState(state);
        QTRY_VERIFY(details()->isVisible());
        QTRY_VERIFY(!body().isEmpty());
        m_page->openTarget(QStringLiteral("inbox/1"));
        QTRY_COMPARE(table()->currentIndex().row(), 0);
        m_page->openTarget(QStringLiteral("inbox/99"));
        QTRY_VERIFY2(banner().contains(QStringLiteral("Delivery #99 cannot be shown. This delivery is not kept any more.")), qPrintable(banner()));
        // What retention has taken since the last run is no news.
        m_page.reset();
        showPage();
        QJsonObject inbox = state.value(QStringLiteral("inbox")).toObject();
        inbox.insert(QStringLiteral("current"), QStringLiteral("99"));
        m_page->restoreState({{QStringLiteral("inbox"), inbox}});
        QVERIFY(rows(1));
        QVERIFY(!await(m_bench->service().deliveries().read(99)).ok());
        QVERIFY2(banner().isEmpty(), qPrintable(banner()));
    }
};

QTEST_MAIN(TestWebhooksPage)
#include "tst_webhookspage.moc"
