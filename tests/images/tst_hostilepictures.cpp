// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imagefile/samples.h"
#include "tests/images/imagecloud.h"

#include <QFile>
#include <QTest>

using namespace novita;

namespace {

constexpr qint64 kMegabyte = 1024 * 1024;

TcpDouble::Handler always(const QByteArray &bytes)
{
    return [bytes](QTcpSocket &socket, const TcpDouble::Received &) { socket.write(bytes); };
}

QByteArray redirect(const char *location)
{
    return TcpDouble::answer({}, "302 Found", QByteArray("Location: ") + location + "\r\n");
}

/// Says that it is `width` × `height`, with check sums that are right.
QByteArray bomb(quint32 width, quint32 height)
{
    const QByteArray header = bigEndian(width) + bigEndian(height) + QByteArray("\x08\x06\x00\x00\x00", 5);
    return QByteArray("\x89PNG\r\n\x1a\n") + pngChunk("IHDR", header) +
           pngChunk("IDAT", qCompress(QByteArray(4096, '\0')).mid(4)) + pngChunk("IEND", {});
}

/// A gigabyte, as fast as it is taken; `head` may or may not say so.
TcpDouble::Handler gigabyte(const QByteArray &head)
{
    return [head](QTcpSocket &socket, const TcpDouble::Received &) {
        socket.write(head + "\x89PNG\r\n\x1a\n");
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket,
                         [&socket, left = qint64(1024) * kMegabyte]() mutable {
                             constexpr qint64 kPiece = 256 * 1024;
                             if (left > 0 && socket.bytesToWrite() < kPiece) {
                                 socket.write(QByteArray(kPiece, 'x'));
                                 left -= kPiece;
                             }
                         });
    };
}

/// Resident memory at its highest since resetPeak(), in bytes; 0 where the system does not tell, or a sanitizer keeps
/// what was freed.
qint64 peakMemory()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#endif
    QFile file(QStringLiteral("/proc/self/status"));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const qsizetype at = text.indexOf("VmHWM:");
    return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong() * 1024;
}
/// False: peakMemory() does not tell what comes from now on.
bool resetPeak()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("5") == 1 && peakMemory() > 0;
}

constexpr const char *kUnmeasured = "All but the memory it took was tested: this system does not tell its peak";

QByteArray s_log;
void takeDown(QtMsgType, const QMessageLogContext &, const QString &message)
{
    s_log += message.toUtf8() + '\n';
}

