// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/formdialog.h"

#include "core/workflows/stores.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/fieldform.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr int kWidthInLetters = 62;
constexpr int kLeastHeight = 160;

} // namespace

FormDialog::FormDialog(const UiContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_form(new FieldForm(context.theme))
    , m_cancel(new QPushButton(this))
    , m_confirm(new QPushButton(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(context.theme.font(TextStyle::Subtitle, true));
    m_confirm->setProperty("primary", true);
    m_confirm->setDefault(true);
    m_cancel->setAutoDefault(false);
    connect(m_confirm, &QPushButton::clicked, this, &FormDialog::press);
    connect(m_cancel, &QPushButton::clicked, this, &FormDialog::reject);
    connect(m_banner, &ErrorBanner::remedyRequested, this, &FormDialog::press);
    // What is typed here belongs to the account that was there.
    connect(&context.stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_call.reset();
        QDialog::reject();
    });
}

void FormDialog::begin()
{
    auto *inner = new QWidget;
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(space::kInside, 0, space::kRelated, 0);
    column->addWidget(m_form);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("fields"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    inner->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_confirm);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_title);
    layout->addWidget(m_banner);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
    updateTexts();
    fit();
}

/// As high as its fields, within the window that it belongs to.
void FormDialog::fit()
{
    m_form->setMinimumWidth(0);
    // What stands in rows, as ports do, cannot wrap.
    const int rows = m_form->minimumSizeHint().width() + space::kInside + space::kRelated + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int width = std::max(fontMetrics().averageCharWidth() * kWidthInLetters, rows) + 2 * space::kPage;
    const int fields = m_form->heightForWidth(width) > 0 ? m_form->heightForWidth(width) : m_form->sizeHint().height();
    // Room for what may be wrong, so that no bar comes up as soon as something is.
    const int sentences = 3 * m_form->fontMetrics().lineSpacing();
    const int around = sentences + m_title->sizeHint().height() + m_confirm->sizeHint().height() + 2 * space::kPage + 3 * space::kGroup + space::kRelated;
    const QSize most = parentWidget() ? parentWidget()->window()->size() - QSize(2 * space::kPage, 2 * space::kPage) : QSize(1280, 800);
    resize(std::min(width, std::max(most.width(), kLeastHeight)), std::clamp(fields + around, kLeastHeight, std::max(kLeastHeight, most.height())));
}

void FormDialog::changed()
{
    if (m_pressed)
        showProblems();
}

void FormDialog::showProblems()
{
    m_form->showProblems(problems());
}

void FormDialog::press()
{
    if (m_busy)
        return;
    m_pressed = true;
    const QList<DraftProblem> found = problems();
    m_form->showProblems(found);
    if (!found.isEmpty()) {
        m_form->focusField(found.first().field);
        return;
    }
    m_banner->clear();
    setBusy(true);
    m_call.reset(submit())->onFinished(this, [this](const Result<ResourceOutcome> &result) { onAnswer(result); });
}

void FormDialog::setBusy(bool busy)
{
    m_busy = busy;
    m_form->setEnabled(!busy);
    m_confirm->setEnabled(!busy);
    updateTexts();
}

void FormDialog::onAnswer(const Result<ResourceOutcome> &result)
{
    setBusy(false);
    if (result) {
        emit succeeded(*result);
        accept();
        return;
    }
    m_banner->setError(result.error());
}

void FormDialog::reject()
{
    // What is under way goes on; the activity tells what became of it.
    if (m_busy || !isDirty()) {
        QDialog::reject();
        return;
    }
    if (std::exchange(m_asking, true))
        return;
    ConfirmRequest request;
    request.title = tr("Close without saving?");
    request.text = tr("What you entered here would be lost.");
    request.confirmLabel = tr("Close without saving");
    m_context.prompts.confirm(this, request, [self = QPointer(this)](bool yes) {
        if (!self)
            return;
        self->m_asking = false;
        if (yes)
            self->QDialog::reject();
    });
}

void FormDialog::updateTexts()
{
    setWindowTitle(heading());
    m_title->setText(heading());
    m_cancel->setText(m_busy ? tr("Close") : tr("Cancel"));
    m_confirm->setText(m_busy ? busyVerb() : verb());
    retranslate();
}

void FormDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        updateTexts();
        changed();
    }
}

} // namespace novita
