// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/chatchunk.h"
#include "core/cloud/types/imagemodel.h"
#include "core/sandbox/media/painter.h"
#include "core/sandbox/sandboxserver.h"
#include "sandboxclient.h"

#include <QSet>

using namespace novita;
using L = QLatin1String;

/// The catalogue of image models, and language models with their chat.
class TestSandboxModels final : public QObject
{
    Q_OBJECT

    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<SandboxClient> m_client;

    QJsonObject page(const QString &query) { return m_client->get(QStringLiteral("/v3/model?") + query).json(); }
    qsizetype count(const QString &query) { return page(query + QStringLiteral("&pagination.limit=100")).value(L("models")).toArray().size(); }

    static QJsonObject question(bool stream = false)
    {
        return {{QStringLiteral("model"), QStringLiteral("sandbox/tide-7b")}, {QStringLiteral("max_tokens"), 500}, {QStringLiteral("stream"), stream},
                {QStringLiteral("messages"), QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")},
                                                                    {QStringLiteral("content"), QStringLiteral("Name three tides.")}}}}};
    }
    SandboxAnswer chat(const QJsonObject &body) { return m_client->post(QStringLiteral("/openai/v1/chat/completions"), body); }
    /// What comes after each "data: ".
    static QByteArrayList events(const QByteArray &body)
    {
        QByteArrayList list;
        for (const QByteArray &event : body.split('\n')) {
            if (event.startsWith("data: "))
                list.append(event.mid(6));
        }
        return list;
    }

