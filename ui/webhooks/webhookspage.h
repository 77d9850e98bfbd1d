// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QTabWidget;

namespace novita {

class PageHeader;
class WebhooksTab;

/// Webhooks: what came in, and what this program sends.
class WebhooksPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhooksPage)

public:
    explicit WebhooksPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("webhooks"); }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("mail-receive"); }
    void activate() override;
    void deactivate() override;
    void refresh() override;
    /// "inbox", or "inbox/12" for a delivery by its number; "outgoing".
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
    void addTab(WebhooksTab *tab);
    void showTab(int index);
    WebhooksTab *current() const;
    void showCount();
    void retranslate();

    PageHeader *m_header;
    QTabWidget *m_tabWidget;
    QList<WebhooksTab *> m_tabs;
    int m_shown = 0; ///< the tab that was activated last
    bool m_active = false;
};

} // namespace novita
