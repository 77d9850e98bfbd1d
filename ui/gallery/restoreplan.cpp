// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/restoreplan.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/cloud/endpoints/formvalues.h"
#include "ui/gallery/recipewords.h"

namespace novita::restoreplan {

namespace {

void take(const QJsonObject &from, QLatin1String field, QJsonObject *into)
{
    const QJsonValue value = from.value(field);
    if (isEmptyValue(value))
        into->remove(field);
    else
        into->insert(field, value);
}

} // namespace

Recipe merge(const Recipe &current, const Picture &picture, RestorePart part)
{
    const Recipe made = recipewords::recipeOf(picture);
    Recipe out = current;
    switch (part) {
    case RestorePart::All:
    case RestorePart::AllButSeed:
        out.values = made.values;
        if (!made.endpoint.isEmpty())
            out.endpoint = made.endpoint;
        if (part == RestorePart::AllButSeed)
            take(current.values, fields::kSeed, &out.values);
        break;
    case RestorePart::Prompt:
        if (isEmptyValue(made.values.value(fields::kPrompt)))
            break;
        take(made.values, fields::kPrompt, &out.values);
        take(made.values, fields::kNegativePrompt, &out.values);
        break;
    case RestorePart::Seed:
        if (made.values.value(fields::kSeed).toDouble(-1) >= 0)
            take(made.values, fields::kSeed, &out.values);
        break;
    }
    return out;
}

Plan plan(const EndpointSpec &spec, const Recipe &current, const Recipe &merged, const EndpointSpec *from)
{
    // The form of another endpoint holds none but its own values.
    const FormValues before =
        current.endpoint == spec.id ? FormValues::carriedOver(spec, current) : FormValues(spec, current);
    const FormValues after = FormValues::carriedOver(spec, merged);
    Plan out;
    out.recipe = after.recipe();
    const QStringList fields = recipewords::orderedFields({&spec}, after.recipe().values, before.recipe().values);
    for (const QString &name : fields) {
        const QJsonValue wanted = merged.values.value(name);
        if (!spec.field(name)) {
            const QString text = recipewords::value(from, name, wanted);
            if (!text.isEmpty() && !current.values.contains(name))
                out.homeless.append(QStringLiteral("%1: %2").arg(recipewords::label(from, name), text.simplified()));
            continue;
        }
        if (!isEmptyValue(wanted) && wanted != after.value(name))
            out.refused.append(recipewords::label(&spec, name));
        // A switch that is not there is off.
        const bool staysOff = before.value(name).isUndefined() && after.value(name) == QJsonValue(false);
        if (before.value(name) == after.value(name) || staysOff)
            continue;
        out.changes.append({name, recipewords::label(&spec, name), recipewords::value(&spec, name, before.value(name)),
                            recipewords::value(&spec, name, after.value(name))});
    }
    return out;
}

} // namespace novita::restoreplan