/// What lies in the files of a database, the pages that are not in use included.
QByteArray rawDatabase(const QString &path)
{
    QByteArray bytes;
    for (const char *end : {"", "-wal"}) {
        QFile file(path + QLatin1String(end));
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

} // namespace

/// What a server of links can do to the program, on the whole way from a request to the gallery.
class TestHostilePictures final : public QObject
{
    Q_OBJECT

    static void add(const char *name, const TcpDouble::Handler &handler, const char *words)
    {
        QTest::newRow(name) << handler << QString::fromLatin1(words);
    }

private slots:
    void initTestCase() { qInstallMessageHandler(takeDown); }
    void cleanupTestCase() { qInstallMessageHandler(nullptr); }
    void init() { s_log.clear(); }

    void isRefusedInASentence_data()
    {
        QTest::addColumn<TcpDouble::Handler>("handler");
        QTest::addColumn<QString>("words");
        const QByteArray good = painted("png", QSize(64, 64));
        add("cut picture", always(TcpDouble::answer(good.left(good.size() / 2))), "cut short");
        add(
            "cut connection",
            [good](QTcpSocket &socket, const TcpDouble::Received &) {
                socket.write(TcpDouble::answer(good).chopped(20));
                socket.disconnectFromHost();
            },
            "No complete answer");
        add("many pixels", always(TcpDouble::answer(bomb(65535, 65535))), "pixels");
        add("more pixels than there can be", always(TcpDouble::answer(bomb(0xffffffff, 2))), "");
        add("one long line", always(TcpDouble::answer(bomb(0x7fffffff, 1))), "");
        add("page",
            always(TcpDouble::answer("<!doctype html><title>Sign in</title>", "200 OK", "Content-Type: image/png\r\n")),
            "picture");
        add("drawing with a script",
            always(TcpDouble::answer("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                                     "200 OK", "Content-Type: image/svg+xml\r\n")),
            "picture");
        add("program",
            always(TcpDouble::answer(QByteArray("\x7f"
                                                "ELF\x02\x01\x01",
                                                7) +
                                         QByteArray(500, '\0'),
                                     "200 OK", "Content-Type: image/png\r\n")),
            "picture");
        add("film for a picture",
            always(TcpDouble::answer(QByteArray("\0\0\0\x18"
                                                "ftypmp42",
                                                12) +
                                     QByteArray(500, 'x'))),
            "picture");
        add("nothing", always(TcpDouble::answer("")), "");
        add("1 GB, announced", gigabyte("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"), "larger than 64 MB");
        add("1 GB, unannounced", gigabyte("HTTP/1.1 200 OK\r\n\r\n"), "larger than 64 MB");
        add("200 MB, packed into 200 kB",
            always(TcpDouble::answer(qCompress(QByteArray(200 * kMegabyte, 'x')).mid(4), "200 OK",
                                     "Content-Encoding: deflate\r\n")),
            "");
        add("another host", always(redirect("http://localhost:1/x.png")), "localhost");
        add("private address", always(redirect("http://10.1.2.3/x.png")), "10.1.2.3");
        add("address of the cloud's machines", always(redirect("http://169.254.169.254/latest/meta-data")),
            "169.254.169.254");
        add("file", always(redirect("file:///etc/passwd")), "");
        add("round and round", always(redirect("/out/0.png")), "");
        add("forbidden", always(TcpDouble::answer("<Error>AccessDenied</Error>", "403 Forbidden")), "expired");
        add("not found", always(TcpDouble::answer("", "404 Not Found")), "no such file");
        add(
            "drop by drop",
            [](QTcpSocket &socket, const TcpDouble::Received &) {
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n\x89");
            },
            "in time");
        add(
            "silence", [](QTcpSocket &, const TcpDouble::Received &) {}, "in time");
    }
    void isRefusedInASentence()
    {
        QFETCH(TcpDouble::Handler, handler);
        QFETCH(QString, words);
        ImageCloud cloud(handler);
        cloud.keeper.setPatience(Milliseconds(words == QLatin1String("in time") ? 100 : 20000));
        const bool isMeasured = resetPeak();
        const qint64 before = peakMemory();
        const ImageJobId id = cloud.send();
        QTRY_COMPARE_WITH_TIMEOUT(cloud.job(id).state, ImageJobState::Failed, 30000);
        const qint64 grown = peakMemory() - before;
        QVERIFY2(grown < 220 * kMegabyte, qPrintable(QStringLiteral("%1 MB").arg(grown / kMegabyte)));
        const QString note = cloud.job(id).note;
        QVERIFY2(!note.isEmpty() && note.contains(words), qPrintable(note));
        QVERIFY2(!note.contains(QLatin1String("Signature")), qPrintable(note));
        QCOMPARE(cloud.filesOnDisk(), QStringList());
        QCOMPARE(cloud.totals(), PictureStore::Totals());
        // It was made and paid for: its task stays known, and is asked for again when the server has come to its
        // senses.
        QCOMPARE(cloud.job(id).task, QStringLiteral("t-1"));
        cloud.links.setHandler(always(TcpDouble::answer(painted("png", QSize(64, 64)))));
        cloud.keeper.setPatience(Seconds(20));
        QVERIFY(cloud.queue.followAgain(id));
        QTRY_COMPARE(cloud.job(id).state, ImageJobState::Done);
        QCOMPARE(cloud.totals().pictures, 1);
        QCOMPARE(cloud.submits, 1);
        tellsNobody(cloud);
        if (!isMeasured)
            QSKIP(kUnmeasured);
    }

    /// Nor does what it is asked with say too much.
    static void tellsNobody(ImageCloud &cloud)
    {
        for (const TcpDouble::Received &request : cloud.links.received()) {
            const QByteArray head = request.head.toLower();
            QVERIFY2(!head.contains("authorization") && !head.contains(ImageCloud::kKey) && !head.contains("cookie") &&
                         !head.contains("referer"),
                     head.constData());
        }
        bool wasAuthorized = false;
        for (const TcpDouble::Received &request : cloud.api.received())
            wasAuthorized = wasAuthorized || request.head.contains(ImageCloud::kKey);
        QVERIFY(wasAuthorized);
        QByteArray everything = rawDatabase(cloud.file.path()) + s_log;
        QVERIFY(everything.contains("a lighthouse"));
        const QStringList names = cloud.filesOnDisk();
        for (const QString &name : names) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            everything += file.readAll();
        }
        QVERIFY(!everything.contains("X-Amz-Signature"));
        QVERIFY(!everything.contains("5ec7e7c0ffee"));
    }

    void aLinkIntoThisNetworkIsNotAskedFor_data()
    {
        QTest::addColumn<QString>("root");
        for (const char *root : {"http://127.0.0.1:1", "http://10.0.0.7", "http://192.168.1.1", "http://[::1]:1",
                                 "http://169.254.169.254", "http://localhost", "https://printer.local"})
            QTest::newRow(root) << QString::fromLatin1(root);
    }
    void aLinkIntoThisNetworkIsNotAskedFor()
    {
        QFETCH(QString, root);
        ImageCloud cloud(always(TcpDouble::answer(painted("png"))));
        cloud.keeper.setReach(Reach::Internet);
        cloud.linkRoot = root;
        const ImageJobId id = cloud.send();
        QTRY_COMPARE(cloud.job(id).state, ImageJobState::Failed);
        QVERIFY(!cloud.job(id).note.isEmpty());
        QCOMPARE(cloud.links.connections(), 0);
        QCOMPARE(cloud.filesOnDisk(), QStringList());
    }

    /// Each has the room of the largest picture until it is kept.
    void noMoreAreFetchedAtATimeThanThereIsRoomFor()
    {
        constexpr qsizetype kAtOnce = GalleryKeeper::kMostBytesAtOnce / GalleryKeeper::kMostImageBytes;
        constexpr qsizetype kInAll = 2 * kAtOnce;
        QList<QPointer<QTcpSocket>> asked;
        ImageCloud cloud([&asked](QTcpSocket &socket, const TcpDouble::Received &) { asked.append(&socket); });
        const ImageJobId id = cloud.send(kInAll);
        QTRY_COMPARE(asked.size(), kAtOnce);
        for (qsizetype answered = 0; answered < kInAll; ++answered) {
            // Time for one too many to show: the way to the disk and back is longer than that to this server.
            for (int i = 0; i < 20; ++i)
                (void)cloud.totals();
            QCOMPARE(asked.size(), std::min(kAtOnce + answered, kInAll));
            asked.at(answered)->write(TcpDouble::answer(painted("png")));
            QTRY_COMPARE(asked.size(), std::min(kAtOnce + answered + 1, kInAll));
        }
        QTRY_COMPARE(cloud.job(id).state, ImageJobState::Done);
        QCOMPARE(cloud.totals().pictures, kInAll);
    }

    void eightOfAGigabyteAtOnceStayWithinTheBudget()
    {
        ImageCloud cloud(gigabyte("HTTP/1.1 200 OK\r\n\r\n"));
        const bool isMeasured = resetPeak();
        const qint64 before = peakMemory();
        const ImageJobId id = cloud.send(8);
        QTRY_COMPARE_WITH_TIMEOUT(cloud.job(id).state, ImageJobState::Failed, 60000);
        const qint64 grown = peakMemory() - before;
        qInfo("grown by %lld MB", grown / kMegabyte);
        QVERIFY2(grown < 2 * GalleryKeeper::kMostBytesAtOnce + 100 * kMegabyte,
                 qPrintable(QStringLiteral("%1 MB").arg(grown / kMegabyte)));
        QCOMPARE(cloud.filesOnDisk(), QStringList());
        if (!isMeasured)
            QSKIP(kUnmeasured);
    }

    void oneBadOfThreeDoesNotSpoilTheOthers()
    {
        ImageCloud cloud([](QTcpSocket &socket, const TcpDouble::Received &request) {
            socket.write(request.head.startsWith("GET /out/1.png") ? TcpDouble::answer("<html>")
                                                                   : TcpDouble::answer(painted("png")));
        });
        const ImageJobId id = cloud.send(3);
        QTRY_COMPARE(cloud.job(id).state, ImageJobState::Failed);
        QCOMPARE(cloud.totals().pictures, 2);
        QVERIFY2(cloud.job(id).note.startsWith(QLatin1String("2 of 3")), qPrintable(cloud.job(id).note));
        cloud.links.setHandler(always(TcpDouble::answer(painted("png"))));
        QVERIFY(cloud.queue.followAgain(id));
        QTRY_COMPARE(cloud.job(id).state, ImageJobState::Done);
        QCOMPARE(cloud.totals().pictures, 3);
        QCOMPARE(cloud.filesOnDisk().filter(QStringLiteral("/originals/")).size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestHostilePictures)
#include "tst_hostilepictures.moc"
