// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/costspage.h"

#include "core/workflows/accounting.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"
#include "ui/costs/costspanel.h"
#include "ui/errortext.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/pageheader.h"

#include <QAction>
#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

CostsPage::CostsPage(UiContext context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_header(new PageHeader(context.theme, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_scroll(new QScrollArea(this))
    , m_read(new QAction(this))
    , m_readButton(m_header->addSecondary(m_read))
{
    m_read->setIcon(context.theme.icon(QStringLiteral("view-refresh")));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(new CostsPanel(context));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_scroll, 1);
    connect(m_read, &QAction::triggered, this, &CostsPage::refresh);
    connect(&context.accounting.ledger, &Ledger::billsChanged, this, &CostsPage::showState);
    m_banner->setRemedies({ErrorRemedy::Retry, ErrorRemedy::OpenProfiles, ErrorRemedy::OpenNetworkSettings});
    connect(m_banner, &ErrorBanner::remedyRequested, this, [this](ErrorRemedy remedy) {
        if (const QString page = remedyPage(remedy); !page.isEmpty())
            emit openPageRequested(page);
        else
            refresh();
    });
    retranslate();
}

QString CostsPage::title() const
{
    return tr("Costs");
}

void CostsPage::activate()
{
    showState();
}

void CostsPage::refresh()
{
    m_context.refresher.refresh(DataKind::Balance);
    m_context.refresher.refresh(DataKind::Instances);
    m_reading.reset(m_context.accounting.ledger.refresh())->onFinished(this, [this](const Result<Done> &) { showState(); });
    showState();
}

void CostsPage::focusContent()
{
    m_readButton->setFocus();
}

bool CostsPage::isFilled() const
{
    return m_context.stores.account.balance().has_value() && m_context.accounting.ledger.readAt().has_value();
}

void CostsPage::showState()
{
    const Ledger &ledger = m_context.accounting.ledger;
    const std::optional<TimePoint> until = ledger.billedUntil();
    m_header->setSubtitle(until ? tr("billed until %1").arg(format::dateTime(until)) : ledger.isReading() ? tr("reading the bills") : tr("no bill read yet"));
    m_banner->setError(ledger.lastError(), tr("The bills could not be read"));
}

void CostsPage::retranslate()
{
    m_header->setTitle(title());
    m_read->setText(tr("Read the bills"));
    m_read->setToolTip(tr("Bills are read once an hour by themselves; the service asks not to be asked more often than needed."));
    m_scroll->setAccessibleName(tr("Costs of the account"));
    showState();
}

void CostsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
