// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/importdrop.h"

#include "core/images/imageworkspace.h"
#include "ui/images/importdialog.h"
#include "ui/images/importrun.h"
#include "ui/prompts.h"
#include "ui/theme.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QShortcut>
#include <QUrl>
#include <QWidget>

namespace novita {

namespace {

QStringList localPaths(const QMimeData &data)
{
    QStringList out;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && out.size() < ImportDrop::kMostPaths)
            out.append(url.toLocalFile());
    }
    return out;
}

/// The bytes as they were put there: in a picture that was drawn anew nothing says how it was made.
QByteArray pictureBytes(const QMimeData &data)
{
    for (const QString &type :
         {QStringLiteral("image/png"), QStringLiteral("image/jpeg"), QStringLiteral("image/webp")}) {
        if (data.hasFormat(type))
            return data.data(type);
    }
    return {};
}

} // namespace

ImportDrop::ImportDrop(const UiContext &context, QWidget *target)
    : QObject(target)
    , m_context(context)
    , m_target(target)
    , m_action(new QAction(this))
{
    target->setAcceptDrops(true);
    target->installEventFilter(this);
    takePastesOf(target);
    const auto icon = [this] { m_action->setIcon(m_context.theme.icon(QStringLiteral("document-import"))); };
    icon();
    connect(&context.theme, &Theme::changed, this, icon);
    connect(m_action, &QAction::triggered, this, &ImportDrop::chooseFiles);
    retranslate();
}

void ImportDrop::takePastesOf(QWidget *target)
{
    auto *shortcut =
        new QShortcut(QKeySequence(QKeySequence::Paste), target, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &ImportDrop::paste);
}

void ImportDrop::chooseFiles()
{
    m_context.prompts.openFiles(m_target, tr("Bring pictures in"), tr("Pictures (*.png *.jpg *.jpeg *.webp)"),
                                [self = QPointer(this)](const QStringList &paths) {
                                    if (self && !paths.isEmpty())
                                        self->takeFiles(paths.mid(0, kMostPaths));
                                });
}

void ImportDrop::retranslate()
{
    m_action->setText(tr("Bring pictures in…"));
    m_action->setToolTip(tr("Pictures of other programs, with what they were made from; files and folders can also be "
                            "dropped here, or pasted (Ctrl+V)"));
}

bool ImportDrop::canTake(const QMimeData *data)
{
    return data && (!localPaths(*data).isEmpty() || data->hasImage() || !pictureBytes(*data).isEmpty());
}

bool ImportDrop::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_target ||
        (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop))
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    if (drop->source() || !canTake(drop->mimeData()))
        return QObject::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        take(drop->mimeData());
    return true;
}

bool ImportDrop::paste()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (!canTake(data))
        return false;
    take(data);
    return true;
}

void ImportDrop::take(const QMimeData *data)
{
    if (const QStringList paths = localPaths(*data); !paths.isEmpty())
        return takeFiles(paths);
    const QByteArray bytes = pictureBytes(*data);
    const auto image = bytes.isEmpty() ? data->imageData().value<QImage>() : QImage();
    open(new ImportDialog(
        m_context,
        [bytes, image](const KnownPictures &gallery, std::stop_token) {
            QByteArray content = bytes;
            if (content.isEmpty()) {
                QBuffer buffer(&content);
                buffer.open(QIODevice::WriteOnly);
                image.save(&buffer, "PNG");
            }
            return pictureimport::find(content, gallery);
        },
        m_target->window()));
}

void ImportDrop::takeFiles(const QStringList &paths)
{
    open(new ImportDialog(
        m_context,
        [paths](const KnownPictures &gallery, std::stop_token stop) {
            return pictureimport::find(paths, gallery, std::move(stop));
        },
        m_target->window()));
}

/// What was brought before and not answered gives way.
void ImportDrop::open(ImportDialog *dialog)
{
    if (m_dialog)
        m_dialog->reject();
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::restoreRequested, this, &ImportDrop::restoreRequested);
    connect(dialog, &ImportDialog::sourceRequested, this, &ImportDrop::sourceRequested);
    dialog->setRunOwner(this);
    if (m_server)
        dialog->setServer(m_server());
    connect(dialog, &ImportDialog::runStarted, this, [this](ImportRun *run) {
        connect(run, &ImportRun::finished, this, [this](int count) {
            if (count > 0)
                emit added(count);
        });
    });
    dialog->open();
}

} // namespace novita
