// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldloader.h"

#include "core/cloud/endpoints/fieldrules.h"

#include <limits>

namespace novita {

namespace {

constexpr double kExact = 9007199254740992.0;
constexpr qint64 kMostPixels = 1'000'000'000;
constexpr qint64 kMostSide = 65536;
constexpr qsizetype kMostFields = 100;
constexpr qsizetype kMostChoices = 500;

const QStringList &typeNames()
{
    static const QStringList names{
        QStringLiteral("text"),  QStringLiteral("integer"), QStringLiteral("number"), QStringLiteral("boolean"),    QStringLiteral("choice"),      QStringLiteral("seed"),
        QStringLiteral("size"),  QStringLiteral("image"),   QStringLiteral("mask"),   QStringLiteral("images"),     QStringLiteral("model"),       QStringLiteral("loras"),
        QStringLiteral("embeddings"), QStringLiteral("controlnets"), QStringLiteral("ip-adapters"), QStringLiteral("scenes"), QStringLiteral("hires-fix"), QStringLiteral("refiner")};
    return names;
}

ModelBase readBase(SpecReader &reader, const char *key)
{
    if (!reader.has(key))
        return ModelBase::Unknown;
    return static_cast<ModelBase>(std::max<qsizetype>(0, reader.oneOf(key, modelBaseNames()) + 1));
}

std::optional<int> readInt(SpecReader &reader, const char *key, qint64 least, qint64 most)
{
    const std::optional<qint64> number = reader.integer(key, least, most);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

/// Reads one field; a member that does not belong to its type is left for refuseRest().
class FieldReading
{
public:
    FieldReading(SpecReader &reader, const ChoiceLists &lists, bool nested) : m_reader(reader), m_lists(lists), m_nested(nested) {}

    FieldSpec read()
    {
        readCommon();
        switch (m_field.type) {
        case FieldType::Text: readText(); break;
        case FieldType::Integer:
        case FieldType::Number:
        case FieldType::Seed: readNumber(); break;
        case FieldType::Boolean:
            readEncoding();
            m_field.needsOutput = m_reader.name("needsOutput");
            break;
        case FieldType::Choice: readChoices(); break;
        case FieldType::Size: readSize(); break;
        case FieldType::Image:
        case FieldType::Mask:
        case FieldType::Images: readPictures(); break;
        case FieldType::Model: readModels(); break;
        default: readItems(); break;
        }
        m_reader.refuseRest();
        checkValues();
        checkNesting();
        return m_field;
    }

private:
    /// What looks at the whole form cannot stand in a row of a list: nobody would look.
    void checkNesting()
    {
        if (!m_nested)
            return;
        for (const char *key : {"when", "follows", "sharesWith", "exceeds", "sameSizeAs", "needsOutput", "byClient"}) {
            if (m_reader.has(key))
                m_reader.fail(key, QStringLiteral("cannot stand inside another field"));
        }
    }

    void readCommon()
    {
        m_field.name = m_reader.name("name", true);
        m_field.label = m_reader.text("label", true, 80);
        m_field.note = m_reader.text("note");
        m_field.type = static_cast<FieldType>(std::max<qsizetype>(0, m_reader.oneOf("type", typeNames())));
        m_field.required = m_reader.flag("required");
        m_field.advanced = m_reader.flag("advanced");
        m_field.initial = m_reader.any("initial");
        m_field.serverDefault = m_reader.any("serverDefault");
        m_field.always = m_reader.flag("always");
        if (m_reader.has("when"))
            readCondition();
        if (m_nested && (isListType(m_field.type) || isGroupType(m_field.type) || m_field.type == FieldType::Images))
            m_reader.fail("type", QStringLiteral("cannot stand inside another field"));
        if (m_field.type != FieldType::Size)
            m_field.wire = {m_reader.has("wire") ? m_reader.place("wire", true) : m_field.name};
    }

    void readCondition()
    {
        SpecReader when = m_reader.reader("when");
        m_field.when.base = readBase(when, "base");
        m_field.when.field = when.name("field");
        m_field.when.equals = when.any("equals");
        const QStringList modes = when.texts("modes", allImageModes().size());
        for (const QString &name : modes) {
            if (const std::optional<ImageMode> mode = imageModeFromName(name))
                m_field.when.modes.append(*mode);
            else
                when.fail("modes", QStringLiteral("no such mode: %1").arg(name));
        }
        if (m_field.when.field.isEmpty() != m_field.when.equals.isUndefined())
            when.fail("field", QStringLiteral("field and equals belong together"));
        when.refuseRest();
    }

    void readText()
    {
        constexpr int kMostChars = 100'000;
        m_field.multiline = m_reader.flag("multiline");
        m_field.leastChars = readInt(m_reader, "minLength", 0, kMostChars).value_or(0);
        m_field.mostChars = readInt(m_reader, "maxLength", 1, kMostChars).value_or(m_field.mostChars);
        if (m_field.leastChars > m_field.mostChars)
            m_reader.fail("minLength", QStringLiteral("above maxLength"));
    }

    void readNumber()
    {
        m_field.least = m_reader.number("min", -kExact, kExact);
        m_field.most = m_reader.number("max", -kExact, kExact);
        m_field.leastExcluded = m_reader.flag("exclusiveMin");
        m_field.step = m_reader.number("step", 1e-6, kExact).value_or(m_field.type == FieldType::Number ? 0.1 : 1);
        m_field.unit = m_reader.text("unit", false, 16);
        if (m_field.least && m_field.most && *m_field.least > *m_field.most)
            m_reader.fail("min", QStringLiteral("above max"));
        if (m_field.type == FieldType::Seed) {
            m_field.seedByClient = m_reader.optionalFlag("byClient").value_or(false);
            m_field.least = m_field.least.value_or(-1);
            m_field.most = m_field.most.value_or(kExact - 1);
        }
        if (m_field.type == FieldType::Integer)
            m_field.sharesWith = m_reader.name("sharesWith");
    }

    void readEncoding()
    {
        if (m_reader.has("as"))
            m_field.asInteger = m_reader.oneOf("as", {QStringLiteral("integer")}) == 0;
    }

    void readChoices()
    {
        readEncoding();
        m_field.openChoices = m_reader.flag("open");
        const QJsonValue choices = m_reader.any("choices");
        if (choices.isString()) {
            m_field.choices = m_lists.value(choices.toString());
            if (m_field.choices.isEmpty())
                m_reader.fail("choices", QStringLiteral("no list of this name"));
        } else {
            const QJsonArray items = m_reader.array("choices", kMostChoices, true);
            for (qsizetype i = 0; i < items.size(); ++i)
                m_field.choices.append(readChoice(m_reader, "choices", i, items.at(i)));
        }
        for (const ChoiceOption &option : std::as_const(m_field.choices)) {
            bool whole = false;
            option.value.toInt(&whole);
            if (m_field.asInteger && !whole)
                m_reader.fail("choices", QStringLiteral("not a whole number: %1").arg(option.value));
        }
        if (!m_reader.has("follows"))
            return;
        SpecReader follows = m_reader.reader("follows");
        m_field.follows = follows.name("field", true);
        m_field.followValues = follows.object("values", true);
        follows.refuseRest();
    }

    static std::optional<std::pair<int, int>> presetOf(const QString &text)
    {
        bool wideOk = false;
        bool highOk = false;
        const int width = text.section(QLatin1Char('x'), 0, 0).toInt(&wideOk);
        const int height = text.section(QLatin1Char('x'), 1).toInt(&highOk);
        const bool fits = width >= 1 && width <= kMostSide && height >= 1 && height <= kMostSide;
        return wideOk && highOk && fits ? std::optional(std::pair(width, height)) : std::nullopt;
    }

    void readSize()
    {
        const qsizetype syntax = m_reader.oneOf("syntax", {QStringLiteral("separate"), QStringLiteral("x"), QStringLiteral("*")});
        m_field.syntax = static_cast<SizeSyntax>(std::max<qsizetype>(0, syntax));
        m_field.unit = QStringLiteral("px");
        if (m_field.syntax == SizeSyntax::Separate) {
            m_field.wire = m_reader.has("wire") ? m_reader.texts("wire", 2) : QStringList{QStringLiteral("width"), QStringLiteral("height")};
            if (m_field.wire.size() != 2 || m_field.wire.join(QString()).contains(QLatin1Char('.')))
                m_reader.fail("wire", QStringLiteral("expected two names"));
        } else {
            m_field.wire = {m_reader.has("wire") ? m_reader.place("wire", true) : m_field.name};
            m_field.keywords = m_reader.texts("keywords", 20);
        }
        const QStringList presets = m_reader.texts("presets", 50);
        for (const QString &preset : presets) {
            if (const auto size = presetOf(preset))
                m_field.presets.append(*size);
            else
                m_reader.fail("presets", QStringLiteral("expected sizes such as 1024x768"));
        }
        SizeLimits &limits = m_field.size;
        limits.leastSide = readInt(m_reader, "minSide", 1, kMostSide);
        limits.mostSide = readInt(m_reader, "maxSide", limits.leastSide.value_or(1), kMostSide);
        limits.multipleOf = readInt(m_reader, "multipleOf", 1, 1024).value_or(1);
        limits.leastPixels = m_reader.integer("minPixels", 1, kMostPixels);
        limits.mostPixels = m_reader.integer("maxPixels", limits.leastPixels.value_or(1), kMostPixels);
        limits.mostAspect = m_reader.number("maxAspect", 1, 100);
        limits.onlyPresets = m_reader.flag("onlyPresets");
        limits.exceedsImage = m_reader.name("exceeds");
        if (limits.onlyPresets && m_field.presets.isEmpty())
            m_reader.fail("onlyPresets", QStringLiteral("without presets"));
    }

    void readPictures()
    {
        static const QStringList forms{QStringLiteral("base64"), QStringLiteral("data-uri"), QStringLiteral("url")};
        const QStringList accepts = m_reader.texts("accepts", forms.size());
        for (const QString &form : accepts) {
            if (forms.contains(form))
                m_field.accepts.append(static_cast<ImageForm>(forms.indexOf(form)));
            else
                m_reader.fail("accepts", QStringLiteral("expected %1").arg(forms.join(QStringLiteral(", "))));
        }
        if (m_field.accepts.isEmpty())
            m_field.accepts = {ImageForm::Base64};
        if (m_field.type == FieldType::Mask)
            m_field.sameSizeAs = m_reader.name("sameSizeAs");
        if (m_field.type == FieldType::Image)
            m_field.asList = m_reader.flag("asList");
        if (m_field.type == FieldType::Images)
            readItemCounts();
        if (!m_reader.has("limits"))
            return;
        constexpr qint64 kMostBytes = 1024 * 1024 * 1024;
        SpecReader limits = m_reader.reader("limits");
        m_field.image.mostBytes = limits.integer("bytes", 1, kMostBytes);
        m_field.image.mostPixels = limits.integer("pixels", 1, kMostPixels);
        m_field.image.mostSide = readInt(limits, "side", 1, kMostSide);
        m_field.image.leastSide = readInt(limits, "minSide", 1, kMostSide);
        m_field.image.mostAspect = limits.number("maxAspect", 1, 100);
        m_field.image.formats = limits.texts("formats", 20);
        limits.refuseRest();
    }

    void readModels()
    {
        static const QStringList types{QStringLiteral("checkpoint"), QStringLiteral("lora"), QStringLiteral("vae"), QStringLiteral("controlnet"),
                                       QStringLiteral("upscaler"), QStringLiteral("textualinversion")};
        SpecReader models = m_reader.reader("models", true);
        m_field.models.type = static_cast<ImageModelType>(std::max<qsizetype>(0, models.oneOf("type", types)));
        m_field.models.inpainting = models.optionalFlag("inpainting");
        m_field.models.base = readBase(models, "base");
        models.refuseRest();
    }

    void readItemCounts()
    {
        constexpr int kMostItems = 64;
        m_field.leastItems = readInt(m_reader, "minItems", 0, kMostItems).value_or(0);
        m_field.mostItems = readInt(m_reader, "maxItems", std::max(1, m_field.leastItems), kMostItems).value_or(kMostItems);
    }

    void readItems()
    {
        m_field.items = readFields(m_reader, "items", m_lists, true);
        if (!isListType(m_field.type))
            return;
        readItemCounts();
        if (!m_reader.has("sum"))
            return;
        SpecReader sum = m_reader.reader("sum");
        m_field.sumOf = sum.name("item", true);
        m_field.mostSum = sum.number("max", 0, kExact).value_or(0);
        sum.refuseRest();
        if (!m_field.item(m_field.sumOf))
            m_reader.fail("sum", QStringLiteral("no such item"));
    }

    /// The values that the file itself gives must be such as a person may enter.
    void checkValues()
    {
        const auto check = [this](const char *key, const QJsonValue &value) {
            const bool odd = isListType(m_field.type) ? !value.isArray() : isGroupType(m_field.type) ? !value.isObject() : !fieldProblem(m_field, value).isEmpty();
            if (!isEmptyValue(value) && odd)
                m_reader.fail(key, QStringLiteral("not a value of this field"));
        };
        check("initial", m_field.initial);
        check("serverDefault", m_field.serverDefault);
        if (m_field.initial.isUndefined())
            m_field.initial = m_field.serverDefault;
    }

    SpecReader &m_reader;
    const ChoiceLists &m_lists;
    bool m_nested;
    FieldSpec m_field;
};

} // namespace

QStringList modelBaseNames()
{
    return {QStringLiteral("sd15"), QStringLiteral("sd2"), QStringLiteral("sdxl"), QStringLiteral("other")};
}

ChoiceOption readChoice(SpecReader &list, const char *key, qsizetype index, const QJsonValue &item)
{
    if (item.isString()) {
        if (item.toString().isEmpty() || item.toString().size() > SpecReader::kMostChars)
            list.fail(key, QStringLiteral("item %1: expected text").arg(index));
        return {item.toString(), item.toString(), ModelBase::Unknown};
    }
    SpecReader reader = list.item(key, index, item);
    ChoiceOption option;
    option.value = reader.text("value", true);
    option.label = reader.has("label") ? reader.text("label", true) : option.value;
    option.base = readBase(reader, "base");
    reader.refuseRest();
    return option;
}

QList<FieldSpec> readFields(SpecReader &reader, const char *key, const ChoiceLists &lists, bool nested)
{
    QList<FieldSpec> fields;
    const QJsonArray items = reader.array(key, kMostFields, true);
    for (qsizetype i = 0; i < items.size() && !reader.failed(); ++i) {
        SpecReader item = reader.item(key, i, items.at(i));
        FieldSpec field = FieldReading(item, lists, nested).read();
        for (const FieldSpec &other : std::as_const(fields)) {
            if (other.name == field.name)
                item.fail("name", QStringLiteral("used twice"));
            for (const QString &wire : field.wire) {
                if (nested && other.wire.contains(wire))
                    item.fail("wire", QStringLiteral("used twice"));
            }
        }
        fields.append(std::move(field));
    }
    return fields;
}

} // namespace novita
