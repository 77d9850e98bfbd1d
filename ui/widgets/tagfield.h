// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLineEdit>
#include <QStringList>

class QStringListModel;

namespace novita {

/// A line for tags with commas between them; what is typed of a tag brings up those that contain it. Its accessible name is the caller's
/// business.
class TagField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TagField)

public:
    explicit TagField(QWidget *parent = nullptr);

    /// What is offered.
    void setSuggestions(const QStringList &tags);
    void setTags(const QStringList &tags);
    /// See taglist::parsed(): the first that is no tag is the error.
    Result<QStringList> tags() const;

private:
    QStringListModel *m_suggestions;
};

} // namespace novita
