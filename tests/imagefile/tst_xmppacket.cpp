// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/xmppacket.h"

#include <QTest>

using namespace novita;

class TestXmpPacket : public QObject
{
    Q_OBJECT

    static QByteArray packet(const QByteArray &inside)
    {
        return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + inside + "</r:RDF></x:xmpmeta>   <?xpacket end=\"w\"?>";
    }

    static QByteArray title()
    {
        return "<r:Description r:about=\"a &amp; b\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
               "<dc:title>море 海 \xf0\x9f\x90\x88</dc:title></r:Description>";
    }

private slots:
    void aNewPacketHoldsBoth()
    {
        const QString json = QStringLiteral("{\"a\":\"<b> & \\\"c\\\" 海\"}");
        const Result<QByteArray> made = xmpWith({}, {.digitalSource = QStringLiteral("trainedAlgorithmicMedia"), .ownJson = json});
        QVERIFY(made.ok());
        const XmpFacts facts = readXmp(*made);
        QVERIFY(facts.wellFormed);
        QCOMPARE(facts.ownJson, json);
        QCOMPARE(facts.digitalSource, QStringLiteral("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"));
    }

    void allElseStays()
    {
        const QByteArray before = packet(title());
        const Result<QByteArray> first = xmpWith(before, {.digitalSource = QStringLiteral("x"), .ownJson = QStringLiteral("{\"n\":1}")});
        QVERIFY(first.ok());
        QVERIFY(first->startsWith(before.first(before.indexOf("</r:RDF>"))) && first->endsWith(before.sliced(before.indexOf("</r:RDF>"))));
        QVERIFY(first->contains("rdf:about=\"a &amp; b\""));
        const Result<QByteArray> second = xmpWith(*first, {.digitalSource = QStringLiteral("y"), .ownJson = QStringLiteral("{\"n\":2}")});
        QVERIFY(second.ok());
        QCOMPARE(second->size(), first->size());
        QCOMPARE(readXmp(*second).ownJson, QStringLiteral("{\"n\":2}"));
        QVERIFY(readXmp(*second).digitalSource.endsWith(u'x'));
    }

    void oursAmongOthersIsReplacedAlone()
    {
        const QByteArray shared = packet("<r:Description r:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:n=\"urn:novita-console:image:1#\">"
                                         "<n:json>{}</n:json><dc:title>kept</dc:title></r:Description>");
        const Result<QByteArray> made = xmpWith(shared, {.digitalSource = {}, .ownJson = QStringLiteral("{\"n\":2}")});
        QVERIFY(made.ok() && made->contains("<dc:title>kept</dc:title>") && !made->contains("<n:json>"));
        QCOMPARE(readXmp(*made).ownJson, QStringLiteral("{\"n\":2}"));
        const QByteArray attributes = packet("<r:Description r:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:format=\"kept\" "
                                             "xmlns:n=\"urn:novita-console:image:1#\"><n:json>{}</n:json></r:Description>");
        QVERIFY(xmpWith(attributes, {.digitalSource = {}, .ownJson = QStringLiteral("{}")})->contains("dc:format=\"kept\""));
    }

    void charactersThatXmlCannotHold()
    {
        const QString json = QStringLiteral("{\"a\":\"") + QChar(0xffff) + QChar(0xfffe) + QStringLiteral("\"}");
        QCOMPARE(readXmp(*xmpWith({}, {.digitalSource = {}, .ownJson = json})).ownJson, QStringLiteral("{\"a\":\"\\uffff\\ufffe\"}"));
    }

    void whatCannotBeAddedTo_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no XML") << QByteArray("hello");
        QTest::newRow("cut") << packet(title()).chopped(40);
        QTest::newRow("document type") << QByteArray("<!DOCTYPE x [<!ENTITY a 'b'>]>") + "<x>&a;</x>";
        QTest::newRow("no RDF") << QByteArray("<x/>");
        QTest::newRow("RDF without an end tag") << QByteArray("<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>");
        QTest::newRow("too deep") << packet(QByteArray("<a>").repeated(100) + QByteArray("</a>").repeated(100));
        QTest::newRow("too large") << packet(QByteArray(1024 * 1024, ' '));
        QTest::newRow("no UTF-8") << packet("<a>\xff</a>");
        QTest::newRow("ours as an attribute") << packet("<r:Description xmlns:n=\"urn:novita-console:image:1#\" n:json=\"{}\"/>");
        QTest::newRow("ours behind RDF") << QByteArray("<y xmlns:n=\"urn:novita-console:image:1#\"><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                                                       "</r:RDF><n:json>{}</n:json></y>");
    }

    void whatCannotBeAddedTo()
    {
        QFETCH(QByteArray, bytes);
        const Result<QByteArray> made = xmpWith(bytes, {.digitalSource = QStringLiteral("x"), .ownJson = QStringLiteral("{}")});
        QVERIFY(!made.ok());
        QCOMPARE(made.error().kind, ErrorKind::Storage);
    }
};

QTEST_GUILESS_MAIN(TestXmpPacket)
#include "tst_xmppacket.moc"
