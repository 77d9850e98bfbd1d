// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// What a reader of the catalogue wants to see; unset members ask for everything.
struct CatalogueFilter
{
    QString type, query, visibility, source;
    std::optional<bool> sdxl, inpainting, nsfw;
};

/// Some 300 invented image models, and the ControlNets and upscalers that the API knows by name. Same seed, same models.
class ModelCatalogue
{
public:
    explicit ModelCatalogue(quint64 seed);

    const QList<QJsonObject> &all() const { return m_models; } ///< as on the wire, but for cover_url, which needs an origin
    QList<QJsonObject> matching(const CatalogueFilter &filter) const;
    /// By sd_name or sd_name_in_api; empty when there is none.
    QJsonObject named(const QString &name) const;
    QJsonObject byId(qint64 id) const;

private:
    QList<QJsonObject> m_models;
};

} // namespace novita
