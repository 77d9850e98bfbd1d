// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tabbedpage.h"

namespace novita {

class PageHeader;
class Theme;

/// A tab of a CountedTabsPage.
class CountedTab : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CountedTab)

public:
    explicit CountedTab(QWidget *parent = nullptr) : Page(parent) {}

    QString iconName() const override { return {}; } ///< a tab shows words only
    virtual QString countText() const = 0;           ///< beside the page's title
    /// The language changed; also called once by the page.
    virtual void retranslate() = 0;

signals:
    void countChanged();
};

/// Tabs below one header that tells how much the tab in front holds.
class CountedTabsPage : public TabbedPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CountedTabsPage)

protected:
    /// The subclass calls retranslate() after it.
    CountedTabsPage(const Theme &theme, const QList<CountedTab *> &tabs, QWidget *parent);

    void showHeader() override;
    void retranslate() override;

private:
    CountedTabsPage(PageHeader *header, QWidget *parent);

    PageHeader *m_header;
    QList<CountedTab *> m_counted;
};

} // namespace novita
