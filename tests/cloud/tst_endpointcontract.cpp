// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace novita;

// What the contract says of each endpoint, place by place (tests/data/endpoints/contract.json), against the built-in
// table. What the contract states must be the same; what it leaves open the table may bound. What the table leaves out
// on purpose is named here, with the reason.

namespace {

using Places = QHash<QString, const FieldSpec *>;

/// Members that no form offers.
const QHash<QString, QString> &leftOut()
{
    static const QHash<QString, QString> places{
        {QStringLiteral("/v3/async/img2img request.refiner.switch_at"),
         QStringLiteral("only a guide mentions it here, the reference page does not")},
        {QStringLiteral("/v3/async/img2img request.extra"),
         QStringLiteral("an empty object of one SDK, to be ignored")},
        {QStringLiteral("/v3/async/glm-image quality"), QStringLiteral("has one value, the default")},
        {QStringLiteral("/v3/async/z-image-turbo enable_base64_output"), QStringLiteral("another form of the answer")},
        {QStringLiteral("/v3/seedream-3-0-txt2img model"), QStringLiteral("has one value")},
        {QStringLiteral("/v3/seedream-3-0-txt2img response_format"), QStringLiteral("another form of the answer")},
        {QStringLiteral("/v3/seedream-4.5 optimize_prompt_options.mode"), QStringLiteral("has one value, the default")},
        {QStringLiteral("/v3/seedream-5.0-lite optimize_prompt_options.mode"),
         QStringLiteral("has one value, the default")},
        {QStringLiteral("/v3/async/wan-t2v model_name"), QStringLiteral("known to one SDK alone, to be ignored")},
        {QStringLiteral("/v3/async/wan-t2v frames"), QStringLiteral("known to one SDK alone, to be ignored")}};
    return places;
}

/// Optional in some sources, mandatory in others: the contract says to send them always.
bool isSentAllTheSame(const QString &place)
{
    return QStringList{QStringLiteral("request.strength"), QStringLiteral("guidance_scale")}.contains(place);
}

void collect(Places &places, const QList<FieldSpec> &fields, const QString &prefix)
{
    for (const FieldSpec &field : fields) {
        for (const QString &wire : field.wire) {
            places.insert(prefix + wire, &field);
            collect(places, field.items,
                    prefix + wire + (isListType(field.type) ? QLatin1String("[].") : QLatin1String(".")));
        }
    }
}

QStringList optionsOf(const FieldSpec &field)
{
    QStringList options;
    for (const ChoiceOption &option : field.choices)
        options.append(option.value);
    options.sort();
    return options;
}

QStringList textsOf(const QJsonArray &values)
{
    QStringList texts;
    for (const QJsonValue &value : values)
        texts.append(value.toVariant().toString());
    texts.sort();
    return texts;
}

/// Of a size, which stands in one place or in two, and of what takes its place.
QJsonValue comparable(const FieldSpec &field, const QJsonValue &value, const QString &place)
{
    if (field.type == FieldType::Boolean)
        return value.isBool() ? value.toBool() : value.toInt() != 0;
    if (field.type == FieldType::Choice)
        return value.toVariant().toString();
    if (field.type != FieldType::Size || !value.isObject())
        return value;
    const int width = value[QLatin1String("width")].toInt(), height = value[QLatin1String("height")].toInt();
    if (field.syntax == SizeSyntax::Separate)
        return place.endsWith(field.wire.value(0)) ? width : height;
    return QStringLiteral("%1%2%3")
        .arg(width)
        .arg(field.syntax == SizeSyntax::Asterisk ? QLatin1Char('*') : QLatin1Char('x'))
        .arg(height);
}

QStringList formsOf(const FieldSpec &field)
{
    QStringList forms;
    for (const ImageForm form : field.accepts)
        forms.append(
            QStringList{QStringLiteral("base64"), QStringLiteral("data-uri"), QStringLiteral("url")}.at(int(form)));
    forms.sort();
    return forms;
}

/// A size that stands in two places is bound as a number in each; one in a single text by "sides", "pixels" and the
/// like.
QStringList comparedSizes(const FieldSpec &field, const QJsonObject &told, const QString &place)
{
    QStringList faults;
    const auto expect = [&](const char *what, const QJsonValue &theirs, const auto &ours) {
        const QJsonValue held = ours ? QJsonValue(double(*ours)) : QJsonValue();
        if (!theirs.isUndefined() && theirs != held)
            faults.append(
                QStringLiteral("%1 %2: %3, contract %4")
                    .arg(place, QLatin1String(what), held.toVariant().toString(), theirs.toVariant().toString()));
    };
    const SizeLimits &limits = field.size;
    if (field.syntax == SizeSyntax::Separate) {
        if (!limits.onlyPresets) {
            expect("minimum", told.value(QLatin1String("minimum")), limits.leastSide);
            expect("maximum", told.value(QLatin1String("maximum")), limits.mostSide);
        }
        return faults;
    }
    if (told.value(QLatin1String("syntax")).toString() !=
        QLatin1String(field.syntax == SizeSyntax::Asterisk ? "*" : "x"))
        faults.append(place + QStringLiteral(": written in another way"));
    if (limits.onlyPresets)
        return faults;
    const QJsonArray sides = told.value(QLatin1String("sides")).toArray(),
                     pixels = told.value(QLatin1String("pixels")).toArray();
    expect("least side", sides.isEmpty() ? QJsonValue(QJsonValue::Undefined) : sides.at(0), limits.leastSide);
    expect("greatest side", sides.isEmpty() ? QJsonValue(QJsonValue::Undefined) : sides.at(1), limits.mostSide);
    expect("fewest pixels", pixels.isEmpty() ? QJsonValue(QJsonValue::Undefined) : pixels.at(0), limits.leastPixels);
    expect("most pixels", pixels.isEmpty() ? QJsonValue(QJsonValue::Undefined) : pixels.at(1), limits.mostPixels);
    expect("aspect", told.value(QLatin1String("aspect")), limits.mostAspect);
    expect("step", told.value(QLatin1String("multipleOf")), std::optional(limits.multipleOf));
    QStringList words = field.keywords;
    words.sort();
    if (words != textsOf(told.value(QLatin1String("words")).toArray()))
        faults.append(QStringLiteral("%1: known by name: %2").arg(place, words.join(QLatin1Char('|'))));
    return faults;
}

QStringList compared(const FieldSpec &field, const QJsonObject &told, const QString &place)
{
    QStringList faults;
    const auto expect = [&](const char *what, const QJsonValue &ours) {
        const QJsonValue theirs = told.value(QLatin1String(what));
        if (!theirs.isUndefined() && ours != theirs)
            faults.append(
                QStringLiteral("%1 %2: %3, contract %4")
                    .arg(place, QLatin1String(what), ours.toVariant().toString(), theirs.toVariant().toString()));
    };
    const auto number = [](const std::optional<double> &value) { return value ? QJsonValue(*value) : QJsonValue(); };
    const bool isNumber =
        field.type == FieldType::Integer || field.type == FieldType::Number || field.type == FieldType::Seed;
    if (isNumber || field.type == FieldType::Text || field.type == FieldType::Boolean) {
        const QString type =
            isNumber ? (field.type == FieldType::Number ? QStringLiteral("number") : QStringLiteral("integer"))
            : field.type == FieldType::Text ? QStringLiteral("string")
            : field.asInteger               ? QStringLiteral("integer")
                                            : QStringLiteral("boolean");
        expect("type", type);
    }
    if (isNumber) {
        expect("minimum", field.type == FieldType::Seed ? QJsonValue(field.least.value_or(-1)) : number(field.least));
        expect("maximum", number(field.most));
        if (!told.value(QLatin1String("exclusiveMinimum")).isUndefined() && !field.leastExcluded)
            faults.append(place + QStringLiteral(": the least value is not allowed itself"));
    }
    if (field.type == FieldType::Text) {
        expect("maxLength", field.mostChars);
        if (told.value(QLatin1String("minLength")).toInt() > 0 && field.leastChars < 1 && field.required)
            faults.append(place + QStringLiteral(": may not be empty"));
    }
    if (field.type == FieldType::Size)
        faults += comparedSizes(field, told, place);
    if (field.isImage() && told.contains(QLatin1String("forms")) &&
        formsOf(field) != textsOf(told.value(QLatin1String("forms")).toArray()))
        faults.append(QStringLiteral("%1: sent as %2").arg(place, formsOf(field).join(QLatin1Char('|'))));
    expect("unit", field.unit);
    if (field.type == FieldType::Choice && told.contains(QLatin1String("enum")) &&
        optionsOf(field) != textsOf(told.value(QLatin1String("enum")).toArray()))
        faults.append(QStringLiteral("%1: %2").arg(place, optionsOf(field).join(QLatin1Char('|'))));
    if (isListType(field.type) || field.type == FieldType::Images)
        expect("maxItems", field.mostItems);
    // A server's default that is not known to the table would be sent: the same to the server. One that it does not
    // have would go missing.
    const QJsonValue theirs = told.value(QLatin1String("default"));
    if (!field.serverDefault.isUndefined() && !theirs.isUndefined() &&
        comparable(field, field.serverDefault, place) != comparable(field, theirs, place))
        faults.append(place + QStringLiteral(": another default"));
    // What is taken for the server's own value is not sent: where the contract names none, the server may take another.
    const bool isOff = field.serverDefault.isBool() && !field.serverDefault.toBool();
    if (!field.serverDefault.isUndefined() && theirs.isUndefined() && !field.always && !isOff)
        faults.append(place + QStringLiteral(": the contract knows no default"));
    const bool isRequired = told.value(QLatin1String("required")).toBool();
    if (isRequired && !field.required && !isListType(field.type))
        faults.append(place + QStringLiteral(": is required"));
    if (!isRequired && field.required && field.when.modes.isEmpty() && !isSentAllTheSame(place))
        faults.append(place + QStringLiteral(": is not required"));
    return faults;
}

} // namespace

