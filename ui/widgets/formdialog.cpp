// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/formdialog.h"

#include "core/workflows/stores.h"
#include "ui/productiongate.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/fieldform.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayout>
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
constexpr int kScrollGap = space::kRelated + space::kInside; ///< a scroll bar stands beside the fields, not upon their edge

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
    column->setContentsMargins(0, 0, kScrollGap, 0);
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
    buttons->setContentsMargins(0, 0, kScrollGap, 0);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_confirm);
    auto *told = new QHBoxLayout;
    told->setContentsMargins(0, 0, kScrollGap, 0);
    told->addWidget(m_banner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage - kScrollGap, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_title);
    layout->addLayout(told);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
    updateTexts();
    fit();
    startAtFields();
}

/// The keyboard begins with the fields; the buttons come after them.
void FormDialog::startAtFields()
{
    QWidget *first = nullptr;
    QWidget *last = nullptr;
    for (QWidget *next = m_form->nextInFocusChain(); next && m_form->isAncestorOf(next); next = next->nextInFocusChain()) {
        if (!first && next->isEnabled() && (next->focusPolicy() & Qt::TabFocus))
            first = next;
        last = next;
    }
    if (!first)
        return;
    if (!m_form->isAncestorOf(focusWidget()))
        first->setFocus(Qt::OtherFocusReason);
    setTabOrder(last, m_cancel);
    setTabOrder(m_cancel, m_confirm);
}

/// As high as its fields, within the window that it belongs to.
void FormDialog::fit()
{
    m_form->setMinimumWidth(0);
    // What stands in rows, as ports do, cannot wrap.
    const int rows = m_form->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int width = std::min(std::max(fontMetrics().averageCharWidth() * kWidthInLetters, rows) + 2 * space::kPage, std::max(mostSize().width(), kLeastHeight));
    resize(width, heightFor(width));
}

QSize FormDialog::mostSize() const
{
    return parentWidget() ? parentWidget()->window()->size() - QSize(2 * space::kPage, 2 * space::kPage) : QSize(1280, 800);
}

int FormDialog::heightFor(int width) const
{
    const int fields = m_form->hasHeightForWidth() ? m_form->heightForWidth(width - 2 * space::kPage) : m_form->sizeHint().height();
    const int around = m_title->sizeHint().height() + m_confirm->sizeHint().height() + space::kPage + 3 * space::kGroup;
    return std::clamp(fields + around, kLeastHeight, std::max(kLeastHeight, mostSize().height()));
}

void FormDialog::changed()
{
    if (m_pressed)
        showProblems();
}

void FormDialog::showProblems()
{
    m_form->showProblems(problems());
    growForProblems();
}

/// What is wrong stands below its field: the dialog makes room for it, and no scroll bar comes up.
void FormDialog::growForProblems()
{
    m_form->layout()->activate();
    if (const int wanted = heightFor(width()); wanted > height())
        resize(width(), wanted);
}

void FormDialog::press()
{
    if (m_busy)
        return;
    m_pressed = true;
    const QList<DraftProblem> found = problems();
    m_form->showProblems(found);
    growForProblems();
    if (!found.isEmpty()) {
        m_form->focusField(found.first().field);
        return;
    }
    ConfirmRequest question;
    question.title = heading();
    question.confirmLabel = verb();
    question.destructive = false;
    confirmInProduction(m_context, this, question, [this] { send(); });
}

void FormDialog::send()
{
    if (m_busy || !problems().isEmpty())
        return;
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
