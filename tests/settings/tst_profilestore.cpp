// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/profilestore.h"

#include "core/settings/settingskeys.h"
#include "tests/support/tempsettings.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

Profile named(const QString &name)
{
    Profile profile;
    profile.name = name;
    return profile;
}

QByteArray fileContent(const TempSettings &settings)
{
    QFile file(settings.filePath());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestProfileStore : public QObject
{
    Q_OBJECT

private slots:
    void acceptsAndCleansApiRoots_data();
    void acceptsAndCleansApiRoots();
    void refusesApiRoots_data();
    void refusesApiRoots();
    void keepsProfilesOverARestart();
    void anotherOriginGetsAnotherSecretName();
    void refusesBadProfiles();
    void switchesTheSettings();
    void transientIsNotWritten();
    void removingTheActiveOneLeavesNone();
    void keepsUnusableEntries();
};

void TestProfileStore::acceptsAndCleansApiRoots_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("root");
    const auto row = [](const QString &text, const QString &root) { QTest::newRow(qPrintable(text)) << text << root; };
    row(u"https://api.novita.ai"_s, u"https://api.novita.ai"_s);
    row(u"  https://api.novita.ai/ "_s, u"https://api.novita.ai"_s);
    row(u"https://api.novita.ai/gpu-instance/openapi"_s, u"https://api.novita.ai"_s);
    row(u"https://api.novita.ai/gpu-instance/openapi//"_s, u"https://api.novita.ai"_s);
    row(u"HTTPS://API.Novita.AI"_s, u"https://api.novita.ai"_s);
    row(u"https://proxy.example:8443/novita/gpu-instance/openapi/"_s, u"https://proxy.example:8443/novita"_s);
    row(u"http://127.0.0.1:9999"_s, u"http://127.0.0.1:9999"_s);
    row(u"http://127.9.9.9:1"_s, u"http://127.9.9.9:1"_s);
    row(u"http://localhost:8080/"_s, u"http://localhost:8080"_s);
    row(u"http://[::1]:8080"_s, u"http://[::1]:8080"_s);
}

void TestProfileStore::acceptsAndCleansApiRoots()
{
    QFETCH(QString, text);
    QFETCH(QString, root);
    const Result<QUrl> result = ProfileStore::validateApiRoot(text);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QCOMPARE(result.value().toString(), root);
}

void TestProfileStore::refusesApiRoots_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const QString &text, const QString &reason) { QTest::newRow(qPrintable(text.left(60))) << text << reason; };
    row(QString(), u"Enter the address"_s);
    row(u"api.novita.ai"_s, u"begins with https"_s);
    row(u"http://api.novita.ai"_s, u"unprotected"_s);
    row(u"http://127.0.0.1.evil.example"_s, u"unprotected"_s);
    row(u"http://localhost.evil.example"_s, u"unprotected"_s);
    row(u"http://128.0.0.1"_s, u"unprotected"_s);
    row(u"ftp://api.novita.ai"_s, u"not ftp://"_s);
    row(u"file:///etc/passwd"_s, u"not file://"_s);
    row(u"javascript://x/%0Aalert(1)"_s, u"not javascript://"_s);
    row(u"https://"_s, u"host"_s);
    row(u"https://robot@api.novita.ai"_s, u"user name"_s);
    row(u"https://robot:pw@api.novita.ai"_s, u"user name"_s);
    row(u"https://@api.novita.ai"_s, u"user name"_s);
    row(u"https://api.novita.ai?key=x"_s, u"query"_s);
    row(u"https://api.novita.ai#x"_s, u"fragment"_s);
    row(u"https://api.novita.ai:0"_s, u"Port 0"_s);
    row(u"https://api.novita.ai:99999"_s, u"not a valid"_s);
    row(u"https://api novita.ai"_s, u"not a valid"_s);
    row(u"https://"_s + QString(3000, u'a'), u"too long"_s);
}

void TestProfileStore::refusesApiRoots()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const Result<QUrl> result = ProfileStore::validateApiRoot(text);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Validation);
    QVERIFY2(result.error().message.contains(reason), qPrintable(result.error().message));
}

void TestProfileStore::keepsProfilesOverARestart()
{
    TempSettings settings;
    ProfileId id;
    {
        ProfileStore store(*settings);
        QSignalSpy changed(&store, &ProfileStore::profilesChanged);
        Profile profile = named(u"  Team   A "_s);
        profile.apiRoot = QUrl(u"https://api.novita.ai/gpu-instance/openapi/"_s);
        profile.production = true;
        const auto saved = store.save(profile);
        QVERIFY(saved);
        QCOMPARE(changed.count(), 1);
        id = saved->id;
        QCOMPARE(saved->name, u"Team A"_s);
        QCOMPARE(saved->secretName, u"profile/%1/api-key"_s.arg(id.toString()));
        store.setActive(id);
    }
    settings.reopen();
    ProfileStore store(*settings);
    QCOMPARE(store.all().size(), 1);
    QVERIFY(store.active());
    QCOMPARE(store.active()->id, id);
    QVERIFY(store.active()->production);
    QCOMPARE(store.active()->apiRoot.toString(), u"https://api.novita.ai"_s);
    QVERIFY(store.findByName(u"team a"_s));
}

