// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskdialog.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/cloud/endpoints/inputimage.h"
#include "core/workflows/background.h"
#include "ui/maskeditor/maskpanel.h"
#include "ui/maskeditor/maskview.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr QSize kWanted(1120, 780);

/// The one local file that is dragged; empty if it is something else.
QString draggedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

QString nameOf(const QString &path)
{
    return displayLine(QFileInfo(path).fileName());
}

} // namespace

MaskDialog::MaskDialog(const Theme &theme, Prompts &prompts, MaskRequest request, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_prompts(prompts)
    , m_request(std::move(request))
    , m_title(makeLabel("", this))
    , m_note(makeWords("text2", this))
    , m_banner(new ErrorBanner(theme, this))
    , m_view(new MaskView(theme, this))
    , m_panel(new MaskPanel(theme, *m_view))
    , m_state(makeLabel("text2", this))
    , m_zoomOut(addZoomButton("list-remove", &MaskView::zoomOut))
    , m_fit(addZoomButton("zoom-fit-best", &MaskView::zoomToFit))
    , m_pixels(addZoomButton(nullptr, &MaskView::zoomToPixels))
    , m_zoomIn(addZoomButton("list-add", &MaskView::zoomIn))
    , m_hint(makeWords("text3", this))
    , m_cancel(new QPushButton(this))
    , m_use(new QPushButton(this))
{
    m_use->setProperty("primary", true);
    // No button is the default: Return paints, and ends typing a size.
    m_use->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    m_banner->setDismissible(true);
    setAcceptDrops(true);
    build();
    connect(m_view, &MaskView::maskChanged, this, &MaskDialog::follow);
    connect(m_view, &MaskView::zoomChanged, this, &MaskDialog::follow);
    connect(m_panel, &MaskPanel::importRequested, this, &MaskDialog::askImport);
    connect(m_panel, &MaskPanel::exportRequested, this, &MaskDialog::askExport);
    connect(m_panel, &MaskPanel::featherRequested, this, &MaskDialog::feather);
    connect(m_cancel, &QPushButton::clicked, this, &MaskDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &MaskDialog::use);
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, m_view, &MaskView::undo);
    connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, m_view, &MaskView::redo);
    const auto applyLook = [this] {
        m_title->setFont(m_theme.font(TextStyle::Subtitle, true));
        for (QPushButton *button : {m_zoomOut, m_fit, m_zoomIn})
            button->setIcon(m_theme.icon(button->property("iconName").toString()));
    };
    connect(&theme, &Theme::changed, this, applyLook);
    applyLook();
    updateTexts();
    load();
}

QPushButton *MaskDialog::addZoomButton(const char *icon, void (MaskView::*slot)())
{
    auto *button = new QPushButton(this);
    button->setAutoDefault(false);
    if (icon)
        button->setProperty("iconName", QString::fromLatin1(icon));
    connect(button, &QPushButton::clicked, m_view, slot);
    return button;
}

void MaskDialog::build()
{
    QScrollArea *tools = makeScrolling(m_panel, this);
    tools->setMinimumWidth(m_panel->sizeHint().width() + tools->verticalScrollBar()->sizeHint().width() + space::kInside);
    tools->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);

    auto *below = new QHBoxLayout;
    below->setSpacing(space::kRelated);
    below->addWidget(m_state, 1);
    for (QPushButton *button : {m_zoomOut, m_fit, m_pixels, m_zoomIn})
        below->addWidget(button);
    auto *right = new QVBoxLayout;
    right->setSpacing(space::kRelated);
    right->addWidget(m_view, 1);
    right->addLayout(below);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(space::kGroup);
    middle->addWidget(tools);
    middle->addLayout(right, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_hint, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_use);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_title);
    layout->addWidget(m_note);
    layout->addWidget(m_banner);
    layout->addLayout(middle, 1);
    layout->addLayout(buttons);
    const QSize room = parentWidget() ? parentWidget()->window()->size() - QSize(2 * space::kPage, 2 * space::kPage) : kWanted;
    resize(kWanted.boundedTo(room).expandedTo(minimumSizeHint()));
}

