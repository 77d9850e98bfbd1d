// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchfields.h"
#include "core/workflows/batchtable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <random>

using namespace novita;

namespace {

InstanceDraft model()
{
    InstanceDraft out;
    out.name = QStringLiteral("base");
    out.productId = ProductId(QStringLiteral("4090"));
    out.imageUrl = QStringLiteral("ubuntu:22.04");
    return out;
}

} // namespace

class TestBatchTable : public QObject
{
    Q_OBJECT

private slots:
    void csvFillsDrafts()
    {
        const QByteArray csv = "name,gpuNum,billingMode,ports,envs\n"
                               "one,2,spot,\"8080/http, 5432/tcp\",\"A=1\nB=x=y\"\n"
                               "two,,,,\n";
        const Result<BatchTable> table = readBatchTable(csv, model());
        QVERIFY(table.ok());
        QVERIFY2(table->problems().isEmpty(), qPrintable(table->problems().join(QLatin1Char('\n'))));
        QCOMPARE(table->drafts().size(), 2);
        const InstanceDraft one = table->drafts().first();
        QCOMPARE(one.name, QStringLiteral("one"));
        QCOMPARE(one.gpuNum, 2);
        QCOMPARE(one.billing, BillingMode::Spot);
        QCOMPARE(one.ports, (QList<DraftPort>{{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}}));
        QCOMPARE(one.envs, (QList<EnvVar>{{QStringLiteral("A"), QStringLiteral("1")}, {QStringLiteral("B"), QStringLiteral("x=y")}}));
        QCOMPARE(one.imageUrl, QStringLiteral("ubuntu:22.04")); // of the model
        InstanceDraft two = model();
        two.name = QStringLiteral("two");
        QCOMPARE(table->drafts().last(), two);
    }

    void semicolonsDoAsWell()
    {
        const Result<BatchTable> table = readBatchTable("name;ports\nbox;80/http,81/http\n", model());
        QVERIFY(table.ok());
        QCOMPARE(table->drafts().first().ports.size(), 2);
    }

    void jsonIsWhatTheReviewShows()
    {
        InstanceDraft whole = model();
        whole.gpuNum = 3;
        whole.ports = {{8080, QStringLiteral("http")}};
        whole.envs = {{QStringLiteral("A"), QStringLiteral("1")}};
        whole.billing = BillingMode::Spot;
        const QByteArray json = QJsonDocument(whole.toJson()).toJson();
        const Result<BatchTable> table = readBatchTable(json, model());
        QVERIFY(table.ok());
        QVERIFY2(table->problems().isEmpty(), qPrintable(table->problems().join(QLatin1Char('\n'))));
        QCOMPARE(table->drafts(), QList<InstanceDraft>{whole});
        QCOMPARE(readBatchTable('[' + json + ',' + json + ']', model())->drafts().size(), 2);
    }

    void problemsNameTheirRow()
    {
        const Result<BatchTable> table = readBatchTable("name,gpuNum,color,ports\ngood,1,,\nbad one,x,red,80\n,9,,\n", model());
        QVERIFY(table.ok());
        const QString all = table->problems().join(QLatin1Char('\n'));
        QVERIFY(!all.contains(QLatin1String("Row 1 ")));
        QVERIFY(all.contains(QLatin1String("Row 2 (line 3): gpuNum")));
        QVERIFY(all.contains(QLatin1String("Row 2 (line 3): color")));
        QVERIFY(all.contains(QLatin1String("Row 2 (line 3): ports")));
        QVERIFY(all.contains(QLatin1String("Row 3 (line 4): ")));
    }

    void noRowIsLost()
    {
        const Result<BatchTable> csv = readBatchTable("name\ngood\n\na,b\n", model());
        QVERIFY(csv.ok());
        QCOMPARE(csv->rows.size(), 2);
        QCOMPARE(csv->problems(), QStringList{QStringLiteral("Row 2 (line 4): has more cells than there are columns.")});
        QCOMPARE(csv->rows.last().draft.name, QStringLiteral("a"));
        const Result<BatchTable> json = readBatchTable(R"([{"name":"good"}, 7])", model());
        QVERIFY(json.ok());
        QCOMPARE(json->problems(), QStringList{QStringLiteral("Row 2: is no object.")});
    }