class TestEndpointContract final : public QObject
{
    Q_OBJECT

    QJsonObject m_contract;
    const EndpointTable m_table = EndpointTable::builtIn();

    QList<const EndpointSpec *> at(const QString &path) const
    {
        QList<const EndpointSpec *> found;
        for (const EndpointSpec &spec : m_table.all()) {
            if (spec.path == path)
                found.append(&spec);
        }
        return found;
    }

private slots:
    void initTestCase()
    {
        QFile file(QFINDTESTDATA("../data/endpoints/contract.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_contract = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(m_contract.size() >= 40);
    }

    void theTableHasWhatTheContractHas()
    {
        for (const EndpointSpec &spec : m_table.all())
            QVERIFY2(spec.family == EndpointFamily::WebUi || m_contract.contains(spec.path), qPrintable(spec.id));
        for (const QString &path : m_contract.keys())
            QVERIFY2(!at(path).isEmpty(), qPrintable(path));
    }

    void everyMemberIsWhatTheContractSays_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString &path : m_contract.keys())
            QTest::newRow(qPrintable(path)) << path;
    }
    void everyMemberIsWhatTheContractSays()
    {
        QFETCH(const QString, path);
        const QJsonObject told = m_contract.value(path)[QLatin1String("fields")].toObject();
        for (const EndpointSpec *spec : at(path)) {
            Places places;
            const QString root = familyRoot(spec->family);
            collect(places, spec->fields, root.isEmpty() ? QString() : root + QLatin1Char('.'));
            const QStringList others{spec->output.typeWire, spec->nsfw.enableWire, spec->nsfw.levelWire,
                                     spec->webhook.wire};
            QStringList faults;
            for (auto it = told.begin(); it != told.end(); ++it) {
                if (const FieldSpec *field = places.value(it.key()))
                    faults += compared(*field, it.value().toObject(), it.key());
                else if (!others.contains(it.key()) && !spec->constants.contains(it.key()) &&
                         !leftOut().contains(path + QLatin1Char(' ') + it.key()))
                    faults.append(it.key() + QStringLiteral(": not in the table"));
            }
            if (const QJsonValue types = told.value(spec->output.typeWire); types.isObject()) {
                QStringList ours = spec->output.types;
                ours.sort();
                if (types.toObject().contains(QLatin1String("enum")) &&
                    ours != textsOf(types[QLatin1String("enum")].toArray()))
                    faults.append(QStringLiteral("output types"));
                if (spec->output.serverType != types[QLatin1String("default")].toString(spec->output.serverType))
                    faults.append(QStringLiteral("output type by default"));
            }
            QVERIFY2(faults.isEmpty(), qPrintable(spec->id + QLatin1String(": ") + faults.join(QLatin1String("; "))));
        }
    }

