// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpmessage.h"
#include "core/webhooks/signature.h"

#include <QTest>

using namespace novita;

namespace {

constexpr TimePoint kNow{Seconds(1767225600)};

SigningSecret secretOf(const QString &text)
{
    const Result<SigningSecret> secret = SigningSecret::fromText(text);
    return secret ? *secret : SigningSecret();
}

HttpHeaders plainHeaders(const QByteArray &signature, const QByteArray &timestamp = {})
{
    HttpHeaders headers;
    headers.append("X-Webhook-Signature", signature);
    if (!timestamp.isNull())
        headers.append("X-Webhook-Timestamp", timestamp);
    return headers;
}

HttpHeaders standardHeaders(const QByteArray &id, const QByteArray &timestamp, const QByteArray &signature)
{
    HttpHeaders headers;
    headers.append("webhook-id", id);
    headers.append("webhook-timestamp", timestamp);
    headers.append("webhook-signature", signature);
    return headers;
}

} // namespace

/// Both schemes against published vectors, and everything that must not pass.
class TestSignature : public QObject
{
    Q_OBJECT

private slots:
    void rfc4231_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("mac");
        QTest::newRow("1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                           << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        QTest::newRow("2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                           << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        QTest::newRow("3") << QByteArray(20, '\xaa') << QByteArray(50, '\xdd')
                           << QByteArray("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
        QTest::newRow("4") << QByteArray::fromHex("0102030405060708090a0b0c0d0e0f10111213141516171819") << QByteArray(50, '\xcd')
                           << QByteArray("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
        QTest::newRow("6") << QByteArray(131, '\xaa') << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
                           << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        QTest::newRow("7") << QByteArray(131, '\xaa')
                           << QByteArray("This is a test using a larger than block-size key and a larger than block-size data. The key needs to "
                                         "be hashed before being used by the HMAC algorithm.")
                           << QByteArray("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    }

    void rfc4231()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, mac);
        QCOMPARE(signature::hmacSha256(key, message).toHex(), mac);
    }

    /// The vector that the libraries of standardwebhooks.com test themselves with.
    void standardWebhooksVector()
    {
        const SigningSecret secret = secretOf(QStringLiteral("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        const TimePoint at(Seconds(1614265330));
        const QByteArray id = "msg_p5jXN8AQM9LWM0D4loKWxJek", body = "{\"test\": 2432232314}";
        const QByteArray expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        QCOMPARE(signature::signStandard(secret, id, at, body), expected);
        QVERIFY(signature::check({secret}, standardHeaders(id, "1614265330", expected), body, at).ok());
    }

    /// Computed with Python's hmac module.
    void plainVector()
    {
        const QByteArray body = "{\"instanceId\":\"inst_1\",\"status\":\"running\"}";
        QCOMPARE(signature::signPlain(secretOf(QStringLiteral("shared secret é")), body),
                 QByteArray("sha256=7cc2e0fac6c1e8068b2abe38155e0a6af6904d3aa2722468d96db4c85b63dca6"));
    }

    void plainTakesEitherCaseAndNothingElse()
    {
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const QByteArray good = signature::signPlain(secrets.first(), "body");
        QVERIFY(signature::verifyPlain(secrets, good, "body"));
        QVERIFY(signature::verifyPlain(secrets, "sha256=" + good.mid(7).toUpper(), "body"));
        QVERIFY(!signature::verifyPlain(secrets, good, "Body"));
        for (const QByteArray &bad : {QByteArray(), QByteArray("sha256="), good.mid(7), good.left(good.size() - 1), good + "0", good + " ",
                                      QByteArray("sha1=") + good.mid(7), QByteArray("SHA256=") + good.mid(7),
                                      QByteArray(good).replace(10, 1, "g"), QByteArray(good).replace(10, 1, " ")})
            QVERIFY2(!signature::verifyPlain(secrets, bad, "body"), bad.constData());
    }

    void anyBitCounts()
    {
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const QByteArray mac = signature::hmacSha256("secret", "body");
        for (qsizetype i = 0; i < mac.size() * 8; ++i) {
            QByteArray other = mac;
            other[i / 8] = static_cast<char>(other.at(i / 8) ^ (1 << (i % 8)));
            QVERIFY(!signature::verifyPlain(secrets, "sha256=" + other.toHex(), "body"));
        }
    }

    void emptySecretNeverVerifies()
    {
        QVERIFY(!SigningSecret::fromText({}));
        const QByteArray forged = "sha256=" + signature::hmacSha256({}, "body").toHex();
        QVERIFY(!signature::verifyPlain({SigningSecret()}, forged, "body"));
        QVERIFY(!signature::verifyPlain({}, forged, "body"));
        const QByteArray standard = "v1," + signature::hmacSha256({}, "id.1.body").toBase64();
        QVERIFY(!signature::verifyStandard({SigningSecret()}, standard, "id", "1", "body"));
        QVERIFY(signature::signPlain({}, "body").isEmpty());
        QVERIFY(signature::signStandard({}, "id", kNow, "body").isEmpty());
    }

    void twoSecretsDuringRotation()
    {
        const SigningSecret old = secretOf(QStringLiteral("old secret")), fresh = secretOf(SigningSecret::generate());
        for (const SigningSecret &secret : {old, fresh}) {
            QVERIFY(signature::verifyPlain({old, fresh}, signature::signPlain(secret, "body"), "body"));
            QVERIFY(signature::verifyStandard({old, fresh}, signature::signStandard(secret, "id", kNow, "body"), "id", "1767225600", "body"));
        }
        QVERIFY(!signature::verifyPlain({fresh}, signature::signPlain(old, "body"), "body"));
    }

    void oneOfSeveralSignaturesIsEnough()
    {
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const QByteArray good = signature::signStandard(secrets.first(), "id", kNow, "body");
        const QByteArray other = signature::signStandard(secretOf(QStringLiteral("another")), "id", kNow, "body");
        const auto verify = [&](const QByteArray &value) { return signature::verifyStandard(secrets, value, "id", "1767225600", "body"); };
        QVERIFY(verify(good));
        QVERIFY(verify(other + ' ' + good));
        QVERIFY(verify("v1a,abc  v1, " + good + " v2,xyz"));
        QVERIFY(!verify(other));
        QVERIFY(!verify(good.mid(3)));
        QVERIFY(!verify("v2," + good.mid(3)));
        QVERIFY(!verify(good + "!"));
        QByteArray many;
        for (int i = 0; i < signature::kMaxCandidates; ++i)
            many += other + ' ';
        QVERIFY(!verify(many + good));
    }

    void idAndTimestampAreSigned()
    {
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const QByteArray good = signature::signStandard(secrets.first(), "id", kNow, "body");
        QVERIFY(!signature::verifyStandard(secrets, good, "ie", "1767225600", "body"));
        QVERIFY(!signature::verifyStandard(secrets, good, "id", "1767225601", "body"));
    }

    void secretsOfTheWrongForm()
    {
        QVERIFY(!SigningSecret::fromText(QStringLiteral("whsec_")));
        QVERIFY(!SigningSecret::fromText(QStringLiteral("whsec_not base64!")));
        QVERIFY(!SigningSecret::fromText(QStringLiteral("whsec_") + QString::fromLatin1(QByteArray(23, 'k').toBase64())));
        QVERIFY(!SigningSecret::fromText(QStringLiteral("whsec_") + QString::fromLatin1(QByteArray(65, 'k').toBase64())));
        QVERIFY(!SigningSecret::fromText(QString(2000, QLatin1Char('x'))));
        QVERIFY(SigningSecret::fromText(QStringLiteral("whsec_") + QString::fromLatin1(QByteArray(24, 'k').toBase64())));
        QCOMPARE(secretOf(SigningSecret::generate()).standardKey().size(), 32);
        QVERIFY(SigningSecret::generate() != SigningSecret::generate());
    }

    void checkOfPlainDeliveries()
    {
        using signature::Failure;
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const QByteArray good = signature::signPlain(secrets.first(), "body");
        const auto failure = [&](const HttpHeaders &headers) { return signature::check(secrets, headers, "body", kNow).failure; };
        QCOMPARE(failure({}), Failure::Missing);
        QCOMPARE(failure(plainHeaders(good)), Failure::None);
        QCOMPARE(failure(plainHeaders(good, "1767225600")), Failure::None);
        QCOMPARE(failure(plainHeaders(good, "1767225900")), Failure::None);
        QCOMPARE(failure(plainHeaders(good, "1767225901")), Failure::Stale);
        QCOMPARE(failure(plainHeaders(good, "1767225300")), Failure::None);
        QCOMPARE(failure(plainHeaders(good, "1767225299")), Failure::Stale);
        for (const char *odd : {"", "-1", "+1767225600", "1767225600.0", "0x1", "99999999999999999999", " 1767225600"})
            QCOMPARE(failure(plainHeaders(good, odd)), Failure::Stale);
        HttpHeaders twice = plainHeaders(good);
        twice.append("x-webhook-signature", good);
        QCOMPARE(failure(twice), Failure::Repeated);
        // Of a wrong signature and a stale time the signature is told: who does not know the secret learns nothing of the clock.
        QCOMPARE(failure(plainHeaders("sha256=00", "1")), Failure::Wrong);
    }

    void checkOfStandardDeliveries()
    {
        using signature::Failure;
        const SigningSecrets secrets{secretOf(QStringLiteral("secret"))};
        const auto failure = [&](const QByteArray &id, TimePoint at) {
            const QByteArray value = signature::signStandard(secrets.first(), id, at, "body");
            return signature::check(secrets, standardHeaders(id, signature::timestampText(at), value), "body", kNow).failure;
        };
        QCOMPARE(failure("msg_1", kNow), Failure::None);
        QCOMPARE(failure("msg_1", kNow - Seconds(300)), Failure::None);
        QCOMPARE(failure("msg_1", kNow - Seconds(301)), Failure::Stale);
        QCOMPARE(failure("msg_1", kNow + Seconds(301)), Failure::Stale);
        QCOMPARE(failure({}, kNow), Failure::Missing);
        QCOMPARE(failure(QByteArray(257, 'x'), kNow), Failure::Missing);
        // A good plain signature beside it does not help.
        HttpHeaders both = standardHeaders("msg_1", "1767225600", "v1,AAAA");
        both.append("X-Webhook-Signature", signature::signPlain(secrets.first(), "body"));
        QCOMPARE(signature::check(secrets, both, "body", kNow).failure, Failure::Wrong);
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
