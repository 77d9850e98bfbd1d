// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/endpoints/endpointtable.h"

#include <QByteArray>
#include <QString>

namespace novita {

/// Reads one endpoint file, strictly: an unknown member, a wrong type, a range upside down, a name that is used twice, a path that
/// is no image path — each is refused with file and field: "mine.json: fields[2].min: expected a number". The grammar is told in
/// resources/endpoints/README.md. The file is hostile input: the path must lie under /v3/, /v3beta/ or /sdapi/v1/, every list
/// and text has a bound.
Result<EndpointSpec> parseEndpoint(const QByteArray &json, const QString &file, const ChoiceLists &lists);

/// Reads the file of shared lists: {"samplers": ["Euler a", {"value", "label", "base"}, …], …}.
Result<ChoiceLists> parseChoiceLists(const QByteArray &json, const QString &file);

} // namespace novita
