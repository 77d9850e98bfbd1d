// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointspec.h"

#include <QAnyStringView>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

/// The lists that several endpoint files share, by the name they go by there: "samplers", "controlnet-models".
using ChoiceLists = QHash<QString, QList<ChoiceOption>>;

/// Every endpoint that is known: the built-in files of resources/endpoints, and those a person has put into a folder. A value.
class EndpointTable
{
public:
    static constexpr qint64 kMostFileBytes = 256 * 1024;
    static constexpr int kMostFiles = 500;

    /// The built-in table. `problems`: none, or the build is broken; a test looks.
    static EndpointTable builtIn(QStringList *problems = nullptr);

    /// Reads every *.json of `folder`, in the order of names; one with a known id takes the other's place. Returns a sentence for
    /// each file that was refused, with its name and the field; large files and more than kMostFiles are refused too. Symbolic links are passed over.
    QStringList addFolder(const QString &folder);
    /// For models that the cloud describes at run time. Takes the place of one with the same id.
    void add(const EndpointSpec &spec);
    /// In place of all that endpointOfSchema() made.
    void setVideoModels(const QList<EndpointSpec> &specs);

    const QList<EndpointSpec> &all() const { return m_all; } ///< in the order of their titles
    /// nullptr for an unknown id. Good until the table changes.
    const EndpointSpec *find(QAnyStringView id) const;
    QList<const EndpointSpec *> serving(ImageMode mode) const;
    QList<ChoiceOption> list(const QString &name) const { return m_lists.value(name); }

private:
    ChoiceLists m_lists;
    QList<EndpointSpec> m_all;
};

} // namespace novita
