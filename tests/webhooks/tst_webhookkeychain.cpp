// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/fallbacksecretstore.h"
#include "core/secrets/keychainsecretstore.h"
#include "core/webhooks/webhooksecrets.h"
#include "tests/support/await.h"

using namespace novita;

namespace {

/// What a start of the program has.
struct Start
{
    FallbackSecretStore store{std::make_unique<KeychainSecretStore>()};
    WebhookSecrets secrets{store, {}};

    bool loads()
    {
        secrets.load();
        return QTest::qWaitFor([this] { return secrets.isLoaded(); }, 15000);
    }
};

} // namespace

/// The secrets of the receiver in a real keyring: they last, and they go.
class TestWebhookKeychain : public QObject
{
    Q_OBJECT

private slots:
    void secretsOutliveTheProgram()
    {
        const QString first = SigningSecret::generate();
        const QString second = SigningSecret::generate();
        {
            Start start;
            QVERIFY(await(start.secrets.setSecret(first)).ok());
            QVERIFY(await(start.secrets.rotateSecret(second)).ok());
            QVERIFY(!start.secrets.secretState().sessionOnly);
        }
        {
            Start again;
            QVERIFY(again.loads());
            QVERIFY(again.secrets.problem().isEmpty());
            QCOMPARE(await(again.secrets.revealSecret()).valueOr({}), second);
            QCOMPARE(again.secrets.signing().size(), 2);
            QCOMPARE(again.secrets.signing().at(1).plainKey(), first.toUtf8());
            QVERIFY(await(again.secrets.removeSecret()).ok());
        }
        Start last;
        QVERIFY(last.loads());
        QVERIFY(last.secrets.signing().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWebhookKeychain)
#include "tst_webhookkeychain.moc"
