// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createfeedback.h"

#include "ui/createwizard/createsubmission.h"
#include "ui/createwizard/unknownnotice.h"
#include "ui/errortext.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QDesktopServices>
#include <QEvent>
#include <QUrl>
#include <QVBoxLayout>

namespace novita {

CreateFeedback::CreateFeedback(CreateSubmission &submission, const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_submission(submission)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_unknown(new UnknownNotice(context, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addWidget(m_unknown);
    connect(&submission, &CreateSubmission::stateChanged, this, &CreateFeedback::present);
    connect(m_unknown, &UnknownNotice::lookAgainRequested, &submission, &CreateSubmission::lookAgain);
    connect(m_unknown, &UnknownNotice::createAgainRequested, this, &CreateFeedback::createAgainRequested);
    connect(m_banner, &ErrorBanner::remedyRequested, this, &CreateFeedback::follow);
    connect(m_banner, &ErrorBanner::actionTriggered, this, &CreateFeedback::act);
    present();
}

void CreateFeedback::present()
{
    using State = CreateSubmission::State;
    const State state = m_submission.state();
    const std::optional<Error> &error = m_submission.error();
    const bool unsettled = state == State::Unknown || state == State::Looking;
    m_unknown->setVisible(unsettled);
    if (unsettled)
        m_unknown->present(m_submission.name(), state == State::Looking, error ? errorText(*error).sentence : QString());
    switch (state) {
    case State::Running:
        m_banner->showMessage(StateTone::Wait, tr("Creating %1. The request is sent once; if its answer is lost, the list is searched.").arg(m_submission.name()));
        break;
    case State::Failed: showFailure(*error); break;
    case State::Done: m_banner->showMessage(StateTone::Good, m_submission.outcome().message, tr("Show instance")); break;
    case State::Idle:
    case State::Looking:
    case State::Unknown: m_banner->clear(); break;
    }
    setVisible(unsettled || m_banner->isShowing());
}

void CreateFeedback::showMessage(StateTone tone, const QString &sentence)
{
    m_banner->showMessage(tone, sentence);
    show();
}

void CreateFeedback::showFailure(const Error &error)
{
    const ErrorText text = errorText(error);
    if (error.kind == ErrorKind::Quota && text.remedy == ErrorRemedy::None)
        m_banner->showMessage(StateTone::Bad, text.sentence, tr("Choose another product"));
    else
        m_banner->setError(error);
}

/// The banner's button beside a sentence of our own.
void CreateFeedback::act()
{
    if (m_submission.state() == CreateSubmission::State::Done)
        emit instanceRequested();
    else
        emit otherProductRequested();
}

void CreateFeedback::follow(ErrorRemedy remedy)
{
    switch (remedy) {
    case ErrorRemedy::Retry: emit retryRequested(); break;
    case ErrorRemedy::ChooseAnotherProduct: emit otherProductRequested(); break;
    case ErrorRemedy::OpenProfiles:
    case ErrorRemedy::OpenNetworkSettings: emit openPageRequested(remedyPage(remedy)); break;
    case ErrorRemedy::TopUp: QDesktopServices::openUrl(QUrl(QStringLiteral("https://novita.ai/billing"))); break;
    case ErrorRemedy::None:
    case ErrorRemedy::Wait: break;
    }
}

void CreateFeedback::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