template<typename T>
void MaskDialog::run(std::function<Result<T>()> work, std::function<void(const Result<T> &)> done)
{
    setBusy(true);
    m_call.reset(inBackground<Result<T>>(std::move(work), this))->onFinished(this, [this, done = std::move(done)](const Result<Result<T>> &result) {
        setBusy(false);
        done(result ? *result : Result<T>(result.error()));
    });
}

void MaskDialog::load()
{
    m_view->setPlaceholder(tr("Reading the picture…"));
    run<OpenedPicture>([picture = m_request.picture, mask = m_request.mask] { return openPicture(picture, mask); },
                       [this](const Result<OpenedPicture> &result) { onOpened(result); });
}

void MaskDialog::onOpened(const Result<OpenedPicture> &result)
{
    if (!result) {
        m_view->setPlaceholder(tr("There is no picture to paint on."));
        m_banner->showMessage(StateTone::Bad, tr("The picture cannot be opened. %1").arg(result.error().message));
        follow();
        return;
    }
    m_view->setPicture(result->picture, result->mask);
    m_view->setFocus(Qt::OtherFocusReason);
    const QSize size = result->picture.size();
    m_sizeProblem = imageProblem(m_request.field, {{}, QStringLiteral("png"), size.width(), size.height(), {}});
    if (!m_sizeProblem.isEmpty())
        m_banner->showMessage(StateTone::Bad, m_sizeProblem);
    else if (!result->maskNotice.isEmpty())
        m_banner->showMessage(StateTone::Warn, result->maskNotice);
    follow();
}

void MaskDialog::askImport()
{
    m_prompts.openFile(this, tr("Import mask"), tr("Pictures (*.png *.jpg *.jpeg *.webp *.gif);;All files (*)"), [self = QPointer(this)](const QString &path) {
        if (self && !path.isEmpty())
            self->importFrom(path);
    });
}

void MaskDialog::importFrom(const QString &path)
{
    if (m_busy || !m_view->hasPicture())
        return;
    const QSize size = m_view->mask().size();
    run<ImportedMask>([path, size, edges = m_panel->edges()] { return importMask(path, size, edges); },
                      [this, path](const Result<ImportedMask> &result) { onImported(path, result); });
}

void MaskDialog::onImported(const QString &path, const Result<ImportedMask> &result)
{
    if (!result) {
        m_banner->showMessage(StateTone::Bad, tr("%1 was not imported. %2").arg(nameOf(path), result.error().message));
        return;
    }
    m_view->replaceMask(result->mask);
    if (m_view->mask().isEmpty())
        m_banner->showMessage(StateTone::Warn, tr("%1 is black all over: nothing is painted now.").arg(nameOf(path)));
    else if (!result->notice.isEmpty())
        m_banner->showMessage(StateTone::Warn, result->notice);
    else
        m_banner->clear();
}

void MaskDialog::feather(int radius)
{
    if (m_busy)
        return;
    run<QImage>([mask = m_view->mask().image(), radius] { return Result<QImage>(featheredMask(mask, radius)); }, [this](const Result<QImage> &result) {
        if (result)
            m_view->replaceMask(*result);
    });
}

void MaskDialog::askExport()
{
    m_prompts.saveFile(this, tr("Export mask"), QStringLiteral("mask.png"), tr("PNG (*.png)"), [self = QPointer(this)](const QString &path) {
        if (self && !path.isEmpty())
            self->exportTo(path);
    });
}

void MaskDialog::exportTo(const QString &path)
{
    if (m_busy)
        return;
    run<Done>([path, mask = m_view->mask().image(), edges = m_panel->edges()] { return exportMask(path, mask, edges); }, [this, path](const Result<Done> &result) {
        if (result)
            m_banner->showMessage(StateTone::Good, tr("The mask was saved to %1.").arg(displayLine(path)));
        else
            m_banner->showMessage(StateTone::Bad, tr("Nothing was saved to %1: %2").arg(displayLine(path), result.error().message));
    });
}

