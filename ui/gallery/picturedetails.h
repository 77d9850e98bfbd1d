// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/taglist.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/gallery/picture.h"
#include "ui/gallery/restorepart.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;

namespace novita {

class ActionButton;
class TagField;
class Theme;
class WrappedText;

/// All that is known of one picture, in a narrow pane: its file, how it was made, its prompts, its tags, and what can
/// be done with it. Asks for everything by signals. Works from 260 pixels on; scrolls by itself.
class PictureDetails final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureDetails)

public:
    struct Parts
    {
        const Theme &theme;
        const EndpointTable &endpoints; ///< for titles and names of fields
    };

    explicit PictureDetails(const Parts &parts, QWidget *parent = nullptr);

    /// What became of the file since it was kept.
    enum class FileState { AsKept, Missing, Changed };

    void setPicture(const Picture &picture);
    /// Of picture(); AsKept with every other one.
    void setFileState(FileState state);
    /// `why` stands there then; by default that a picture is to be chosen.
    void clear(const QString &why = {});
    PictureId picture() const { return m_picture.id; } ///< 0 = none
    /// What is offered where tags are typed.
    void setTagSuggestions(const QStringList &tags);

signals:
    void starRequested(novita::PictureId id, bool starred);
    void useAsSourceRequested(novita::PictureId id);
    void restoreRequested(novita::PictureId id, novita::RestorePart part);
    void showInFolderRequested(novita::PictureId id);
    /// The person has changed the tags: what to put on and to take off.
    void tagsEdited(novita::PictureId id, const novita::TagEdit &edit);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Section
    {
        QWidget *box;
        QLabel *title;
        QPushButton *copy;
        WrappedText *text;
    };

    Section addSection(QWidget *content);
    void build();
    void present();
    void presentActions();
    void presentNotes();
    void copy(const QString &text);
    void takeTags();
    QList<std::pair<QString, QString>> fileFacts() const;
    QList<std::pair<QString, QString>> settings() const;
    void retranslate();

    const Parts m_parts;
    Picture m_picture;
    FileState m_file = FileState::AsKept;
    QString m_why; ///< there is none
    QMenu *m_reuse;
    QAction *m_all;
    QAction *m_allButSeed;
    QAction *m_prompt;
    QAction *m_seed;
    QWidget *m_actions;
    QPushButton *m_source;
    ActionButton *m_reuseButton;
    QPushButton *m_star;
    QPushButton *m_folder;
    QLabel *m_notes;
    Section m_promptPart;
    Section m_negativePart;
    Section m_templatePart;
    Section m_factPart;
    Section m_settingPart;
    QLabel *m_tagLabel;
    TagField *m_tags;
    QLabel *m_tagProblem;
    QScrollArea *m_area = nullptr;
    QLabel *m_nothing; ///< in place of all that while there is no picture
};

} // namespace novita
