// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

namespace novita {

/// A launch template that a person writes: new, a copy, or changed settings of one that exists. Always of the private
/// channel: that is the only one that the API takes for certain.
struct TemplateDraft
{
    /// The API groups ports by type and takes so many in a group.
    static constexpr int kMostPortsPerType = 10;
    static constexpr int kMostReadmeChars = 102400;

    TemplateId id;                    ///< empty = a new one
    QString name;                     ///< 1-255 characters, not that of another private template
    QString type = QStringLiteral("instance"); ///< "instance" or "serverless"
    QString image;                    ///< and what follows: as in InstanceDraft
    RegistryAuthId imageAuthId;
    QString startCommand;
    QString entrypoint;
    int rootfsGb = 60;
    QList<DraftPort> ports;
    QList<TemplateVolume> volumes;    ///< disks of its own, each with a size and a path
    QList<EnvVar> envs;
    QString readme;                   ///< Markdown
    QString minCudaVersion;

    bool operator==(const TemplateDraft &) const = default;

    /// Everything wrong with it, in the order of the fields. `known`: the templates there are.
    QList<DraftProblem> problems(const QList<InstanceTemplate> &known) const;
    /// The body of POST /v1/template/create, or of /v1/template/update when it has an id.
    QJsonObject toJson() const;

    /// Its settings as they are, to be changed. Tools are not among them: the API takes none.
    static TemplateDraft editOf(const InstanceTemplate &source);
    /// A new one with the same settings. The port of a tool becomes a port like any other, since the copy lacks the tool.
    static TemplateDraft copyOf(const InstanceTemplate &source, const QString &newName);
    /// Whether `now` has the settings of this draft, as far as an answer tells.
    bool isIn(const InstanceTemplate &now) const;
};

} // namespace novita
