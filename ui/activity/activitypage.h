// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QTabWidget;

namespace novita {

class ActivityTab;
class PageHeader;

/// Requests, events and the log of this run, and the operations that are under way.
class ActivityPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityPage)

public:
    explicit ActivityPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("activity"); }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("view-history"); }
    QSet<DataKind> wanted() const override { return {DataKind::Jobs}; }
    void activate() override;
    void focusFilter() override;
    void focusContent() override;
    /// "requests", "events", "operations" or "log".
    void openTarget(const QString &target) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    ActivityTab *currentTab() const;
    void showCount();
    void retranslate();

    UiContext m_context;
    PageHeader *m_header;
    QTabWidget *m_tabs;
    QList<ActivityTab *> m_pages;
};

} // namespace novita
