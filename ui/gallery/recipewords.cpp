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

#include <algorithm>

namespace novita::recipewords {

namespace {

constexpr qsizetype kMostNameChars = 64;
constexpr qsizetype kHashChars = 8;
constexpr qsizetype kMostTextChars = 20'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("RecipeWords", text);
}

/// The key of a picture is the name of its file, a hash: its beginning tells one from another.
QString pictureKey(const QJsonValue &key)
{
    const QString stem = QFileInfo(displayLine(key.toString(), 256)).completeBaseName();
    return stem.isEmpty() ? QString() : tr("Picture %1").arg(stem.left(kHashChars));
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

QString label(const EndpointSpec *spec, const QString &field)
{
    if (const FieldSpec *known = spec ? spec->field(field) : nullptr)
        return labelOf(*known);
    // Names that mean the same everywhere, for pictures of endpoints that are gone.
    if (field == fields::kPrompt)
        return tr("Prompt");
    if (field == fields::kNegativePrompt)
        return tr("Negative prompt");
    if (field == fields::kSeed)
        return tr("Seed");
    if (field == fields::kModel)
        return tr("Model");
    return displayLine(field, kMostNameChars);
}

QString value(const EndpointSpec *spec, const QString &field, const QJsonValue &value)
{
    if (isEmptyValue(value))
        return {};
    const FieldSpec *known = spec ? spec->field(field) : nullptr;
    if (field == fields::kSeed && value.toDouble(-1) < 0)
        return tr("Random");
    if (field == fields::kSeed)
        return QString::number(value.toInteger()); // to be copied: no separators
    if (value.isBool())
        return value.toBool() ? tr("Yes") : tr("No");
    if (known && known->isImage())
        return pictures(value);
    if (known && known->type == FieldType::Choice)
        return choice(*known, value);
    if (value.isString() && (!known || known->type == FieldType::Text))
        return value.toString().left(kMostTextChars);
    const QString text = readableValue(value);
    return known && !known->unit.isEmpty() && value.isDouble() ? text + QChar::Nbsp + known->unit : text;
}

QStringList orderedFields(const EndpointSpec *spec, const QJsonObject &values, const QJsonObject &also)
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
    if (spec) {
        for (const FieldSpec &field : spec->fields)
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
