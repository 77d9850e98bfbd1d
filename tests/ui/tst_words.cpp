// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clientstatus.h"
#include "tests/support/fakeclock.h"
#include "ui/costs/costwords.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/fuzzymatch.h"
#include "ui/settings/settingnumber.h"
#include "ui/statustext.h"

#include <QJsonObject>
#include <QLocale>
#include <QTextDocument>
#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

class TestWords final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanup() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void tooltipsAreNeverHtml()
    {
        QCOMPARE(format::toolTip(QString()), QString());
        QCOMPARE(format::toolTip(QStringLiteral("a & <b>b</b>\n\"c\"")), QStringLiteral("<p>a &amp; &lt;b&gt;b&lt;/b&gt; &quot;c&quot;</p>"));
        QVERIFY(format::toolTip(QString(100000, QLatin1Char('<'))).size() < 5000);
        QVERIFY(!Qt::mightBeRichText(format::actionTip(QStringLiteral("used by <b>b</b>"))));
        QCOMPARE(format::actionTip(QStringLiteral("used by a & b")), QStringLiteral("used by a & b"));
    }

    void aBalanceSaysWhenItWasRead()
    {
        Balance balance;
        balance.available = Money::fromPriceUnits(21240000);
        const FakeClock clock;
        const costwords::Facts facts = costwords::balanceFacts(balance, clock.now() - 3h, FleetNumbers(), clock.now());
        QCOMPARE(facts.first().second, QStringLiteral("3 h old"));
        QCOMPARE(costwords::balanceFacts(balance, std::nullopt, FleetNumbers(), clock.now()).first().second, QStringLiteral("never read"));
    }

    void money()
    {
        QCOMPARE(format::money(Money::fromPriceUnits(35000)), QStringLiteral("$0.35"));
        QCOMPARE(format::money(Money::fromPriceUnits(12)), QStringLiteral("$0.00012"));
        QCOMPARE(format::money(Money::fromPriceUnits(123456700000)), QStringLiteral("$1,234,567.00"));
        QCOMPARE(format::money(Money::fromPriceUnits(-150000)), QStringLiteral("−$1.50"));
        QCOMPARE(format::money(std::nullopt), QStringLiteral("–"));
        QCOMPARE(format::balance(Money::fromPriceUnits(493343999)), QStringLiteral("$4,933.43"));
        QCOMPARE(format::balance(Money::fromPriceUnits(-1)), QStringLiteral("−$0.01"));
        // Sums are of cents, but for what is less than one.
        QCOMPARE(format::sum(Money::fromPriceUnits(1369583)), QStringLiteral("$13.70"));
        QCOMPARE(format::sum(Money::fromPriceUnits(1369499)), QStringLiteral("$13.69"));
        QCOMPARE(format::sum(Money::fromPriceUnits(-1369583)), QStringLiteral("−$13.70"));
        QCOMPARE(format::sum(Money::fromPriceUnits(12)), QStringLiteral("$0.00012"));
        QCOMPARE(format::sumPerHour(Money()), QStringLiteral("$0.00/h"));
        QCOMPARE(format::sum(std::nullopt), QStringLiteral("–"));
        QCOMPARE(format::pricePerHour(Money::fromPriceUnits(35000)), QStringLiteral("$0.35/h"));
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(format::money(Money::fromPriceUnits(123450000)), QStringLiteral("$1.234,50"));
    }

    void typedNumbers_data()
    {
        using Problem = settingnumber::Typed::Problem;
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("scale");
        QTest::addColumn<Problem>("problem");
        QTest::addColumn<int>("kept");
        QTest::newRow("tenths") << u"16.1"_qs << 1000 << Problem::None << 16100;
        QTest::newRow("more tenths") << u" 7.2 "_qs << 1000 << Problem::None << 7200;
        QTest::newRow("milliseconds") << u"5.001"_qs << 1000 << Problem::None << 5001;
        QTest::newRow("finer than kept") << u"5.0001"_qs << 1000 << Problem::NotANumber << 0;
        QTest::newRow("part of a whole") << u"7000.5"_qs << 1 << Problem::NotANumber << 0;
        QTest::newRow("least") << u"5"_qs << 1000 << Problem::None << 5000;
        QTest::newRow("below") << u"4.999"_qs << 1000 << Problem::OutOfRange << 0;
        QTest::newRow("most") << u"120"_qs << 1000 << Problem::None << 120000;
        QTest::newRow("above") << u"120.001"_qs << 1000 << Problem::OutOfRange << 0;
        QTest::newRow("no int") << u"1e30"_qs << 1000 << Problem::OutOfRange << 0;
        QTest::newRow("no int below") << u"-1e30"_qs << 1 << Problem::OutOfRange << 0;
        QTest::newRow("no double") << u"1e999"_qs << 1 << Problem::NotANumber << 0;
        QTest::newRow("infinite") << u"inf"_qs << 1000 << Problem::NotANumber << 0;
        QTest::newRow("infinite below") << u"-inf"_qs << 1000 << Problem::NotANumber << 0;
        QTest::newRow("nan") << u"nan"_qs << 1000 << Problem::NotANumber << 0;
        QTest::newRow("words") << u"soon"_qs << 1000 << Problem::NotANumber << 0;
        QTest::newRow("nothing") << QString() << 1 << Problem::NotANumber << 0;
    }
    void typedNumbers()
    {
        QFETCH(QString, typed);
        QFETCH(int, scale);
        QFETCH(settingnumber::Typed::Problem, problem);
        QFETCH(int, kept);
        const settingnumber::Typed read = settingnumber::read(typed, scale, 5000, 120000);
        QCOMPARE(read.problem, problem);
        QCOMPARE(read.value, kept);
    }

    void shownNumbersReadBack()
    {
        QCOMPARE(settingnumber::text(7200, 1000, QLocale()), u"7.2"_qs);
        QCOMPARE(settingnumber::text(16100, 1000, QLocale()), u"16.1"_qs);
        QCOMPARE(settingnumber::text(3600000, 1000, QLocale()), u"3,600"_qs);
        QCOMPARE(settingnumber::text(100000000, 1, QLocale::c()), u"100000000"_qs);
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(settingnumber::text(7200, 1000, QLocale()), u"7,2"_qs);
        QCOMPARE(settingnumber::read(u"7,2"_qs, 1000, 0, 10000).value, 7200);
        QCOMPARE(settingnumber::read(u"7.2"_qs, 1000, 0, 10000).value, 7200);
        for (int ms = 1; ms < 100000; ms += 7)
            QCOMPARE(settingnumber::read(settingnumber::text(ms, 1000, QLocale()), 1000, 0, 100000).value, ms);
    }

    void durations()
    {
        QCOMPARE(format::duration(12s), QStringLiteral("12 s"));
        QCOMPARE(format::duration(-5s), QStringLiteral("0 s"));
        QCOMPARE(format::duration(48min + 59s), QStringLiteral("48 min"));
        QCOMPARE(format::duration(3h + 22min), QStringLiteral("3 h 22 m"));
        QCOMPARE(format::duration(24h), QStringLiteral("1 d"));
        QCOMPARE(format::duration(52h), QStringLiteral("2 d 4 h"));
        const FakeClock clock;
        QCOMPARE(format::age(std::nullopt, clock.now()), QStringLiteral("never read"));
        QCOMPARE(format::age(clock.now() + 5s, clock.now()), QStringLiteral("just now"));
        QCOMPARE(format::age(clock.now() - 3s, clock.now()), QStringLiteral("3 s old"));
    }

    void sizes()
    {
        QCOMPARE(format::bytes(999), QStringLiteral("999 B"));
        QCOMPARE(format::bytes(12400), QStringLiteral("12.4 kB"));
        QCOMPARE(format::bytes(999999), QStringLiteral("1.0 MB"));
        QCOMPARE(format::gigabytes(60), QStringLiteral("60 GB"));
        QCOMPARE(format::gigabytes(std::nullopt), QStringLiteral("–"));
        QCOMPARE(format::milliseconds(84ms), QStringLiteral("84 ms"));
        QCOMPARE(format::milliseconds(1200ms), QStringLiteral("1.20 s"));
    }

    void everyErrorHasASentence()
    {
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Keychain); ++kind) {
            Error error = Error::make(static_cast<ErrorKind>(kind), QStringLiteral("why"));
            error.correlationId = QStringLiteral("cid-1");
            const ErrorText text = errorText(error);
            QVERIFY2(text.sentence.endsWith(QLatin1Char('.')) || text.sentence.endsWith(QLatin1Char('?')) || text.sentence.contains(QStringLiteral("why")),
                     qPrintable(text.sentence));
            QVERIFY(text.details.contains(QStringLiteral("cid-1")));
            const bool silent = text.remedy == ErrorRemedy::None || text.remedy == ErrorRemedy::Wait;
            QCOMPARE(text.remedyLabel.isEmpty(), silent);
        }
    }

    void answersThatCannotBeUsedAreToldApart()
    {
        QStringList sentences;
        for (const ProtocolFault fault : {ProtocolFault::Unreadable, ProtocolFault::TooLarge, ProtocolFault::TooDeep, ProtocolFault::Redirect})
            sentences.append(errorText(Error::protocol(fault, QStringLiteral("why"))).sentence);
        QCOMPARE(sentences.removeDuplicates(), 0);
        QVERIFY(sentences.at(1).contains(QLatin1String("larger")));
        QVERIFY(sentences.at(2).contains(QLatin1String("deeply")));
        QVERIFY(sentences.at(3).contains(QLatin1String("another address")));
        QCOMPARE(errorText(Error::protocol(ProtocolFault::Redirect, {})).remedy, ErrorRemedy::OpenProfiles);
    }

    /// No service had a part in it, so none is said to have said it.
    void errorsOfThisProgramAreToldAsSuch()
    {
        const QString own = QStringLiteral("The list cannot be read.");
        for (const ErrorKind kind : {ErrorKind::Validation, ErrorKind::Protocol, ErrorKind::Storage, ErrorKind::NotFound, ErrorKind::Conflict})
            QCOMPARE(errorText(Error::make(kind, own)).sentence, own);
        QCOMPARE(errorText(Error::make(ErrorKind::Validation, QStringLiteral("No proxy"))).sentence, QStringLiteral("No proxy."));
        QCOMPARE(errorText(Error::make(ErrorKind::Storage, QStringLiteral("Permission denied"))).sentence,
                 QStringLiteral("The file could not be read or written: Permission denied."));
        const Error keyless = Error::make(ErrorKind::Unauthorized, QStringLiteral("No API key is set."));
        QCOMPARE(errorText(keyless).sentence, keyless.message);
        QCOMPARE(errorText(keyless).remedy, ErrorRemedy::OpenProfiles);
        Error refused = Error::make(ErrorKind::Validation, QStringLiteral("bad width."));
        refused.httpStatus = 400;
        QVERIFY(errorText(refused).sentence.contains(QStringLiteral("The service says: bad width.")));
        Error answered = Error::protocol(ProtocolFault::TooLarge, QStringLiteral("Too much."));
        answered.correlationId = QStringLiteral("cid-1");
        QVERIFY(errorText(answered).sentence.contains(QStringLiteral("answer of the service")));
    }

    void quotaErrorsAreToldApart()
    {
        Error error = Error::make(ErrorKind::Quota, QStringLiteral("no"));
        error.apiReason = QStringLiteral("BALANCE_NOT_ENOUGH");
        QCOMPARE(errorText(error).remedy, ErrorRemedy::TopUp);
        error.apiReason = QStringLiteral("INSUFFICIENT_RESOURCE");
        QCOMPARE(errorText(error).remedy, ErrorRemedy::ChooseAnotherProduct);
        error.effectUnknown = true;
        QVERIFY(errorText(error).sentence.contains(QStringLiteral("not known whether")));
    }

    /// No other product can be chosen for an instance that is there: what can be done is to ask again, or to move it.
    void capacityForAnActionIsAskedForAgain()
    {
        Error error = Error::make(ErrorKind::Quota, QStringLiteral("no"));
        error.apiReason = QStringLiteral("INSUFFICIENT_RESOURCE");
        const ErrorText start = actionErrorText(error);
        QCOMPARE(start.remedy, ErrorRemedy::Retry);
        QVERIFY(!start.remedyLabel.isEmpty());
        QVERIFY2(start.sentence.contains(QStringLiteral("migrate")), qPrintable(start.sentence));
        QCOMPARE(start.details, errorText(error).details);
        error.apiReason = QStringLiteral("MIGRATE_INSUFFICIENT_RESOURCE");
        QVERIFY(!actionErrorText(error).sentence.contains(QStringLiteral("migrate it")));
        error.effectUnknown = true;
        QVERIFY(actionErrorText(error).sentence.contains(QStringLiteral("not known whether")));
        error = Error::make(ErrorKind::Quota, QStringLiteral("no"));
        error.apiReason = QStringLiteral("BALANCE_NOT_ENOUGH");
        QCOMPARE(actionErrorText(error).remedy, ErrorRemedy::TopUp);
    }

    void statusBarCountsDown()
    {
        const FakeClock clock;
        StatusInput in;
        in.now = clock.now();
        in.profileName = QStringLiteral("staging");
        in.keySource = KeySource::Environment;
        in.connection = ConnectionState::Connected;
        in.client.limiterUsed = 12;
        in.client.queued = 3;
        in.client.inFlight = 1;
        StatusTexts texts = statusTexts(in);
        QCOMPARE(texts.profile.text, QStringLiteral("staging (key from environment)"));
        QCOMPARE(texts.connection.text, QStringLiteral("Connected"));
        QCOMPARE(texts.queue.text, QStringLiteral("queue 4"));
        QCOMPARE(texts.limiter.text, QStringLiteral("12/100 req/min"));
        QCOMPARE(texts.limiter.name, QStringLiteral("12 of 100 requests per minute used"));
        QVERIFY(texts.limiter.tip.startsWith(QStringLiteral("12 of the 100 requests that are allowed")));
        QCOMPARE(texts.breaker.text, QStringLiteral("breaker closed"));
        QVERIFY(!texts.offerTryNow);
        QVERIFY(texts.balance.text.isEmpty());
        QCOMPARE(texts.data.text, QStringLiteral("data never read"));
        QCOMPARE(texts.receiver.text, QStringLiteral("receiver off"));
        QVERIFY(!texts.receiver.dot);

        in.client.breaker = BreakerState::Open;
        in.client.breakerRetryAt = in.now + 41500ms;
        in.client.pausedUntil = in.now + 30s;
        in.fleet.burnPerHour = Money::fromPriceUnits(421000);
        in.fleet.unpriced = 1;
        in.balance = Money::fromPriceUnits(21240000);
        in.fleet.balanceLasts = Milliseconds(50h);
        texts = statusTexts(in);
        QCOMPARE(texts.breaker.text, QStringLiteral("breaker open"));
        QVERIFY(texts.offerTryNow);
        QCOMPARE(texts.connection.text, QStringLiteral("The service asked for a pause, 30 s"));
        in.client.pausedUntil.reset();
        QCOMPARE(statusTexts(in).connection.text, QStringLiteral("The service does not answer: next try in 42 s"));
        QCOMPARE(texts.burn.text, QStringLiteral("at least $4.21/h burning"));
        QVERIFY2(texts.balance.text.startsWith(QStringLiteral("balance $212.40, ends ")), qPrintable(texts.balance.text));
        in.fleet.balanceLasts = Milliseconds(400h);
        QCOMPARE(statusTexts(in).balance.text, QStringLiteral("balance $212.40, ends in 16 d 16 h"));
        in.balance = Money();
        QCOMPARE(statusTexts(in).balance.tone, StateTone::Bad);
    }

    void statusBarSaysHowTheReceiverDoes()
    {
        using State = WebhookStatus::State;
        StatusInput in;
        in.receiver.sentence = QStringLiteral("Webhooks are not received: the port is taken.");
        QStringList words;
        for (const State state : {State::Off, State::NeedsSecret, State::Starting, State::Failed}) {
            in.receiver.state = state;
            const StatusPart part = statusTexts(in).receiver;
            QCOMPARE(part.tip, in.receiver.sentence);
            QCOMPARE(part.dot, state != State::Off);
            words.append(part.text);
        }
        QCOMPARE(statusTexts(in).receiver.tone, StateTone::Bad);
        in.receiver.state = State::Listening;
        in.receiver.port = 8787;
        QCOMPARE(statusTexts(in).receiver.text, QStringLiteral("receiver on"));
        QVERIFY(statusTexts(in).receiver.name.contains(QStringLiteral("8787")));
        QCOMPARE(statusTexts(in).receiver.tone, StateTone::Good);
        in.receiver.storeNotice = QStringLiteral("The disk is full: webhook deliveries may be refused.");
        QCOMPARE(statusTexts(in).receiver.tone, StateTone::Bad);
        QCOMPARE(statusTexts(in).receiver.tip, in.receiver.storeNotice);
        words.append(statusTexts(in).receiver.text);
        words.removeDuplicates();
        QCOMPARE(words.size(), 5);
    }

    void statusBarSaysWhyActionsWait()
    {
        const FakeClock clock;
        StatusInput in;
        in.now = clock.now();
        in.connection = ConnectionState::Connected;
        const auto words = [&in] { return statusTexts(in).connection.text; };
        in.client.queued = 5;
        in.client.waitReason = WaitReason::Slots;
        QCOMPARE(words(), QStringLiteral("Connected"));
        in.client.waitReason = WaitReason::RateLimit;
        in.client.waitUntil = in.now + 11200ms;
        in.client.queuedForUser = 3;
        // Without a translation file the plural form stays as it is written.
        QCOMPARE(words(), QStringLiteral("Rate limit: 3 action(s) wait, 12 s"));
        QCOMPARE(statusTexts(in).connection.tone, StateTone::Warn);
        in.client.queuedForUser = 0;
        QCOMPARE(words(), QStringLiteral("Rate limit: 5 request(s) wait, 12 s"));
        in.client.queuedForUser = 2;
        in.client.waitReason = WaitReason::Pause;
        in.client.pausedUntil = in.now + 30s;
        QCOMPARE(words(), QStringLiteral("The service asked for a pause: 2 action(s) wait, 30 s"));
        in.now += 31s;
        QCOMPARE(words(), QStringLiteral("Connected"));
        in.client.waitReason = WaitReason::Retry;
        in.client.waitUntil = in.now + 4s;
        QCOMPARE(words(), QStringLiteral("2 action(s) will be tried again in 4 s"));
        in.client.breaker = BreakerState::HalfOpen;
        QCOMPARE(words(), QStringLiteral("Trying whether the service answers again"));
        // Without a key that is what has to be said.
        in.connection = ConnectionState::KeyRejected;
        QCOMPARE(words(), QStringLiteral("API key not accepted"));
    }

    void unknownPricesAreNoZero()
    {
        StatusInput in;
        in.fleet.unpriced = 2;
        QCOMPARE(statusTexts(in).burn.text, QStringLiteral("burn unknown"));
        in.fleet.unpriced = 0;
        QCOMPARE(statusTexts(in).burn.text, QStringLiteral("$0.00/h burning"));
    }

    void fuzzyMatch()
    {
        QVERIFY(fuzzyScore(u"", u"anything") > 0);
        QCOMPARE(fuzzyScore(u"xyz", u"New instance"), 0);
        QVERIFY(fuzzyScore(u"ni", u"New instance") > fuzzyScore(u"ni", u"Run icons"));
        QVERIFY(fuzzyScore(u"set", u"Settings") > fuzzyScore(u"set", u"Reset columns"));
        QVERIFY(fuzzyScore(u"INST", u"New instance") > 0);
    }
};

QTEST_MAIN(TestWords)
#include "tst_words.moc"
