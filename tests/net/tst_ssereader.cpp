// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ssereader.h"

#include <QTest>

using namespace novita;

class TestSseReader : public QObject
{
    Q_OBJECT

private slots:
    void eventsAreFoundHoweverTheyAreCut_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("events");
        QTest::newRow("line feeds") << QByteArray("data: a\n\ndata: b\n\n") << QByteArrayList{"a", "b"};
        QTest::newRow("returns") << QByteArray("data: a\r\rdata: b\r\r") << QByteArrayList{"a", "b"};
        QTest::newRow("both") << QByteArray("data: a\r\n\r\ndata: b\r\n\r\n") << QByteArrayList{"a", "b"};
        QTest::newRow("no blank") << QByteArray("data:a\n\n") << QByteArrayList{"a"};
        QTest::newRow("second blank stays") << QByteArray("data:  a\n\n") << QByteArrayList{" a"};
        QTest::newRow("several lines") << QByteArray("data: a\ndata\ndata: b\n\n") << QByteArrayList{"a\n\nb"};
        QTest::newRow("comments and fields") << QByteArray(": hi\nevent: x\nid: 4\ndata: a\nretry: 3\n\n") << QByteArrayList{"a"};
        QTest::newRow("another field") << QByteArray("database: a\n\n") << QByteArrayList{};
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "data: a\n\n") << QByteArrayList{"a"};
        QTest::newRow("letters of several bytes") << QByteArray("data: \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\r\n\r\ndata: \xFF\r\n\r\n") << QByteArrayList{"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "\xFF"};
        QTest::newRow("empty data") << QByteArray("data:\n\n\n\ndata: b\n\n") << QByteArrayList{"b"};
        QTest::newRow("no empty line at the end") << QByteArray("data: a\n\ndata: b\n") << QByteArrayList{"a", "b"};
        QTest::newRow("no line end at the end") << QByteArray("data: a\n\ndata: b") << QByteArrayList{"a", "b"};
    }
    void eventsAreFoundHoweverTheyAreCut()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArrayList, events);
        for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
            SseReader reader;
            QByteArrayList found;
            for (qsizetype at = 0; at < stream.size(); at += piece)
                found += reader.take(stream.mid(at, piece));
            if (const QByteArray last = reader.end(); !last.isEmpty())
                found.append(last);
            QCOMPARE(found, events);
            QVERIFY(!reader.isBroken());
        }
    }

    void anEventWithoutEndBreaksTheReader()
    {
        SseReader line(100);
        QVERIFY(line.take("data: " + QByteArray(200, 'x')).isEmpty());
        QVERIFY(line.isBroken());
        QVERIFY(line.take("\n\ndata: a\n\n").isEmpty());
        QVERIFY(line.end().isEmpty());

        SseReader lines(100);
        for (int i = 0; i < 50 && !lines.isBroken(); ++i)
            QVERIFY(lines.take("data: xxxxx\n").isEmpty());
        QVERIFY(lines.isBroken());

        SseReader many(100); // as many small ones as one likes
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(many.take("data: xxxxx\n\n"), QByteArrayList{"xxxxx"});
        QVERIFY(!many.isBroken());
    }
};

QTEST_GUILESS_MAIN(TestSseReader)
#include "tst_ssereader.moc"
