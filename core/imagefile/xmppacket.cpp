// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/xmppacket.h"

#include "core/imagefile/imagetext.h"

#include <QCoreApplication>
#include <QList>
#include <QXmlStreamReader>

namespace novita {

namespace {

const QLatin1String kOwnNamespace("urn:novita-console:image:1#");
const QLatin1String kOwnName("json");
const QLatin1String kRdfNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
const QLatin1String kIptcNamespace("http://iptc.org/std/Iptc4xmpExt/2008-02-29/");
const QLatin1String kSourceName("DigitalSourceType");
const QLatin1String kSourceTerms("http://cv.iptc.org/newscodes/digitalsourcetype/");
constexpr qsizetype kDeepest = 64;

/// An element that the reader stands in.
struct Element
{
    QString space;
    QString name;
    qsizetype begin = 0;
    QString text = {};
    int children = 0;
    int ownChildren = 0;
    bool bare = true; ///< no attribute but rdf:about
};

/// A part of the packet's text.
struct Range
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// Goes through a packet once, for its facts and for the places where it can be cut and added to.
///
/// Not by Exiv2: its XMP toolkit keeps the prefixes of every packet it has seen for the whole program, so that one picture could change what is
/// written into the next.
class XmpScan
{
public:
    explicit XmpScan(const QString &text) : m_text(text), m_xml(text)
    {
        while (!m_xml.atEnd() && m_open.size() <= kDeepest) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::DTD: return;
            case QXmlStreamReader::StartElement: begin(); break;
            case QXmlStreamReader::Characters:
                if (!m_open.isEmpty())
                    m_open.last().text += m_xml.text();
                break;
            case QXmlStreamReader::EndElement: end(); break;
            default: break;
            }
        }
        m_facts.wellFormed = m_xml.atEnd() && !m_xml.hasError();
    }

    const XmpFacts &facts() const { return m_facts; }
    QString about() const { return m_about; }
    /// Before the end tag of rdf:RDF; -1 when there is none.
    qsizetype insertAt() const { return m_insertAt; }
    /// What holds our property, in order. Nested ones do not occur: the outer one takes the inner one's place.
    const QList<Range> &ownRanges() const { return m_own; }
    /// Our property as an attribute, as other programs may rewrite it: it cannot be cut out here.
    bool hasOwnAttribute() const { return m_ownAttribute; }

private:
    void take(QStringView space, QStringView name, const QString &value)
    {
        if (space == kOwnNamespace && name == kOwnName)
            m_facts.ownJson = value;
        else if (space == kIptcNamespace && name == kSourceName)
            m_facts.digitalSource = value;
    }

    void begin()
    {
        const qsizetype end = qsizetype(m_xml.characterOffset());
        if (!m_open.isEmpty())
            ++m_open.last().children;
        m_open.append({m_xml.namespaceUri().toString(), m_xml.name().toString(), m_text.lastIndexOf(u'<', qMax(qsizetype(0), end - 1)), {}});
        for (const QXmlStreamAttribute &attribute : m_xml.attributes()) {
            take(attribute.namespaceUri(), attribute.name(), attribute.value().toString());
            m_ownAttribute = m_ownAttribute || attribute.namespaceUri() == kOwnNamespace;
            const bool about = attribute.namespaceUri() == kRdfNamespace && attribute.name() == QLatin1String("about");
            m_open.last().bare = m_open.constLast().bare && about;
            if (about && m_about.isEmpty())
                m_about = attribute.value().toString();
        }
    }

    void end()
    {
        const qsizetype end = qsizetype(m_xml.characterOffset());
        const Element element = m_open.takeLast();
        const bool property = element.children == 0;
        if (property)
            take(element.space, element.name, element.text);
        const bool own = element.space == kOwnNamespace;
        const bool onlyOwn = element.space == kRdfNamespace && element.name == QLatin1String("Description") && element.children > 0
            && element.children == element.ownChildren && element.bare;
        if (own || onlyOwn) {
            while (!m_own.isEmpty() && m_own.constLast().begin >= element.begin)
                m_own.removeLast();
            m_own.append({element.begin, end});
        }
        if (own && !m_open.isEmpty())
            ++m_open.last().ownChildren;
        if (element.space == kRdfNamespace && element.name == QLatin1String("RDF") && m_insertAt < 0) {
            const qsizetype tag = m_text.lastIndexOf(QLatin1String("</"), qMax(qsizetype(0), end - 1));
            m_insertAt = tag > element.begin ? tag : -1;
        }
    }