void MaskDialog::use()
{
    if (m_busy || !m_use->isEnabled())
        return;
    run<QByteArray>([mask = m_view->mask().image(), edges = m_panel->edges()] { return Result<QByteArray>(leavesPaint(mask, edges) ? maskPng(mask, edges) : QByteArray()); },
                    [this](const Result<QByteArray> &result) { onEncoded(result); });
}

void MaskDialog::onEncoded(const Result<QByteArray> &result)
{
    if (!result)
        return;
    if (result->isEmpty()) {
        m_banner->showMessage(StateTone::Bad, tr("Nothing is painted strongly enough to be left in pure black and white. Keep soft edges, or paint again."));
        return;
    }
    const QSize size = m_view->mask().size();
    const QString problem = imageProblem(m_request.field, {*result, QStringLiteral("png"), size.width(), size.height(), {}});
    if (!problem.isEmpty()) {
        m_banner->showMessage(StateTone::Bad, problem);
        return;
    }
    emit maskReady(*result);
    accept();
}

void MaskDialog::reject()
{
    if (!m_view->mask().isModified()) {
        QDialog::reject();
        return;
    }
    if (std::exchange(m_asking, true))
        return;
    ConfirmRequest request;
    request.title = tr("Discard the mask?");
    request.text = tr("What you painted here would be lost.");
    request.confirmLabel = tr("Discard the mask");
    m_prompts.confirm(this, request, [self = QPointer(this)](bool yes) {
        if (!self)
            return;
        self->m_asking = false;
        if (yes)
            self->QDialog::reject();
    });
}

void MaskDialog::setBusy(bool busy)
{
    m_busy = busy;
    m_view->setPainting(!busy);
    follow();
}

void MaskDialog::follow()
{
    const bool ready = m_view->hasPicture() && !m_busy;
    const bool painted = !m_view->mask().isEmpty();
    m_panel->setEnabled(ready);
    for (QPushButton *button : {m_zoomOut, m_fit, m_pixels, m_zoomIn})
        button->setEnabled(m_view->hasPicture());
    m_use->setEnabled(ready && painted && m_sizeProblem.isEmpty());
    m_hint->setText(m_view->hasPicture() && !painted ? tr("Paint first what shall change.") : QString());
    m_use->setAccessibleDescription(m_hint->text());
    if (!m_view->hasPicture()) {
        m_state->clear();
        return;
    }
    const QSize size = m_view->mask().size();
    const QLocale locale;
    m_state->setText(tr("%1 · %2 × %3 pixels · zoom %4 %").arg(m_busy ? tr("Working…") : m_view->stateText(), locale.toString(size.width()), locale.toString(size.height()),
                                                               locale.toString(qRound(m_view->viewport().zoom() * 100))));
}

void MaskDialog::updateTexts()
{
    setWindowTitle(tr("Edit mask"));
    m_title->setText(windowTitle());
    m_note->setText(m_request.field.note);
    m_note->setVisible(!m_request.field.note.isEmpty());
    m_cancel->setText(tr("Cancel"));
    m_use->setText(tr("Use mask"));
    const auto name = [](QPushButton *button, const QString &text, const QString &tip) {
        button->setText(text);
        button->setAccessibleName(tip);
        button->setToolTip(tip);
    };
    name(m_zoomOut, {}, tr("Zoom out (-)"));
    name(m_fit, tr("Fit"), tr("Fit the picture into the view (0)"));
    name(m_pixels, tr("100 %"), tr("Show every pixel as it is (1)"));
    name(m_zoomIn, {}, tr("Zoom in (+)"));
    follow();
}

void MaskDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
}

void MaskDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_busy && m_view->hasPicture() && !draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MaskDialog::dropEvent(QDropEvent *event)
{
    const QString path = draggedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    importFrom(path);
}

} // namespace novita
