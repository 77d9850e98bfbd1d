// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"

#include "core/settings/settingsfile.h"
#include "core/settings/settingskeys.h"
#include "tests/support/tempsettings.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void startsWithDefaults();
    void keepsValuesOverARestart();
    void refusesValuesOutOfRange();
    void readsBadStoredValuesAsDefaults_data();
    void readsBadStoredValuesAsDefaults();
    void takesTheEnvironment_data();
    void takesTheEnvironment();
    void environmentIsNeverWritten();
    void profileScopeFollowsTheProfile();
    void thisRunIsNotWritten();
    void setsABrokenFileAside_data();
    void setsABrokenFileAside();
    void keepsWhatItDoesNotKnow();
    void migratesStepByStep();
    void reportsAWriteFailure();
    void neverOverwritesWhatItCannotRead();
    void fileIsForItsOwnerAlone();
    void listOfKeysIsComplete();
};

void TestSettings::startsWithDefaults()
{
    TempSettings settings;
    QCOMPARE(settings->value(keys::kRequestTimeoutMs), 30000);
    QCOMPARE(settings->origin(keys::kRequestTimeoutMs), SettingOrigin::Default);
    QCOMPARE(settings->value(keys::kColorScheme), u"system"_s);
    QVERIFY(settings->problems().isEmpty());
    QVERIFY(!QFileInfo::exists(settings.filePath()));
}

void TestSettings::keepsValuesOverARestart()
{
    TempSettings settings;
    QSignalSpy changed(&*settings, &Settings::changed);
    QVERIFY(settings->setValue(keys::kRequestTimeoutMs, 45000));
    QVERIFY(settings->setValue(keys::kConfirmStop, false));
    QVERIFY(settings->setValue(keys::kLastPage, u"Instances ☃ \"x\""_s));
    QVERIFY(settings->setValue(keys::kRegionOrder, {u"B"_s, u"A"_s}));
    QCOMPARE(changed.count(), 4);
    QVERIFY(settings->setValue(keys::kRequestTimeoutMs, 45000));
    QCOMPARE(changed.count(), 4);

    settings.reopen();
    QCOMPARE(settings->value(keys::kRequestTimeoutMs), 45000);
    QCOMPARE(settings->origin(keys::kRequestTimeoutMs), SettingOrigin::Stored);
    QCOMPARE(settings->value(keys::kConfirmStop), false);
    QCOMPARE(settings->value(keys::kLastPage), u"Instances ☃ \"x\""_s);
    QCOMPARE(settings->value(keys::kRegionOrder), (QStringList{u"B"_s, u"A"_s}));

    settings->reset(keys::kRequestTimeoutMs);
    settings.reopen();
    QCOMPARE(settings->origin(keys::kRequestTimeoutMs), SettingOrigin::Default);
}

void TestSettings::refusesValuesOutOfRange()
{
    TempSettings settings;
    const auto low = settings->setValue(keys::kRequestTimeoutMs, 4999);
    QVERIFY(!low);
    QCOMPARE(low.error().kind, ErrorKind::Validation);
    QVERIFY2(low.error().message.contains(u"5000 to 120000"), qPrintable(low.error().message));
    QVERIFY(!settings->setValue(keys::kColorScheme, u"pink"_s));
    QVERIFY(!settings->setValue(keys::kDefaultRegion, u"a b"_s));
    QVERIFY(!settings->setValue(keys::kProxyUrl, u"http://me:PLANTED@proxy.example:3128"_s));
    QVERIFY(!settings->setValue(keys::kProxyUrl, u"me:PLANTED@proxy"_s));
    QVERIFY(settings->setValue(keys::kProxyUrl, u"http://me@proxy.example:3128"_s));
    QVERIFY(!settings->setValue(keys::kDefaultRegion, QString(65, u'a')));
    QVERIFY(settings->setValue(keys::kDefaultRegion, QString(64, u'a')));
    QVERIFY(!settings->setValue(keys::kPageState, QString(300 * 1024, u'a')));
    QCOMPARE(settings->value(keys::kRequestTimeoutMs), 30000);
}

