// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imageworkspace.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "tests/support/sandboxfixture.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/chat/chatpanel.h"
#include "ui/chat/chattab.h"
#include "ui/chat/codeblock.h"
#include "ui/chat/conversationview.h"
#include "ui/chat/messageedit.h"
#include "ui/chat/messagesegments.h"
#include "ui/chat/messagetext.h"
#include "ui/chat/modellist.h"
#include "ui/chat/parameterpanel.h"
#include "ui/chat/turncard.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));

QByteArray chunk(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}

QByteArray whole(const QByteArray &text)
{
    return chunk(text) + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
}

QByteArray models()
{
    return "{\"data\":[{\"id\":\"vendor/tide-7b\",\"title\":\"Tide 7B\",\"context_size\":131072,\"input_token_price_per_m\":700,\"output_token_price_per_m\":2500},"
           "{\"id\":\"vendor/small\",\"title\":\"Small\",\"context_size\":8192,\"input_token_price_per_m\":0,\"output_token_price_per_m\":0},{\"id\":\"vendor/bare\"}]}";
}

/// The context of `fixture` with another workspace: one whose cloud is the sandbox.
UiContext with(UiFixture &fixture, ImageWorkspace &images)
{
    const UiContext c = fixture.context();
    return {c.stores, c.settings, c.profiles, c.session, c.refresher, c.commands, c.create, c.batches, c.resources, c.fleet, c.history, c.insight, c.startups,
            c.notifications, c.guards, c.accounting, c.operations, c.tags, c.webhooks, c.notifier, c.localApi, images, c.log, c.theme, c.prompts, c.gate, c.clock};
}

} // namespace

