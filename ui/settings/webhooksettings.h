// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QWidget>

class QLabel;

namespace novita {

class SettingsSection;

/// How the receiver is doing, in words: above its settings.
class WebhookStateLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookStateLine)

public:
    WebhookStateLine(const UiContext &context, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showState();

    UiContext m_context;
    QLabel *m_sentence;
    QLabel *m_warnings;
};

/// Puts everything about receiving webhooks into `section`.
void fillWebhookSettings(SettingsSection *section, const UiContext &context);

} // namespace novita
