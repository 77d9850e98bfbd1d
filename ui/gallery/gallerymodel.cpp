// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerymodel.h"

#include "core/base/displaytext.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "ui/format.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kPromptsKept = 2000;
constexpr qsizetype kPromptStart = 120; ///< characters
constexpr Milliseconds kTogether{40};   ///< changes of the gallery within it are one

} // namespace

GalleryModel::GalleryModel(ImageWorkspace &images, QObject *parent, bool isActive)
    : QAbstractListModel(parent)
    , m_images(images)
    , m_prompts(kPromptsKept)
    , m_isActive(isActive)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTogether);
    connect(&m_soon, &QTimer::timeout, this, &GalleryModel::reloadIfActive);
    const auto soon = [this] {
        m_isStale = true;
        if (m_isActive && !m_soon.isActive())
            m_soon.start();
    };
    connect(&images, &ImageWorkspace::galleryChanged, this, soon);
    connect(&images, &ImageWorkspace::statusChanged, this, soon);
    connect(&images, &ImageWorkspace::profileChanged, this, &GalleryModel::restart);
    reloadIfActive();
}

/// Another profile: its pictures have nothing to do with those that are shown.
void GalleryModel::restart()
{
    beginResetModel();
    m_rows.clear();
    m_rowOf.clear();
    m_missing.clear();
    m_state = State::Loading;
    m_error.reset();
    endResetModel();
    m_reading.reset();
    emit updated();
    reloadIfActive();
}

void GalleryModel::setQuery(const PictureQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    reloadIfActive();
}

void GalleryModel::setActive(bool isActive)
{
    m_isActive = isActive;
    if (isActive && m_isStale)
        reload();
}

void GalleryModel::reloadIfActive()
{
    m_isStale = true;
    if (m_isActive)
        reload();
}

void GalleryModel::reload()
{
    m_soon.stop();
    m_isStale = false;
    if (m_images.profile().isEmpty()) {
        m_reading.reset();
        return;
    }
    m_reading.reset(m_images.pictures().list(m_images.profile(), m_query))
        ->onFinished(this, [this](const Result<QList<PictureEntry>> &read) {
            if (read) {
                take(*read);
            } else if (read.error().kind != ErrorKind::Canceled) {
                m_state = State::Failed;
                m_error = read.error();
            }
            emit updated();
        });
}

void GalleryModel::take(const QList<PictureEntry> &entries)
{
    m_state = State::Ready;
    m_error.reset();
    if (entries != m_rows)
        bringIn(entries);
}

void GalleryModel::reindex()
{
    m_rowOf.clear();
    m_rowOf.reserve(m_rows.size());
    for (int row = 0; row < m_rows.size(); ++row)
        m_rowOf.insert(m_rows.at(row).id, row);
}

const PictureEntry *GalleryModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int GalleryModel::rowOf(PictureId id) const
{
    return m_rowOf.value(id, -1);
}

const PictureEntry *GalleryModel::find(PictureId id) const
{
    return at(rowOf(id));
}

void GalleryModel::describe(int first, int last)
{
    QList<PictureId> ids;
    for (int row = std::max(0, first); row <= last && row < m_rows.size() && ids.size() < kMostDescribed; ++row) {
        if (!m_prompts.contains(m_rows.at(row).id))
            ids.append(m_rows.at(row).id);
    }
    if (ids.isEmpty())
        return;
    m_describing.reset(m_images.pictures().read(ids))->onFinished(this, [this](const Result<QList<Picture>> &read) {
        if (!read)
            return;
        for (const Picture &picture : *read) {
            m_prompts.insert(picture.id, new QString(displayLine(picture.prompt, kPromptStart)));
            if (const int row = rowOf(picture.id); row >= 0)
                emit dataChanged(createIndex(row, 0), createIndex(row, 0), {Qt::ToolTipRole, Qt::AccessibleTextRole});
        }
    });
}

void GalleryModel::noteFile(const QString &file, bool isThere)
{
    if (isThere)
        m_missing.remove(file);
    else
        m_missing.insert(file);
}

QString GalleryModel::words(int row) const
{
    const PictureEntry *entry = at(row);
    if (!entry)
        return {};
    QStringList parts;
    const QString *prompt = m_prompts.object(entry->id);
    if (prompt && !prompt->isEmpty())
        parts.append(*prompt);
    else
        parts.append(entry->kind == MediaKind::Video ? tr("Film") : tr("Picture"));
    parts.append(format::dateTime(entry->createdAt));
    if (entry->starred)
        parts.append(tr("starred"));
    if (entry->kind == MediaKind::Video && parts.constFirst() != tr("Film"))
        parts.append(tr("film"));
    if (entry->flagged)
        parts.append(tr("flagged as not safe for work"));
    if (entry->trashedAt)
        parts.append(tr("in the trash"));
    if (m_missing.contains(entry->file))
        parts.append(tr("its file is not there any more"));
    return parts.join(QStringLiteral(", "));
}

int GalleryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant GalleryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case IdRole:
        return m_rows.at(index.row()).id;
    case Qt::AccessibleTextRole:
        return words(index.row());
    case Qt::ToolTipRole:
        return format::toolTip(words(index.row()));
    default:
        return {};
    }
}

Qt::ItemFlags GalleryModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace novita
