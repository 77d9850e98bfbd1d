// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace novita {

class ErrorBanner;
class Prompts;
class SearchField;
class Theme;
class WildcardSource;

/// The lists that `__name__` in a prompt stands for: looked at, changed, made, deleted; what of the folder could not be
/// used.
class WildcardsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WildcardsDialog)

public:
    /// `source` must outlive the dialog.
    WildcardsDialog(const Theme &theme, Prompts &prompts, WildcardSource &source, QWidget *parent = nullptr);
    ~WildcardsDialog() override;

    /// Asks first when a change would be lost.
    void reject() override;

signals:
    /// To be put into the prompt: "__animals__"; the dialog closes.
    void insertRequested(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectParts();
    void fill();
    void filter(const QString &part);
    void showCurrent();
    void moveTo();
    void select(const QString &name);
    bool isModified() const;
    void leave(std::function<void()> go);
    void save();
    void remove();
    void openFolder();
    void present();
    void retranslate();
    QString current() const;

    Prompts &m_prompts;
    WildcardSource &m_source;
    QString m_shown;     ///< name of the list in the editor; empty: a new one
    QString m_shownText; ///< as its file has it
    QString m_wanted;    ///< to be chosen once it is there
    SearchField *m_search;
    QListWidget *m_list;
    QLabel *m_problems;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_textLabel;
    QPlainTextEdit *m_text;
    ErrorBanner *m_banner;
    QPushButton *m_new;
    QPushButton *m_save;
    QPushButton *m_delete;
    QPushButton *m_folder;
    QPushButton *m_close;
    QPushButton *m_insert;
    CallGuard m_reading;
    CallGuard m_writing;
};

} // namespace novita
