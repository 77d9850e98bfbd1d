// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QWidget>

namespace novita {

/// A tab of the Webhooks page. The page calls activate() when it comes to the front and deactivate() when it leaves.
class WebhooksTab : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhooksTab)

public:
    explicit WebhooksTab(QWidget *parent = nullptr) : QWidget(parent) {}

    virtual QString tabId() const = 0;     ///< "inbox": saved states, page targets; never translated
    virtual QString title() const = 0;     ///< translated
    virtual QString countText() const = 0; ///< beside the page's title
    virtual void activate() {}
    virtual void deactivate() {}
    virtual void refresh() {}
    virtual void focusFilter() {}
    virtual void focusRows() { setFocus(); }
    /// Something on the tab to go to.
    virtual void openTarget(const QString &target) { Q_UNUSED(target) }
    /// Owned by the tab.
    virtual QList<QAction *> pageActions() const { return {}; }
    virtual QJsonObject saveState() const { return {}; }
    virtual void restoreState(const QJsonObject &state) { Q_UNUSED(state) }
    virtual bool isFilled() const { return true; }
    /// The language changed; also called once by the page.
    virtual void retranslate() = 0;

signals:
    void countChanged();
    void openInstanceRequested(const QString &instanceId);
    void openPageRequested(const QString &pageId);
};

} // namespace novita
