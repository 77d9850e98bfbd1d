// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/prompts/promptstyle.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace novita {

class ErrorBanner;
class PromptLog;
class Prompts;
class SearchField;
class StyleChoice;
class StyleEditor;
class Theme;

/// The styles, in their folders: made, changed, deleted, brought in and taken out; those with a check mark are applied
/// to the prompt.
class StylesDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StylesDialog)

public:
    StylesDialog(const Theme &theme, Prompts &prompts, PromptLog &log, const PromptPair &own,
                 QWidget *parent = nullptr);
    ~StylesDialog() override;

    /// Asks first when a change would be lost.
    void reject() override;

    /// Begins a style with these texts.
    void beginStyle(const PromptPair &texts);

signals:
    /// The prompts with the styles, to take the place of those in the box; the dialog closes.
    void applied(const novita::PromptPair &prompts);
    /// The styles are others now.
    void stylesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectParts();
    void read(const QString &folder, const QString &name);
    void fillTree(const QString &folder, const QString &name);
    void filter(const QString &words);
    QTreeWidgetItem *folderItem(const QString &folder);
    const PromptStyle *current() const;
    QString currentFolder() const; ///< of the style, or the folder itself
    static bool isSame(const PromptStyle &a, const PromptStyle &b) { return a.folder == b.folder && a.name == b.name; }
    void showCurrent();
    void moveTo(QTreeWidgetItem *now, QTreeWidgetItem *before);
    void setEditor(const PromptStyle &style);
    bool isModified() const;
    void leave(std::function<void()> go);
    void chosenChanged(QTreeWidgetItem *item);
    void followChoice();
    void save();
    void remove();
    void importFile();
    void exportFile();
    void tell(const Result<Done> &done);
    void present();
    void retranslate();

    const Theme &m_theme;
    Prompts &m_prompts;
    PromptLog &m_log;
    QList<PromptStyle> m_styles;
    PromptStyle m_shown; ///< as it is kept; no name: a new one
    PromptStyle m_begun; ///< what the editor was given
    SearchField *m_search;
    QTreeWidget *m_tree;
    StyleEditor *m_editor;
    StyleChoice *m_choice;
    ErrorBanner *m_banner;
    QPushButton *m_new;
    QPushButton *m_save;
    QPushButton *m_delete;
    QPushButton *m_import;
    QPushButton *m_export;
    QPushButton *m_close;
    QPushButton *m_apply;
    CallGuard m_reading;
    CallGuard m_writing;
    CallGuard m_file;
    bool m_isFilling = false;
};

} // namespace novita
