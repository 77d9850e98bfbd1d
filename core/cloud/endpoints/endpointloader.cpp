// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointloader.h"

#include "core/cloud/endpoints/fieldloader.h"
#include "core/cloud/endpoints/specreader.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace novita {

namespace {

Error refused(const QString &file, const QString &problem)
{
    return Error::make(ErrorKind::Validation, file + QStringLiteral(": ") + problem);
}

Result<QJsonObject> objectOf(const QByteArray &json, const QString &file)
{
    if (json.size() > EndpointTable::kMostFileBytes)
        return refused(file, QStringLiteral("larger than %1 kB").arg(EndpointTable::kMostFileBytes / 1024));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return refused(file, QStringLiteral("no JSON at byte %1: %2").arg(error.offset).arg(error.errorString()));
    if (!document.isObject())
        return refused(file, QStringLiteral("expected an object"));
    return document.object();
}

/// Requests of a dropped file must not reach what creates or deletes instances.
bool isImagePath(const QString &path, EndpointFamily family)
{
    static const QRegularExpression cloud(QStringLiteral("\\A/v3(beta)?(/[A-Za-z0-9][A-Za-z0-9._-]*){1,4}\\z"));
    static const QRegularExpression webUi(QStringLiteral("\\A/sdapi/v1(/[A-Za-z0-9][A-Za-z0-9._-]*){1,2}\\z"));
    return (family == EndpointFamily::WebUi ? webUi : cloud).match(path).hasMatch();
}

class EndpointReading
{
public:
    EndpointReading(SpecReader &reader, const ChoiceLists &lists) : m_reader(reader), m_lists(lists) {}

    EndpointSpec read()
    {
        m_spec.id = m_reader.name("id", true);
        m_spec.title = m_reader.text("title", true, 80);
        readFamily();
        readModes();
        readAvailability();
        readOutput();
        readOptions();
        readPrice();
        m_spec.constants = m_reader.object("constants");
        m_spec.fields = readFields(m_reader, "fields", m_lists, false);
        m_reader.refuseRest();
        checkReferences();
        checkPlaces();
        return m_spec;
    }

private:
    void readFamily()
    {
        QStringList names;
        for (int i = 0; i <= int(EndpointFamily::WebUi); ++i)
            names.append(endpointFamilyName(static_cast<EndpointFamily>(i)));
        m_spec.family = static_cast<EndpointFamily>(std::max<qsizetype>(0, m_reader.oneOf("family", names)));
        m_spec.path = m_reader.text("path", true, 128);
        if (!isImagePath(m_spec.path, m_spec.family))
            m_reader.fail("path", QStringLiteral("not the path of an image endpoint"));
    }

    void readModes()
    {
        const QJsonArray modes = m_reader.array("modes", allImageModes().size(), true);
        for (const QJsonValue &name : modes) {
            const std::optional<ImageMode> mode = imageModeFromName(name.toString());
            if (!mode || m_spec.modes.contains(*mode))
                m_reader.fail("modes", QStringLiteral("expected different modes such as txt2img"));
            else
                m_spec.modes.append(*mode);
        }
    }

    void readAvailability()
    {
        SpecReader reader = m_reader.reader("availability", true);
        AvailabilityFact &fact = m_spec.availability;
        fact.status = static_cast<EndpointAvailability>(
            std::max<qsizetype>(0, reader.oneOf("status", {QStringLiteral("listed"), QStringLiteral("unlisted"), QStringLiteral("retired")})));
        fact.date = reader.date("date");
        fact.source = reader.text("source");
        fact.replacement = reader.text("replacement");
        fact.note = reader.text("note");
        reader.refuseRest();
        if (fact.status == EndpointAvailability::Retired && !fact.date.isValid())
            reader.fail("date", QStringLiteral("expected the day it ends"));
    }

    void readOutput()
    {
        SpecReader reader = m_reader.reader("output", true);
        OutputSpec &output = m_spec.output;
        output.kind = static_cast<OutputKind>(
            std::max<qsizetype>(0, reader.oneOf("kind", {QStringLiteral("images"), QStringLiteral("video"), QStringLiteral("text")})));
        output.delivery = static_cast<OutputDelivery>(
            std::max<qsizetype>(0, reader.oneOf("delivery", {QStringLiteral("task"), QStringLiteral("urls"), QStringLiteral("inline")})));
        output.countField = reader.name("count");
        if (reader.has("type")) {
            SpecReader type = reader.reader("type");
            output.typeWire = type.place("wire", true);
            output.types = type.texts("values", 20);
            output.serverType = type.text("serverDefault", true, 16);
            type.refuseRest();
            if (!output.types.contains(output.serverType))
                type.fail("serverDefault", QStringLiteral("none of the values"));
        }
        reader.refuseRest();
        const bool async = m_spec.family != EndpointFamily::Sync && m_spec.family != EndpointFamily::WebUi;
        if (async != m_spec.givesTask())
            reader.fail("delivery", QStringLiteral("does not fit the family"));
    }

    void readOptions()
    {
        if (m_reader.has("nsfw")) {
            SpecReader reader = m_reader.reader("nsfw");
            m_spec.nsfw.enableWire = reader.place("enable", true);
            m_spec.nsfw.levelWire = reader.place("level");
            m_spec.nsfw.mostLevel = static_cast<int>(reader.integer("maxLevel", 0, 10).value_or(0));
            m_spec.nsfw.pricePerImage = money(reader, "usd");
            reader.refuseRest();
        }
        if (m_reader.has("webhook")) {
            SpecReader reader = m_reader.reader("webhook");
            m_spec.webhook.wire = reader.place("wire", true);
            m_spec.webhook.form = reader.oneOf("form", {QStringLiteral("object"), QStringLiteral("address")}) == 0 ? WebhookForm::Object : WebhookForm::Address;
            reader.refuseRest();
        }
    }

