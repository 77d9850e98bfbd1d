// SPDX-License-Identifier: GPL-3.0-or-later
// What the gallery remembers, and files that are dropped on it.
#include "ui/gallery/gallerytab.h"

#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturetakeout.h"
#include "ui/widgets/searchfield.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSplitter>
#include <QUrl>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostDropped = 1000;
constexpr int kMostPath = 4000; ///< characters

} // namespace

QJsonObject GalleryTab::saveState() const
{
    const QList<int> sizes = m_splitter->sizes();
    const ExportOrder &order = m_actions->takeout().lastOrder();
    return {{QStringLiteral("export"), QJsonObject{{QStringLiteral("folder"), order.folder},
                                                   {QStringLiteral("names"), order.names},
                                                   {QStringLiteral("strips"), order.strips}}},
            {QStringLiteral("search"), m_bar->search()->text()},
            {QStringLiteral("order"), static_cast<int>(m_bar->query().order)},
            {QStringLiteral("current"), QString::number(m_view->currentId())},
            {QStringLiteral("details"), sizes.value(1)}};
}

void GalleryTab::restoreState(const QJsonObject &state)
{
    m_bar->search()->setFilter(state.value(QStringLiteral("search")).toString().left(1000));
    m_bar->setOrder(static_cast<PictureQuery::Order>(std::clamp(state.value(QStringLiteral("order")).toInt(), 0,
                                                                static_cast<int>(PictureQuery::Order::StarredFirst))));
    m_wanted = state.value(QStringLiteral("current")).toString().toLongLong();
    const int details = state.value(QStringLiteral("details")).toInt();
    if (details > 0)
        m_splitter->setSizes(
            {std::max(kLeastGrid, width() - details), std::clamp(details, kDetailsWidth / 2, 4 * kDetailsWidth)});
    const QJsonObject order = state.value(QStringLiteral("export")).toObject();
    m_actions->takeout().setLastOrder({order.value(QStringLiteral("folder")).toString().left(kMostPath),
                                       order.value(QStringLiteral("names")).toString().left(kMostPath),
                                       order.value(QStringLiteral("strips")).toBool()});
    present();
}

void GalleryTab::dragEnterEvent(QDragEnterEvent *event)
{
    // What is dragged out of here stays what it is.
    if (!event->source() && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void GalleryTab::dropEvent(QDropEvent *event)
{
    QStringList paths;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && paths.size() < kMostDropped)
            paths.append(url.toLocalFile());
    }
    if (paths.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    emit filesDropped(paths);
}

} // namespace novita
