// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"
#include "tests/ui/chatbench.h"
#include "ui/chat/codeblock.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTranslator>

using namespace novita;

namespace {

/// The context of `fixture` with another workspace: one whose cloud is the sandbox.
UiContext with(UiFixture &fixture, ImageWorkspace &images)
{
    const UiContext c = fixture.context();
    return {c.stores, c.settings, c.profiles, c.session, c.refresher, c.commands, c.create, c.batches, c.resources, c.fleet, c.history, c.insight, c.startups,
            c.notifications, c.guards, c.accounting, c.operations, c.tags, c.webhooks, c.notifier, c.localApi, images, c.log, c.theme, c.prompts, c.gate, c.clock};
}

/// A language in which every word is recognised.
class Pseudo final : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override { return u'«' + QString::fromUtf8(source) + u'»'; }
    bool isEmpty() const override { return false; }
};

} // namespace

/// A chat by its window: what is sent, what an answer looks like, what is said when there is none.
class TestChatTab final : public QObject, ChatWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void aPriceIsToldBeforehandOrCalledUnknown()
    {
        const auto status = [this] { return m_bench->words(); };
        m_bench->type("Hello");
        QVERIFY(!m_bench->sendButton().isEnabled());
        QVERIFY(status().contains(QStringLiteral("Choose a model first.")));
        m_bench->choose("vendor/tide-7b");
        QVERIFY2(status().contains(QStringLiteral("At most about $0.00026")), qPrintable(status()));
        QVERIFY(m_bench->sendButton().isEnabled());
        m_bench->choose("vendor/bare");
        QVERIFY(status().contains(QStringLiteral("Price unknown")));
        m_bench->choose("vendor/small");
        QVERIFY(status().contains(QStringLiteral("Free: ")));
    }

    void textFromTheServerIsNeverMarkup()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::whole("<b>bold</b><img src=http://example.net/x.png>\\n```html\\n<i>x</i>\\n```\\nend"));
        const TurnCard &card = *m_bench->view().cards().constLast();
        QCOMPARE(ChatBench::textOf(card), QStringLiteral("<b>bold</b><img src=http://example.net/x.png>|<i>x</i>|end|"));
        const auto *code = card.findChild<CodeBlock *>();
        QVERIFY(code);
        findNamed<QPushButton>(*code, QStringLiteral("Copy code"))->click();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("<i>x</i>"));
        findNamed<QPushButton>(card, QStringLiteral("Copy answer"))->click();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("<b>bold</b>")));
        for (const QLabel *label : m_bench->tab->findChildren<QLabel *>())
            QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()), qPrintable(label->text()));
    }

    void aCutAnswerSaysSoAndStays()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::chunk("Spring"));
        const TurnCard &card = *m_bench->view().cards().constLast();
        QCOMPARE(ChatBench::textOf(card), QStringLiteral("Spring|"));
        QVERIFY2(ChatBench::wordsOf(card).contains(QStringLiteral("Cut short. The answer broke off in the middle.")), qPrintable(ChatBench::wordsOf(card)));
        QVERIFY(ChatBench::wordsOf(card).contains(QStringLiteral("tokens unknown · price unknown")));
        QCOMPARE(m_bench->fixture->writes().size(), 1);
        m_bench->fixture->network().script(FakeAnswer::payload(ChatBench::whole("Spring, neap")));
        findNamed<QPushButton>(card, QStringLiteral("Try the answer again"))->click();
        QTRY_VERIFY(!m_bench->chat().isBusy());
        QCOMPARE(m_bench->fixture->writes().size(), 2);
        QCOMPARE(m_bench->view().cards().size(), 2);
        QCOMPARE(ChatBench::textOf(*m_bench->view().cards().constLast()), QStringLiteral("Spring, neap|"));
    }

    void refusalsAreSentences_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("key") << 401 << QByteArray("{\"code\":401,\"reason\":\"FAILED_TO_AUTH\",\"message\":\"who\"}") << QStringLiteral("The API key was not accepted");
        QTest::newRow("balance") << 403 << QByteArray("{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"no\"}") << QStringLiteral("balance is too low");
        QTest::newRow("payment") << 402 << QByteArray("{\"code\":402,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"no\"}") << QStringLiteral("balance is too low");
        QTest::newRow("model") << 404 << QByteArray("{\"code\":404,\"reason\":\"MODEL_NOT_FOUND\",\"message\":\"no\"}") << QStringLiteral("no such model");
        QTest::newRow("trouble") << 503 << QByteArray("<html>") << QStringLiteral("a problem of its own");
        QTest::newRow("filter") << 200 << QByteArray("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}\n\ndata: [DONE]\n\n")
                                << QStringLiteral("content filter");
    }
    void refusalsAreSentences()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        m_bench->choose("vendor/tide-7b");
        m_bench->fixture->network().script(FakeAnswer::payload(body, status));
        m_bench->type("Hi");
        QTest::keyClick(&m_bench->message(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!m_bench->chat().isBusy());
        const QString said = ChatBench::wordsOf(*m_bench->view().cards().constLast());
        QVERIFY2(said.contains(words), qPrintable(said));
        QCOMPARE(m_bench->fixture->writes().size(), 1);
    }

    void whatTheModelDoesIsSaidAtOnce_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<QString>("status");
        QTest::newRow("thinks") << QByteArray("data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Well\"}}]}\n\n") << QStringLiteral("The model thinks before it answers");
        QTest::newRow("thinks, between tags") << ChatBench::chunk("<think>Well") << QStringLiteral("The model thinks before it answers");
        QTest::newRow("answers") << ChatBench::chunk("Spring") << QStringLiteral("The answer arrives");
    }
    void whatTheModelDoesIsSaidAtOnce()
    {
        QFETCH(QByteArray, piece);
        QFETCH(QString, status);
        QStringList told;
        QObject listener;
        const auto note = [this, &told] { told.append(m_bench->words()); };
        connect(&m_bench->chat(), &LanguageChat::busyChanged, &listener, note);
        connect(&m_bench->chat(), &LanguageChat::turnGrew, &listener, note);
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Go on", piece);
        QCOMPARE(told.filter(QStringLiteral("Waiting for the first word")).size(), 1);
        QCOMPARE(told.filter(status).size(), 1);
    }

    void whatWasSaidCanBeRecalled()
    {
        const auto press = [this](Qt::Key key) {
            QTest::keyClick(&m_bench->message(), key);
            return m_bench->message().toPlainText();
        };
        m_bench->choose("vendor/tide-7b");
        QCOMPARE(press(Qt::Key_Up), QString());
        m_bench->say("One", ChatBench::whole("1"));
        m_bench->say("Two\nlines", ChatBench::whole("2"));
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("Two\nlines"));
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("Two\nlines")); // to its first line
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("One"));
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("One")); // there is none before it
        QCOMPARE(m_bench->chat().conversation().draft, QStringLiteral("One"));
        QCOMPARE(press(Qt::Key_Down), QStringLiteral("Two\nlines"));
        QCOMPARE(press(Qt::Key_Down), QString());
        QCOMPARE(press(Qt::Key_Down), QString());
        // What was typed is not lost to it.
        m_bench->type("mine");
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("mine"));
        m_bench->message().clear();
        QCOMPARE(press(Qt::Key_Up), QStringLiteral("Two\nlines"));
        QCOMPARE(m_bench->chat().conversation().turns.size(), 4);
    }

    void escapeStopsAndWhatCameStays()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->fixture->network().script(FakeAnswer::hanging());
        m_bench->type("Go on");
        QTest::keyClick(&m_bench->message(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_bench->fixture->writes().size(), 1);
        QCOMPARE(m_bench->sendButton().text(), QStringLiteral("Stop"));
        QVERIFY(m_bench->message().toPlainText().isEmpty());
        QTest::keyClick(&m_bench->message(), Qt::Key_Escape);
        QVERIFY(!m_bench->chat().isBusy());
        QCOMPARE(m_bench->sendButton().text(), QStringLiteral("Send"));
        QVERIFY(ChatBench::wordsOf(*m_bench->view().cards().constLast()).contains(QStringLiteral("You stopped it.")));
    }

    void escapeStopsFromAnywhere()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->fixture->network().script(FakeAnswer::hanging());
        m_bench->type("Go on");
        QTest::keyClick(&m_bench->message(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_bench->fixture->writes().size(), 1);
        QTest::keyClick(&m_bench->sendButton(), Qt::Key_Escape);
        QVERIFY(!m_bench->chat().isBusy());
        QCOMPARE(m_bench->chat().conversation().turns.constLast().end, ChatEnd::Stopped);
    }

    void everythingHasANameAndChangesItsLanguage()
    {
        const QByteArray usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":8,\"total_tokens\":17}}\n\n";
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::chunk("<think>4</think>```\\n1\\n```\\n2") + usage + ChatBench::finish());
        m_bench->say("Hi", ChatBench::chunk("3"));
        ChatParameters parameters;
        parameters.form.kind = AnswerForm::Kind::Schema;
        m_bench->chat().setParameters(parameters);
        m_bench->chat().setSystem(QStringLiteral("5"));
        m_bench->action("Parameters •")->setChecked(true);
        Pseudo language;
        QCoreApplication::installTranslator(&language);
        const auto remove = qScopeGuard([&language] { QCoreApplication::removeTranslator(&language); });
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QStringList english;
        const auto note = [&english](const QObject &where, const QString &text) {
            static const QRegularExpression data(QStringLiteral("^(vendor/.*|Tide 7B|Small|Hi|50256: -100|English|Ctrl\\+.*|USD|curl|Python)$"));
            static const QRegularExpression letters(QStringLiteral("[A-Za-z]{2,}"));
            if (text.contains(letters) && !text.contains(u'«') && !data.match(text).hasMatch())
                english.append(QLatin1String(where.metaObject()->className()) + QStringLiteral(": ") + text);
        };
        QStringList nameless;
        for (const QWidget *widget : m_bench->tab->findChildren<QWidget *>()) {
            // The parts that a field or a table is made of are named by it.
            if (!widget->isVisible() || qobject_cast<const QHeaderView *>(widget) || qobject_cast<const QLineEdit *>(widget->parentWidget()))
                continue;
            note(*widget, widget->toolTip());
            note(*widget, widget->accessibleName());
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (label || button)
                note(*widget, label ? label->text() : button->text());
            const bool isInput = qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractSpinBox *>(widget)
                || qobject_cast<const QAbstractItemView *>(widget) || (qobject_cast<const QLineEdit *>(widget) && !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()));
            if ((isInput && widget->accessibleName().isEmpty()) || (button && button->text().isEmpty() && button->accessibleName().isEmpty()))
                nameless.append(QLatin1String(widget->metaObject()->className()));
        }
        for (const QAction *action : m_bench->tab->pageActions()) {
            note(*action, action->text());
            note(*action, action->toolTip());
        }
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }

    void anEarlierMessageCanBeChanged()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("One", ChatBench::whole("1"));
        m_bench->say("Two", ChatBench::whole("2"));
        m_bench->type("a draft");
        findNamed<QPushButton>(*m_bench->view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("One"));
        QTest::keyClick(&m_bench->message(), Qt::Key_Escape);
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("a draft"));
        QCOMPARE(m_bench->view().cards().size(), 4);
        findNamed<QPushButton>(*m_bench->view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        m_bench->say("Uno", ChatBench::whole("uno"));
        QCOMPARE(m_bench->view().cards().size(), 2);
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("a draft"));
        m_bench->action("Bring back the messages")->trigger();
        QCOMPARE(m_bench->view().cards().size(), 4);
        m_bench->action("Clear conversation")->trigger();
        QCOMPARE(m_bench->view().cards().size(), 0);
        const auto *bar = m_bench->tab->panel()->findChild<ErrorBanner *>();
        emit const_cast<ErrorBanner *>(bar)->actionTriggered();
        QCOMPARE(m_bench->view().cards().size(), 4);
        findNamed<QPushButton>(*m_bench->view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("One"));
        m_bench->action("Clear conversation")->trigger();
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("a draft")); // what was put aside is not lost
    }

    void aReadOnlyProfileDoesNotPay()
    {
        m_bench->tab.reset();
        m_bench->fixture->useProfile(false, true);
        m_bench->openTab();
        m_bench->choose("vendor/tide-7b");
        m_bench->type("Hi");
        QTRY_VERIFY(m_bench->chat().obstacle(QStringLiteral("Hi")) == ChatObstacle::None);
        QVERIFY(!m_bench->sendButton().isEnabled());
        QVERIFY(m_bench->sendButton().toolTip().contains(QStringLiteral("read-only")));
        QTest::keyClick(&m_bench->message(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_bench->fixture->writes().isEmpty());
        QVERIFY(m_bench->chat().conversation().turns.isEmpty());
    }

    void aProductionProfileIsAskedOnce()
    {
        m_bench->tab.reset();
        m_bench->fixture->useProfile(true, false);
        m_bench->openTab();
        m_bench->choose("vendor/tide-7b");
        m_bench->type("Hi");
        QTRY_VERIFY(m_bench->sendButton().isEnabled());
        QTest::mouseClick(&m_bench->sendButton(), Qt::LeftButton); // no
        QCOMPARE(m_bench->fixture->prompts().asked().size(), 1);
        QVERIFY2(m_bench->fixture->prompts().asked().constFirst().text.contains(QStringLiteral("At most about $0.00026: some 1 tokens in, up to 1,024 out.")),
                 qPrintable(m_bench->fixture->prompts().asked().constFirst().text));
        QVERIFY(m_bench->fixture->writes().isEmpty());
        QCOMPARE(m_bench->message().toPlainText(), QStringLiteral("Hi"));
        m_bench->fixture->prompts().answerNext(true);
        m_bench->say("Hi", ChatBench::whole("Yo"));
        m_bench->say("Again", ChatBench::whole("Yo"));
        QCOMPARE(m_bench->fixture->prompts().asked().size(), 2);
        QCOMPARE(m_bench->fixture->writes().size(), 2);
    }

    void itCanBeExportedAndTakenAlong()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi <there>", ChatBench::whole("```\\ncode\\n```"));
        QTemporaryDir folder;
        const auto written = [this, &folder](const QString &name) {
            const QString path = folder.filePath(name);
            m_bench->fixture->prompts().chooseNext(path);
            m_bench->action("Export…")->trigger();
            if (!QTest::qWaitFor([&path] { return QFile::exists(path); }))
                return QByteArray();
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray markdown = written(QStringLiteral("a.md"));
        QVERIFY2(markdown.contains("Hi <there>") && markdown.contains("```\ncode\n```"), markdown.constData());
        QTRY_VERIFY(m_bench->action("Export…")->isEnabled());
        const Result<Conversation> json = Conversation::fromJson(written(QStringLiteral("a.json")));
        QVERIFY(json);
        QCOMPARE(json->turns.size(), 2);
        m_bench->action("Copy request as curl")->trigger();
        const QString curl = QApplication::clipboard()->text();
        QVERIFY2(curl.contains(QStringLiteral("$NOVITA_API_KEY")) && curl.contains(QStringLiteral("Hi <there>")), qPrintable(curl));
        QVERIFY(!curl.contains(QStringLiteral("a-key-for-tests")) && !markdown.contains("a-key-for-tests"));
    }

    void aMegabyteArrivesWithoutAStall()
    {
        m_bench->choose("vendor/tide-7b");
        QByteArray body;
        QByteArray line(100, 'x');
        line[50] = ' ';
        for (int i = 0; i < 10000; ++i)
            body += ChatBench::chunk(line + (i % 5 == 4 ? "\\n" : " "));
        m_bench->fixture->network().script(FakeAnswer::payload(body + "data: [DONE]\n\n"));
        m_bench->type("Much");
        QElapsedTimer time;
        time.start();
        QTest::mouseClick(&m_bench->sendButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->chat().isBusy(), 20000);
        m_bench->view().flush();
        QCOMPARE(m_bench->chat().conversation().turns.constLast().text.size(), 10000 * 101);
        const TurnCard &card = *m_bench->view().cards().constLast();
        QCOMPARE(card.shown(), TurnCard::kMostShown);
        QVERIFY(ChatBench::wordsOf(card).contains(QStringLiteral("Only the first 200,000 characters are shown.")));
        findNamed<QPushButton>(card, QStringLiteral("Copy answer"))->click();
        QCOMPARE(QApplication::clipboard()->text().size(), 10000 * 101);
        QVERIFY2(time.elapsed() < 15000, qPrintable(QString::number(time.elapsed())));
    }

    void theSandboxAnswersWordByWord()
    {
        SandboxFixture sandbox(SandboxFixture::options(0, 10));
        QVERIFY(sandbox.connect());
        FakeNam links;
        QTemporaryDir folder;
        ImageWorkspace images({sandbox.stack.client, links, m_bench->fixture->clock(), folder.path(), [] { return 0.5; }, {}});
        images.open(ChatBench::profile(), Reach::Local);
        ChatTab tab(with(*m_bench->fixture, images));
        tab.resize(1100, 700);
        tab.show();
        tab.activate();
        QTRY_COMPARE(tab.list()->model()->totalCount(), 10);
        LanguageChat &talk = images.chat();
        tab.openTarget(QStringLiteral("qwen/qwen3-235b-a22b-thinking-2507"));
        tab.panel()->message()->setPlainText(QStringLiteral("Name three tides."));
        tab.panel()->sendButton()->click();
        QTRY_VERIFY(talk.isBusy() && talk.conversation().turns.constLast().text.size() > 10);
        tab.panel()->sendButton()->click(); // stop, in the middle
        QVERIFY(!talk.isBusy());
        const QString came = talk.conversation().turns.constLast().text;
        QCOMPARE(talk.conversation().turns.constLast().end, ChatEnd::Stopped);
        QVERIFY(!talk.conversation().turns.constLast().reasoning.isEmpty());
        QCOMPARE(talk.retryLast(), ChatObstacle::None);
        QTRY_VERIFY_WITH_TIMEOUT(!talk.isBusy(), 20000);
        const ChatTurn &answer = talk.conversation().turns.constLast();
        QCOMPARE(answer.end, ChatEnd::Complete);
        QVERIFY(answer.text.startsWith(came) && answer.text.size() > came.size());
        QVERIFY(answer.usage && answer.usage->completion > 0);
        QVERIFY(answer.cost && *answer.cost > Money::fromPriceUnits(0));
        // Reasoning apart, and an answer by a schema.
        ChatParameters parameters;
        parameters.separateReasoning = true;
        parameters.logitBias = {{7, -5}};
        parameters.stop = QStringList{QStringLiteral("never said")};
        parameters.form = {AnswerForm::Kind::Schema, {}, {}, QStringLiteral("{\"type\":\"object\",\"properties\":{\"tides\":{\"type\":\"integer\"}}}"), true};
        talk.setParameters(parameters);
        tab.panel()->message()->setPlainText(QStringLiteral("How many? As JSON."));
        tab.panel()->sendButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!talk.isBusy(), 20000);
        QVERIFY(!talk.conversation().turns.constLast().reasoning.isEmpty());
        QVERIFY(QJsonDocument::fromJson(talk.conversation().turns.constLast().text.toUtf8())[QLatin1String("tides")].isDouble());
        talk.setParameters({});
        sandbox.addFault({{QStringLiteral("kind"), QStringLiteral("truncate")}, {QStringLiteral("operation"), QStringLiteral("createChatCompletion")}});
        tab.panel()->message()->setPlainText(QStringLiteral("And once more?"));
        tab.panel()->sendButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!talk.isBusy(), 20000);
        QCOMPARE(talk.conversation().turns.constLast().end, ChatEnd::CutShort);
        QCOMPARE(sandbox.countRequests(QStringLiteral("createChatCompletion")), 4);
        QVERIFY2(sandbox.violations().isEmpty(), qPrintable(sandbox.violations().join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestChatTab)
#include "tst_chattab.moc"