void TestSettings::readsBadStoredValuesAsDefaults_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("text") << QByteArray("\"fast\"");
    QTest::newRow("too large") << QByteArray("121000");
    QTest::newRow("beyond int") << QByteArray("1e300");
    QTest::newRow("fraction") << QByteArray("30000.5");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("array") << QByteArray("[1]");
}

void TestSettings::readsBadStoredValuesAsDefaults()
{
    QFETCH(QByteArray, value);
    TempSettings settings;
    settings.reopenWith("{\"version\":1,\"profile\":{\"\":{\"network/requestTimeoutMs\":" + value + "}}}");
    QCOMPARE(settings->value(keys::kRequestTimeoutMs), 30000);
    QCOMPARE(settings->origin(keys::kRequestTimeoutMs), SettingOrigin::Default);
    QCOMPARE(settings->problems().size(), 1);
    QCOMPARE(settings->problems().first().name, u"network/requestTimeoutMs"_s);
}

void TestSettings::takesTheEnvironment_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");   // of the key that the variable belongs to
    QTest::addColumn<QString>("problem"); // part of the sentence; empty = none
    const auto row = [](const QString &variable, const QString &text, const QString &value, const QString &problem = {}) {
        QTest::newRow(qPrintable(variable + u'=' + text)) << variable << text << value << problem;
    };
    row(u"INSTANCE_POLL_INTERVAL"_s, u"30"_s, u"30000"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"300"_s, u"300000"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"1000"_s, u"1000"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"5000"_s, u"5000"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"301"_s, u"5000"_s, u"INSTANCE_POLL_INTERVAL=301 is not"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"999"_s, u"5000"_s, u"up to 300"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"0"_s, u"5000"_s, u"=0 is not"_s);
    row(u"INSTANCE_POLL_INTERVAL"_s, u"-5"_s, u"5000"_s, u"=-5 is not"_s);
    row(u"INSTANCE_STARTUP_TIMEOUT"_s, u"60000"_s, u"60000"_s);
    row(u"INSTANCE_STARTUP_TIMEOUT"_s, u"59999"_s, u"600000"_s, u"60000 to 1800000 (ms)"_s);
    row(u"REQUEST_TIMEOUT"_s, u" 5000 "_s, u"5000"_s);
    row(u"REQUEST_TIMEOUT"_s, u"abc"_s, u"30000"_s, u"REQUEST_TIMEOUT=abc is not a number from 5000 to 120000 (ms); 30000 is used."_s);
    row(u"REQUEST_TIMEOUT"_s, u"99999999999999999999"_s, u"30000"_s, u"is not a number"_s);
    row(u"REQUEST_TIMEOUT"_s, QString(), u"30000"_s);
    row(u"MAX_RETRY_ATTEMPTS"_s, u"10"_s, u"10"_s);
    row(u"MAX_RETRY_ATTEMPTS"_s, u"11"_s, u"3"_s, u"0 to 10"_s);
    row(u"DEFAULT_REGION"_s, u"CN-HK-01"_s, u"CN-HK-01"_s);
    row(u"DEFAULT_REGION"_s, u"a;b"_s, QString(), u"letters, digits and hyphens; the default is used"_s);
    row(u"LOG_LEVEL"_s, u"DEBUG"_s, u"debug"_s);
    row(u"LOG_LEVEL"_s, u"loud"_s, u"info"_s, u"one of error, warn, info, debug"_s);
    row(u"LOG_FORMAT"_s, u"text"_s, u"text"_s);
    row(u"LOG_FORMAT"_s, u"xml"_s, u"json"_s, u"LOG_FORMAT=xml"_s);
}

