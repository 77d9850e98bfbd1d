// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/imagefolders.h"

#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/wraplayout.h"

#include <QDesktopServices>
#include <QDir>
#include <QDirIterator>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMostFiles = 1'000'000;

void openFolder(const QString &path)
{
    QDir().mkpath(path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
}

} // namespace

FolderSize folderSize(const QString &path)
{
    FolderSize out;
    if (QFileInfo(path).isSymLink())
        return out;
    for (QDirIterator it(path, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories); it.hasNext() && out.files < kMostFiles;) {
        it.next();
        out.bytes += it.fileInfo().size();
        ++out.files;
    }
    return out;
}

ImageFolders::ImageFolders(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_text(makeWords("text2", this))
    , m_result(makeWords("bad", this))
    , m_delete(new QPushButton(this))
    , m_gallery(new QPushButton(this))
    , m_wildcards(new QPushButton(this))
{
    const auto fonts = [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&context.theme, &Theme::changed, this, fonts);
    auto *buttons = new WrapLayout;
    buttons->setSpacing(space::kRelated);
    for (QPushButton *button : {m_delete, m_gallery, m_wildcards}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    layout->addWidget(m_result);
    connect(m_delete, &QPushButton::clicked, this, &ImageFolders::deleteThumbnails);
    connect(m_gallery, &QPushButton::clicked, this, [this] { openFolder(m_context.images.files().folder()); });
    connect(m_wildcards, &QPushButton::clicked, this, [this] { openFolder(m_context.images.wildcardsFolder()); });
    retranslate();
}

void ImageFolders::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    count();
}

void ImageFolders::count()
{
    using Counted = std::shared_ptr<const Sizes>;
    const auto work = [folder = m_context.images.files().folder()] {
        return std::make_shared<const Sizes>(Sizes{folderSize(folder + QStringLiteral("/originals")), folderSize(folder + QStringLiteral("/inputs")), folderSize(folder + QStringLiteral("/thumbnails"))});
    };
    m_counting.reset(inBackground<Counted>(work, this))->onFinished(this, [this](const Result<Counted> &counted) {
        if (counted)
            m_sizes = **counted;
        present();
    });
    m_asking.reset();
    if (m_context.images.profile().isEmpty())
        return;
    m_asking.reset(m_context.images.pictures().totals(m_context.images.profile()))->onFinished(this, [this](const Result<PictureStore::Totals> &totals) {
        m_totals = totals ? std::optional(*totals) : std::nullopt;
        present();
    });
}

/// They are made again from the originals when they are looked at: nothing is lost, so nothing is asked.
void ImageFolders::deleteThumbnails()
{
    const auto work = [folder = m_context.images.files().folder() + QStringLiteral("/thumbnails")] {
        // What a link names is somebody else's.
        return !QFileInfo(folder).isSymLink() && (!QFileInfo::exists(folder) || QDir(folder).removeRecursively());
    };
    m_deleting.reset(inBackground<bool>(work, this))->onFinished(this, [this](const Result<bool> &gone) {
        m_problem = gone && *gone ? QString() : tr("Not all previews could be deleted.");
        count();
        present();
    });
    present();
}

void ImageFolders::present()
{
    QStringList lines;
    if (m_sizes) {
        const auto of = [](const FolderSize &size) { return tr("%1, files: %2", "size on the disk, a number").arg(format::bytes(size.bytes), format::number(size.files)); };
        lines.append(tr("Originals: %1").arg(of(m_sizes->originals)));
        lines.append(tr("Pictures that jobs start from: %1").arg(of(m_sizes->inputs)));
        lines.append(tr("Previews: %1").arg(of(m_sizes->thumbnails)));
    } else {
        lines.append(tr("Counting…"));
    }
    if (m_totals)
        lines.append(tr("In the trash of this profile's gallery: %1", "a number").arg(format::number(m_totals->trashed)));
    m_text->setText(lines.join(u'\n'));
    m_result->setText(m_problem);
    m_result->setVisible(!m_problem.isEmpty());
    m_delete->setEnabled(m_sizes && m_sizes->thumbnails.files > 0 && !m_deleting.isBusy());
}

void ImageFolders::retranslate()
{
    m_title->setText(tr("On the disk"));
    m_text->setAccessibleName(tr("Sizes of the folders"));
    m_delete->setText(tr("Delete previews"));
    m_delete->setAccessibleName(tr("Delete previews"));
    m_delete->setToolTip(tr("They are made again when they are looked at"));
    m_gallery->setText(tr("Open the gallery's folder"));
    m_gallery->setAccessibleName(tr("Open the gallery's folder"));
    m_wildcards->setText(tr("Open the wildcards folder"));
    m_wildcards->setAccessibleName(tr("Open the wildcards folder"));
    m_wildcards->setToolTip(QDir::toNativeSeparators(m_context.images.wildcardsFolder()));
    present();
}

void ImageFolders::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
