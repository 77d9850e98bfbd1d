// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/modeltable.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;

namespace novita {

class ErrorBanner;
class ListContent;
class SearchField;
class TableView;

/// The language models as a table with a filter, and a bar that says when the list is not live, and why.
class ModelList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelList)

public:
    ModelList(const UiContext &context, LanguageModels &models, QWidget *parent = nullptr);

    /// Selects a row, once it is there; nothing is emitted.
    void setCurrent(const QString &id);
    void focusFilter();
    void focusRows();
    bool isFilled() const;
    QAction *copyAction() const { return m_copyId; }
    TableView *table() const { return m_table; }
    LanguageModelTable *model() const { return m_model; }
    ErrorBanner *banner() const { return m_banner; }

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    /// The person chose a model.
    void chosen(const novita::LanguageModelId &id);
    /// Enter, or a double click.
    void activated();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void applyFilter();
    void present();
    void presentBanner();
    void followCurrent();
    void retranslate();

    UiContext m_context;
    LanguageModels &m_models;
    LanguageModelTable *m_model;
    ErrorBanner *m_banner;
    SearchField *m_filter;
    QLabel *m_count;
    TableView *m_table;
    QAction *m_copyId;
    ListContent *m_content;
    QTimer m_tick;
    QString m_wanted;
};

} // namespace novita
