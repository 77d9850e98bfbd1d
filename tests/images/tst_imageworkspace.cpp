// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/promptlog.h"
#include "core/images/imagequeue.h"
#include "core/images/imageworkspace.h"
#include "core/images/retirementlog.h"
#include "core/net/apiclient.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/lighthousejob.h"
#include "tests/support/fakenam.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;

/// What the workspace as a whole remembers.
class TestImageWorkspace final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<FakeNam> m_links;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ApiClient> m_client;
    std::unique_ptr<ImageWorkspace> m_images;

    void restart(const ProfileId &profile = kMine)
    {
        m_images.reset();
        m_images = std::make_unique<ImageWorkspace>(ImageWorkspace::Parts{*m_client, *m_links, *m_clock, m_folder->path(), [] { return 0.5; }, {}});
        m_images->open(profile, Reach::Internet);
        waitForDisk();
    }
    /// What was asked of the file before has been answered.
    void waitForDisk() { (void)await(m_images->prompts().draft(kMine, {})); }
    void answer(const QString &reason)
    {
        std::optional<Error> error;
        if (!reason.isEmpty()) {
            error = Error::make(ErrorKind::NotFound, QStringLiteral("gone"));
            error->apiReason = reason;
        }
        emit m_images->queue().endpointAnswered(QStringLiteral("txt2img"), error);
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_nam = std::make_unique<FakeNam>();
        m_links = std::make_unique<FakeNam>();
        m_clock = std::make_unique<FakeClock>();
        m_client = std::make_unique<ApiClient>(*m_nam, *m_clock, [] { return 0.5; });
        restart();
    }
    void cleanup()
    {
        m_images.reset();
        m_client.reset();
    }

    void aRetiredEndpointIsKnownAfterARestart()
    {
        QVERIFY(m_images->retired().isEmpty());
        QSignalSpy changed(m_images.get(), &ImageWorkspace::retiredChanged);
        answer(QStringLiteral("API_NOT_FOUND"));
        QCOMPARE(changed.count(), 1);
        const RetiredMark mark = m_images->retired().value(QStringLiteral("txt2img"));
        QCOMPARE(mark.seenAt, m_clock->now());
        m_clock->advance(RetirementLog::kKept - Milliseconds(1));
        restart();
        QTRY_COMPARE(m_images->retired().value(QStringLiteral("txt2img")), mark);
        restart(kOther);
        QVERIFY(m_images->retired().isEmpty());
        m_images->open(kMine, Reach::Internet);
        QTRY_COMPARE(m_images->retired().size(), 1);
        m_images->close();
        QVERIFY(m_images->retired().isEmpty());
    }

    void aMarkIsForgottenInTime()
    {
        answer(QStringLiteral("API_NOT_ALLOWED"));
        m_clock->advance(RetirementLog::kKept);
        restart();
        QVERIFY(m_images->retired().isEmpty());
        m_clock->advance(-RetirementLog::kKept); // it is gone from the disk, too
        restart();
        QVERIFY(m_images->retired().isEmpty());
    }

    void aSuccessLiftsIt()
    {
        answer(QStringLiteral("API_NOT_FOUND"));
        restart();
        QTRY_COMPARE(m_images->retired().size(), 1);
        answer(QStringLiteral("BILLING_BALANCE_NOT_ENOUGH"));
        QCOMPARE(m_images->retired().size(), 1);
        answer({});
        QVERIFY(m_images->retired().isEmpty());
        restart();
        QVERIFY(m_images->retired().isEmpty());
    }

    void onlyTheApisOwnWordRetires_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isRetired");
        const auto row = [](const char *name, int status, const char *body, bool isRetired) { QTest::newRow(name) << status << QByteArray(body) << isRetired; };
        row("gone", 404, R"({"code":404,"reason":"API_NOT_FOUND","message":"gone","metadata":{}})", true);
        row("not allowed", 403, R"({"code":403,"reason":"API_NOT_ALLOWED","message":"no","metadata":{}})", true);
        row("in the message", 404, R"({"code":404,"message":"API_NOT_FOUND: gone"})", true);
        row("another server", 404, "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>nginx</body></html>", false);
        row("one that knows the word", 404, "<html><title>API_NOT_FOUND</title></html>", false);
        row("nothing", 404, "", false);
        row("plain", 404, "404 page not found", false);
        row("a model", 404, R"({"code":404,"reason":"MODEL_NOT_FOUND","message":"no such model","metadata":{}})", false);
    }
    void onlyTheApisOwnWordRetires()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isRetired);
        m_client->setKey(QStringLiteral("sk_test_0123456789abcdef"));
        m_nam->setResponder([status, body](const FakeRequest &) { return FakeAnswer::payload(body, status); });
        QTRY_VERIFY(!m_images->queue().isPaused());
        QVERIFY(await(m_images->queue().add({lighthouseJob()})));
        QTRY_COMPARE(m_images->queue().jobs().first().job.state, ImageJobState::Failed);
        QVERIFY(!m_images->queue().jobs().first().job.note.isEmpty());
        QCOMPARE(m_images->retired().contains(QStringLiteral("txt2img")), isRetired);
        QCOMPARE(m_images->retired().size(), isRetired ? 1 : 0);
    }

    void aSuccessIsNewerThanTheDisk()
    {
        answer(QStringLiteral("API_NOT_FOUND"));
        restart();
        QTRY_COMPARE(m_images->retired().size(), 1);
        m_images->open(kMine, Reach::Internet);
        answer({}); // before the disk has answered
        waitForDisk();
        QVERIFY(m_images->retired().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestImageWorkspace)
#include "tst_imageworkspace.moc"
