// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/gallery/picture.h"
#include "ui/gallery/restorepart.h"

#include <QList>
#include <QString>

/// Putting a picture's settings back into the form: what that comes to, before it is done. Pure.
namespace novita::restoreplan {

/// `current` with `part` of what made `picture`. All and AllButSeed take the picture's endpoint along, if it is known
/// which one it was, and nothing of the present values but, for AllButSeed, the seed. Prompt takes prompt and negative
/// prompt, Seed the seed; a picture that has none changes nothing.
Recipe merge(const Recipe &current, const Picture &picture, RestorePart part);

struct Change
{
    QString field;
    QString label;
    QString now; ///< empty = nothing there
    QString then;
    bool operator==(const Change &) const = default;
};

struct Plan
{
    Recipe recipe;         ///< as the form of `spec` will hold it, with what it has no field for
    QList<Change> changes; ///< in the order of the form
    QStringList
        homeless; ///< "Hires fix: 2048 × 2048 (0.4)": of the picture, without a field in `spec`; kept, but not used
    QStringList refused; ///< fields of `spec` that cannot take the picture's value: they start anew
};

/// What `merged` changes in the form of `spec`, which shows `current`. `from`: the endpoint that made the picture, for
/// names of fields; may be null.
Plan plan(const EndpointSpec &spec, const Recipe &current, const Recipe &merged, const EndpointSpec *from = nullptr);

} // namespace novita::restoreplan
