// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instancedraft.h"
#include "core/localapi/apianswer.h"
#include "core/workflows/productranking.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <variant>

namespace novita {

struct Stores;

/// Reads a request body that must be one JSON object: UTF-8, at most kMostApiDepth levels deep. 400 for anything else.
inline constexpr int kMostApiDepth = 16;
std::variant<QJsonObject, ApiProblem> readApiBody(const QByteArray &body);

/// The body of POST /api/instances: the members of the cloud's own create request (batchfields::names()), and in place of an id what people
/// know: `productName` (the cheapest of that name that can be had, as the Products page ranks them), `region` ("US-CA-06") and `templateId`,
/// whose values stand where the request has none.
class CreateRequest final
{
public:
    explicit CreateRequest(QJsonObject body) : m_body(std::move(body)) {}

    bool namesProduct() const;  ///< the products must be known
    bool namesRegion() const;   ///< the clusters must be known
    TemplateId templateId() const; ///< empty: none

    /// The draft that it asks for, or everything that is wrong with it (422). A name may be missing: CreateInstance finds one.
    std::variant<InstanceDraft, ApiProblem> draft(const Stores &stores, const QStringList &regionOrder) const;

private:
    QString textOf(const char *name) const;

    QJsonObject m_body;
};

} // namespace novita
