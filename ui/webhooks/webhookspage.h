// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

namespace novita {

/// Webhooks: what came in ("inbox", or "inbox/12" for a delivery by its number), and what this program sends ("outgoing").
class WebhooksPage final : public CountedTabsPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhooksPage)

public:
    explicit WebhooksPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("webhooks"); }
    QString title() const override { return tr("Webhooks"); }
    QString iconName() const override { return QStringLiteral("mail-receive"); }
};

} // namespace novita