void TestSettings::takesTheEnvironment()
{
    QFETCH(QString, variable);
    QFETCH(QString, text);
    QFETCH(QString, value);
    QFETCH(QString, problem);
    QProcessEnvironment environment;
    environment.insert(variable, text);
    TempSettings settings(environment);
    QString seen;
    SettingOrigin origin = SettingOrigin::Stored;
    keys::forEach([&](const auto &key) {
        if (key.environment != variable)
            return;
        origin = settings->origin(key);
        seen = QVariant(settings->value(key)).toString();
    });
    QCOMPARE(seen, value);
    QCOMPARE(origin, problem.isEmpty() && !text.isEmpty() ? SettingOrigin::Environment : SettingOrigin::Default);
    QCOMPARE(settings->problems().size(), problem.isEmpty() ? 0 : 1);
    if (!problem.isEmpty())
        QVERIFY2(settings->problems().first().message.contains(problem), qPrintable(settings->problems().first().message));
}

void TestSettings::environmentIsNeverWritten()
{
    QProcessEnvironment environment;
    environment.insert(u"REQUEST_TIMEOUT"_s, u"7777"_s);
    TempSettings settings(environment);
    QSignalSpy changed(&*settings, &Settings::changed);
    QVERIFY(settings->setValue(keys::kRequestTimeoutMs, 45000));
    QCOMPARE(settings->value(keys::kRequestTimeoutMs), 7777);
    QCOMPARE(changed.count(), 0);
    QVERIFY(settings->flush());
    QFile file(settings.filePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    QVERIFY(content.contains("45000"));
    QVERIFY(!content.contains("7777"));
}

void TestSettings::profileScopeFollowsTheProfile()
{
    TempSettings settings;
    settings->setActiveProfile(u"a"_s);
    QVERIFY(settings->setValue(keys::kMaxRetries, 7));
    QVERIFY(settings->setValue(keys::kTextSizePercent, 120));
    QSignalSpy changed(&*settings, &Settings::changed);
    settings->setActiveProfile(u"b"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toString(), QString(keys::kMaxRetries.name));
    QCOMPARE(settings->value(keys::kMaxRetries), 3);
    QCOMPARE(settings->value(keys::kTextSizePercent), 120);
    settings->setActiveProfile(u"a"_s);
    QCOMPARE(settings->value(keys::kMaxRetries), 7);
}

void TestSettings::thisRunIsNotWritten()
{
    TempSettings settings;
    settings->setActiveProfile(u"passing"_s, Settings::Lifetime::ThisRun);
    QVERIFY(settings->setValue(keys::kMaxRetries, 7));
    QCOMPARE(settings->value(keys::kMaxRetries), 7);
    settings.reopen();
    settings->setActiveProfile(u"passing"_s);
    QCOMPARE(settings->value(keys::kMaxRetries), 3);
}

void TestSettings::setsABrokenFileAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("cut short") << QByteArray("{\"version\":1,\"user\":{");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("binary") << QByteArray("\0\xff\x01\x02", 4);
    QTest::newRow("an array") << QByteArray("[1,2]");
    QTest::newRow("too large") << QByteArray(5 * 1024 * 1024, ' ') + "{}";
    QTest::newRow("too deep") << QByteArray("{\"a\":") + QByteArray(2000, '[') + QByteArray(2000, ']') + "}";
}

void TestSettings::setsABrokenFileAside()
{
    QFETCH(QByteArray, content);
    TempSettings settings;
    settings.reopenWith(content);
    QCOMPARE(settings->value(keys::kMaxRetries), 3);
    QCOMPARE(settings->problems().size(), 1);
    const QStringList aside = QDir(settings.directory()).entryList({u"settings.json.broken-*"_s});
    QCOMPARE(aside.size(), 1);
    QFile file(settings.directory() + u'/' + aside.first());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
    QVERIFY(settings->setValue(keys::kMaxRetries, 4));
    QCOMPARE(settings.reopen().value(keys::kMaxRetries), 4);
}

