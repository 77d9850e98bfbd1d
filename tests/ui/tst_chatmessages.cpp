// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/chatbench.h"
#include "ui/chat/chatwords.h"
#include "ui/chat/codeblock.h"
#include "ui/chat/messagesegments.h"
#include "ui/chat/messagetext.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>

using namespace novita;

/// The messages of a conversation as they are shown.
class TestChatMessages final : public QObject, ChatWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void theViewStaysAtTheEndOnlyWhileItIsThere()
    {
        m_bench->choose("vendor/tide-7b");
        QByteArray lines;
        for (int i = 0; i < 80; ++i)
            lines += "line\\n";
        m_bench->say("Much", ChatBench::whole(lines));
        QScrollBar *bar = m_bench->view().verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 200);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(10);
        const QList<ChatTurn> turns = m_bench->chat().conversation().turns;
        m_bench->view().showTurns(turns);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(10);
        const int before = bar->maximum();
        m_bench->view().grow(QStringLiteral("more\nmore\nmore\n"), {});
        m_bench->view().flush();
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), 10);
    }

    void whatIsLookedAtDoesNotMoveWhileTheOldestGo()
    {
        QList<ChatTurn> turns;
        for (int i = 0; i < ConversationView::kStep; ++i) {
            ChatTurn turn;
            turn.role = i % 2 ? ChatRole::Assistant : ChatRole::User;
            turn.text = QString(100, u'x');
            turns.append(turn);
        }
        turns.last().end = ChatEnd::Running;
        m_bench->view().showTurns(turns);
        QScrollBar *bar = m_bench->view().verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 200);
        const TurnCard *looked = m_bench->view().cards().at(2);
        bar->setValue(looked->y());
        const int before = bar->maximum();
        m_bench->view().grow(QString(ConversationView::kMostShown, u'y'), {});
        m_bench->view().flush();
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), looked->y());
        QCOMPARE(m_bench->view().cards().size(), ConversationView::kStep);
        // Who goes to the end is done with them.
        bar->setValue(bar->maximum());
        m_bench->view().grow(QStringLiteral("more"), {});
        m_bench->view().flush();
        QCOMPARE(m_bench->view().cards().size(), 1);
    }

    void reasoningThatIsUnfoldedIsLookedAt()
    {
        m_bench->choose("vendor/tide-7b");
        QByteArray lines;
        for (int i = 0; i < 80; ++i)
            lines += "line\\n";
        m_bench->say("Much", ChatBench::chunk("<think>" + lines + "</think>" + lines) + ChatBench::finish());
        QScrollBar *bar = m_bench->view().verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 200 && bar->value() == bar->maximum());
        const int before = bar->maximum();
        for (QPushButton *button : m_bench->view().cards().constLast()->findChildren<QPushButton *>()) {
            if (button->isCheckable())
                button->click();
        }
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), before);
    }

    void whatIsSelectedIsCopiedAsItCame()
    {
        MessageText text;
        const QString long1 = QString(9000, u'x') + QStringLiteral("\nsecond ") + QString(3000, u'y') + QStringLiteral(" z\n\nlast");
        for (qsizetype i = 0; i < long1.size(); i += 700)
            text.append(long1.mid(i, 700));
        QVERIFY(text.blockCount() > 5); // it is shown in more lines
        text.selectAll();
        text.copy();
        QCOMPARE(QApplication::clipboard()->text(), long1);
        QTextCursor cursor = text.textCursor();
        cursor.setPosition(3990);
        cursor.setPosition(4011, QTextCursor::KeepAnchor); // over a break
        text.setTextCursor(cursor);
        text.copy();
        QCOMPARE(QApplication::clipboard()->text(), QString(20, u'x'));
        text.setText(QStringLiteral("a\nb"));
        text.selectAll();
        text.copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a\nb"));
    }

    void everyMessageHasANameOfItsOwn()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("One", ChatBench::whole("1"));
        m_bench->say("Two", ChatBench::whole("2"));
        QStringList names{m_bench->message().accessibleName()};
        for (const MessageText *text : m_bench->view().findChildren<MessageText *>()) {
            if (text->isVisible())
                names.append(text->accessibleName());
        }
        QCOMPARE(names, QStringList({QStringLiteral("Message"), QStringLiteral("Message 1"), QStringLiteral("Answer 2"), QStringLiteral("Message 3"), QStringLiteral("Answer 4")}));
    }

    void longConversationsShowTheirEnd()
    {
        QList<ChatTurn> turns;
        for (int i = 0; i < 300; ++i) {
            ChatTurn turn;
            turn.text = QString(3000, u'x');
            turns.append(turn);
        }
        m_bench->view().showTurns(turns);
        QCOMPARE(m_bench->view().cards().size(), ConversationView::kStep);
        QCOMPARE(m_bench->view().cards().constLast()->turn(), 299);
        m_bench->view().showEarlier(turns);
        QCOMPARE(m_bench->view().cards().size(), 2 * ConversationView::kStep);
        QCOMPARE(m_bench->view().cards().constFirst()->turn(), 300 - 2 * ConversationView::kStep);
        m_bench->view().showEarlier(turns);
        QCOMPARE(m_bench->view().cards().size(), 67); // 200,000 characters
        QTest::qWait(0);
        bool said = false;
        for (const QLabel *label : m_bench->view().findChildren<QLabel *>())
            said = said || (!label->isHidden() && label->text().startsWith(QStringLiteral("233 earlier")));
        QVERIFY(said);
        m_bench->view().addTurn(300, turns.constFirst());
        QCOMPARE(m_bench->view().cards().size(), 66);
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


    void reasoningIsFoldedUntilItIsAskedFor()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::chunk("<thi") + ChatBench::chunk("nk>\\nthree") + ChatBench::chunk(" of them</think>\\n\\nSpring") + ChatBench::finish());
        const TurnCard &card = *m_bench->view().cards().constLast();
        QCOMPARE(ChatBench::textOf(card), QStringLiteral("Spring|"));
        QPushButton *fold = nullptr;
        for (QPushButton *button : card.findChildren<QPushButton *>()) {
            if (button->text().startsWith(QStringLiteral("Reasoning (")))
                fold = button;
        }
        QVERIFY(fold && !fold->isHidden());
        const auto *reasoning = findNamed<MessageText>(card, QStringLiteral("Reasoning of answer 2"));
        QVERIFY(reasoning->isHidden());
        fold->click();
        QVERIFY(!reasoning->isHidden());
        QCOMPARE(reasoning->toPlainText(), QStringLiteral("three of them"));
        findNamed<QPushButton>(card, QStringLiteral("Copy answer"))->click();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Spring"));
    }

    void aClosingTagAloneFoldsWhatStandsBeforeIt()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::chunk("let me see\\n") + ChatBench::chunk("</think>\\nSpring") + ChatBench::finish());
        QCOMPARE(m_bench->view().cards().size(), 2);
        QCOMPARE(ChatBench::textOf(*m_bench->view().cards().constLast()), QStringLiteral("Spring|"));
    }

    void anExportSaysWhetherItHasTheReasoning()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", ChatBench::whole("<think>because</think>Spring"));
        const Conversation &now = m_bench->chat().conversation();
        const QString with = chatwords::markdown(now, true);
        QVERIFY(with.contains(QStringLiteral("The model's reasoning is kept, apart from its answers.")) && with.contains(QStringLiteral("because")));
        const QString without = chatwords::markdown(now, false);
        QVERIFY(without.contains(QStringLiteral("The model's reasoning was left out.")) && !without.contains(QStringLiteral("because")));
        m_bench->action("Reasoning in exports")->setChecked(false);
        m_bench->action("Copy conversation")->trigger();
        QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("because")));
        const QJsonObject state = m_bench->tab->saveState();
        m_bench->action("Reasoning in exports")->setChecked(true);
        m_bench->tab->restoreState(state);
        QVERIFY(!m_bench->action("Reasoning in exports")->isChecked());
        ChatTurn plain;
        plain.text = QStringLiteral("Hi");
        Conversation none;
        none.turns = {plain};
        QVERIFY(!chatwords::markdown(none, true).contains(QStringLiteral("reasoning")));
    }

    void howAnAnswerEndedIsSaid_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("length") << QByteArray(ChatBench::chunk("a") + ChatBench::finish("length")) << QStringLiteral("It stopped at the most tokens");
        QTest::newRow("length within reasoning") << QByteArray(ChatBench::chunk("<think>a") + ChatBench::finish("length")) << QStringLiteral("All the tokens it was allowed went into reasoning.");
        QTest::newRow("filter") << QByteArray(ChatBench::chunk("a") + ChatBench::finish("content_filter")) << QStringLiteral("content filter");
        QTest::newRow("tool") << QByteArray(ChatBench::chunk("a") + ChatBench::finish("tool_calls")) << QStringLiteral("asked for a tool");
        QTest::newRow("another") << QByteArray(ChatBench::chunk("a") + ChatBench::finish("out_of_coffee")) << QStringLiteral("a reason of its own: out_of_coffee.");
        QTest::newRow("reasoning alone") << ChatBench::whole("<think>a</think>") << QStringLiteral("gave its reasoning, but no answer");
        QTest::newRow("nothing") << ChatBench::whole("") << QStringLiteral("answered with nothing");
        QTest::newRow("error within") << QByteArray(ChatBench::chunk("a") + "data: {\"error\":{\"message\":\"out of tide\"}}\n\n") << QStringLiteral("The service broke the answer off. It says: out of tide");
        QTest::newRow("web page") << QByteArray("<html>") << QStringLiteral("No answer. The answer of the service could not be read.");
    }
    void howAnAnswerEndedIsSaid()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, sentence);
        m_bench->choose("vendor/tide-7b");
        m_bench->say("Hi", answer);
        const QString said = ChatBench::wordsOf(*m_bench->view().cards().constLast());
        QVERIFY2(said.contains(sentence), qPrintable(said));
    }

    void whatAConversationHasCostIsSaid()
    {
        const QByteArray usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9000,\"completion_tokens\":8000,\"total_tokens\":17000}}\n\n";
        m_bench->choose("vendor/tide-7b");
        QVERIFY(chatwords::spent(m_bench->chat().conversation()).isEmpty());
        m_bench->say("Hi", ChatBench::chunk("a") + usage + ChatBench::finish());
        QCOMPARE(chatwords::spent(m_bench->chat().conversation()), QStringLiteral("So far: 9,000 in · 8,000 out · $0.00263"));
        QVERIFY(m_bench->words().contains(QStringLiteral("So far: 9,000 in")));
        m_bench->say("Again", "{\"code\":404,\"reason\":\"MODEL_NOT_FOUND\",\"message\":\"no\"}", 404);
        QCOMPARE(chatwords::spent(m_bench->chat().conversation()), QStringLiteral("So far: 9,000 in · 8,000 out · $0.00263"));
        QVERIFY(ChatBench::wordsOf(*m_bench->view().cards().constLast()).contains(QStringLiteral("not charged")));
        m_bench->say("Again", ChatBench::whole("b"));
        QVERIFY(chatwords::spent(m_bench->chat().conversation()).startsWith(QStringLiteral("So far: 9,000 in · 8,000 out · $0.00263, and 1 answer")));
        m_bench->chat().clear();
        m_bench->choose("vendor/bare");
        m_bench->say("Hi", ChatBench::chunk("a") + usage + ChatBench::finish());
        QCOMPARE(chatwords::spent(m_bench->chat().conversation()), QStringLiteral("So far: 9,000 in · 8,000 out · price unknown"));
    }
};

QTEST_MAIN(TestChatMessages)
#include "tst_chatmessages.moc"
