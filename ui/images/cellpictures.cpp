// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/cellpictures.h"

#include "core/workflows/background.h"
#include "ui/images/gridpicture.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QGridLayout>
#include <QLabel>
#include <QScreen>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kSide = 112;
constexpr int kColumns = 4;

} // namespace

CellPictures::CellPictures(const Theme &theme, const PictureFiles &files, const QList<PictureEntry> &pictures,
                           const QString &title, bool hideFlagged, QWidget *parent)
    : QDialog(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Pictures of the cell"));
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::kInside);
    const int side = theme.grown(kSide);
    for (int i = 0; i < pictures.size(); ++i) {
        const PictureEntry &picture = pictures.at(i);
        const bool isHidden = picture.flagged && hideFlagged;
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        // The sheet of the program makes all buttons of one height.
        button->setStyleSheet(QStringLiteral("QToolButton { icon-size: %1px; min-height: %2px; min-width: %3px; }")
                                  .arg(side)
                                  .arg(side + button->fontMetrics().lineSpacing() + 2 * space::kRelated)
                                  .arg(side + space::kRelated));
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setText(isHidden ? tr("Flagged")
                                 : tr("%1 of %2", "a picture among those of a cell").arg(i + 1).arg(pictures.size()));
        button->setAccessibleName(tr("Open picture %1 of %2").arg(i + 1).arg(pictures.size()));
        button->setToolTip(button->accessibleName());
        grid->addWidget(button, i / kColumns, i % kColumns);
        connect(button, &QToolButton::clicked, this, [this, id = picture.id] {
            emit pictureActivated(id);
            accept();
        });
        if (!isHidden)
            load(button, files, picture.file, static_cast<int>(side * devicePixelRatioF()));
    }
    auto *content = new QWidget;
    content->setLayout(grid);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kRelated, space::kRelated, space::kRelated);
    layout->setSpacing(space::kInside);
    if (!title.isEmpty()) {
        auto *label = makeWords("text2", this);
        label->setText(title);
        layout->addWidget(label);
    }
    layout->addWidget(content);
}

void CellPictures::load(QToolButton *button, const PictureFiles &files, const QString &file, int side)
{
    inBackground<QImage>([files, file, side] { return gridpicture::thumbnail(files, file, side); }, button)
        ->onFinished(button, [this, button](const Result<QImage> &image) {
            if (!image || image->isNull())
                return;
            QPixmap pixmap = QPixmap::fromImage(*image);
            pixmap.setDevicePixelRatio(devicePixelRatioF());
            button->setIcon(pixmap);
        });
}

void CellPictures::showAt(const QPoint &where)
{
    adjustSize();
    const QRect room = parentWidget()->screen()->availableGeometry();
    move(std::clamp(where.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(where.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
}

} // namespace novita