void TestSettings::keepsWhatItDoesNotKnow()
{
    TempSettings settings;
    settings.reopenWith(R"({"version":9,"later":{"x":1},"user":{"later/key":[1,2]}})");
    QVERIFY(settings->setValue(keys::kTextSizePercent, 110));
    QVERIFY(settings->flush());
    QFile file(settings.filePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject document = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(document.value(u"version"_s).toInt(), 9);
    QVERIFY(document.value(u"later"_s).isObject());
    QVERIFY(document.value(u"user"_s).toObject().contains(u"later/key"_s));
    QCOMPARE(document.value(u"user"_s).toObject().value(u"appearance/textSizePercent"_s).toInt(), 110);
}

void TestSettings::migratesStepByStep()
{
    const QList<SettingsMigration> steps{
        {1, [](QJsonObject &document) { document.insert(u"log"_s, document.value(u"log"_s).toString() + u"1"_s); }},
        {2, [](QJsonObject &document) { document.insert(u"log"_s, document.value(u"log"_s).toString() + u"2"_s); }},
    };
    QJsonObject old{{u"version"_s, 1}};
    QCOMPARE(migrateSettings(old, steps), 3);
    QCOMPARE(old.value(u"log"_s).toString(), u"12"_s);
    QCOMPARE(old.value(u"version"_s).toInt(), 3);
    QJsonObject half{{u"version"_s, 2}};
    QCOMPARE(migrateSettings(half, steps), 3);
    QCOMPARE(half.value(u"log"_s).toString(), u"2"_s);

    QJsonObject byHand{{u"user"_s, QJsonObject{{u"a"_s, 1}}}, {u"profile"_s, 3}, {u"noise"_s, true}};
    QCOMPARE(migrateSettings(byHand, settingsMigrations()), 1);
    QCOMPARE(byHand.keys(), (QStringList{u"user"_s, u"version"_s}));
}

void TestSettings::reportsAWriteFailure()
{
    TempSettings settings;
    QSignalSpy failed(&*settings, &Settings::writeFailed);
    QVERIFY(settings->setValue(keys::kMaxRetries, 4));
    // A directory in the file's place is refused for every user, root included.
    QVERIFY(QDir().mkpath(settings.filePath() + u"/x"_s));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY2(failed.first().first().toString().contains(u"could not be saved"), qPrintable(failed.first().first().toString()));
    QCOMPARE(settings->value(keys::kMaxRetries), 4);
    QVERIFY(QDir(settings.filePath()).removeRecursively());
    QVERIFY(settings->flush());
    QCOMPARE(settings.reopen().value(keys::kMaxRetries), 4);
}

void TestSettings::neverOverwritesWhatItCannotRead()
{
    TempSettings settings;
    QVERIFY(QDir().mkpath(settings.filePath() + u"/x"_s));
    settings.reopen();
    QCOMPARE(settings->problems().size(), 1);
    QVERIFY(settings->setValue(keys::kMaxRetries, 4));
    const auto result = settings->flush();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Storage);
    QVERIFY(QFileInfo(settings.filePath() + u"/x"_s).isDir());
}

void TestSettings::fileIsForItsOwnerAlone()
{
    TempSettings settings;
    QVERIFY(settings->setValue(keys::kMaxRetries, 4));
    QVERIFY(settings->flush());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(settings.filePath()) & others));
}

void TestSettings::listOfKeysIsComplete()
{
    QFile header(QStringLiteral(NOVITA_SOURCE_DIR "/core/settings/settingskeys.h"));
    QVERIFY(header.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(header.readAll());
    auto found = QRegularExpression(u"inline const SettingKey<"_s).globalMatch(text);
    int declared = 0;
    for (; found.hasNext(); found.next())
        ++declared;
    QCOMPARE(int(std::tuple_size_v<decltype(keys::kAll)>), declared);
    QSet<QString> names;
    keys::forEach([&](const auto &key) { names.insert(key.name); });
    QCOMPARE(names.size(), declared);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