    void asManyAMinuteAsTheContractSays()
    {
        for (const QString &path : m_contract.keys()) {
            const QJsonObject rate = m_contract.value(path)[QLatin1String("rate")].toObject();
            for (const EndpointSpec *spec : at(path)) {
                QVERIFY2(spec->rate.has_value() == !rate.isEmpty(), qPrintable(spec->id));
                if (!spec->rate)
                    continue;
                QVERIFY2(spec->rate->perMinute == rate.value(QLatin1String("perMinute")).toInt(), qPrintable(spec->id));
                QVERIFY2(spec->rate->countsImages == (rate.value(QLatin1String("counts")) == QLatin1String("images")),
                         qPrintable(spec->id));
            }
        }
    }

    void uploadsAreBoundAsTheContractSays()
    {
        for (const QString &path : m_contract.keys()) {
            const QJsonObject limits = m_contract.value(path)[QLatin1String("limits")].toObject();
            for (const EndpointSpec *spec : at(path)) {
                for (const FieldSpec &field : spec->fields) {
                    if (limits.isEmpty() || !field.isImage())
                        continue;
                    QCOMPARE(QJsonValue(field.image.mostBytes.value_or(-1)), limits.value(QLatin1String("bytes")));
                    QCOMPARE(field.image.mostPixels.value_or(-1), limits.value(QLatin1String("pixels")).toInteger(-1));
                    QCOMPARE(field.image.mostSide.value_or(-1), limits.value(QLatin1String("side")).toInt(-1));
                }
            }
        }
    }