class TestChatTab final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<ChatTab> m_tab;

    LanguageChat &chat() { return m_fixture->images().chat(); }
    ConversationView &view() { return *m_tab->panel()->view(); }
    MessageEdit &message() { return *m_tab->panel()->message(); }
    QPushButton &sendButton() { return *m_tab->panel()->sendButton(); }
    QString banner() const { return m_tab->list()->banner()->isShowing() ? m_tab->list()->banner()->sentence() : QString(); }
    static QString textOf(const TurnCard &card)
    {
        QString text;
        for (const QPlainTextEdit *one : card.findChildren<QPlainTextEdit *>()) {
            if (one->accessibleName() != QStringLiteral("Reasoning"))
                text += one->toPlainText() + QLatin1Char('|');
        }
        return text;
    }
    static QString wordsOf(const TurnCard &card)
    {
        QStringList words;
        for (const QLabel *label : card.findChildren<QLabel *>()) {
            if (!label->isHidden())
                words.append(label->text());
        }
        return words.join(QLatin1Char('|'));
    }
    QAction *action(const char *text) const { return findAction(m_tab->pageActions(), QString::fromUtf8(text)); }
    void openTab()
    {
        m_fixture->images().open(kMine, Reach::Local);
        m_tab = std::make_unique<ChatTab>(m_fixture->context());
        m_tab->resize(1100, 700);
        m_tab->show();
        m_tab->activate();
    }
    void choose(const char *id) { chat().setModel(LanguageModelId(QString::fromLatin1(id))); }
    void type(const char *text) { message().setPlainText(QString::fromUtf8(text)); }
    void say(const char *text, const QByteArray &answer)
    {
        m_fixture->network().script(FakeAnswer::payload(answer));
        type(text);
        QTest::mouseClick(&sendButton(), Qt::LeftButton);
        QTRY_VERIFY(!chat().isBusy());
        view().flush();
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_fixture->network().script(FakeAnswer::payload(models()));
        openTab();
        QTRY_COMPARE(m_tab->list()->model()->totalCount(), 3);
    }
    void cleanup()
    {
        m_tab.reset();
        m_fixture.reset();
    }

    void theTableTellsContextAndPrice()
    {
        const LanguageModelTable &model = *m_tab->list()->model();
        const int row = model.rowOf(QStringLiteral("vendor/tide-7b"));
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        QCOMPARE(cells.join(QLatin1Char('|')), QStringLiteral("Tide 7B|131,072|$0.07|$0.25|–|vendor/tide-7b"));
        QCOMPARE(model.index(model.rowOf(QStringLiteral("vendor/small")), 2).data().toString(), QStringLiteral("free"));
        QCOMPARE(model.index(model.rowOf(QStringLiteral("vendor/bare")), 2).data().toString(), QStringLiteral("–"));
        QVERIFY(banner().isEmpty());
    }

    void theFilterKnowsContextAndPrice_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("left");
        QTest::newRow("context") << QStringLiteral("context:>32000") << QStringLiteral("vendor/tide-7b");
        QTest::newRow("free") << QStringLiteral("price:<0.01") << QStringLiteral("vendor/small");
        QTest::newRow("out") << QStringLiteral("out:>0.2") << QStringLiteral("vendor/tide-7b");
        QTest::newRow("word") << QStringLiteral("BARE") << QStringLiteral("vendor/bare");
    }
    void theFilterKnowsContextAndPrice()
    {
        QFETCH(QString, filter);
        QFETCH(QString, left);
        m_tab->list()->findChild<SearchField *>()->setFilter(filter);
        QCOMPARE(m_tab->list()->model()->rowCount(), 1);
        QCOMPARE(m_tab->list()->model()->idAt(0), left);
    }

    void aListThatIsNotLiveSaysSo()
    {
        m_fixture->network().script(FakeAnswer::payload("{\"data\":[]}"));
        m_tab->refresh();
        QTRY_VERIFY(banner().startsWith(QStringLiteral("The service named no models.")));
        m_fixture->network().script(FakeAnswer::payload(models()));
        emit m_tab->list()->banner()->actionTriggered();
        QTRY_VERIFY(banner().isEmpty());
    }

    void aRowChoosesTheModelAndTheModelTheRow()
    {
        const LanguageModelTable &model = *m_tab->list()->model();
        m_tab->list()->table()->setCurrentIndex(model.index(model.rowOf(QStringLiteral("vendor/small")), 0));
        QCOMPARE(chat().conversation().model.toString(), QStringLiteral("vendor/small"));
        m_tab->openTarget(QStringLiteral("novita/vendor/tide-7b"));
        QCOMPARE(chat().conversation().model.toString(), QStringLiteral("vendor/tide-7b"));
        QCOMPARE(model.idAt(m_tab->list()->table()->currentIndex().row()), QStringLiteral("vendor/tide-7b"));
    }

    void aPriceIsToldBeforehandOrCalledUnknown()
    {
        const auto status = [this] {
            QString all;
            for (const QLabel *label : m_tab->panel()->findChildren<QLabel *>())
                all += label->text() + QLatin1Char('|');
            return all;
        };
        type("Hello");
        QVERIFY(!sendButton().isEnabled());
        QVERIFY(status().contains(QStringLiteral("Choose a model first.")));
        choose("vendor/tide-7b");
        QVERIFY2(status().contains(QStringLiteral("At most about $0.00026")), qPrintable(status()));
        QVERIFY(sendButton().isEnabled());
        choose("vendor/bare");
        QVERIFY(status().contains(QStringLiteral("Price unknown")));
        choose("vendor/small");
        QVERIFY(status().contains(QStringLiteral("Free: ")));
    }

    void textFromTheServerIsNeverMarkup()
    {
        choose("vendor/tide-7b");
        say("Hi", whole("<b>bold</b><img src=http://example.net/x.png>\\n```html\\n<i>x</i>\\n```\\nend"));
        const TurnCard &card = *view().cards().constLast();
        QCOMPARE(textOf(card), QStringLiteral("<b>bold</b><img src=http://example.net/x.png>|<i>x</i>|end|"));
        const auto *code = card.findChild<CodeBlock *>();
        QVERIFY(code);
        findNamed<QPushButton>(*code, QStringLiteral("Copy code"))->click();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("<i>x</i>"));
        findNamed<QPushButton>(card, QStringLiteral("Copy answer"))->click();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("<b>bold</b>")));
        for (const QLabel *label : m_tab->findChildren<QLabel *>())
            QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()), qPrintable(label->text()));
    }

    void aCutAnswerSaysSoAndStays()
    {
        choose("vendor/tide-7b");
        say("Hi", chunk("Spring"));
        const TurnCard &card = *view().cards().constLast();
        QCOMPARE(textOf(card), QStringLiteral("Spring|"));
        QVERIFY2(wordsOf(card).contains(QStringLiteral("Cut short. The answer broke off in the middle.")), qPrintable(wordsOf(card)));
        QVERIFY(wordsOf(card).contains(QStringLiteral("tokens unknown · price unknown")));
        QCOMPARE(m_fixture->writes().size(), 1);
        m_fixture->network().script(FakeAnswer::payload(whole("Spring, neap")));
        findNamed<QPushButton>(card, QStringLiteral("Try the answer again"))->click();
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(m_fixture->writes().size(), 2);
        QCOMPARE(view().cards().size(), 2);
        QCOMPARE(textOf(*view().cards().constLast()), QStringLiteral("Spring, neap|"));
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
        choose("vendor/tide-7b");
        m_fixture->network().script(FakeAnswer::payload(body, status));
        type("Hi");
        QTest::keyClick(&message(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!chat().isBusy());
        const QString said = wordsOf(*view().cards().constLast());
        QVERIFY2(said.contains(words), qPrintable(said));
        QCOMPARE(m_fixture->writes().size(), 1);
    }

    void escapeStopsAndWhatCameStays()
    {
        choose("vendor/tide-7b");
        m_fixture->network().script(FakeAnswer::hanging());
        type("Go on");
        QTest::keyClick(&message(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->writes().size(), 1);
        QCOMPARE(sendButton().text(), QStringLiteral("Stop"));
        QVERIFY(message().toPlainText().isEmpty());
        QTest::keyClick(&message(), Qt::Key_Escape);
        QVERIFY(!chat().isBusy());
        QCOMPARE(sendButton().text(), QStringLiteral("Send"));
        QVERIFY(wordsOf(*view().cards().constLast()).contains(QStringLiteral("You stopped it.")));
    }

    void anEarlierMessageCanBeChanged()
    {
        choose("vendor/tide-7b");
        say("One", whole("1"));
        say("Two", whole("2"));
        type("a draft");
        findNamed<QPushButton>(*view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        QCOMPARE(message().toPlainText(), QStringLiteral("One"));
        QTest::keyClick(&message(), Qt::Key_Escape);
        QCOMPARE(message().toPlainText(), QStringLiteral("a draft"));
        QCOMPARE(view().cards().size(), 4);
        findNamed<QPushButton>(*view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        say("Uno", whole("uno"));
        QCOMPARE(view().cards().size(), 2);
        QCOMPARE(message().toPlainText(), QStringLiteral("a draft"));
        action("Bring back the messages")->trigger();
        QCOMPARE(view().cards().size(), 4);
        action("Clear conversation")->trigger();
        QCOMPARE(view().cards().size(), 0);
        const auto *bar = m_tab->panel()->findChild<ErrorBanner *>();
        emit const_cast<ErrorBanner *>(bar)->actionTriggered();
        QCOMPARE(view().cards().size(), 4);
        findNamed<QPushButton>(*view().cards().constFirst(), QStringLiteral("Edit message"))->click();
        QCOMPARE(message().toPlainText(), QStringLiteral("One"));
        action("Clear conversation")->trigger();
        QCOMPARE(message().toPlainText(), QStringLiteral("a draft")); // what was put aside is not lost
    }

    void onlyChangedParametersAreSent()
    {
        choose("vendor/tide-7b");
        auto *panel = m_tab->panel()->parameters();
        QCOMPARE(panel->parameters(), ChatParameters());
        ChatParameters all;
        all.maxTokens = 77;
        all.temperature = 0;
        all.topP = 0.35;
        all.topK = 128;
        all.minP = 0.05;
        all.frequencyPenalty = -2;
        all.presencePenalty = 0;
        all.repetitionPenalty = 1.1;
        all.seed = -5;
        all.stop = QStringList{QStringLiteral("END"), QStringLiteral("a b")};
        all.thinking = false;
        all.json = true;
        panel->setParameters(all);
        QCOMPARE(panel->parameters(), all);
        QCOMPARE(chat().conversation().parameters, ChatParameters()); // setting them is no change by hand
        findNamed<QWidget>(*panel, QStringLiteral("Seed"))->setFocus();
        panel->findChild<QLineEdit *>()->setText(QStringLiteral("5"));
        all.seed = 5;
        QVERIFY(chat().conversation().parameters.seed);
    }

    void aReadOnlyProfileDoesNotPay()
    {
        m_tab.reset();
        m_fixture->useProfile(false, true);
        openTab();
        choose("vendor/tide-7b");
        type("Hi");
        QTRY_VERIFY(chat().obstacle(QStringLiteral("Hi")) == ChatObstacle::None);
        QVERIFY(!sendButton().isEnabled());
        QVERIFY(sendButton().toolTip().contains(QStringLiteral("read-only")));
        QTest::keyClick(&message(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_fixture->writes().isEmpty());
        QVERIFY(chat().conversation().turns.isEmpty());
    }

    void aProductionProfileIsAskedOnce()
    {
        m_tab.reset();
        m_fixture->useProfile(true, false);
        openTab();
        choose("vendor/tide-7b");
        type("Hi");
        QTRY_VERIFY(sendButton().isEnabled());
        QTest::mouseClick(&sendButton(), Qt::LeftButton); // no
        QCOMPARE(m_fixture->prompts().asked().size(), 1);
        QVERIFY(m_fixture->writes().isEmpty());
        QCOMPARE(message().toPlainText(), QStringLiteral("Hi"));
        m_fixture->prompts().answerNext(true);
        say("Hi", whole("Yo"));
        say("Again", whole("Yo"));
        QCOMPARE(m_fixture->prompts().asked().size(), 2);
        QCOMPARE(m_fixture->writes().size(), 2);
    }

    void itCanBeExportedAndTakenAlong()
    {
        choose("vendor/tide-7b");
        say("Hi <there>", whole("```\\ncode\\n```"));
        QTemporaryDir folder;
        const auto written = [this, &folder](const QString &name) {
            const QString path = folder.filePath(name);
            m_fixture->prompts().chooseNext(path);
            action("Export…")->trigger();
            if (!QTest::qWaitFor([&path] { return QFile::exists(path); }))
                return QByteArray();
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray markdown = written(QStringLiteral("a.md"));
        QVERIFY2(markdown.contains("Hi <there>") && markdown.contains("```\ncode\n```"), markdown.constData());
        QTRY_VERIFY(action("Export…")->isEnabled());
        const Result<Conversation> json = Conversation::fromJson(written(QStringLiteral("a.json")));
        QVERIFY(json);
        QCOMPARE(json->turns.size(), 2);
        action("Copy request as curl")->trigger();
        const QString curl = QApplication::clipboard()->text();
        QVERIFY2(curl.contains(QStringLiteral("$NOVITA_API_KEY")) && curl.contains(QStringLiteral("Hi <there>")), qPrintable(curl));
        QVERIFY(!curl.contains(QStringLiteral("a-key-for-tests")) && !markdown.contains("a-key-for-tests"));
    }

    void aMegabyteArrivesWithoutAStall()
    {
        choose("vendor/tide-7b");
        QByteArray body;
        QByteArray line(100, 'x');
        line[50] = ' ';
        for (int i = 0; i < 10000; ++i)
            body += chunk(line + (i % 5 == 4 ? "\\n" : " "));
        m_fixture->network().script(FakeAnswer::payload(body + "data: [DONE]\n\n"));
        type("Much");
        QElapsedTimer time;
        time.start();
        QTest::mouseClick(&sendButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!chat().isBusy(), 20000);
        view().flush();
        QCOMPARE(chat().conversation().turns.constLast().text.size(), 10000 * 101);
        const TurnCard &card = *view().cards().constLast();
        QCOMPARE(card.shown(), TurnCard::kMostShown);
        QVERIFY(wordsOf(card).contains(QStringLiteral("Only the first 200,000 characters are shown.")));
        findNamed<QPushButton>(card, QStringLiteral("Copy answer"))->click();
        QCOMPARE(QApplication::clipboard()->text().size(), 10000 * 101);
        QVERIFY2(time.elapsed() < 15000, qPrintable(QString::number(time.elapsed())));
    }

    void theViewStaysAtTheEndOnlyWhileItIsThere()
    {
        choose("vendor/tide-7b");
        QByteArray lines;
        for (int i = 0; i < 80; ++i)
            lines += "line\\n";
        say("Much", whole(lines));
        QScrollBar *bar = view().verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 200);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(10);
        const QList<ChatTurn> turns = chat().conversation().turns;
        view().showTurns(turns);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(10);
        view().grow(QStringLiteral("more\nmore\nmore\n"), {});
        view().flush();
        const int before = bar->maximum();
        QTRY_VERIFY(bar->maximum() >= before);
        QCOMPARE(bar->value(), 10);
    }

    void longConversationsShowTheirEnd()
    {
        QList<ChatTurn> turns;
        for (int i = 0; i < 300; ++i) {
            ChatTurn turn;
            turn.text = QString(3000, u'x');
            turns.append(turn);
        }
        view().showTurns(turns);
        QCOMPARE(view().cards().size(), ConversationView::kStep);
        QCOMPARE(view().cards().constLast()->turn(), 299);
        view().showEarlier(turns);
        QCOMPARE(view().cards().size(), 2 * ConversationView::kStep);
        QCOMPARE(view().cards().constFirst()->turn(), 300 - 2 * ConversationView::kStep);
        view().showEarlier(turns);
        QCOMPARE(view().cards().size(), 67); // 200,000 characters
        QTest::qWait(0);
        bool said = false;
        for (const QLabel *label : view().findChildren<QLabel *>())
            said = said || (!label->isHidden() && label->text().startsWith(QStringLiteral("233 earlier")));
        QVERIFY(said);
        view().addTurn(300, turns.constFirst());
        QCOMPARE(view().cards().size(), 66);
    }

    void segmentsAreTheSameHoweverTheyArrive_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("segments");
        QTest::newRow("plain") << QStringLiteral("a\nb") << QStringLiteral("T:a\nb");
        QTest::newRow("code") << QStringLiteral("a\n```cpp\nint x;\n\n}\n```\nb") << QStringLiteral("T:a|Ccpp:int x;\n\n}|T:b");
        QTest::newRow("open") << QStringLiteral("```\nx") << QStringLiteral("C:x");
        QTest::newRow("inline") << QStringLiteral("```x``` y\nz") << QStringLiteral("T:```x``` y\nz");
        QTest::newRow("backticks") << QStringLiteral("`a`\n``b``\n    ```\nc") << QStringLiteral("T:`a`\n``b``\n    ```\nc");
        QTest::newRow("fence in code") << QStringLiteral("```\n``` x\n```") << QStringLiteral("C:``` x");
        QTest::newRow("indented") << QStringLiteral("  ```py\n  x\n  ```\n") << QStringLiteral("Cpy:  x");
        QTest::newRow("short lines") << QStringLiteral("a\n`\n\n``\nb") << QStringLiteral("T:a\n`\n\n``\nb");
        QTest::newRow("empty code") << QStringLiteral("```\n```\nafter") << QStringLiteral("T:after");
    }
    void segmentsAreTheSameHoweverTheyArrive()
    {
        QFETCH(QString, text);
        QFETCH(QString, segments);
        for (qsizetype step = 1; step <= text.size(); ++step) {
            MessageSegments reader;
            QList<MessageSegments::Addition> all;
            for (qsizetype i = 0; i < text.size(); i += step)
                all += reader.take(QStringView(text).mid(i, step));
            all += reader.end();
            QString out;
            for (const MessageSegments::Addition &one : std::as_const(all)) {
                if (one.begins)
                    out += (out.isEmpty() ? QString() : QStringLiteral("|")) + (one.isCode ? QStringLiteral("C") : QStringLiteral("T")) + one.language + QLatin1Char(':');
                out += one.text;
            }
            QCOMPARE(out, segments);
        }
    }

    void aTextIsAsHighAsItsLines()
    {
        MessageText text;
        text.resize(300, 10);
        text.show();
        text.append(QStringLiteral("one"));
        const int one = text.height();
        text.append(QStringLiteral("\ntwo\nthree"));
        QVERIFY(text.height() >= 3 * (one - 2));
        const int three = text.height();
        text.append(QString(400, u'w'));
        const int wide = text.height();
        QVERIFY(wide > three);
        text.resize(900, wide);
        QTRY_VERIFY(text.height() < wide); // fewer lines in more room
        QCOMPARE(text.verticalScrollBar()->maximum(), 0);
        MessageText endless;
        endless.append(QString(20000, u'x'));
        QVERIFY(endless.blockCount() >= 5); // no paragraph grows for ever
    }

    void theSandboxAnswersWordByWord()
    {
        SandboxFixture sandbox(SandboxFixture::options(0, 10));
        QVERIFY(sandbox.connect());
        FakeNam links;
        QTemporaryDir folder;
        ImageWorkspace images({sandbox.stack.client, links, m_fixture->clock(), folder.path(), [] { return 0.5; }, {}});
        images.open(kMine, Reach::Local);
        ChatTab tab(with(*m_fixture, images));
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
        sandbox.addFault({{QStringLiteral("kind"), QStringLiteral("truncate")}, {QStringLiteral("operation"), QStringLiteral("createChatCompletion")}});
        tab.panel()->message()->setPlainText(QStringLiteral("And once more?"));
        tab.panel()->sendButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!talk.isBusy(), 20000);
        QCOMPARE(talk.conversation().turns.constLast().end, ChatEnd::CutShort);
        QCOMPARE(sandbox.countRequests(QStringLiteral("createChatCompletion")), 3);
        QVERIFY2(sandbox.violations().isEmpty(), qPrintable(sandbox.violations().join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestChatTab)
#include "tst_chattab.moc"