    void everyFieldOfTheRequestHasAColumn()
    {
        const QByteArray csv = "name,tools,networkStorages,billingMode,month,autoRenew,autoRenewMonth\n"
                               "a,Jupyter:8890,ns-1:/data,monthly,3,true,2\n"
                               "b,none,ns-1,,,perhaps,\n";
        const Result<BatchTable> table = readBatchTable(csv, model());
        QVERIFY(table.ok());
        const InstanceDraft a = table->drafts().first();
        QVERIFY(a.jupyter);
        QCOMPARE(a.jupyterPort, 8890);
        QCOMPARE(a.mounts, (QList<DraftMount>{{StorageId(QStringLiteral("ns-1")), QStringLiteral("/data")}}));
        QCOMPARE(a.months, 3);
        QVERIFY(a.autoRenew);
        QCOMPARE(a.autoRenewMonths, 2);
        QCOMPARE(table->rows.first().problems, QStringList());
        QCOMPARE(table->rows.last().problems.size(), 3);
        const Result<BatchTable> back = readBatchTable(QJsonDocument(a.toJson()).toJson(), model());
        QCOMPARE(back->drafts(), QList<InstanceDraft>{a});
    }

    void everyFieldReachesTheRequest_data()
    {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("also"); // what it stands beside
        QTest::addColumn<QByteArray>("wire");
        const QByteArray none;
        const QByteArray monthly = R"("billingMode":"monthly")";
        QTest::newRow("name") << QByteArray("box-1") << none << QByteArray(R"("box-1")");
        QTest::newRow("productId") << QByteArray("5090") << none << QByteArray(R"("5090")");
        QTest::newRow("gpuNum") << QByteArray("8") << none << QByteArray("8");
        QTest::newRow("rootfsSize") << QByteArray("200") << none << QByteArray("200");
        QTest::newRow("imageUrl") << QByteArray("a/b:1") << none << QByteArray(R"("a/b:1")");
        QTest::newRow("imageAuthId") << QByteArray("auth-7") << none << QByteArray(R"("auth-7")");
        QTest::newRow("ports") << QByteArray("8080/http, 5432/tcp") << none << QByteArray(R"("8080/http,5432/tcp")");
        QTest::newRow("envs") << QByteArray("A=1\nB=2") << none << QByteArray(R"([{"key":"A","value":"1"},{"key":"B","value":"2"}])");
        QTest::newRow("tools") << QByteArray("Jupyter:8890") << none << QByteArray(R"([{"name":"Jupyter","port":"8890","type":"http"}])");
        QTest::newRow("command") << QByteArray("sleep 1") << none << QByteArray(R"("sleep 1")");
        QTest::newRow("entrypoint") << QByteArray("/bin/sh") << none << QByteArray(R"("/bin/sh")");
        QTest::newRow("clusterId") << QByteArray("us-ca-6") << none << QByteArray(R"("us-ca-6")");
        QTest::newRow("localStorageMountPoint") << QByteArray("/data") << QByteArray(R"("kind":"cpu")") << QByteArray(R"("/data")");
        QTest::newRow("networkStorages") << QByteArray("ns-1:/data") << none << QByteArray(R"([{"Id":"ns-1","mountPoint":"/data"}])");
        QTest::newRow("networkId") << QByteArray("vpc-1") << none << QByteArray(R"("vpc-1")");
        QTest::newRow("kind") << QByteArray("cpu") << none << QByteArray(R"("cpu")");
        QTest::newRow("month") << QByteArray("6") << monthly << QByteArray("6");
        QTest::newRow("billingMode") << QByteArray("spot") << none << QByteArray(R"("spot")");
        QTest::newRow("autoRenew") << QByteArray("true") << monthly << QByteArray("true");
        QTest::newRow("autoRenewMonth") << QByteArray("2") << monthly + R"(,"autoRenew":true)" << QByteArray("2");
        QTest::newRow("minCudaVersion") << QByteArray("12.4") << none << QByteArray(R"("12.4")");
    }
    void everyFieldReachesTheRequest()
    {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, also);
        QFETCH(QByteArray, wire);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(batchfields::names().contains(name));
        QJsonObject row = QJsonDocument::fromJson('{' + also + '}').object();
        row.insert(name, QString::fromUtf8(cell));
        const Result<BatchTable> table = readBatchTable(QJsonDocument(row).toJson(), model());
        QVERIFY(table.ok());
        QVERIFY2(table->problems().isEmpty(), qPrintable(table->problems().join(QLatin1Char('\n'))));
        const QJsonObject request = table->drafts().first().toJson();
        const QJsonValue wanted = QJsonDocument::fromJson('[' + wire + ']').array().first();
        QCOMPARE(request.value(name), wanted);
        QCOMPARE(request.value(name).type(), wanted.type());
        // The request's own form does as well.
        row.insert(name, wanted);
        QCOMPARE(readBatchTable(QJsonDocument(row).toJson(), model())->drafts().first().toJson(), request);
    }
    void noFieldIsForgotten()
    {
        QCOMPARE(batchfields::names().size(), 21);
    }

    void whatARowCannotHaveIsNamed_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("problem");
        QTest::newRow("term without monthly") << QByteArray(R"({"month":3})") << QStringLiteral("month: is for monthly billing");
        QTest::newRow("term against spot") << QByteArray(R"({"month":3,"billingMode":"spot"})") << QStringLiteral("month: is for monthly billing");
        QTest::newRow("renewal without monthly") << QByteArray(R"({"autoRenew":true})") << QStringLiteral("autoRenew: is for monthly billing");
        QTest::newRow("GPUs of a CPU instance") << QByteArray(R"({"kind":"cpu","gpuNum":2})") << QStringLiteral("gpuNum: a CPU instance");
        QTest::newRow("spot CPU") << QByteArray(R"({"kind":"cpu","billingMode":"spot"})") << QStringLiteral("billingMode: a CPU instance");
        QTest::newRow("mount of a GPU instance") << QByteArray(R"({"localStorageMountPoint":"/x"})") << QStringLiteral("localStorageMountPoint: a GPU instance");
        QTest::newRow("ports of an edit") << QByteArray(R"({"ports":[{"port":80,"type":"http"}]})") << QStringLiteral("ports: must be one text");
        QTest::newRow("command as a list") << QByteArray(R"({"command":["sh"]})") << QStringLiteral("command: must be text");
        QTest::newRow("CUDA as a number") << QByteArray(R"({"minCudaVersion":12.10})") << QStringLiteral("minCudaVersion: must be text");
        QTest::newRow("fraction of a GPU") << QByteArray(R"({"gpuNum":1.5})") << QStringLiteral("gpuNum: \u201c1.5\u201d is no whole number");
        QTest::newRow("another tool") << QByteArray(R"({"tools":[{"name":"VSCode","port":"80","type":"http"}]})") << QStringLiteral("tools: must be of the form");
        QTest::newRow("Jupyter by tcp") << QByteArray(R"({"tools":[{"name":"Jupyter","port":"80","type":"tcp"}]})") << QStringLiteral("tools: must be of the form");
        QTest::newRow("Jupyter twice") << QByteArray(R"({"tools":[{"name":"Jupyter"},{"name":"Jupyter"}]})") << QStringLiteral("tools: must be of the form");
        QTest::newRow("template") << QByteArray(R"({"templateId":"1"})") << QStringLiteral("templateId: no such column");
        QTest::newRow("env of a tree") << QByteArray(R"({"envs":[{"key":"A","value":{}}]})") << QStringLiteral("envs: each must be an object");
    }
    void whatARowCannotHaveIsNamed()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, problem);
        const Result<BatchTable> table = readBatchTable(row, model());
        QVERIFY(table.ok());
        QVERIFY2(table->rows.first().problems.join(QLatin1Char('\n')).contains(problem), qPrintable(table->rows.first().problems.join(QLatin1Char('\n'))));
    }
    void whatAsksForNothingDoesNoHarm()
    {
        const QByteArray row = R"({"kind":"cpu","month":0,"billingMode":"onDemand","autoRenew":false,"networkStorages":[{"Id":"ns-1"}]})";
        const Result<BatchTable> table = readBatchTable(row, model());
        QVERIFY(table.ok());
        QCOMPARE(table->problems(), QStringList());
        QCOMPARE(table->drafts().first().mounts.first().mountPoint, QStringLiteral("/network"));
    }
    void aPasswordIsNotTaken()
    {
        const Result<BatchTable> table = readBatchTable(R"([{"name":"box","imageAuth":"joe:planted"}])", model());
        QVERIFY(table.ok());
        QCOMPARE(table->problems().size(), 1);
        QVERIFY(table->problems().first().contains(QLatin1String("imageAuthId")));
        QVERIFY(!table->problems().first().contains(QLatin1String("planted")));
    }

    void aJudgeOfTheCallersDecides()
    {
        const Result<BatchTable> table = readBatchTable("name\nbox\n", model(), [](const InstanceDraft &) { return QStringList{QStringLiteral("no.")}; });
        QCOMPARE(table->problems(), QStringList{QStringLiteral("Row 1 (line 2): no.")});
    }

    void aSecretIsNotRepeatedInAProblem()
    {
        const Result<BatchTable> table = readBatchTable("name,envs\nbox,sk_planted_secret\n", model());
        QVERIFY(table.ok());
        QCOMPARE(table->problems().size(), 1);
        QVERIFY(!table->problems().first().contains(QLatin1String("planted")));
    }

    void whatIsNoTable_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blank") << QByteArray(" \n\n");
        QTest::newRow("header only") << QByteArray("name,gpuNum\n");
        QTest::newRow("twice") << QByteArray("name,name\na,b\n");
        QTest::newRow("binary") << QByteArray("name\n\x00\x01", 7);
        QTest::newRow("not utf-8") << QByteArray("name\n\xff\xfe\n");
        QTest::newRow("broken json") << QByteArray("[{\"name\": }]");
        QTest::newRow("no rows") << QByteArray("[]");
        QTest::newRow("too many rows") << "name\n" + QByteArray("x\n").repeated(1001);
        QTest::newRow("too large") << QByteArray(2 * 1024 * 1024, 'x');
        QTest::newRow("open quote") << QByteArray("name\n\"x\n");
    }
    void whatIsNoTable()
    {
        QFETCH(QByteArray, bytes);
        const Result<BatchTable> table = readBatchTable(bytes, model());
        QVERIFY(!table.ok());
        QCOMPARE(table.error().kind, ErrorKind::Validation);
        QVERIFY(!table.error().message.isEmpty());
    }

    /// Whatever comes: an answer, within bounds.
    void noiseDoesNoHarm()
    {
        std::mt19937 random(11);
        const QByteArray alphabet = "name,gpuNum;\"\n\r[]{}:\\u1/=x ";
        for (int round = 0; round < 3000; ++round) {
            QByteArray noise;
            const auto length = random() % 120;
            for (std::size_t i = 0; i < length; ++i)
                noise.append(alphabet.at(qsizetype(random() % std::size_t(alphabet.size()))));
            const Result<BatchTable> table = readBatchTable(noise, model());
            if (table)
                QVERIFY(!table->drafts().isEmpty() && table->problems().size() <= 100);
            else
                QVERIFY(!table.error().message.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestBatchTable)
#include "tst_batchtable.moc"