    void theLastDaysAreTheProviders()
    {
        for (const QString &path : m_contract.keys()) {
            const QJsonValue told = m_contract.value(path);
            for (const EndpointSpec *spec : at(path)) {
                const AvailabilityFact &fact = spec->availability;
                const QString status =
                    QStringList{QStringLiteral("listed"), QStringLiteral("unlisted"), QStringLiteral("retired")}.at(
                        int(fact.status));
                QVERIFY2(status == told[QLatin1String("status")].toString(), qPrintable(spec->id));
                QVERIFY2(!fact.source.isEmpty(), qPrintable(spec->id));
                if (const QString date = told[QLatin1String("date")].toString(); !date.isEmpty())
                    QVERIFY2(fact.date.toString(Qt::ISODate) == date, qPrintable(spec->id));
                if (const QString notice = told[QLatin1String("notice")].toString(); !notice.isEmpty())
                    QVERIFY2(fact.source == notice, qPrintable(spec->id));
            }
        }
    }

    void theLastDaysAreThoseOfTheNotices_data()
    {
        QTest::addColumn<QString>("day");
        QTest::addColumn<QStringList>("ids");
        const auto row = [](const char *day, const char *ids) {
            QTest::newRow(day) << QString::fromLatin1(day) << QString::fromLatin1(ids).split(QLatin1Char(' '));
        };
        row("2026-07-07", "hunyuan-image-3 glm-image");
        row("2026-07-22", "upscale remove-background replace-background inpainting remove-text cleanup img2prompt");
        row("2026-08-19", "flux-1-kontext-dev flux-1-kontext-pro flux-1-kontext-max flux-2-dev flux-2-flex flux-2-pro "
                          "z-image-turbo z-image-turbo-lora image-eraser"
                          " image-upscaler image-remove-background wan-t2v");
        row("2026-09-30", "qwen-image-txt2img qwen-image-edit");
    }
    void theLastDaysAreThoseOfTheNotices()
    {
        QFETCH(const QString, day);
        QFETCH(const QStringList, ids);
        for (const QString &id : ids) {
            const EndpointSpec *spec = m_table.find(id);
            QVERIFY2(spec && spec->availability.status == EndpointAvailability::Retired, qPrintable(id));
            QVERIFY2(spec->availability.date.toString(Qt::ISODate) == day, qPrintable(id));
        }
    }

    void whatIsLeftOutIsStillInTheContract()
    {
        for (auto it = leftOut().begin(); it != leftOut().end(); ++it) {
            const QStringList parts = it.key().split(QLatin1Char(' '));
            QVERIFY2(m_contract.value(parts.at(0))[QLatin1String("fields")].toObject().contains(parts.at(1)),
                     qPrintable(it.key()));
        }
    }
};

QTEST_GUILESS_MAIN(TestEndpointContract)
#include "tst_endpointcontract.moc"