void TestProfileStore::anotherOriginGetsAnotherSecretName()
{
    TempSettings settings;
    ProfileStore store(*settings);
    const Profile first = store.save(named(u"Main"_s)).value();
    const auto movedTo = [&](const Profile &from, const QString &root) {
        Profile edited = from;
        edited.apiRoot = QUrl(root);
        return store.save(edited).value();
    };
    const Profile samePlace = movedTo(first, u"https://api.novita.ai:443/v2"_s);
    QCOMPARE(samePlace.secretName, first.secretName);
    QStringList names{first.secretName};
    for (const char *root : {"https://api.novita.ai:8443", "https://evil.example:8443", "http://localhost:8443", "https://api.novita.ai"}) {
        const Profile moved = movedTo(first, QString::fromLatin1(root));
        QVERIFY2(!names.contains(moved.secretName), root);
        QVERIFY(moved.secretName.startsWith(u"profile/%1/"_s.arg(first.id.toString())));
        names.append(moved.secretName);
    }
    // An editor that still holds the old name does not bring it back.
    QCOMPARE(store.save(first)->secretName, names.constLast());
}

void TestProfileStore::refusesBadProfiles()
{
    TempSettings settings;
    ProfileStore store(*settings);
    QVERIFY(store.save(named(u"Main"_s)));
    QVERIFY(!store.save(named(u"MAIN"_s)));
    QVERIFY(!store.save(named(u"  "_s)));
    QVERIFY(!store.save(named(QString(61, u'x'))));
    QVERIFY(!store.save(named(u"a\u0007b"_s)));
    Profile badRoot = named(u"Other"_s);
    badRoot.apiRoot = QUrl(u"http://api.novita.ai"_s);
    QVERIFY(!store.save(badRoot));
    Profile badColor = named(u"Other"_s);
    badColor.color = u"#ff0000"_s;
    QVERIFY(!store.save(badColor));
    QCOMPARE(store.all().size(), 1);
}

void TestProfileStore::switchesTheSettings()
{
    TempSettings settings;
    ProfileStore store(*settings);
    const Profile a = store.save(named(u"A"_s)).value();
    const Profile b = store.save(named(u"B"_s)).value();
    QSignalSpy changed(&store, &ProfileStore::activeChanged);
    store.setActive(a.id);
    QVERIFY(settings->setValue(keys::kMaxRetries, 9));
    store.setActive(b.id);
    QCOMPARE(settings->value(keys::kMaxRetries), 3);
    store.setActive(a.id);
    QCOMPARE(settings->value(keys::kMaxRetries), 9);
    QCOMPARE(changed.count(), 3);
    store.setActive(ProfileId(u"nobody"_s));
    QCOMPARE(changed.count(), 3);
}

void TestProfileStore::transientIsNotWritten()
{
    TempSettings settings;
    ProfileStore store(*settings);
    const Profile kept = store.save(named(u"Kept"_s)).value();
    store.setActive(kept.id);
    Profile passing = named(u"from environment"_s);
    passing.apiRoot = QUrl(u"http://127.0.0.1:4242"_s);
    store.setTransient(passing);
    QVERIFY(store.isTransient());
    QCOMPARE(store.active()->name, passing.name);
    QVERIFY(store.find(store.active()->id));
    QCOMPARE(store.all().size(), 1);
    QVERIFY(settings->setValue(keys::kMaxRetries, 8));
    QVERIFY(settings->flush());
    const QByteArray content = fileContent(settings);
    QVERIFY(content.contains("Kept"));
    QVERIFY(!content.contains("127.0.0.1"));
    QVERIFY(!content.contains("from environment"));
    QVERIFY(!content.contains("maxRetries"));
    store.setActive(kept.id);
    QCOMPARE(store.active()->id, kept.id);
    QVERIFY(!store.isTransient());
    QCOMPARE(settings->value(keys::kMaxRetries), 3);
}

void TestProfileStore::removingTheActiveOneLeavesNone()
{
    TempSettings settings;
    ProfileStore store(*settings);
    const Profile a = store.save(named(u"A"_s)).value();
    store.setActive(a.id);
    QVERIFY(settings->setValue(keys::kMaxRetries, 9));
    QSignalSpy changed(&store, &ProfileStore::activeChanged);
    store.remove(a.id);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!store.active());
    QVERIFY(settings->flush());
    QVERIFY(!fileContent(settings).contains("maxRetries"));
}

void TestProfileStore::keepsUnusableEntries()
{
    TempSettings settings;
    settings.reopenWith(R"({"version":1,"profiles":{"active":"zz","list":[
        {"id":"1","name":"Good","apiRoot":"https://api.novita.ai","readOnly":"yes","color":"ultraviolet"},
        {"id":"1","name":"Same id","apiRoot":"https://api.novita.ai"},
        {"id":"2","name":"Bad root","apiRoot":"http://api.novita.ai"}, 17, null]}})");
    ProfileStore store(*settings);
    QCOMPARE(store.all().size(), 1);
    QVERIFY(store.all().first().readOnly);
    QCOMPARE(store.all().first().color, u"blue"_s);
    QVERIFY(!store.active());
    QVERIFY(store.save(named(u"New"_s)));
    QVERIFY(settings->flush());
    QVERIFY(fileContent(settings).contains("Bad root"));
    QVERIFY(fileContent(settings).contains("17"));
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