    void readPrice()
    {
        if (m_reader.has("price")) {
            constexpr qint64 kMostReference = 1'000'000'000;
            SpecReader reader = m_reader.reader("price");
            PriceSpec price;
            price.amount = money(reader, "usd").value_or(Money());
            price.pixels = reader.integer("pixels", 1, kMostReference).value_or(0);
            price.steps = reader.integer("steps", 1, kMostReference).value_or(0);
            price.source = reader.text("source", true);
            price.date = reader.date("date");
            reader.refuseRest();
            if (!price.date.isValid())
                reader.fail("date", QStringLiteral("expected a date such as 2026-07-22"));
            m_spec.price = price;
        }
        if (m_reader.has("rate")) {
            SpecReader reader = m_reader.reader("rate");
            RateLimitSpec rate;
            rate.perMinute = static_cast<int>(reader.integer("perMinute", 1, 100'000).value_or(1));
            rate.countsImages = reader.oneOf("counts", {QStringLiteral("images"), QStringLiteral("requests")}) == 0;
            reader.refuseRest();
            m_spec.rate = rate;
        }
    }

    static std::optional<Money> money(SpecReader &reader, const char *key)
    {
        constexpr qint64 kMostDollars = 100;
        if (!reader.has(key))
            return std::nullopt;
        const std::optional<Money> amount = Money::fromDecimalText(reader.text(key, true, 16));
        if (!amount || amount->isNegative() || amount->priceUnits() > kMostDollars * Money::kUnitsPerDollar)
            reader.fail(key, QStringLiteral("expected an amount such as \"0.0015\""));
        return amount;
    }

    void expect(const char *where, const QString &name, bool known)
    {
        if (!name.isEmpty() && !known)
            m_reader.fail(where, QStringLiteral("no field %1").arg(name));
    }

    bool isPicture(const QString &name, FieldType type) const
    {
        const FieldSpec *field = m_spec.field(name);
        return field && field->type == type;
    }

    void checkReferences()
    {
        const FieldSpec *count = m_spec.field(m_spec.output.countField);
        expect("output", m_spec.output.countField, count && count->type == FieldType::Integer);
        for (const FieldSpec &field : std::as_const(m_spec.fields)) {
            expect("fields", field.when.field, m_spec.field(field.when.field) && field.when.field != field.name);
            expect("fields", field.follows, m_spec.field(field.follows) && field.follows != field.name);
            expect("fields", field.size.exceedsImage, isPicture(field.size.exceedsImage, FieldType::Image));
            expect("fields", field.sameSizeAs, isPicture(field.sameSizeAs, FieldType::Image));
            expect("fields", field.sharesWith, isPicture(field.sharesWith, FieldType::Images));
        }
    }

    /// Each place of the body may have one source.
    void checkPlaces()
    {
        const QString root = familyRoot(m_spec.family);
        QStringList places{m_spec.output.typeWire, m_spec.nsfw.enableWire, m_spec.nsfw.levelWire, m_spec.webhook.wire};
        places += m_spec.constants.keys();
        for (const FieldSpec &field : std::as_const(m_spec.fields)) {
            for (const QString &wire : field.wire)
                places.append(root.isEmpty() ? wire : root + QLatin1Char('.') + wire);
        }
        places.removeAll(QString());
        std::sort(places.begin(), places.end());
        for (qsizetype i = 0; i < places.size(); ++i) {
            for (qsizetype j = i + 1; j < places.size(); ++j) {
                if (places.at(j) == places.at(i) || places.at(j).startsWith(places.at(i) + QLatin1Char('.')))
                    m_reader.fail("fields", QStringLiteral("two values for %1").arg(places.at(i)));
            }
        }
    }

    SpecReader &m_reader;
    const ChoiceLists &m_lists;
    EndpointSpec m_spec;
};

} // namespace

Result<EndpointSpec> parseEndpoint(const QByteArray &json, const QString &file, const ChoiceLists &lists)
{
    const Result<QJsonObject> object = objectOf(json, file);
    if (!object)
        return object.error();
    QString problem;
    SpecReader reader(*object, {}, problem);
    EndpointSpec spec = EndpointReading(reader, lists).read();
    if (!problem.isEmpty())
        return refused(file, problem);
    spec.file = file;
    return spec;
}

Result<ChoiceLists> parseChoiceLists(const QByteArray &json, const QString &file)
{
    const Result<QJsonObject> object = objectOf(json, file);
    if (!object)
        return object.error();
    constexpr qsizetype kMostItems = 500;
    QString problem;
    SpecReader reader(*object, {}, problem);
    ChoiceLists lists;
    const QStringList names = object->keys();
    for (const QString &name : names) {
        const QByteArray key = name.toUtf8();
        const QJsonArray items = reader.array(key.constData(), kMostItems, true);
        for (qsizetype i = 0; i < items.size(); ++i)
            lists[name].append(readChoice(reader, key.constData(), i, items.at(i)));
    }
    return problem.isEmpty() ? Result<ChoiceLists>(std::move(lists)) : refused(file, problem);
}

} // namespace novita
