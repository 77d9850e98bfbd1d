// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerypainter.h"

#include "ui/gallery/filmtime.h"
#include "ui/theme.h"

#include <QFileInfo>
#include <QFontMetrics>
#include <QPainter>
#include <QPaintDevice>
#include <QStyle>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMark = 16; ///< pixels of an icon at 100 %
constexpr int kInset = 4; ///< of marks from the edge of the thumbnail
constexpr int kPad = 4;   ///< around icon and words of a plate

/// Upper case of the file's ending: "MP4".
QString formatOf(const PictureEntry &entry)
{
    return QFileInfo(entry.file).suffix().toUpper();
}

/// Width and height in the proportion of what is to be seen; that of `box` where nobody knows it.
QSize formOf(const GalleryPainter::Cell &cell, const QRect &box)
{
    const QSize known =
        cell.entry->size.isEmpty() && cell.thumbnail ? cell.thumbnail->image.size() : cell.entry->size;
    return known.isEmpty() ? box.size() : known.scaled(box.size(), Qt::KeepAspectRatio);
}

} // namespace

QRect GalleryPainter::box(const Cell &cell) const
{
    return QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {cell.side, cell.side}, cell.rect);
}

void GalleryPainter::paint(QPainter &painter, const Cell &cell) const
{
    paintFrame(painter, cell);
    paintPicture(painter, cell);
    paintMarks(painter, cell);
}

void GalleryPainter::paintFrame(QPainter &painter, const Cell &cell) const
{
    if (!cell.selected && !cell.current && !cell.hovered)
        return;
    const bool isStrong = cell.selected || cell.current;
    const qreal width = isStrong ? 2 : 1;
    const QRectF frame = QRectF(box(cell).adjusted(-kFrame, -kFrame, kFrame, kFrame))
                             .adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(cell.current    ? Token::Text
                                      : cell.selected ? Token::Accent
                                                      : Token::LineStrong),
                        width));
    painter.setBrush(cell.selected ? QBrush(m_theme.color(Token::AccentSoft)) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(frame, space::kRadius, space::kRadius);
    painter.restore();
}

void GalleryPainter::paintPicture(QPainter &painter, const Cell &cell) const
{
    const QRect box = this->box(cell);
    if (!cell.thumbnail) {
        // Of the picture's form, so that nothing jumps when it comes.
        painter.fillRect(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, formOf(cell, box), box),
                         m_theme.color(Token::Line));
        return;
    }
    switch (cell.thumbnail->state) {
    case Thumbnail::State::Ready: {
        const qreal ratio = painter.device()->devicePixelRatioF();
        QSizeF size = QSizeF(cell.thumbnail->image.size()) / ratio;
        // One made for another side stands in until its successor is here.
        if (cell.thumbnail->side != qRound(cell.side * ratio) || size.width() > box.width() ||
            size.height() > box.height())
            size.scale(box.size(), Qt::KeepAspectRatio);
        const QPointF at = QRectF(box).center() - QPointF(size.width() / 2, size.height() / 2);
        painter.drawImage(QRectF(QPointF(qRound(at.x() * ratio) / ratio, qRound(at.y() * ratio) / ratio), size),
                          cell.thumbnail->image);
        break;
    }
    case Thumbnail::State::NoPreview:
    case Thumbnail::State::Broken:
        if (cell.thumbnail->isFileMissing)
            paintStandIn(painter, box, QStringLiteral("image-missing"), tr("File missing"));
        else if (cell.thumbnail->state == Thumbnail::State::Broken)
            paintStandIn(painter, box, QStringLiteral("image-missing"), tr("Unreadable"));
        else
            paintStandIn(painter, box, QStringLiteral("media-playback-start"), formatOf(*cell.entry));
        break;
    }
}

void GalleryPainter::paintStandIn(QPainter &painter, const QRect &box, const QString &name, const QString &words) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int side = std::min(m_theme.grown(2 * kMark), box.height() / 2);
    painter.fillRect(box, m_theme.color(Token::Window));
    painter.setPen(m_theme.color(Token::Line));
    painter.drawRect(box.adjusted(0, 0, -1, -1));
    const QFont font = m_theme.font(TextStyle::Small);
    const QFontMetrics metrics(font);
    const int height = side + kPad + metrics.height();
    const int top = box.center().y() - height / 2;
    painter.drawPixmap(box.center().x() - side / 2, top, icon(name, side, m_theme.color(Token::Text2), ratio));
    painter.setFont(font);
    painter.setPen(m_theme.color(Token::Text2));
    const QRect line(box.left() + kInset, top + side + kPad, box.width() - 2 * kInset, metrics.height());
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignVCenter,
                     metrics.elidedText(words, Qt::ElideRight, line.width()));
}

