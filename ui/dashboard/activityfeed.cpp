// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/activityfeed.h"

#include "core/workflows/stores.h"
#include "ui/dashboard/feeddelegate.h"
#include "ui/dashboard/feedmodel.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kPadding = 12;

QString eventsPage()
{
    return QStringLiteral("activity/events");
}

} // namespace

ActivityFeed::ActivityFeed(const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_model(new FeedModel(context.stores.activity, this))
    , m_title(makeWords("", this))
    , m_list(new QListView(this))
    , m_empty(new EmptyState(this))
    , m_all(makeLink(this))
{
    setProperty("card", true);
    m_title->setWordWrap(false);
    // Connected before the view is: it would go along with the row that is pushed out, down to the end of the list.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this](const QModelIndex &, int first) {
        if (m_list->currentIndex().row() >= first)
            m_list->setCurrentIndex({});
    });
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FeedDelegate(context.theme, m_list));
    // Inside a card already: no frame, no ground of its own.
    m_list->setStyleSheet(QStringLiteral("QListView { border: none; background: transparent; padding: 0; }"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(kPadding, 0, kPadding, 0);
    head->addWidget(m_title, 1);
    head->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, kPadding, 1, space::kInside);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        // Where a click activates, it comes as that as well.
        if (!m_list->style()->styleHint(QStyle::SH_ItemView_ActivateItemOnSingleClick, nullptr, m_list))
            openRow(index);
    });
    connect(m_list, &QListView::activated, this, &ActivityFeed::openRow);
    connect(m_all, &QPushButton::clicked, this, [this] { emit openPageRequested(eventsPage()); });
    connect(m_empty, &EmptyState::activated, this, [this] { emit openPageRequested(QStringLiteral("instances")); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ActivityFeed::showEmpty);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ActivityFeed::showEmpty);
    connect(&context.theme, &Theme::changed, this, &ActivityFeed::applyFonts);
    applyFonts();
    retranslate();
    showEmpty();
}

void ActivityFeed::openRow(const QModelIndex &index)
{
    const QString subject = index.data(IdRole).toString();
    if (!subject.isEmpty() && m_context.stores.instances.contains(InstanceId(subject)))
        emit openInstanceRequested(subject);
    else
        emit openPageRequested(eventsPage());
}

void ActivityFeed::takeFocus()
{
    QWidget *target = m_list->isHidden() ? static_cast<QWidget *>(m_empty->button()) : m_list;
    target->setFocus();
}

void ActivityFeed::showEmpty()
{
    const bool empty = m_model->rowCount() == 0;
    m_empty->setVisible(empty);
    m_list->setVisible(!empty);
}

void ActivityFeed::applyFonts()
{
    m_title->setFont(m_context.theme.font(TextStyle::Body, true));
    // Rows have another height now.
    m_list->doItemsLayout();
}

void ActivityFeed::retranslate()
{
    m_title->setText(tr("Activity"));
    m_list->setAccessibleName(tr("Activity feed"));
    m_all->setText(tr("All events"));
    m_all->setAccessibleName(tr("All events"));
    m_empty->setContent(tr("Nothing has happened yet."), tr("Show instances"));
}

void ActivityFeed::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_model->setFollowing(true);
}

void ActivityFeed::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_model->setFollowing(false);
}

void ActivityFeed::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
