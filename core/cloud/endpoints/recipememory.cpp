// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/recipememory.h"

#include "core/cloud/endpoints/fieldrules.h"
#include "core/cloud/endpoints/formvalues.h"

#include <algorithm>

namespace novita {

namespace {

/// Says what the person wants to see, whichever endpoint makes it.
bool isAboutThePicture(const FieldSpec &field)
{
    return field.isImage() || field.type == FieldType::Text || field.type == FieldType::Size || field.type == FieldType::Seed;
}

/// Models of the cloud and those of an image server of one's own have names that the other does not know.
bool sharesModels(const EndpointSpec &from, const EndpointSpec &to)
{
    return (from.family == EndpointFamily::WebUi) == (to.family == EndpointFamily::WebUi);
}

bool meansTheSame(const FieldSpec &a, const FieldSpec &b, bool sharedModels)
{
    if (a.type != b.type || a.name != b.name || a.unit != b.unit || a.items.size() != b.items.size())
        return false;
    if (a.type == FieldType::Model)
        return sharedModels && a.models.type == b.models.type && a.models.inpainting == b.models.inpainting && a.models.base == b.models.base;
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), [&](const FieldSpec &x, const FieldSpec &y) { return meansTheSame(x, y, sharedModels); });
}

bool fits(const FieldSpec &field, const QJsonValue &value)
{
    if (isEmptyValue(value))
        return false;
    if (isListType(field.type))
        return value.isArray() && value.toArray().size() <= field.mostItems;
    if (isGroupType(field.type))
        return value.isObject();
    const bool isOffered = field.type != FieldType::Choice || field.choices.isEmpty() || isAmongChoices(field, value.toString());
    return isOffered && fieldProblem(field, value).isEmpty();
}

} // namespace

Recipe RecipeMemory::moved(const EndpointSpec &from, const Recipe &recipe, const EndpointSpec &to)
{
    QJsonObject kept; // of fields that `from` has not: nobody has said what they are good for
    QJsonObject &left = m_last[from.id] = {};
    for (auto value = recipe.values.begin(); value != recipe.values.end(); ++value)
        (from.field(value.key()) ? left : kept).insert(value.key(), value.value());

    const bool isKnown = m_last.contains(to.id);
    const QJsonObject last = m_last.value(to.id);
    const bool sharedModels = sharesModels(from, to);
    QJsonObject values = last;
    for (const FieldSpec &field : to.fields) {
        const FieldSpec *before = from.field(field.name);
        const QJsonValue held = recipe.values.value(field.name);
        const bool isSet = before ? held != before->initial && meansTheSame(*before, field, sharedModels) : true;
        if (isSet && (!isKnown || isAboutThePicture(field)) && fits(field, held))
            values.insert(field.name, held);
    }
    for (auto value = kept.begin(); value != kept.end(); ++value) {
        if (!to.field(value.key()))
            values.insert(value.key(), value.value());
    }
    // A picture that was chosen once is likely to be wanted again, two endpoints further.
    for (const FieldSpec &field : from.fields) {
        if (field.isImage() && !to.field(field.name) && left.contains(field.name))
            values.insert(field.name, left.value(field.name));
    }
    return FormValues::carriedOver(to, {to.id, values}).recipe();
}

} // namespace novita
