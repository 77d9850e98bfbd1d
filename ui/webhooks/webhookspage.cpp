// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/webhookspage.h"

#include "ui/webhooks/inboxtab.h"
#include "ui/webhooks/outgoingtab.h"

namespace novita {

WebhooksPage::WebhooksPage(const UiContext &context, QWidget *parent)
    : CountedTabsPage(context.theme, {new InboxTab(context), new OutgoingTab(context)}, parent)
{
    retranslate();
}

} // namespace novita
