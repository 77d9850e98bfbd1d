// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/listanswer.h"
#include "decodecases.h"
#include "describe.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

QList<DecodeCase> allCases()
{
    return instanceCases() + otherCases() + mediaCases();
}

template<typename T>
QList<Description> rowsOf(const QJsonValue &answer, DecodeLog &log, std::initializer_list<QLatin1String> keys, T (*decode)(const JsonReader &))
{
    QList<Description> out;
    const QList<T> rows = decodeRows<T>(answer, log, keys, decode).rows;
    for (const T &row : rows)
        out.append(describe(row));
    return out;
}

template<typename T>
QList<Description> entityOf(const QJsonValue &answer, DecodeLog &log, T (*decode)(const JsonReader &))
{
    const T entity = decodeEntity<T>(answer, log, decode);
    return log.fatal ? QList<Description>() : QList<Description>{describe(entity)};
}

QList<Description> decodeMediaSample(const QString &folder, const QJsonValue &answer, DecodeLog &log)
{
    if (folder == QLatin1String("imagemodels"))
        return rowsOf<ImageModel>(answer, log, {QLatin1String("models")}, &decodeImageModel);
    if (folder == QLatin1String("languagemodels"))
        return rowsOf<LanguageModel>(answer, log, {QLatin1String("data")}, &decodeLanguageModel);
    const JsonReader reader(answer.toObject(), log);
    Description out;
    if (folder == QLatin1String("imagetasks"))
        out = describe(decodeImageTask(reader));
    else if (folder == QLatin1String("syncimages"))
        out = describe(decodeSyncImageAnswer(answer, log));
    else if (folder == QLatin1String("chatchunks"))
        out = describe(decodeChatChunk(reader));
    return log.fatal || out.isEmpty() ? QList<Description>() : QList<Description>{out};
}

QList<Description> decodeSample(const QString &file, const QJsonValue &answer, DecodeLog &log)
{
    const QString folder = file.section(QLatin1Char('/'), 0, 0);
    const QString name = file.section(QLatin1Char('/'), -1);
    const bool detail = name.startsWith(QLatin1String("detail")) || name == QLatin1String("hostile-ssh.json");
    if (folder == QLatin1String("instances"))
        return detail ? entityOf<Instance>(answer, log, &decodeInstance)
                      : rowsOf<Instance>(answer, log, {QLatin1String("instances"), QLatin1String("data")}, &decodeInstance);
    if (folder == QLatin1String("products") && name == QLatin1String("cpu-single.json"))
        return entityOf<Product>(answer, log, &decodeCpuProduct);
    if (folder == QLatin1String("products"))
        return rowsOf<Product>(answer, log, {QLatin1String("data")}, name.startsWith(QLatin1String("cpu")) ? &decodeCpuProduct : &decodeGpuProduct);
    if (folder == QLatin1String("templates"))
        return detail ? entityOf<InstanceTemplate>(answer, log, &decodeTemplate)
                      : rowsOf<InstanceTemplate>(answer, log, {QLatin1String("template")}, &decodeTemplate);
    if (folder == QLatin1String("clusters"))
        return rowsOf<Cluster>(answer, log, {QLatin1String("data")}, &decodeCluster);
    if (folder == QLatin1String("registryauths"))
        return rowsOf<RegistryAuth>(answer, log, {QLatin1String("data")}, &decodeRegistryAuth);
    if (folder == QLatin1String("networkstorages"))
        return rowsOf<NetworkStorage>(answer, log, {QLatin1String("data")}, &decodeNetworkStorage);
    if (folder == QLatin1String("networks"))
        return rowsOf<VpcNetwork>(answer, log, {QLatin1String("networks"), QLatin1String("network")}, &decodeVpcNetwork);
    if (folder == QLatin1String("jobs"))
        return rowsOf<Job>(answer, log, {QLatin1String("jobs")}, &decodeJob);
    if (folder == QLatin1String("prewarms"))
        return rowsOf<PrewarmTask>(answer, log, {QLatin1String("data")}, &decodePrewarmTask);
    if (folder == QLatin1String("prewarmquota"))
        return {describe(decodePrewarmQuota(JsonReader(answer.toObject(), log)))};
    if (folder == QLatin1String("metrics"))
        return {describe(decodeInstanceMetrics(JsonReader(answer.toObject(), log)))};
    if (folder == QLatin1String("balance"))
        return {describe(decodeBalance(JsonReader(answer.toObject(), log)))};
    return decodeMediaSample(folder, answer, log);
}