    QString m_text;
    QXmlStreamReader m_xml;
    QList<Element> m_open;
    XmpFacts m_facts;
    QString m_about;
    QList<Range> m_own;
    qsizetype m_insertAt = -1;
    bool m_ownAttribute = false;
};

QString emptyPacket()
{
    return QStringLiteral("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

/// A description of its own for one property, which can be taken out again as a whole.
QString description(const QString &about, const QString &prefix, QLatin1String space, QLatin1String name, const QString &value)
{
    const QString tag = prefix + u':' + name;
    return QStringLiteral("<rdf:Description xmlns:rdf=\"%1\" rdf:about=\"%2\" xmlns:%3=\"%4\"><%5>").arg(kRdfNamespace, about.toHtmlEscaped(), prefix, space, tag)
        + value.toHtmlEscaped() + QStringLiteral("</%1></rdf:Description>\n").arg(tag);
}

/// JSON as XML can hold it: two characters are allowed in the one and not in the other.
QString forXml(QString json)
{
    return json.replace(QChar(0xfffe), QLatin1String("\\ufffe")).replace(QChar(0xffff), QLatin1String("\\uffff"));
}

} // namespace

XmpFacts readXmp(QByteArrayView packet)
{
    if (packet.isEmpty() || packet.size() > imagelimits::kXmpBytes)
        return {};
    return XmpScan(QString::fromUtf8(packet)).facts();
}

Result<QByteArray> xmpWith(QByteArrayView packet, const XmpAdditions &additions)
{
    const Error damaged = Error::make(ErrorKind::Storage,
                                      QCoreApplication::translate("ImageFile", "The picture's XMP data are damaged and cannot be added to."));
    if (packet.size() > imagelimits::kXmpBytes || !packet.isValidUtf8())
        return damaged;
    QString text = packet.isEmpty() ? emptyPacket() : QString::fromUtf8(packet);
    const XmpScan scan(text);
    const bool replaces = !additions.ownJson.isEmpty();
    if (!scan.facts().wellFormed || scan.insertAt() < 0 || (replaces && scan.hasOwnAttribute()))
        return damaged;
    if (!scan.ownRanges().isEmpty() && scan.ownRanges().constLast().end > scan.insertAt())
        return damaged; // ours outside of rdf:RDF, where nothing of XMP stands

    QString added;
    if (replaces)
        added += description(scan.about(), QStringLiteral("novita_desktop"), kOwnNamespace, kOwnName, forXml(additions.ownJson));
    if (!additions.digitalSource.isEmpty() && scan.facts().digitalSource.isEmpty())
        added += description(scan.about(), QStringLiteral("Iptc4xmpExt"), kIptcNamespace, kSourceName, kSourceTerms + additions.digitalSource);
    text.insert(scan.insertAt(), added);
    if (replaces) {
        // From the end, so that what comes before keeps its place; all of it lies before what was added.
        for (auto range = scan.ownRanges().crbegin(); range != scan.ownRanges().crend(); ++range) {
            const bool lineBreak = range->end < text.size() && text.at(range->end) == u'\n';
            text.remove(range->begin, range->end - range->begin + (lineBreak ? 1 : 0));
        }
    }

    const QByteArray out = text.toUtf8();
    const XmpFacts written = readXmp(out);
    const bool asMeant = written.wellFormed && (!replaces || written.ownJson == forXml(additions.ownJson))
        && (additions.digitalSource.isEmpty() || !written.digitalSource.isEmpty());
    return asMeant ? Result<QByteArray>(out) : Result<QByteArray>(damaged);
}

} // namespace novita
