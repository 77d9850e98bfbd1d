// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/gallery/promptlog.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace novita {

class EmptyState;
class ErrorBanner;
class PromptHistoryModel;
class Prompts;
class SearchField;
class Settings;
class TableView;
class Theme;

/// Prompts that were used: searched, starred, forgotten, taken up again.
class PromptHistoryDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PromptHistoryDialog)

public:
    static constexpr int kMostShown = 500;

    struct Parts
    {
        Theme &theme;
        Prompts &prompts;
        Settings &settings;
        PromptLog &log;
        ProfileId profile;
    };

    PromptHistoryDialog(const Parts &parts, QWidget *parent = nullptr);
    ~PromptHistoryDialog() override;

signals:
    /// To take the place of what is typed; the dialog closes.
    void recalled(const QString &prompt, const QString &negative);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void read();
    void useCurrent();
    void star();
    void forget();
    QList<int> chosen() const;
    void present();
    void retranslate();

    const Parts m_parts;
    PromptHistoryModel *m_model;
    SearchField *m_search;
    ErrorBanner *m_banner;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_whole;
    QPushButton *m_star;
    QPushButton *m_forget;
    QPushButton *m_close;
    QPushButton *m_use;
    CallGuard m_reading;
    CallGuard m_writing;
};

} // namespace novita
