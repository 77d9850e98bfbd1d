// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <compare>

namespace novita {

/// An id that cannot be confused with an id of another kind. Opaque text as the API sends it; empty means "none".
template<typename Tag>
class StrongId
{
public:
    StrongId() = default;
    explicit StrongId(QString value) : m_value(std::move(value)) {}

    const QString &toString() const { return m_value; }
    bool isEmpty() const { return m_value.isEmpty(); }

    bool operator==(const StrongId &) const = default;
    bool operator<(const StrongId &other) const { return m_value < other.m_value; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    QString m_value;
};

using InstanceId = StrongId<struct InstanceTag>;         ///< 16 hex digits in observed data; treat as opaque
using ProductId = StrongId<struct ProductTag>;           ///< "4090.16c62g" or "26"; send back verbatim
using TemplateId = StrongId<struct TemplateTag>;         ///< decimal text such as "107001"
using ClusterId = StrongId<struct ClusterTag>;           ///< "us-ca-6", not the display name
using RegistryAuthId = StrongId<struct RegistryAuthTag>;
using StorageId = StrongId<struct StorageTag>;           ///< network volume
using NetworkId = StrongId<struct NetworkTag>;           ///< VPC network
using JobId = StrongId<struct JobTag>;
using PrewarmId = StrongId<struct PrewarmTag>;
using TaskId = StrongId<struct TaskTag>;                 ///< of an image or video job in the cloud; a UUID in samples, opaque
using ImageModelId = StrongId<struct ImageModelTag>;     ///< decimal text; requests name models by file name, not by it
using LanguageModelId = StrongId<struct LanguageModelTag>; ///< "vendor/name"
using VideoModelId = StrongId<struct VideoModelTag>;     ///< name of a model of the unified video endpoint
using ProfileId = StrongId<struct ProfileTag>;           ///< local, UUID text without braces

} // namespace novita

Q_DECLARE_METATYPE(novita::InstanceId)
Q_DECLARE_METATYPE(novita::ProductId)
Q_DECLARE_METATYPE(novita::TemplateId)
