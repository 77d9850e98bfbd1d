// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/page.h"
#include "ui/uicontext.h"

class QScrollArea;

namespace novita {

class ActionButton;
class ErrorBanner;
class PageHeader;

/// The money of the account: the CostsPanel, and how old the bills are.
class CostsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CostsPage)

public:
    explicit CostsPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("costs"); }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("office-chart-bar"); }
    QSet<DataKind> wanted() const override { return {DataKind::Storages}; }
    void activate() override;
    void refresh() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override { return {m_read}; }
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();

    UiContext m_context;
    PageHeader *m_header;
    ErrorBanner *m_banner;
    QScrollArea *m_scroll;
    QAction *m_read;
    ActionButton *m_readButton;
    CallGuard m_reading;
};

} // namespace novita
