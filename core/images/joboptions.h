// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/requestbody.h"

#include <QJsonObject>

namespace novita {

/// ImageJob::options: what is asked for beside the recipe. A webhook is not among them: it is given when the job is sent. Pure.
namespace joboptions {

QJsonObject toJson(const RequestOptions &options);
/// What is not understood is left at its default.
RequestOptions fromJson(const QJsonObject &json);

} // namespace joboptions

} // namespace novita
