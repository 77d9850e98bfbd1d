// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QTabBar;

namespace novita {

class CatalogPane;
class PageHeader;
class TemplateDetails;
class TemplateTableModel;

/// Ready-made images with their ports, variables and commands, by channel.
class TemplatesPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplatesPage)

public:
    explicit TemplatesPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("templates"); }
    QString title() const override { return tr("Templates"); }
    QString iconName() const override { return QStringLiteral("template"); }
    QSet<DataKind> wanted() const override { return {DataKind::Templates}; }
    void activate() override;
    void refresh() override;
    void focusFilter() override;
    QList<QAction *> pageActions() const override { return {m_create}; }
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void applyChannel();
    void updateHeader();
    void retranslate();

    UiContext m_context;
    TemplateTableModel *m_model;
    QAction *m_create;
    PageHeader *m_header;
    QTabBar *m_channels;
    TemplateDetails *m_details;
    CatalogPane *m_pane;
};

} // namespace novita
