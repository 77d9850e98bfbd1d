// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QStackedWidget;
class QTabBar;

namespace novita {

class ResourceTab;

/// What an account holds beside instances, one tab each: launch templates, registry credentials, network volumes, VPC networks
/// and prewarm tasks. The header is that of the tab in front.
class TemplatesPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplatesPage)

public:
    explicit TemplatesPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("templates"); }
    QString title() const override { return tr("Templates"); }
    QString iconName() const override { return QStringLiteral("template"); }
    QSet<DataKind> wanted() const override;

    void activate() override;
    void deactivate() override;
    void refresh() override;
    /// "templates", "registry", "volumes", "networks", "prewarm".
    void openTarget(const QString &target) override;
    void focusFilter() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void addTab(ResourceTab *tab);
    void showTab(int index);
    ResourceTab *current() const;
    void retranslate();

    QTabBar *m_bar;
    QStackedWidget *m_headers;
    QStackedWidget *m_bodies;
    QList<ResourceTab *> m_tabs;
    bool m_active = false;
};

} // namespace novita
