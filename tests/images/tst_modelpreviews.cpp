// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelpreviews.h"
#include "core/images/previewfiles.h"
#include "tests/support/fakenam.h"

#include <QBuffer>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

QByteArray png(QSize size = {400, 300}, const QColor &color = Qt::darkCyan)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QUrl cover(int number, const QString &query = QStringLiteral("sig=1"))
{
    return QUrl(QStringLiteral("https://covers.example.net/%1.png?%2").arg(number).arg(query));
}

QString key(int number)
{
    return QStringLiteral("%1").arg(number, 64, 16, QLatin1Char('0'));
}

} // namespace

class TestModelPreviews final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeNam> m_links;
    std::unique_ptr<ModelPreviews> m_previews;

    void restart()
    {
        m_previews.reset();
        m_previews = std::make_unique<ModelPreviews>(*m_links, m_folder->path());
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_links = std::make_unique<FakeNam>();
        m_links->setResponder([](const FakeRequest &) { return FakeAnswer::payload(png()); });
        restart();
    }
    void cleanup()
    {
        m_previews.reset();
        m_links.reset();
    }

    void comeSmallAndWithoutAKey()
    {
        QSignalSpy arrived(m_previews.get(), &ModelPreviews::arrived);
        QVERIFY(m_previews->image(cover(1)).isNull());
        m_previews->want({cover(1), QUrl(), cover(1)});
        QTRY_COMPARE(arrived.count(), 1);
        QCOMPARE(m_previews->image(cover(1)).size(), QSize(160, 120));
        QCOMPARE(m_links->count(), 1);
        const QNetworkRequest &sent = m_links->requests().front().request;
        QVERIFY(!sent.hasRawHeader("Authorization") && !sent.hasRawHeader("Cookie"));
        m_previews->want({cover(1, QStringLiteral("sig=2"))}); // signed anew
        QCOMPARE(m_links->count(), 1);
    }

    void areThereAfterARestart()
    {
        m_previews->want({cover(1)});
        QTRY_VERIFY(!m_previews->image(cover(1)).isNull());
        restart();
        QVERIFY(m_previews->image(cover(1)).isNull());
        m_previews->want({cover(1)});
        QTRY_VERIFY(!m_previews->image(cover(1)).isNull());
        QCOMPARE(m_links->count(), 1);
    }

    void onlyWhatIsSeenIsFetched()
    {
        m_links->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        QList<QUrl> screen;
        for (int i = 0; i < 30; ++i)
            screen.append(cover(i));
        m_previews->want(screen);
        QTRY_COMPARE(m_links->count(), ModelPreviews::kAtOnce);
        m_previews->want(screen.mid(2, 1)); // scrolled away, but for one
        QTRY_COMPARE(m_links->abortedCount(), ModelPreviews::kAtOnce - 1);
        m_previews->want({}); // closed
        QCOMPARE(m_links->abortedCount(), ModelPreviews::kAtOnce);
        QCOMPARE(m_links->count(), ModelPreviews::kAtOnce);
    }

    void whatIsClosedBeforeItIsFetchedIsNot()
    {
        m_previews->want({cover(1)});
        m_previews->want({}); // the disk has not answered yet
        m_previews->want({cover(2)});
        QTRY_VERIFY(!m_previews->image(cover(2)).isNull());
        QCOMPARE(m_links->count(), 1);
        QVERIFY(!m_previews->hasFailed(cover(1)));
    }

    void whatIsNoPictureHasFailed_data()
    {
        QTest::addColumn<FakeAnswer>("answer");
        QTest::newRow("page") << FakeAnswer::payload("<!doctype html><title>Sign in</title>");
        QTest::newRow("cut") << FakeAnswer::payload(png().left(90));
        QByteArray bomb = png();
        bomb.replace(16, 8, QByteArray("\x00\x01\x00\x00\x00\x01\x00\x00", 8));
        QTest::newRow("bomb") << FakeAnswer::payload(bomb);
        QTest::newRow("large") << FakeAnswer::payload(QByteArray(ModelPreviews::kMostBytes + 1, 'x'));
        QTest::newRow("gone") << FakeAnswer::payload({}, 404);
        QTest::newRow("no host") << FakeAnswer::transportError(QNetworkReply::HostNotFoundError);
    }
    void whatIsNoPictureHasFailed()
    {
        QFETCH(FakeAnswer, answer);
        m_links->setResponder([answer](const FakeRequest &) { return answer; });
        m_previews->want({cover(1)});
        QTRY_VERIFY(m_previews->hasFailed(cover(1)));
        QVERIFY(m_previews->image(cover(1)).isNull());
        QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
        m_previews->want({cover(1)});
        QCOMPARE(m_links->count(), 1); // not over and over
        m_links->setResponder([](const FakeRequest &) { return FakeAnswer::payload(png()); });
        m_previews->forgetFailures();
        m_previews->want({cover(1)});
        QTRY_VERIFY(!m_previews->image(cover(1)).isNull());
    }

    /// The link of the disk has lost its signature; the list that was read since has another.
    void anotherLinkToTheSameCoverIsTried()
    {
        m_links->setResponder([](const FakeRequest &request) {
            return request.request.url().hasQuery() ? FakeAnswer::payload(png()) : FakeAnswer::payload({}, 403);
        });
        const QUrl bare = cover(1).adjusted(QUrl::RemoveQuery);
        m_previews->want({bare});
        QTRY_VERIFY(m_previews->hasFailed(bare));
        QVERIFY(!m_previews->hasFailed(cover(1, QStringLiteral("sig=2"))));
        m_previews->want({cover(1, QStringLiteral("sig=2"))});
        QTRY_VERIFY(!m_previews->image(bare).isNull());
        QVERIFY(!m_previews->hasFailed(bare));
    }

    void theCloudMayNotPointIntoThisNetwork()
    {
        const QUrl inside(QStringLiteral("http://192.168.1.1/router.png"));
        m_previews->want({inside});
        QTRY_VERIFY(m_previews->hasFailed(inside));
        QCOMPARE(m_links->count(), 0);
    }

    void theFolderHasItsLimit()
    {
        QImage image(160, 160, QImage::Format_RGB32);
        for (int y = 0; y < 160; ++y) {
            for (int x = 0; x < 160; ++x)
                image.setPixel(x, y, qRgb((x * 31 + y * 17) % 256, (x * y) % 256, (x * 7) % 256));
        }
        constexpr qint64 kMost = 200'000;
        PreviewFiles files(m_folder->path(), kMost);
        const QDateTime start = QDateTime::currentDateTimeUtc().addDays(-1);
        for (int i = 0; i < 60; ++i) {
            files.save(key(i), image);
            QFile file(m_folder->filePath(key(i)));
            if (file.open(QIODevice::ReadWrite))
                file.setFileTime(start.addSecs(i), QFileDevice::FileModificationTime);
            if (i == 5)
                QVERIFY(!files.load(key(0)).isNull());
            if (i % 5 == 0)
                (void)files.load(key(3)); // looked at again and again
        }
        qint64 total = 0;
        const QFileInfoList left = QDir(m_folder->path()).entryInfoList(QDir::Files);
        for (const QFileInfo &one : left)
            total += one.size();
        QVERIFY(total <= kMost && left.size() > 3);
        QVERIFY(files.load(key(1)).isNull());
        QVERIFY(!files.load(key(3)).isNull());
        QVERIFY(!files.load(key(59)).isNull());
        QVERIFY(files.load(QStringLiteral("../../etc/passwd")).isNull());
        files.save(QStringLiteral("../x"), image);
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("../x"))));
    }
};

QTEST_GUILESS_MAIN(TestModelPreviews)
#include "tst_modelpreviews.moc"
