// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/xmppacket.h"

#include "core/imagefile/imagetext.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

#include <mutex>

#include <exiv2/error.hpp>
#include <exiv2/properties.hpp>
#include <exiv2/value.hpp>
#include <exiv2/xmp_exiv2.hpp>

namespace novita {

namespace {

constexpr char kOwnNamespace[] = "urn:novita-console:image:1#";
constexpr char kOwnPrefix[] = "novita_desktop";
constexpr char kOwnName[] = "json";
constexpr char kIptcNamespace[] = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
constexpr char kSourceName[] = "DigitalSourceType";
constexpr char kSourceTerms[] = "http://cv.iptc.org/newscodes/digitalsourcetype/";
constexpr int kDeepest = 64;

/// Exiv2's XMP toolkit is one state for the whole program: every use of it holds this lock.
std::mutex &toolkitLock()
{
    static std::mutex &lock = *new std::mutex;
    return lock;
}

void prepareToolkit()
{
    static const bool done = [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize();
        Exiv2::XmpProperties::registerNs(kOwnNamespace, kOwnPrefix);
        return true;
    }();
    Q_UNUSED(done)
}

void takeProperty(QStringView space, QStringView name, const QString &value, XmpFacts &facts)
{
    if (space == QLatin1String(kOwnNamespace) && name == QLatin1String(kOwnName))
        facts.ownJson = value;
    else if (space == QLatin1String(kIptcNamespace) && name == QLatin1String(kSourceName))
        facts.digitalSource = value;
}

} // namespace

XmpFacts readXmp(QByteArrayView packet)
{
    XmpFacts facts;
    if (packet.isEmpty() || packet.size() > imagelimits::kXmpBytes)
        return facts;
    QXmlStreamReader xml(QByteArray::fromRawData(packet.data(), packet.size()));
    QString space;
    QString name;
    QString text;
    int depth = 0;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::DTD: return facts;
        case QXmlStreamReader::StartElement:
            if (++depth > kDeepest)
                return facts;
            space = xml.namespaceUri().toString();
            name = xml.name().toString();
            text.clear();
            for (const QXmlStreamAttribute &attribute : xml.attributes())
                takeProperty(attribute.namespaceUri(), attribute.name(), attribute.value().toString(), facts);
            break;
        case QXmlStreamReader::Characters: text += xml.text(); break;
        case QXmlStreamReader::EndElement:
            --depth;
            // Only an element without children is a property's value.
            if (xml.name() == name && xml.namespaceUri() == space)
                takeProperty(space, name, text, facts);
            name.clear();
            break;
        default: break;
        }
    }
    facts.wellFormed = !xml.hasError();
    return facts;
}

Result<QByteArray> xmpWith(QByteArrayView packet, const XmpAdditions &additions)
{
    const Error damaged = Error::make(ErrorKind::Storage,
                                      QCoreApplication::translate("ImageFile", "The picture's XMP data are damaged and cannot be added to."));
    const XmpFacts facts = readXmp(packet);
    if (!packet.isEmpty() && !facts.wellFormed)
        return damaged;
    try {
        const std::lock_guard lock(toolkitLock());
        prepareToolkit();
        Exiv2::XmpData xmp;
        if (!packet.isEmpty() && Exiv2::XmpParser::decode(xmp, std::string(packet.data(), static_cast<size_t>(packet.size()))) != 0)
            return damaged;
        const auto set = [&](const std::string &key, const QString &value) {
            const Exiv2::XmpKey xmpKey(key);
            if (const auto old = xmp.findKey(xmpKey); old != xmp.end())
                xmp.erase(old);
            const Exiv2::XmpTextValue text(value.toStdString());
            xmp.add(xmpKey, &text);
        };
        if (!additions.digitalSource.isEmpty() && facts.digitalSource.isEmpty())
            set("Xmp.iptcExt.DigitalSourceType", QLatin1String(kSourceTerms) + additions.digitalSource);
        if (!additions.ownJson.isEmpty())
            set(std::string("Xmp.") + kOwnPrefix + '.' + kOwnName, additions.ownJson);
        std::string out;
        if (Exiv2::XmpParser::encode(out, xmp, Exiv2::XmpParser::useCompactFormat) != 0)
            return damaged;
        return QByteArray::fromStdString(out);
    } catch (const std::exception &) {
        return damaged;
    }
}

} // namespace novita
