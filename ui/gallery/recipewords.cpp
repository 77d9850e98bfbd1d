// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/recipewords.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/cloud/endpoints/formvalues.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QMap>

#include <algorithm>

namespace novita::recipewords {

namespace {

constexpr qsizetype kMostNameChars = 64;
constexpr qsizetype kHashChars = 8;
constexpr qsizetype kMostTextChars = 20'000;

struct RecipeWords
{
    Q_DECLARE_TR_FUNCTIONS(RecipeWords)
};

/// The key of a picture is the name of its file, a hash: its beginning tells one from another.
QString pictureKey(const QJsonValue &key)
{
    const QString stem = QFileInfo(displayLine(key.toString(), 256)).completeBaseName();
    return stem.isEmpty() ? QString() : RecipeWords::tr("Picture %1").arg(stem.left(kHashChars));
}

QString pictures(const QJsonValue &value)
{
    if (!value.isArray())
        return pictureKey(value);
    QStringList out;
    for (const QJsonValue &key : value.toArray())
        out.append(pictureKey(key));
    return out.join(QStringLiteral(", "));
}

QString choice(const FieldSpec &field, const QJsonValue &value)
{
    const auto option = std::find_if(field.choices.begin(), field.choices.end(),
                                     [&](const ChoiceOption &one) { return one.value == value.toString(); });
    return option == field.choices.end() ? readableValue(value) : option->label;
}

} // namespace

Recipe recipeOf(const Picture &picture)
{
    Recipe recipe{picture.endpoint, picture.recipe};
    const auto put = [&recipe](QLatin1String field, const QString &text) {
        if (!text.isEmpty())
            recipe.values.insert(field, text);
    };
    put(fields::kPrompt, picture.prompt);
    put(fields::kNegativePrompt, picture.negativePrompt);
    if (!recipe.values.contains(fields::kModel) && picture.model != picture.endpoint)
        put(fields::kModel, picture.model);
    if (picture.seed)
        recipe.values.insert(fields::kSeed, *picture.seed);
    return recipe;
}

namespace {

/// Names that mean the same everywhere; empty for others.
QString usualLabel(const QString &field)
{
    if (field == fields::kPrompt)
        return RecipeWords::tr("Prompt");
    if (field == fields::kNegativePrompt)
        return RecipeWords::tr("Negative prompt");
    if (field == fields::kSeed)
        return RecipeWords::tr("Seed");
    if (field == fields::kModel)
        return RecipeWords::tr("Model");
    return {};
}

/// "guidance_scale" and "guidanceScale" as "Guidance scale".
QString inWords(const QString &field)
{
    QString out;
    for (const QChar c : displayLine(field, kMostNameChars)) {
        const bool isBorder = c.isUpper() && !out.isEmpty() && out.back().isLower();
        out += isBorder ? QStringLiteral(" ") + c.toLower() : QString(c == u'_' || c == u'-' || c == u'.' ? u' ' : c);
    }
    out = out.simplified();
    return out.isEmpty() ? out : out.at(0).toUpper() + out.mid(1);
}

} // namespace

QString label(const EndpointSpec *spec, const QString &field)
{
    if (const FieldSpec *known = spec ? spec->field(field) : nullptr)
        return labelOf(*known);
    const QString usual = usualLabel(field);
    return usual.isEmpty() ? inWords(field) : usual;
}

QString label(const EndpointTable &endpoints, const EndpointSpec *spec, const QString &field)
{
    if ((spec && spec->field(field)) || !usualLabel(field).isEmpty())
        return label(spec, field);
    QMap<QString, int> uses;
    for (const EndpointSpec &one : endpoints.all()) {
        if (const FieldSpec *known = one.field(field))
            ++uses[labelOf(*known)];
    }
    const auto most = std::max_element(uses.cbegin(), uses.cend());
    return most == uses.cend() ? inWords(field) : most.key();
}

QString value(const EndpointSpec *spec, const QString &field, const QJsonValue &value)
{
    if (isEmptyValue(value))
        return {};
    const FieldSpec *known = spec ? spec->field(field) : nullptr;
    if (field == fields::kSeed && value.toDouble(-1) < 0)
        return RecipeWords::tr("Random");
    if (field == fields::kSeed)
        return QString::number(value.toInteger()); // to be copied: no separators
    if (value.isBool())
        return value.toBool() ? RecipeWords::tr("Yes") : RecipeWords::tr("No");
    if (known && known->isImage())
        return pictures(value);
    if (known && known->type == FieldType::Choice)
        return choice(*known, value);
    if (value.isString() && (!known || known->type == FieldType::Text))
        return value.toString().left(kMostTextChars);
    const QString text = readableValue(value);
    return known && !known->unit.isEmpty() && value.isDouble() ? text + QChar::Nbsp + known->unit : text;
}

QStringList orderedFields(const QList<const EndpointSpec *> &specs, const QJsonObject &values, const QJsonObject &also)
{
    QStringList left = values.keys();
    for (const QString &name : also.keys()) {
        if (!left.contains(name))
            left.append(name);
    }
    left.sort(Qt::CaseInsensitive);
    QStringList out;
    const auto take = [&](const QString &name) {
        if (left.removeOne(name))
            out.append(name);
    };
    take(fields::kPrompt);
    take(fields::kNegativePrompt);
    for (const EndpointSpec *spec : specs) {
        for (const FieldSpec &field : spec ? spec->fields : QList<FieldSpec>())
            take(field.name);
    }
    return out + left;
}

QString endpointTitle(const EndpointSpec *spec, const QString &id)
{
    if (spec)
        return spec->title;
    return id.isEmpty() ? format::dash() : displayLine(id, kMostNameChars);
}

} // namespace novita::recipewords