private slots:
    void init()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.timeScale = 200});
        QVERIFY(m_server->start().ok());
        m_client = std::make_unique<SandboxClient>(m_server->apiRoot());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void pagesCoverTheCatalogueOnce()
    {
        QSet<qint64> ids;
        QString cursor;
        int pages = 0;
        do {
            const QJsonObject answer = page(QStringLiteral("pagination.limit=60&pagination.cursor=") + cursor);
            for (const QJsonValue &row : answer.value(L("models")).toArray()) {
                QVERIFY(!ids.contains(row[L("id")].toInteger()));
                ids.insert(row[L("id")].toInteger());
            }
            cursor = answer.value(L("pagination"))[L("next_cursor")].toString();
            QVERIFY(cursor.isEmpty() || cursor.startsWith(L("c_")));
        } while (!cursor.isEmpty() && ++pages < 20);
        QVERIFY2(ids.size() > 280 && ids.size() < 320, qPrintable(QString::number(ids.size())));
        QCOMPARE(page(QStringLiteral("pagination.cursor=c_0")), page(QString()));
        QCOMPARE(page(QStringLiteral("pagination.cursor=c_9999")).value(L("models")).toArray().size(), 0);
    }

    void rowsAreModels()
    {
        DecodeLog log;
        const QJsonArray rows = page(QStringLiteral("pagination.limit=100")).value(L("models")).toArray();
        for (const QJsonValue &row : rows) {
            const ImageModel model = decodeImageModel(JsonReader(row.toObject(), log));
            QVERIFY(!model.requestName().isEmpty());
            QVERIFY(model.cover.isValid());
        }
    }

    void everySpellingOfAFilter()
    {
        const qsizetype dotted = count(QStringLiteral("filter.types=controlnet"));
        QCOMPARE(dotted, 21);
        QCOMPARE(count(QStringLiteral("filter[types]=controlnet")), dotted);
        QCOMPARE(count(QStringLiteral("filter%5Btypes%5D=controlnet")), dotted);
        QCOMPARE(count(QStringLiteral("filter.type=controlnet")), dotted);
        QCOMPARE(m_client->get(QStringLiteral("/v3/model?filter.types=text_inversion")).reason(), QStringLiteral("INVALID_REQUEST_BODY"));
    }

    void filtersNarrow()
    {
        for (const QJsonValue &row : page(QStringLiteral("filter.visibility=private")).value(L("models")).toArray())
            QVERIFY(row[L("source")] != L("civitai"));
        QVERIFY(count(QStringLiteral("filter.visibility=private")) > 3);
        for (const QJsonValue &row : page(QStringLiteral("filter.types=checkpoint&filter.is_sdxl=true")).value(L("models")).toArray())
            QVERIFY(row[L("is_sdxl")].toBool());
        for (const QJsonValue &row : page(QStringLiteral("filter.is_sdxl=false")).value(L("models")).toArray())
            QVERIFY(!row[L("is_sdxl")].toBool());
        QVERIFY(count(QStringLiteral("filter.is_inpainting=true")) >= 5);
        QCOMPARE(count(QStringLiteral("filter.query=ULTRASHARP")), 1);
        QVERIFY(count(QStringLiteral("filter.query=landscape")) > 5);
        for (const char *bad : {"pagination.limit=0", "pagination.limit=101", "pagination.cursor=x", "pagination.cursor=c_!!"})
            QCOMPARE(m_client->get(QStringLiteral("/v3/model?") + L(bad)).status, 400);
    }

    void previewsArePainted()
    {
        const QString cover = page(QStringLiteral("pagination.limit=1")).value(L("models"))[0][L("cover_url")].toString();
        const std::unique_ptr<QNetworkReply> reply(m_client->open(cover));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(pictureFacts(reply->readAll()).format, QByteArray("jpeg"));
        QCOMPARE(m_client->get(QStringLiteral("/_previews/77777777.jpeg")).status, 404);
        QCOMPARE(m_client->get(QStringLiteral("/_previews/..%2F..")).status, 404);
    }

    void keysOfMediaAndChat()
    {
        m_client->setAuthorization("bare-key-1");
        QCOMPARE(m_client->get(QStringLiteral("/v3/model")).status, 200);
        QCOMPARE(m_client->get(QStringLiteral("/openai/v1/models")).status, 200);
        m_client->setAuthorization({});
        QCOMPARE(m_client->get(QStringLiteral("/v3/model")).status, 400);
        QCOMPARE(m_client->get(QStringLiteral("/v3/model")).reason(), QStringLiteral("MISSING_API_KEY"));
        QCOMPARE(m_client->get(QStringLiteral("/openai/v1/models")).status, 200);
        QCOMPARE(chat(question()).status, 401);
        QCOMPARE(chat(question()).reason(), QStringLiteral("FAILED_TO_AUTH"));
        m_client->setAuthorization("Bearer wrong-key-1");
        QCOMPARE(m_client->get(QStringLiteral("/v3/model")).status, 403);
        QCOMPARE(chat(question()).reason(), QStringLiteral("INVALID_API_KEY"));
        QCOMPARE(m_client->get(QStringLiteral("/v3/nothing-here")).status, 403);
        m_client->setAuthorization("Bearer good-key-1");
        QCOMPARE(m_client->get(QStringLiteral("/v3/nothing-here")).reason(), QStringLiteral("API_NOT_FOUND"));
    }

    void languageModels()
    {
        const QJsonArray rows = m_client->get(QStringLiteral("/v3/openai/models")).json().value(L("data")).toArray();
        QCOMPARE(rows.size(), 10);
        QCOMPARE(rows, m_client->get(QStringLiteral("/openai/v1/models")).json().value(L("data")).toArray());
        for (const QJsonValue &row : rows)
            QCOMPARE(m_client->get(QStringLiteral("/openai/v1/models/") + row[L("id")].toString()).json(), row.toObject());
        QCOMPARE(m_client->get(QStringLiteral("/openai/v1/models/deepseek%2Fdeepseek-v3.2")).status, 200);
        QCOMPARE(m_client->get(QStringLiteral("/openai/v1/models/no/such")).reason(), QStringLiteral("MODEL_NOT_FOUND"));
    }

    void chatAnswersWhole()
    {
        const QJsonObject answer = chat(question()).json();
        const QJsonValue choice = answer.value(L("choices"))[0];
        QVERIFY(choice[L("message")][L("content")].toString().contains(L("Name three tides.")));
        QCOMPARE(choice[L("finish_reason")].toString(), QStringLiteral("stop"));
        QCOMPARE(chat(question()).json().value(L("choices")), answer.value(L("choices"))); // the same question, the same answer
        const QJsonValue usage = answer.value(L("usage"));
        QCOMPARE(usage[L("total_tokens")].toInt(), usage[L("prompt_tokens")].toInt() + usage[L("completion_tokens")].toInt());
        QJsonObject brief = question();
        brief.insert(QStringLiteral("max_tokens"), 3);
        brief.insert(QStringLiteral("n"), 2);
        const QJsonArray choices = chat(brief).json().value(L("choices")).toArray();
        QCOMPARE(choices.size(), 2);
        QCOMPARE(choices.at(0)[L("finish_reason")].toString(), QStringLiteral("length"));
        QJsonObject thoughtful = question();
        thoughtful.insert(QStringLiteral("model"), QStringLiteral("deepseek/deepseek-v3.2"));
        thoughtful.insert(QStringLiteral("separate_reasoning"), true);
        QVERIFY(!chat(thoughtful).json().value(L("choices"))[0][L("message")][L("reasoning_content")].toString().isEmpty());
    }

    void chatKeepsToASchemaAndPutsReasoningWhereItIsWanted()
    {
        const auto said = [this](const QJsonObject &body) { return chat(body).json().value(L("choices"))[0][L("message")]; };
        QJsonObject body = question();
        body.insert(QStringLiteral("response_format"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("json_schema")},
                                {QStringLiteral("json_schema"),
                                 QJsonDocument::fromJson(R"({"name":"t","schema":{"type":"object","properties":{"n":{"type":"integer"},"l":{"type":"array","items":{"enum":["a"]}}}}})").object()}});
        const QJsonObject answer = QJsonDocument::fromJson(said(body)[L("content")].toString().toUtf8()).object();
        QVERIFY(answer.value(L("n")).isDouble());
        QCOMPARE(answer.value(L("l"))[0].toString(), QStringLiteral("a"));
        body = question();
        body.insert(QStringLiteral("model"), QStringLiteral("deepseek/deepseek-v3.2"));
        const QString text = said(body)[L("content")].toString(); // together, where nobody says otherwise
        QVERIFY2(text.startsWith(QStringLiteral("<think>\n")) && text.contains(QStringLiteral("\n</think>\n\n")), qPrintable(text));
        QVERIFY(said(body)[L("reasoning_content")].isUndefined());
        body.insert(QStringLiteral("separate_reasoning"), false);
        QCOMPARE(said(body)[L("content")].toString().left(8), QStringLiteral("<think>\n"));
        body.insert(QStringLiteral("logit_bias"), QJsonObject{{QStringLiteral("5"), 101}});
        QCOMPARE(chat(body).status, 400);
    }

    void chatStreams()
    {
        QJsonObject body = question(true);
        body.insert(QStringLiteral("stream_options"), QJsonObject{{QStringLiteral("include_usage"), true}});
        const SandboxAnswer answer = chat(body);
        QCOMPARE(answer.status, 200);
        const QByteArrayList list = events(answer.body);
        QVERIFY(list.size() > 10);
        QCOMPARE(list.last(), QByteArray("[DONE]"));
        QString text;
        QString finish;
        for (qsizetype i = 0; i + 2 < list.size(); ++i) {
            const Result<ChatChunk> chunk = readChatEvent(list.at(i));
            QVERIFY(chunk.ok());
            QCOMPARE(chunk->choices.size(), 1);
            text += chunk->choices.first().content;
            finish = chunk->choices.first().finishReason;
        }
        QCOMPARE(finish, QStringLiteral("stop"));
        QCOMPARE(text, chat(question()).json().value(L("choices"))[0][L("message")][L("content")].toString());
        const Result<ChatChunk> usage = readChatEvent(list.at(list.size() - 2));
        QVERIFY(usage.ok() && usage->choices.isEmpty() && usage->usage);
    }

    void aStreamThatIsLeftEnds()
    {
        m_server = std::make_unique<SandboxServer>(SandboxOptions{.timeScale = 0.01}); // a word in 2.5 s
        QVERIFY(m_server->start().ok());
        QNetworkAccessManager manager;
        QNetworkRequest request{QUrl(m_server->apiRoot().toString() + QStringLiteral("/openai/v1/chat/completions"))};
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setRawHeader("Authorization", "good-key-1");
        const std::unique_ptr<QNetworkReply> reply(manager.post(request, QJsonDocument(question(true)).toJson()));
        QTRY_VERIFY(reply->bytesAvailable() > 0);
        QVERIFY(!reply->isFinished());
        reply->abort();
        m_server->stop(); // with a stream under way
    }

    void chatRefuses()
    {
        const auto with = [](const char *key, const QJsonValue &value) {
            QJsonObject body = question();
            body.insert(QString::fromLatin1(key), value);
            return body;
        };
        QCOMPARE(chat(with("model", QStringLiteral("no/such"))).status, 404);
        QCOMPARE(chat(with("max_tokens", 0)).reason(), QStringLiteral("INVALID_REQUEST_BODY"));
        QCOMPARE(chat(with("max_tokens", QJsonValue::Null)).status, 400);
        QCOMPARE(chat(with("messages", QJsonArray())).status, 400);
        QCOMPARE(chat(with("messages", QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("king")}}})).status, 400);
        QCOMPARE(chat(with("temperature", 2.5)).status, 400);
        QCOMPARE(chat(with("top_k", 129)).status, 400);
        QCOMPARE(chat(with("temperature", QJsonValue::Null)).status, 200);
        QCOMPARE(m_client->postRaw(QStringLiteral("/openai/v1/chat/completions"), "null").reason(), QStringLiteral("INVALID_REQUEST_BODY"));
    }

    void faultsReachChatAndModels()
    {
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("truncate")}, {QStringLiteral("operation"), QStringLiteral("createChatCompletion")},
                                    {QStringLiteral("count"), 1}, {QStringLiteral("bytes"), 300}}).ok());
        const SandboxAnswer cut = chat(question(true));
        QCOMPARE(cut.body.size(), 300);
        QVERIFY(m_server->addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("createChatCompletion")},
                                    {QStringLiteral("status"), 403}, {QStringLiteral("reason"), QStringLiteral("NOT_ENOUGH_BALANCE")},
                                    {QStringLiteral("count"), 1}}).ok());
        QCOMPARE(chat(question(true)).reason(), QStringLiteral("NOT_ENOUGH_BALANCE"));
    }
};

QTEST_GUILESS_MAIN(TestSandboxModels)
#include "tst_sandboxmodels.moc"
