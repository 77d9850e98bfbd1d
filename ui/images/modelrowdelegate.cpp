// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelrowdelegate.h"

#include "core/images/modelpreviews.h"
#include "ui/images/modellistmodel.h"
#include "ui/images/modelwords.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QtMath>

#include <algorithm>

namespace novita {

namespace {

constexpr int kRowPicture = 56;
constexpr int kCardPicture = 132;
constexpr int kStar = 18;
constexpr int kLineGap = 2;
constexpr qsizetype kMostDrawn = 300;

QPainterPath star(const QRectF &rect)
{
    QPainterPath path;
    constexpr int kPoints = 5;
    constexpr double kInner = 0.42;
    for (int i = 0; i < 2 * kPoints; ++i) {
        const double angle = -M_PI / 2 + i * M_PI / kPoints;
        const double radius = rect.width() / 2 * (i % 2 == 0 ? 1 : kInner);
        const QPointF point = rect.center() + QPointF(std::cos(angle), std::sin(angle)) * radius;
        if (i == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

void drawLine(QPainter &painter, const QRect &rect, const QString &text, Qt::TextElideMode elide)
{
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(text.left(kMostDrawn), elide, rect.width()));
}

QStringList withoutEmpty(QStringList parts)
{
    parts.removeAll(QString());
    return parts;
}

} // namespace

ModelRowDelegate::ModelRowDelegate(const Theme &theme, const ModelListModel &model, const ModelPreviews &previews, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model), m_previews(previews)
{
}

bool ModelRowDelegate::showsPreview(const ImageModel &model) const
{
    return !(m_coversNsfw && model.nsfw.value_or(false));
}

int ModelRowDelegate::pictureSide() const
{
    return m_grid ? m_theme.grown(kCardPicture) : m_theme.grown(kRowPicture);
}

QSize ModelRowDelegate::cellSize() const
{
    const QFontMetrics body(m_theme.font(TextStyle::Body));
    const QFontMetrics small(m_theme.font(TextStyle::Small));
    if (m_grid)
        return {pictureSide() + 2 * space::kRelated, pictureSide() + body.height() + small.height() + 2 * space::kRelated + 2 * space::kInside};
    const int lines = body.height() + 2 * small.height() + 2 * kLineGap;
    return {pictureSide(), std::max(pictureSide(), lines) + 2 * space::kInside + 1};
}

QSize ModelRowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return cellSize();
}

QRect ModelRowDelegate::starRect(const QRect &rect) const
{
    const int side = m_theme.grown(kStar) + 2 * space::kInside;
    if (m_grid)
        return {rect.left() + space::kRelated + pictureSide() - side, rect.top() + space::kRelated, side, side};
    return {rect.right() - side - space::kInside, rect.center().y() - side / 2, side, side};
}

void ModelRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ImageModel *model = m_model.at(index.row());
    if (!model)
        return;
    painter->save();
    painter->setClipRect(option.rect);
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect inner = option.rect.adjusted(m_grid ? 1 : 0, m_grid ? 1 : 0, m_grid ? -1 : 0, -1);
    QColor background;
    if (option.state & QStyle::State_Selected)
        background = m_theme.color(Token::AccentSoft);
    else if (option.state & QStyle::State_MouseOver)
        background = m_theme.color(Token::Window);
    if (background.isValid()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(background);
        painter->drawRoundedRect(inner, m_grid ? space::kRadius : 0, m_grid ? space::kRadius : 0);
    }
    if (m_grid) {
        paintCard(*painter, option.rect, index, *model);
    } else {
        painter->setPen(m_theme.color(Token::Line));
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
        paintRow(*painter, option.rect.adjusted(0, 0, 0, -1), index, *model);
    }
    painter->restore();
}

void ModelRowDelegate::paintPicture(QPainter &painter, const QRect &rect, const ImageModel &model, bool isGrey) const
{
    QPainterPath frame;
    frame.addRoundedRect(rect, 4, 4);
    painter.save();
    painter.setClipPath(frame, Qt::IntersectClip);
    const QImage image = showsPreview(model) ? m_previews.image(model.cover) : QImage();
    painter.fillRect(rect, m_theme.color(Token::Window));
    if (!image.isNull()) {
        painter.setOpacity(isGrey ? 0.45 : 1.0);
        QRect source(QPoint(0, 0), QSize(1, 1).scaled(image.size(), Qt::KeepAspectRatio));
        // Of what is high, people are in the upper half.
        source.moveTo((image.width() - source.width()) / 2, (image.height() - source.height()) / 3);
        painter.drawImage(rect, image, source);
    } else {
        // What kind it is, as long as nothing can be seen of it, and where nothing ever will.
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color(Token::Text3));
        const QString words = showsPreview(model) ? modelwords::type(model.type) : tr("NSFW");
        painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(words, Qt::ElideRight, rect.width() - 4));
    }
    painter.restore();
    painter.setPen(m_theme.color(Token::Line));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(frame);
}

