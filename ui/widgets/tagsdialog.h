// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/taglist.h"
#include "ui/widgets/ruledialog.h"

#include <QList>

class QListWidget;
class QListWidgetItem;

namespace novita {

class TagField;

/// Asks which tags one thing or several shall have. A tag that only some of them have says so, and stays as it is unless it is ticked or
/// unticked.
class TagsDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TagsDialog)

public:
    struct Words
    {
        QString example;  ///< in the empty field
        QString sentence; ///< what tags are good for
    };

    /// `names` of the things as they are shown, and the tags of each; `known`: what else is offered.
    TagsDialog(const QStringList &names, const QList<QStringList> &tags, const QStringList &known, const Words &words, QWidget *parent = nullptr);

    /// What is to be changed, with what stands in the field; ErrorKind::Validation when that is no tag.
    Result<TagEdit> edit() const;

private:
    QWidget *buildEntry();
    QListWidgetItem *append(const QString &tag, qsizetype has);
    QListWidgetItem *find(const QString &tag) const;
    void describe(QListWidgetItem *item);
    void addTyped();
    void fitList();

    const qsizetype m_count; ///< of things
    QListWidget *m_list;
    TagField *m_entry;
};

} // namespace novita
