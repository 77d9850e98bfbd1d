// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"

class QTabWidget;

namespace novita {

/// A page that shows several others as tabs below one header. What the window asks of a page, the tab in front answers; only that one is
/// active. Each tab keeps its state under its own pageId(), which is its target as well: "inbox", or "inbox/12" for something on it.
///
/// The subclass adds the tabs and calls retranslate() at the end of its constructor.
class TabbedPage : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TabbedPage)

public:
    QSet<DataKind> wanted() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    void openTarget(const QString &target) override;
    void focusFilter() override;
    void focusContent() override;
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

protected:
    /// Takes `header`.
    TabbedPage(QWidget *header, QWidget *parent);

    /// Takes it.
    void addTab(Page *tab);
    const QList<Page *> &tabs() const { return m_tabs; }
    int currentIndex() const { return m_shown; }
    Page *current() const { return m_tabs.at(m_shown); }
    QTabWidget *tabWidget() const { return m_tabWidget; }

    /// Another tab is in front, or the page itself is again.
    virtual void showHeader() = 0;
    virtual void retranslate() = 0;
    void changeEvent(QEvent *event) override;

private:
    void showTab(int index);

    QTabWidget *m_tabWidget;
    QList<Page *> m_tabs;
    int m_shown = 0;
    bool m_active = false;
};

} // namespace novita