void GalleryPainter::paintMarks(QPainter &painter, const Cell &cell) const
{
    // On the picture itself, unless it is too slim for them.
    QRect place = box(cell);
    const QSize form = formOf(cell, place);
    if (std::min(form.width(), form.height()) >= 2 * m_theme.grown(kMark) + 4 * kInset &&
        (!cell.thumbnail || cell.thumbnail->state == Thumbnail::State::Ready))
        place = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, form, place);
    const QRect inside = place.adjusted(kInset, kInset, -kInset, -kInset);
    if (cell.veiled && cell.thumbnail && cell.thumbnail->state == Thumbnail::State::Ready)
        paintPlate(painter, inside, Qt::AlignCenter, QStringLiteral("password-show-off"),
                   cell.hovered || cell.current ? tr("B shows it", "B is a key") : tr("Flagged"));
    const bool isGone = cell.thumbnail && cell.thumbnail->isFileMissing;
    constexpr int kPlates = 3; // one in the middle, and one at the edge that does not touch it
    const bool hasRoom = !cell.veiled || inside.height() >= kPlates * (m_theme.grown(kMark) + kPad);
    if (isGone && cell.thumbnail->state == Thumbnail::State::Ready)
        paintPlate(painter, inside, Qt::AlignHCenter | Qt::AlignBottom, QStringLiteral("image-missing"),
                   tr("File missing"));
    else if (cell.entry->kind == MediaKind::Video && hasRoom &&
             (!cell.thumbnail || cell.thumbnail->state == Thumbnail::State::Ready))
        paintPlate(painter, inside, Qt::AlignLeft | Qt::AlignBottom, QStringLiteral("media-playback-start"),
                   cell.thumbnail && cell.thumbnail->length.count() > 0 ? filmtime::length(cell.thumbnail->length)
                                                                        : formatOf(*cell.entry));
    if (cell.entry->starred)
        paintPlate(painter, inside, Qt::AlignRight | Qt::AlignTop, QStringLiteral("rating"), {});
    if (cell.selected)
        paintPlate(painter, inside, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("checkmark"), {});
}

void GalleryPainter::paintPlate(QPainter &painter, const QRect &inside, Qt::Alignment where, const QString &name,
                                const QString &words) const
{
    const int side = m_theme.grown(kMark);
    const QFont font = m_theme.font(TextStyle::Small, true);
    const QFontMetrics metrics(font);
    const int wide = words.isEmpty() ? 0 : metrics.horizontalAdvance(words) + kPad;
    const bool isWhole = side + 2 * kPad + wide <= inside.width();
    const QSize size(side + 2 * kPad + (isWhole ? wide : 0), side + kPad);
    const QRect plate =
        QStyle::alignedRect(Qt::LeftToRight, where, words.isEmpty() ? QSize(side + kPad, side + kPad) : size, inside);
    QColor ground = m_theme.color(Token::Raised);
    ground.setAlphaF(0.88F); // the picture stays in sight; the contrast does not suffer
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(plate, space::kRadius, space::kRadius);
    const int left = words.isEmpty() ? plate.left() + kPad / 2 : plate.left() + kPad;
    const bool isMark = words.isEmpty();
    const QColor color =
        m_theme.color(isMark ? (name == QLatin1String("rating") ? Token::Warn : Token::Accent) : Token::Text);
    painter.drawPixmap(left, plate.top() + (plate.height() - side) / 2,
                       icon(name, side, color, painter.device()->devicePixelRatioF()));
    if (isWhole && !words.isEmpty()) {
        painter.setFont(font);
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(plate.adjusted(side + 2 * kPad, 0, -kPad, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
    }
    painter.restore();
}

const QPixmap &GalleryPainter::icon(const QString &name, int size, const QColor &color, qreal ratio) const
{
    const QString key = name + QLatin1Char('/') + QString::number(size) + color.name() + QString::number(ratio);
    auto found = m_icons.find(key);
    if (found == m_icons.end())
        found = m_icons.insert(key, m_theme.pixmap(name, size, color, ratio));
    return *found;
}

} // namespace novita
