// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/refresher.h"

#include <QIcon>
#include <QJsonObject>
#include <QSet>
#include <QWidget>

class QAction;

namespace novita {

/// A page of the main window. The rail shows `title()` and `iconName()`; the window calls `activate()` when the page comes
/// to the front and `deactivate()` when it leaves. A page never includes another page: intent crosses as a signal.
class Page : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Page)

public:
    explicit Page(QWidget *parent = nullptr) : QWidget(parent) {}

    virtual QString pageId() const = 0;      ///< "instances": command line, settings; never translated
    virtual QString title() const = 0;       ///< translated
    virtual QString iconName() const = 0;    ///< of ui/theme
    virtual QSet<DataKind> wanted() const { return {}; }

    virtual void activate() {}
    virtual void deactivate() {}
    virtual void refresh() {}                ///< F5
    /// Something on the page to go to: a section of the settings, a tab of the activity, an instance by id. Unknown: nothing happens.
    virtual void openTarget(const QString &target) { Q_UNUSED(target) }
    virtual void focusFilter() {}            ///< Ctrl+F
    /// The page came to the front: the keyboard goes to what it is about, its list if it has one.
    virtual void focusContent() { setFocus(); }
    /// Actions for the menu bar's "Actions" menu while the page is in front; owned by the page.
    virtual QList<QAction *> pageActions() const { return {}; }

    /// Filters, selection, splitters, unfinished text: kept over a restart.
    virtual QJsonObject saveState() const { return {}; }
    virtual void restoreState(const QJsonObject &state) { Q_UNUSED(state) }

    /// The page shows live data (for the tour and tests): not loading, not empty by accident.
    virtual bool isFilled() const { return true; }

signals:
    void openInstanceRequested(const QString &instanceId);
    /// Opens the create wizard, prefilled with a product and/or a template; both may be empty.
    void newInstanceRequested(const QString &productId, const QString &templateId);
    /// Opens the create wizard, prefilled with what this instance was made from.
    void cloneInstanceRequested(const QString &instanceId);
    /// Opens the dialog for several instances, like this one, or, without an id, like nothing yet.
    void severalInstancesRequested(const QString &instanceId);
    /// "settings", or with a target behind a slash: "settings/network".
    void openPageRequested(const QString &pageId);
    /// title(), counts or the actions changed: the window looks again.
    void pageChanged();
};

} // namespace novita
