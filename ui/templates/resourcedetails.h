// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QLabel;

namespace novita {

class CopyField;
class DetailsHead;
class FactList;
class Theme;

/// What one resource is made of, told by its tab: a title, one text to copy, and facts.
class ResourceDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResourceDetails)

public:
    struct Content
    {
        QString title;
        bool standIn = false;  ///< there is no name, an id stands for it
        QString copyLabel;     ///< "Image"
        QString copyName;      ///< as in "Copy image"
        QString copyText;
        QList<std::pair<QString, QString>> facts;
        QString note;          ///< quiet words below; may be empty
    };

    explicit ResourceDetails(const Theme &theme, QWidget *parent = nullptr);
    void setContent(const Content &content);

signals:
    void closeRequested();

private:
    DetailsHead *m_head;
    QLabel *m_copyLabel;
    CopyField *m_copy;
    FactList *m_facts;
    QLabel *m_note;
};

} // namespace novita