const QStringList kFolders{QStringLiteral("instances"),     QStringLiteral("products"),        QStringLiteral("templates"),
                           QStringLiteral("clusters"),      QStringLiteral("registryauths"),   QStringLiteral("networkstorages"),
                           QStringLiteral("networks"),      QStringLiteral("jobs"),            QStringLiteral("balance"),
                           QStringLiteral("prewarms"),      QStringLiteral("prewarmquota"),
                           QStringLiteral("metrics"),       QStringLiteral("imagetasks"),      QStringLiteral("imagemodels"),
                           QStringLiteral("syncimages"),    QStringLiteral("languagemodels"),  QStringLiteral("chatchunks")};

} // namespace

class TestDecode : public QObject
{
    Q_OBJECT

private slots:
    void everySampleHasACase()
    {
        QStringList cased;
        for (const DecodeCase &one : allCases())
            cased.append(one.file);
        const QString root = QStringLiteral(NOVITA_TEST_DATA "/");
        int files = 0;
        for (const QString &folder : kFolders) {
            QDirIterator it(root + folder, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString file = it.next().mid(root.size());
                QVERIFY2(cased.contains(file), qPrintable(file));
                ++files;
            }
        }
        QCOMPARE(files, cased.size());
    }

    void sample_data()
    {
        QTest::addColumn<int>("index");
        const QList<DecodeCase> cases = allCases();
        for (int i = 0; i < cases.size(); ++i)
            QTest::newRow(qPrintable(cases.at(i).file)) << i;
    }
    void sample()
    {
        QFETCH(int, index);
        const DecodeCase wanted = allCases().at(index);
        QFile file(QStringLiteral(NOVITA_TEST_DATA "/") + wanted.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Result<QJsonValue> answer = parseJson(file.readAll());
        QVERIFY(answer);

        DecodeLog log;
        const QList<Description> rows = decodeSample(wanted.file, *answer, log);

        QCOMPARE(log.fatal.has_value(), !wanted.fatalPath.isEmpty());
        if (log.fatal) {
            QCOMPARE(log.fatal->kind, ErrorKind::Protocol);
            QVERIFY2(log.fatal->message.contains(wanted.fatalPath), qPrintable(log.fatal->message));
        }
        QCOMPARE(rows.size(), wanted.rows);
        for (const QString &fact : wanted.facts) {
            const qsizetype row = fact.section(QLatin1Char('.'), 0, 0).toInt();
            const QString key = fact.section(QLatin1Char('.'), 1).section(QLatin1Char('='), 0, 0);
            QVERIFY2(rows.at(row).contains(key), qPrintable(fact));
            QCOMPARE(QStringLiteral("%1.%2=%3").arg(row).arg(key, rows.at(row).value(key)), fact);
        }
        for (qsizetype i = 0; i < std::min(log.warnings.size(), wanted.warnings.size()); ++i)
            QVERIFY2(log.warnings.at(i).startsWith(wanted.warnings.at(i)), qPrintable(log.warnings.at(i)));
        QVERIFY2(log.warnings.size() == wanted.warnings.size(), qPrintable(log.warnings.join(QLatin1Char('\n'))));
    }

    void secretsOfRegistriesAreDropped()
    {
        QFile file(QStringLiteral(NOVITA_TEST_DATA "/registryauths/list.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        DecodeLog log;
        const auto rows = decodeSample(QStringLiteral("registryauths/list.json"), *parseJson(file.readAll()), log);
        QVERIFY(!rows.first().values().contains(QStringLiteral("EXAMPLE-ONLY")));
    }

    void emptyBodyIsNoList()
    {
        DecodeLog log;
        decodeRows<Cluster>(QJsonValue(QJsonValue::Undefined), log, {QLatin1String("data")}, &decodeCluster);
        QVERIFY(log.fatal); // an empty list here would empty the store
    }

    void everyCutOfASampleIsSurvived()
    {
        QFile file(QStringLiteral(NOVITA_TEST_DATA "/instances/detail.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray body = file.readAll();
        int parsed = 0;
        for (qsizetype length = 0; length <= body.size(); ++length) {
            const Result<QJsonValue> answer = parseJson(body.left(length));
            if (!answer)
                continue;
            ++parsed;
            DecodeLog log;
            decodeSample(QStringLiteral("instances/list.json"), *answer, log);
        }
        QVERIFY(parsed >= 1 && parsed < 5);
    }

    void aTaskEventComesWithOrWithoutItsEnvelope()
    {
        const QJsonObject task{{QStringLiteral("task"), QJsonObject{{QStringLiteral("task_id"), QStringLiteral("t1")},
                                                                    {QStringLiteral("status"), QStringLiteral("TASK_STATUS_FAILED")}}}};
        const auto event = [&task](const char *type) {
            return QJsonObject{{QStringLiteral("event_type"), QString::fromLatin1(type)}, {QStringLiteral("payload"), task}};
        };
        DecodeLog log;
        QCOMPARE(decodeTaskEvent(task, log)->id.toString(), QStringLiteral("t1"));
        QCOMPARE(decodeTaskEvent(event("ASYNC_TASK_RESULT"), log)->status, TaskStatus::Failed);
        QVERIFY(!decodeTaskEvent(event("SOMETHING_ELSE"), log));
        QVERIFY(!log.fatal);
    }

    void theIdOfANewTaskIsFoundInBothEnvelopes()
    {
        const auto idOf = [](const char *json, DecodeLog &log) { return decodeTaskAccepted(*parseJson(json), log).toString(); };
        DecodeLog log;
        QCOMPARE(idOf("{\"task_id\":\"t1\"}", log), QStringLiteral("t1"));
        QCOMPARE(idOf("{\"code\":0,\"msg\":\"\",\"data\":{\"task_id\":\"t2\"}}", log), QStringLiteral("t2"));
        QVERIFY(!log.fatal);
        idOf("{\"code\":0}", log);
        QVERIFY(log.fatal);
    }

    void aSyncAnswerOverItsBoundIsRefused()
    {
        const QString large(SyncImageAnswer::kMostBytes / 3 * 4 + 8, QLatin1Char('A'));
        DecodeLog log;
        decodeSyncImageAnswer(QJsonObject{{QStringLiteral("image_file"), large}}, log);
        QVERIFY(log.fatal);
        QCOMPARE(log.fatal->fault, ProtocolFault::TooLarge);
    }

    void chatEventsAreChunksErrorsOrTheEnd()
    {
        QVERIFY(readChatEvent("[DONE]")->done);
        QCOMPARE(readChatEvent("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")->choices.first().content, QStringLiteral("a"));
        const Result<ChatChunk> refused = readChatEvent("{\"code\":429,\"reason\":\"TOKEN_LIMIT_EXCEEDED\",\"message\":\"too many tokens\"}");
        QVERIFY(!refused);
        QCOMPARE(refused.error().apiReason, QStringLiteral("TOKEN_LIMIT_EXCEEDED"));
        QCOMPARE(readChatEvent("{\"error\":{\"message\":\"overloaded\"}}").error().message, QStringLiteral("overloaded"));
        QCOMPARE(readChatEvent("<html>").error().kind, ErrorKind::Protocol);
    }

    void vramComesFromTheName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("gb");
        QTest::newRow("4090") << QStringLiteral("RTX 4090 24GB") << 24;
        QTest::newRow("H100") << QStringLiteral("H100 SXM 80GB") << 80;
        QTest::newRow("blank") << QStringLiteral("L40S 48 gb") << 48;
        QTest::newRow("last that counts") << QStringLiteral("B200 192GB NVLink xGB") << 192;
        QTest::newRow("none") << QStringLiteral("RTX 4090") << -1;
        QTest::newRow("zero") << QStringLiteral("X 0GB") << -1;
        QTest::newRow("too long") << QStringLiteral("X 99999999999GB") << -1;
        QTest::newRow("only unit") << QStringLiteral("GB") << -1;
        QTest::newRow("empty") << QString() << -1;
    }
    void vramComesFromTheName()
    {
        QFETCH(QString, name);
        QFETCH(int, gb);
        QCOMPARE(vramFromName(name).value_or(-1), gb);
    }
};

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
