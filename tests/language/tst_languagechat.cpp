// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/language/languagebench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSignalSpy>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));
const ProfileId kOther(QStringLiteral("other"));

} // namespace

/// The conversation: what is sent, what is kept, how answers end.
class TestLanguageChat final : public QObject
{
    Q_OBJECT

    std::unique_ptr<LanguageBench> m_bench;

    LanguageChat &chat() { return *m_bench->chat; }
    const QList<ChatTurn> &turns() { return chat().conversation().turns; }
    QString text(int turn) { return turns().at(turn).text; }
    void open(const ProfileId &profile = kMine)
    {
        QSignalSpy read(&chat(), &LanguageChat::wasReset);
        chat().open(profile);
        QTRY_COMPARE(read.count(), 2); // emptied, read
    }
    void choose() { chat().setModel(LanguageModelId(QStringLiteral("vendor/tide-7b"))); }
    void say(const char *words, const QByteArray &answer)
    {
        m_bench->nam->script(FakeAnswer::payload(answer));
        QCOMPARE(chat().send(QString::fromLatin1(words)), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
    }
    QJsonObject sent(int index) const { return QJsonDocument::fromJson(m_bench->nam->requests().at(static_cast<std::size_t>(index)).body).object(); }
    QByteArray file(const char *name)
    {
        QFile kept(m_bench->path(name));
        return kept.open(QIODevice::ReadOnly) ? kept.readAll() : QByteArray();
    }

private slots:
    void init()
    {
        m_bench = std::make_unique<LanguageBench>();
        open();
        choose();
    }
    void cleanup() { m_bench.reset(); }

    void anAnswerHasItsFacts()
    {
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::list()));
        m_bench->models->open(kMine);
        m_bench->models->read(true);
        QTRY_COMPARE(m_bench->models->source(), ModelListSource::Live);
        QSignalSpy grew(&chat(), &LanguageChat::turnGrew);
        say("Name three tides.", LanguageBench::answer({"Spring, ", "neap"}));
        QCOMPARE(turns().size(), 2);
        const ChatTurn &answer = turns().constLast();
        QCOMPARE(answer.text, QStringLiteral("Spring, neap"));
        QCOMPARE(answer.end, ChatEnd::Complete);
        QCOMPARE(answer.usage->completion, 8);
        QVERIFY(answer.firstAfter);
        QCOMPARE(answer.cost, std::optional(Money::fromPriceUnits(263))); // 9 × $70 and 8 × $250 a million
        QCOMPARE(grew.count(), 1); // it came in one piece
        QCOMPARE(sent(1).value(QLatin1String("model")).toString(), QStringLiteral("vendor/tide-7b"));
    }

    void unknownStaysUnknown()
    {
        say("Hello", LanguageBench::chunk("Hi") + "data: [DONE]\n\n");
        QVERIFY(!turns().constLast().usage);
        QVERIFY(!turns().constLast().cost);
        QVERIFY(!turns().constLast().tokensPerSecond());
        QCOMPARE(chat().conversation().spending(), (ChatSpending{1, 1, 1, 0, {}, {}}));
    }

    void reasoningBetweenTagsIsNoAnswer()
    {
        QSignalSpy recast(&chat(), &LanguageChat::turnRecast);
        say("Tides?", LanguageBench::answer({"<th", "ink>\\nthree", " of them</thi", "nk>\\n\\nSpring"}));
        QCOMPARE(text(1), QStringLiteral("Spring"));
        QCOMPARE(turns().at(1).reasoning, QStringLiteral("three of them"));
        QCOMPARE(recast.count(), 0);
        say("More", LanguageBench::answer({"let me see\\n", "</think>\\nneap"}));
        QCOMPARE(text(3), QStringLiteral("neap"));
        QCOMPARE(turns().at(3).reasoning, QStringLiteral("let me see\n"));
        QCOMPARE(recast.count(), 1);
        say("And?", LanguageBench::answer({"<think>endless"}, "length"));
        QCOMPARE(text(5), QString());
        QCOMPARE(turns().at(5).reasoning, QStringLiteral("endless"));
        // It is not sent back, and an export keeps it apart.
        say("So?", LanguageBench::answer({"a"}));
        QVERIFY(!QJsonDocument(sent(3)).toJson().contains("three of them"));
        const QByteArray exported = chat().conversation().exported(true);
        const QByteArray bare = chat().conversation().exported(false);
        QVERIFY(!bare.contains("three of them") && bare.contains("\"reasoning_kept\": false") && exported.contains("\"reasoning_kept\": true"));
        QVERIFY(exported.contains("\"reasoning\": \"three of them\"") && exported.contains("\"content\": \"Spring\"") && !exported.contains("think>"));
    }

    void reasoningThatIsKeptApartAndTagsMayBothCome()
    {
        say("Tides?", "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"apart \"}}]}\n\n" + LanguageBench::answer({"<think>within</think>", "Spring"}));
        QCOMPARE(turns().at(1).reasoning, QStringLiteral("apart within"));
        QCOMPARE(text(1), QStringLiteral("Spring"));
    }

    void eachParameterIsSentOnlyWhenItIsSet()
    {
        say("One", LanguageBench::answer({"1"}));
        QStringList names = sent(0).keys();
        QCOMPARE(names, (QStringList{QStringLiteral("max_tokens"), QStringLiteral("messages"), QStringLiteral("model"), QStringLiteral("stream"), QStringLiteral("stream_options")}));
        QCOMPARE(sent(0).value(QLatin1String("stream_options"))[QLatin1String("include_usage")].toBool(), true);
        ChatParameters all;
        all.maxTokens = 5;
        all.temperature = 0;
        all.topP = 1;
        all.topK = 128;
        all.minP = 0;
        all.frequencyPenalty = -2;
        all.presencePenalty = 2;
        all.repetitionPenalty = 0;
        all.seed = -1;
        all.stop = QStringList{QStringLiteral("\n\n")};
        all.logitBias = {{50256, -100}};
        all.thinking = false;
        all.separateReasoning = true;
        all.form = {AnswerForm::Kind::Schema, QStringLiteral("tide"), QStringLiteral("One tide"), QStringLiteral("{\"type\":\"object\",\"properties\":{\"name\":{}}}"), true};
        chat().setParameters(all);
        say("Two", LanguageBench::answer({"2"}));
        QJsonObject body = sent(1);
        for (const char *alone : {"messages", "model", "stream", "stream_options"})
            body.remove(QLatin1String(alone));
        QCOMPARE(QString::fromUtf8(QJsonDocument(body).toJson(QJsonDocument::Compact)),
                 QStringLiteral("{\"enable_thinking\":false,\"frequency_penalty\":-2,\"logit_bias\":{\"50256\":-100},\"max_tokens\":5,\"min_p\":0,\"presence_penalty\":2,"
                                "\"repetition_penalty\":0,\"response_format\":{\"json_schema\":{\"description\":\"One tide\",\"name\":\"tide\",\"schema\":{\"properties\":{\"name\":{}},"
                                "\"type\":\"object\"},\"strict\":true},\"type\":\"json_schema\"},\"seed\":-1,\"separate_reasoning\":true,\"stop\":\"\\n\\n\",\"temperature\":0,"
                                "\"top_k\":128,\"top_p\":1}"));
        // All of it is there after a restart.
        m_bench->restart();
        open();
        QCOMPARE(chat().conversation().parameters, all);
    }

    void whatCannotBeSentYetIsNotLost()
    {
        ChatParameters half;
        half.temperature = 0.5;
        half.form = {AnswerForm::Kind::Schema, QStringLiteral("tide"), {}, QStringLiteral("{\"type\": "), false};
        chat().setParameters(half);
        chat().setSystem(QString(Conversation::kMostSystem + 1, u'x'));
        QCOMPARE(chat().obstacle(QStringLiteral("x")), ChatObstacle::SystemTooLong);
        chat().setSystem(QString(Conversation::kMostSystem, u'x'));
        QCOMPARE(chat().obstacle(QStringLiteral("x")), ChatObstacle::WrongParameters);
        QVERIFY(!chat().preview(QStringLiteral("x")).body.toObject().contains(QLatin1String("response_format")));
        m_bench->restart();
        open();
        QCOMPARE(chat().conversation().parameters, half);
        QCOMPARE(chat().conversation().system.size(), Conversation::kMostSystem);
        QVERIFY(!chat().conversation().exported(true).contains("\"form\"")); // an export has what is sent
    }

    void whatAnswersHaveCostIsSummedUp()
    {
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::list()));
        m_bench->models->open(kMine);
        m_bench->models->read(true);
        QTRY_COMPARE(m_bench->models->source(), ModelListSource::Live);
        const ChatSpending one{1, 0, 0, 0, {9, 8, 17}, Money::fromPriceUnits(263)};
        say("One", LanguageBench::answer({"1"}));
        QCOMPARE(chat().conversation().spending(), one);
        // What was refused costs nothing, and makes nothing unknown.
        m_bench->nam->script(FakeAnswer::payload("{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"no\"}", 403));
        QCOMPARE(chat().send(QStringLiteral("Two")), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
        QVERIFY(turns().constLast().wasRefused());
        QCOMPARE(chat().conversation().spending(), one);
        // An answer that gives way was paid, and so was the one in its place when that is taken back.
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::answer({"2"})));
        QCOMPARE(chat().retryLast(), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::answer({"two"})));
        QCOMPARE(chat().retryLast(), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(chat().conversation().spending().answers, 3);
        QCOMPARE(chat().conversation().replaced, one);
        chat().undo();
        QCOMPARE(text(3), QStringLiteral("2"));
        QCOMPARE(chat().conversation().spending().cost, Money::fromPriceUnits(3 * 263));
        m_bench->restart();
        open();
        QCOMPARE(chat().conversation().spending().cost, Money::fromPriceUnits(3 * 263));
        chat().clear();
        QCOMPARE(chat().conversation().spending(), ChatSpending());
        // A server that broke down may have charged.
        ChatTurn broken;
        broken.role = ChatRole::Assistant;
        broken.end = ChatEnd::CutShort;
        broken.error = Error::make(ErrorKind::Server, QStringLiteral("x"));
        broken.error->httpStatus = 502;
        broken.error->effectUnknown = true;
        QVERIFY(!broken.wasRefused());
    }

    void aPriceTooSmallToSayIsNotCalledNothing()
    {
        m_bench->nam->script(FakeAnswer::payload("{\"data\":[{\"id\":\"vendor/tide-7b\",\"input_token_price_per_m\":200,\"output_token_price_per_m\":200}]}"));
        m_bench->models->open(kMine);
        m_bench->models->read(true);
        QTRY_COMPARE(m_bench->models->source(), ModelListSource::Live);
        say("One", LanguageBench::answer({"1"}));
        QVERIFY(turns().constLast().cost && turns().constLast().cost->isZero() && turns().constLast().isRounded);
        QCOMPARE(chat().conversation().spending().rounded, 1);
    }

    void theWholeConversationIsSentAndOnlyWhatWasChanged()
    {
        chat().setSystem(QStringLiteral("Be brief."));
        say("One", LanguageBench::answer({"1"}));
        ChatParameters parameters;
        parameters.topK = 5;
        parameters.form.kind = AnswerForm::Kind::Json;
        chat().setParameters(parameters);
        say("Two", LanguageBench::answer({"2"}));
        const QJsonArray messages = sent(1).value(QLatin1String("messages")).toArray();
        QCOMPARE(messages.size(), 4);
        QCOMPARE(messages.at(0)[QLatin1String("role")].toString(), QStringLiteral("system"));
        QCOMPARE(messages.at(2)[QLatin1String("content")].toString(), QStringLiteral("1"));
        QVERIFY(!sent(0).contains(QLatin1String("top_k")) && !sent(0).contains(QLatin1String("temperature")) && !sent(0).contains(QLatin1String("response_format")));
        QCOMPARE(sent(1).value(QLatin1String("top_k")).toInt(), 5);
        QCOMPARE(sent(1).value(QLatin1String("response_format"))[QLatin1String("type")].toString(), QStringLiteral("json_object"));
    }

    void howItEndsIsKnown_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ChatEnd>("end");
        QTest::addColumn<QString>("text");
        const QByteArray start = LanguageBench::chunk("Spring");
        QTest::newRow("length") << 200 << LanguageBench::answer({"Spring"}, "length") << ChatEnd::Length << QStringLiteral("Spring");
        QTest::newRow("filtered") << 200 << LanguageBench::answer({"Spring"}, "content_filter") << ChatEnd::Filtered << QStringLiteral("Spring");
        QTest::newRow("tool") << 200 << LanguageBench::answer({"Spring"}, "tool_calls") << ChatEnd::ToolCall << QStringLiteral("Spring");
        QTest::newRow("a reason of its own") << 200 << LanguageBench::answer({"Spring"}, "out_of_coffee") << ChatEnd::Other << QStringLiteral("Spring");
        QTest::newRow("cut") << 200 << start << ChatEnd::CutShort << QStringLiteral("Spring");
        QTest::newRow("half an event") << 200 << QByteArray(start + "data: {\"choi") << ChatEnd::CutShort << QStringLiteral("Spring");
        QTest::newRow("an error within") << 200 << QByteArray(start + "data: {\"code\":500,\"reason\":\"X\",\"message\":\"out of tide\"}\n\n") << ChatEnd::CutShort
                                         << QStringLiteral("Spring");
        QTest::newRow("no money") << 403 << QByteArray("{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"top up\"}") << ChatEnd::CutShort << QString();
        QTest::newRow("server") << 500 << QByteArray("<html>") << ChatEnd::CutShort << QString();
    }
    void howItEndsIsKnown()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ChatEnd, end);
        QFETCH(QString, text);
        m_bench->nam->script(FakeAnswer::payload(body, status));
        QCOMPARE(chat().send(QStringLiteral("Tides?")), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(turns().constLast().end, end);
        QCOMPARE(turns().constLast().error.has_value(), end == ChatEnd::CutShort);
        QCOMPARE(turns().constLast().text, text);
        QCOMPARE(m_bench->nam->count(), 1); // never again by itself
        // What came is there after a restart, with how it ended.
        m_bench->restart();
        open();
        QCOMPARE(turns().constLast().end, end);
        QCOMPARE(turns().constLast().endReason, end == ChatEnd::Other ? QStringLiteral("out_of_coffee") : QString());
        QCOMPARE(turns().constLast().text, text);
        QCOMPARE(turns().constLast().error.has_value(), end == ChatEnd::CutShort);
    }

    /// A refusal is certain: nothing was answered, nothing charged. It alone is followed by a second try, when the service allows one.
    void aPauseThatIsAskedForIsKept()
    {
        m_bench->nam->script(FakeAnswer::payload("{\"code\":429,\"reason\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"slow\"}", 429).withHeader("Retry-After", "7"));
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::answer({"Spring"})));
        QCOMPARE(chat().send(QStringLiteral("Tides?")), ChatObstacle::None);
        QTRY_COMPARE(m_bench->client->status().waitReason, WaitReason::Pause);
        QVERIFY(chat().isBusy());
        QCOMPARE(m_bench->nam->count(), 1);
        m_bench->clock.advance(std::chrono::seconds(8));
        m_bench->client->recheck();
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(text(1), QStringLiteral("Spring"));
        QCOMPARE(m_bench->nam->count(), 2);
    }

    void anAnswerCanBeStopped()
    {
        m_bench->nam->script(FakeAnswer::hanging());
        QCOMPARE(chat().send(QStringLiteral("Go on for ever")), ChatObstacle::None);
        QTRY_COMPARE(m_bench->nam->count(), 1);
        QCOMPARE(chat().obstacle(QStringLiteral("more")), ChatObstacle::Busy);
        QCOMPARE(chat().send(QStringLiteral("more")), ChatObstacle::Busy);
        m_bench->clock.advance(Milliseconds(1500));
        chat().stop();
        QVERIFY(!chat().isBusy());
        QCOMPARE(m_bench->nam->abortedCount(), 1);
        QCOMPARE(turns().constLast().end, ChatEnd::Stopped);
        QCOMPARE(turns().constLast().took, Milliseconds(1500));
        QCOMPARE(chat().conversation().messages().size(), 1); // an answer without words is not sent back
    }

    void whatIsTypedAndSaidSurvivesAnyEnd()
    {
        say("One", LanguageBench::answer({"1"}));
        chat().setDraft(QStringLiteral("half a thou"));
        chat().setSystem(QStringLiteral("Be brief."));
        QTRY_VERIFY(file("chat-mine.json").contains("half a thou")); // without an orderly end
        m_bench->nam->script(FakeAnswer::hanging());
        QCOMPARE(chat().send(QStringLiteral("Two")), ChatObstacle::None);
        QTRY_VERIFY(file("chat-mine.json").contains("\"running\""));
        const QByteArray then = file("chat-mine.json");
        QVERIFY(!then.contains("sk_test"));
        m_bench->restart();
        m_bench->putFile("chat-mine.json", then); // as a kill would have left it
        open();
        QCOMPARE(turns().size(), 4);
        QCOMPARE(turns().constLast().end, ChatEnd::CutShort);
        QCOMPARE(chat().conversation().system, QStringLiteral("Be brief."));
        QCOMPARE(chat().conversation().draft, QString()); // it was sent
        QCOMPARE(m_bench->nam->count(), 0);
    }

    void profilesDoNotMix()
    {
        say("Mine", LanguageBench::answer({"1"}));
        m_bench->nam->script(FakeAnswer::hanging());
        QCOMPARE(chat().send(QStringLiteral("Under way")), ChatObstacle::None);
        open(kOther);
        QVERIFY(turns().isEmpty());
        QVERIFY(!chat().isBusy());
        QCOMPARE(chat().obstacle(QStringLiteral("x")), ChatObstacle::NoModel);
        open();
        QCOMPARE(turns().size(), 4);
        QCOMPARE(text(2), QStringLiteral("Under way"));
        QCOMPARE(turns().constLast().end, ChatEnd::CutShort);
    }

    void retryChangeAndClearCanBeTakenBack()
    {
        say("One", LanguageBench::answer({"1"}));
        say("Two", LanguageBench::answer({"2"}));
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::answer({"two"})));
        QCOMPARE(chat().retryLast(), ChatObstacle::None);
        QVERIFY(!chat().canUndo()); // not while it is under way
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(turns().size(), 4);
        QCOMPARE(text(3), QStringLiteral("two"));
        chat().undo();
        QCOMPARE(text(3), QStringLiteral("2"));
        m_bench->nam->script(FakeAnswer::payload(LanguageBench::answer({"uno"})));
        QCOMPARE(chat().resend(0, QStringLiteral("Uno?")), ChatObstacle::None);
        QTRY_VERIFY(!chat().isBusy());
        QCOMPARE(turns().size(), 2);
        QCOMPARE(text(0), QStringLiteral("Uno?"));
        QCOMPARE(sent(3).value(QLatin1String("messages")).toArray().size(), 1);
        chat().undo();
        QCOMPARE(turns().size(), 4);
        chat().clear();
        QVERIFY(turns().isEmpty());
        QVERIFY(chat().canUndo());
        chat().undo();
        QCOMPARE(turns().size(), 4);
        QVERIFY(!chat().canUndo());
        QCOMPARE(chat().resend(1, QStringLiteral("an answer is not the person's")), ChatObstacle::NothingToSay);
        QCOMPARE(turns().size(), 4);
    }

    void whatStandsInTheWayIsSaid()
    {
        QCOMPARE(chat().obstacle(QStringLiteral("  \n")), ChatObstacle::NothingToSay);
        ChatParameters wrong;
        wrong.temperature = 3;
        chat().setParameters(wrong);
        QCOMPARE(chat().obstacle(QStringLiteral("x")), ChatObstacle::WrongParameters);
        chat().setParameters({});
        m_bench->client->setKey({});
        QCOMPARE(chat().send(QStringLiteral("x")), ChatObstacle::NoKey);
        QVERIFY(turns().isEmpty());
        chat().close();
        QCOMPARE(chat().send(QStringLiteral("x")), ChatObstacle::NoProfile);
        QCOMPARE(m_bench->nam->count(), 0);
    }

    void theRequestCanBeLookedAtWithoutTheKey()
    {
        say("One", LanguageBench::answer({"1"}));
        const RequestPreview preview = chat().preview(QStringLiteral("Two"));
        QCOMPARE(preview.method, QStringLiteral("POST"));
        QVERIFY(preview.url.endsWith(QStringLiteral("/openai/v1/chat/completions")));
        QCOMPARE(preview.body[QLatin1String("messages")].toArray().size(), 3);
        QCOMPARE(chat().preview(QString()).body[QLatin1String("messages")].toArray().size(), 1);
        QVERIFY(!QJsonDocument(preview.body.toObject()).toJson().contains("sk_test"));
    }

    void aFileThatCannotBeReadIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("cut") << QByteArray("{\"version\":1,\"messages\":[");
        QTest::newRow("other version") << QByteArray("{\"version\":9}");
        QTest::newRow("not JSON") << QByteArray("hello");
        QTest::newRow("too large") << QByteArray(Conversation::kMostBytes + 1, ' ');
    }
    void aFileThatCannotBeReadIsSetAside()
    {
        QFETCH(QByteArray, content);
        m_bench->putFile("chat-other.json", content);
        open(kOther);
        QVERIFY(chat().saveError());
        QVERIFY(turns().isEmpty());
        QVERIFY(file("chat-other.json") == content);
        chat().setDraft(QStringLiteral("new"));
        QTRY_VERIFY(!chat().saveError());
        QVERIFY(file("chat-other.json").contains("new"));
        const QStringList others{QStringLiteral("chat-other.damaged-*.json")};
        const QDir folder(QFileInfo(m_bench->path("x")).path());
        QCOMPARE(folder.entryList(others), QStringList{QStringLiteral("chat-other.damaged-20260101-000000.json")});
        QVERIFY(file("chat-other.damaged-20260101-000000.json") == content);
        // Once: what is written from now on can be read.
        chat().setDraft(QStringLiteral("newer"));
        open();
        open(kOther);
        QVERIFY(!chat().saveError());
        QCOMPARE(chat().conversation().draft, QStringLiteral("newer"));
        QCOMPARE(folder.entryList(others).size(), 1);
    }

    void aSecondOneDoesNotReplaceTheFirst()
    {
        for (const char *content : {"first", "second"}) {
            m_bench->restart();
            m_bench->putFile("chat-other.json", content);
            open(kOther);
            chat().setDraft(QStringLiteral("new"));
        }
        open();
        QCOMPARE(file("chat-other.damaged-20260101-000000.json"), QByteArray("first"));
        QCOMPARE(file("chat-other.damaged-20260101-000000-2.json"), QByteArray("second"));
    }

    void aDraftHasAnEnd()
    {
        chat().setDraft(QString(Conversation::kMostChars + 5, QLatin1Char('x')));
        QCOMPARE(chat().conversation().draft.size(), Conversation::kMostChars);
    }

    void aSlowDiskIsGivenTheNewestStateAlone()
    {
        QTRY_VERIFY(file("chat-mine.json").contains("tide-7b"));
        QTRY_COMPARE(m_bench->files->underWay(), 0);
        QSemaphore disk;
        m_bench->files->write(QStringLiteral("slow.json"), [&disk] {
            disk.acquire();
            return QByteArray("{}");
        });
        const auto letGo = qScopeGuard([&disk] { disk.release(); });
        chat().setDraft(QStringLiteral("0"));
        QTRY_COMPARE(m_bench->files->underWay(), 2);
        for (int i = 1; i < 4; ++i) {
            chat().setDraft(QString::number(i));
            QTest::qWait(static_cast<int>(LanguageChat::kSaveDelay.count()) + 50);
            QCOMPARE(m_bench->files->underWay(), 2);
        }
        disk.release();
        QTRY_VERIFY(file("chat-mine.json").contains("\"draft\": \"3\""));
    }

    void whatIsDirtyAtTheEndIsWritten()
    {
        QTRY_VERIFY(file("chat-mine.json").contains("tide-7b"));
        QSemaphore disk;
        m_bench->files->write(QStringLiteral("slow.json"), [&disk] {
            disk.acquire();
            return QByteArray("{}");
        });
        const auto letGo = qScopeGuard([&disk] { disk.release(); });
        chat().setDraft(QStringLiteral("first"));
        QTRY_COMPARE(m_bench->files->underWay(), 2);
        chat().setDraft(QStringLiteral("last"));
        chat().close();
        QCOMPARE(m_bench->files->underWay(), 3);
        disk.release();
        open();
        QCOMPARE(chat().conversation().draft, QStringLiteral("last"));
    }

    void whatAFileSaysIsHeldToItsRanges()
    {
        const Result<Conversation> read = Conversation::fromJson("{\"version\":1,\"model\":\"a/b\",\"parameters\":{\"max_tokens\":9,\"temperature\":77},"
                                                                 "\"messages\":[{\"role\":\"king\",\"content\":\"x\"},{\"role\":\"user\"},{\"role\":\"user\",\"content\":\"hi\"},"
                                                                 "{\"role\":\"assistant\",\"content\":\"yo\",\"end\":\"no idea\",\"usage\":{\"prompt_tokens\":-5},\"cost_usd\":\"-1\"}, 7]}");
        QVERIFY(read);
        QCOMPARE(read->turns.size(), 2);
        QCOMPARE(read->parameters, ChatParameters());
        QCOMPARE(read->turns.constLast().usage->prompt, 0);
        QVERIFY(!read->turns.constLast().cost);
        QCOMPARE(read->turns.constLast().end, ChatEnd::Complete);
    }
};

QTEST_GUILESS_MAIN(TestLanguageChat)
#include "tst_languagechat.moc"
