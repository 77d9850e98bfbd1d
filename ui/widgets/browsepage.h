// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"
#include "ui/page.h"
#include "ui/uicontext.h"
#include "ui/widgets/listcontent.h"

#include <QTimer>

class QVBoxLayout;

namespace novita {

class EntityStoreBase;
class EntityTableModel;
class ListPane;
class PageHeader;
enum class ErrorRemedy;

/// A page that browses one list: header with count and age, and a ListPane. The subclass brings model, details and words, adds
/// its actions to header() and pane(), and calls retranslate() at the end of its constructor.
class BrowsePage : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BrowsePage)

public:
    ~BrowsePage() override;

    void activate() override;
    void deactivate() override;
    void refresh() override;
    void focusFilter() override;
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

    /// For a page that shows several of these below one set of tabs: the header goes where that page puts it, and the margins
    /// are that page's.
    PageHeader *detachHeader();
    /// Selects a row once it is there.
    void showRow(const QString &id);

protected:
    /// What the page is made of; `model` and `details` become its own.
    struct Parts
    {
        EntityTableModel *model;
        const EntityStoreBase &store;
        DataKind kind;
        const SettingKey<QString> &layoutKey;
        QWidget *details;
    };
    BrowsePage(const UiContext &context, const Parts &parts, QWidget *parent);

    const UiContext &context() const { return m_context; }
    PageHeader *header() const { return m_header; }
    ListPane *pane() const { return m_pane; }
    /// Below the header and what was added before.
    void addBelowHeader(QWidget *widget);

    virtual ListWords words() const = 0;
    /// Stands between count and age; may be empty.
    virtual QString subtitleNote() const { return {}; }
    virtual void retranslate();
    /// Once a second while the page is in front.
    virtual void tick();
    virtual void applyRemedy(ErrorRemedy remedy);
    void updateSubtitle();
    /// The page is in front.
    bool isTicking() const { return m_tick.isActive(); }
    /// Rows that the page could show if nothing were typed.
    virtual int total() const;

    void changeEvent(QEvent *event) override;

private:
    UiContext m_context;
    EntityTableModel *m_model;
    const EntityStoreBase &m_store;
    DataKind m_kind;
    PageHeader *m_header;
    ListPane *m_pane;
    QVBoxLayout *m_layout;
    int m_headerRows = 1; ///< 0 once the header stands elsewhere
    int m_added = 0;
    QTimer m_tick;
};

} // namespace novita
