// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/gallery/picture.h"

#include <QList>
#include <QString>

/// A picture's settings as words. `spec` is that of the endpoint that made it, nullptr for one that is not known (any
/// more). Pure.
namespace novita::recipewords {

/// What the picture was made from, with its own seed and its prompts.
Recipe recipeOf(const Picture &picture);

/// "Guidance scale"; where the endpoint does not know it, its name as words: "Guidance scale" of "guidance_scale".
QString label(const EndpointSpec *spec, const QString &field);
/// The same; where the endpoint does not know it, as most of `endpoints` call it that do.
QString label(const EndpointTable &endpoints, const EndpointSpec *spec, const QString &field);
/// One line, or the lines of a text: "1024 × 768", "Euler a", "Yes", "Random", "add_detail (0.6)". Empty for nothing.
QString value(const EndpointSpec *spec, const QString &field, const QJsonValue &value);
/// The names of `values`, prompts first, then as the first endpoint has its fields, then as the next, then the others by
/// name. What `also` has joins in.
QStringList orderedFields(const QList<const EndpointSpec *> &specs, const QJsonObject &values, const QJsonObject &also = {});

/// "Stable Diffusion: text to image"; the id where nobody knows it; the dash for none.
QString endpointTitle(const EndpointSpec *spec, const QString &id);

} // namespace novita::recipewords
