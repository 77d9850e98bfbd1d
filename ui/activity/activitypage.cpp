// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/activitypage.h"

#include "core/workflows/stores.h"
#include "ui/activity/eventstab.h"
#include "ui/activity/logtab.h"
#include "ui/activity/operationstab.h"
#include "ui/activity/requeststab.h"

namespace novita {

ActivityPage::ActivityPage(const UiContext &context, QWidget *parent)
    : CountedTabsPage(context.theme, {new RequestsTab(context), new EventsTab(context), new OperationsTab(context), new LogTab(context)}, parent)
    , m_activity(context.stores.activity)
{
    retranslate();
}

bool ActivityPage::isFilled() const
{
    return !m_activity.requests().empty();
}

} // namespace novita
