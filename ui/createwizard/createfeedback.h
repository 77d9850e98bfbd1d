// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QWidget>

namespace novita {

class CreateSubmission;
class ErrorBanner;
class UnknownNotice;
struct Error;
enum class ErrorRemedy;

/// What is said about a create: that it runs, why it failed and what to do, what is not known, how it was found after all.
class CreateFeedback final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateFeedback)

public:
    CreateFeedback(CreateSubmission &submission, const UiContext &context, QWidget *parent = nullptr);

    void showMessage(novita::StateTone tone, const QString &sentence);
    void showWarning(const QString &sentence) { showMessage(StateTone::Warn, sentence); }

signals:
    void retryRequested();
    void createAgainRequested(); ///< although the last one may have worked: to be confirmed
    void otherProductRequested();
    void openPageRequested(const QString &pageId);
    void instanceRequested();    ///< done: the person wants to see it

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void showFailure(const Error &error);
    void follow(ErrorRemedy remedy);
    void act();

    CreateSubmission &m_submission;
    ErrorBanner *m_banner;
    UnknownNotice *m_unknown;
};

} // namespace novita
