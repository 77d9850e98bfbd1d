// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"
#include "core/sandbox/media/film.h"
#include "core/sandbox/media/mediarequest.h"
#include "core/sandbox/media/painter.h"

namespace novita {

/// What is to be painted for a request: the first picture; the further ones differ by their seed. `seed`: of the first, drawn already.
PaintOrder paintOrderOf(const EndpointSpec &spec, const MediaRequest &request, qint64 seed);
/// The film of a request to a video endpoint.
FilmOrder filmOrderOf(const EndpointSpec &spec, const MediaRequest &request, qint64 seed);

/// How long the cloud would work on it, in seconds at full length.
double workSecondsOf(const EndpointSpec &spec, const MediaRequest &request);

/// 0-100: how likely a picture of these words is not safe for work.
double nsfwLikelihood(const QString &subject, qint64 seed);

} // namespace novita
