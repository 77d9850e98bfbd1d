// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/recipe.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

namespace novita {

/// What a form holds while a person goes from endpoint to endpoint: each endpoint finds its own last settings again, and only what means the same in
/// both goes along. Without it the model of a video, or the four steps of a distilled model, would be in the next request of another endpoint.
/// Lives as long as the form; nothing of it is stored. A value.
class RecipeMemory
{
public:
    /// `recipe`, a form of `from`, as a form of `to`:
    /// - pictures, masks, texts, sizes and seeds go along where the person has set them and they fit;
    /// - other settings do so only where `to` has not been shown before. Models go along where both endpoints take the same kind from the same place;
    /// - what `from` had no field for, a recipe that was read from a file for example, stays, and is used where it fits;
    /// - all else is as it was when `to` was left, or is initial.
    Recipe moved(const EndpointSpec &from, const Recipe &recipe, const EndpointSpec &to);
    void clear() { m_last.clear(); }

private:
    QHash<QString, QJsonObject> m_last; ///< values of the endpoint's own fields when it was left, by its id
};

} // namespace novita