void ModelRowDelegate::paintStar(QPainter &painter, const QRect &rect, bool favourite, bool onPicture) const
{
    const QRectF place = QRectF(rect).adjusted(space::kInside, space::kInside, -space::kInside, -space::kInside);
    if (onPicture) {
        QColor plate = m_theme.color(Token::Surface);
        plate.setAlphaF(0.8F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(plate);
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4);
    }
    painter.setPen(QPen(m_theme.color(favourite ? Token::Accent : Token::Text3), 1.2));
    painter.setBrush(favourite ? QBrush(m_theme.color(Token::Accent)) : QBrush(Qt::NoBrush));
    painter.drawPath(star(place));
}

void ModelRowDelegate::paintRow(QPainter &painter, const QRect &rect, const QModelIndex &index, const ImageModel &model) const
{
    const QString misfit = index.data(ModelListModel::MisfitRole).toString();
    const int side = pictureSide();
    const QRect picture(rect.left() + space::kRelated, rect.center().y() - side / 2, side, side);
    paintPicture(painter, picture, model, !misfit.isEmpty());
    const QRect starPlace = starRect(rect);
    paintStar(painter, starPlace, index.data(ModelListModel::FavouriteRole).toBool(), false);

    const QFont body = m_theme.font(TextStyle::Body, true);
    const QFont small = m_theme.font(TextStyle::Small);
    const int bodyHeight = QFontMetrics(body).height();
    const int smallHeight = QFontMetrics(small).height();
    QRect line(picture.right() + space::kRelated + 2, rect.center().y() - (bodyHeight + 2 * smallHeight + 2 * kLineGap) / 2, 0, bodyHeight);
    line.setRight(starPlace.left() - space::kRelated);
    const QString note = index.data(NoteRole).toString();
    painter.setFont(small);
    int noteWidth = 0;
    if (!note.isEmpty()) {
        noteWidth = std::min(painter.fontMetrics().horizontalAdvance(note), line.width() / 3) + space::kRelated;
        painter.setPen(m_theme.color(Token::Text3));
        drawLine(painter, QRect(line.right() - noteWidth + space::kRelated, line.top(), noteWidth - space::kRelated + 1, bodyHeight), note, Qt::ElideRight);
    }
    painter.setFont(body);
    painter.setPen(m_theme.color(misfit.isEmpty() ? Token::Text : Token::Text3));
    drawLine(painter, line.adjusted(0, 0, -noteWidth, 0), index.data().toString(), Qt::ElideMiddle);
    line.translate(0, bodyHeight + kLineGap);
    line.setHeight(smallHeight);
    painter.setFont(small);
    painter.setPen(m_theme.color(misfit.isEmpty() ? Token::Text2 : Token::Text3));
    drawLine(painter, line, withoutEmpty({model.name, modelwords::type(model.type), modelwords::baseOf(model), modelwords::source(model.source)}).join(QStringLiteral(" · ")), Qt::ElideRight);
    line.translate(0, smallHeight + kLineGap);
    painter.setPen(m_theme.color(misfit.isEmpty() ? Token::Text3 : Token::Warn));
    drawLine(painter, line, misfit.isEmpty() ? model.tags.join(QStringLiteral(", ")) : misfit, Qt::ElideRight);
}

void ModelRowDelegate::paintCard(QPainter &painter, const QRect &rect, const QModelIndex &index, const ImageModel &model) const
{
    const QString misfit = index.data(ModelListModel::MisfitRole).toString();
    const int side = pictureSide();
    const QRect picture(rect.left() + space::kRelated, rect.top() + space::kRelated, side, side);
    paintPicture(painter, picture, model, !misfit.isEmpty());
    paintStar(painter, starRect(rect), index.data(ModelListModel::FavouriteRole).toBool(), true);
    painter.setFont(m_theme.font(TextStyle::Body));
    QRect line(picture.left(), picture.bottom() + space::kInside, side, painter.fontMetrics().height());
    painter.setPen(m_theme.color(misfit.isEmpty() ? Token::Text : Token::Text3));
    drawLine(painter, line, model.label(), Qt::ElideMiddle); // room is short: without the ending
    line.translate(0, line.height());
    painter.setFont(m_theme.font(TextStyle::Small));
    line.setHeight(painter.fontMetrics().height());
    painter.setPen(m_theme.color(misfit.isEmpty() ? Token::Text2 : Token::Warn));
    drawLine(painter, line, misfit.isEmpty() ? withoutEmpty({modelwords::baseOf(model), model.name}).join(QStringLiteral(" · ")) : misfit, Qt::ElideRight);
}

bool ModelRowDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (!isPress && event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !starRect(option.rect).contains(mouse->pos()))
        return false;
    if (isPress)
        emit starClicked(index.row());
    return true;
}

} // namespace novita
